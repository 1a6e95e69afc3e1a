// `celda journal`, `celda backup`, `celda restore`, `celda audit`: looks after the journal of a cell, on its own disk.
import { type Command, Option as CommandOption, InvalidArgumentError } from 'commander';
import type { AuditHead, AuditQuery, AuditResult } from '../../app/journal-care.ts';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { Locale } from '../../config/problem.ts';
import { AUDIT_CSV_HEADER, auditCsvLine } from '../audit-csv.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { breakText, damageText, infoLines, JOURNAL_WORDS, recordLine, trailVerdict } from '../journal-text.ts';
import { localeOption, readTime } from '../options.ts';

interface Options {
  readonly json?: boolean;
  readonly locale: Locale;
}

const NAMED = 'the cell by its file, or its journal (.celda/<name>.journal.db)';
export function addJournalCommands(program: Command, context: CommandContext): void {
  addJournal(program, context);
  addBackup(program, context);
  addRestore(program, context);
  addAudit(program, context);
}

function addJournal(program: Command, context: CommandContext): void {
  const journal = program.command('journal').description('looks into the journal of a cell, while it runs or not');
  const info = named(journal.command('info').description('what is in it: orders, events, audit trail, size')).action(
    (name: string, options: Options) =>
      act(context, options.json === true, async () => {
        const care = await import('../../app/journal-care.ts');
        const found = care.info(name, options.locale);
        if (options.json) context.console.json(found);
        else for (const line of infoLines(found, options.locale)) context.console.print(line);
        return EXIT_CODES.ok;
      }),
  );
  examples(info, ['celda journal info cell.yaml', 'celda journal info backup.db --json']);
  const verify = named(journal.command('verify').description('looks at every row: damage, and the audit trail')).action(
    (name: string, options: Options) =>
      act(context, options.json === true, async () => {
        const care = await import('../../app/journal-care.ts');
        const { damage, audit } = care.verify(name, options.locale);
        const isWhole = damage.length + audit.breaks.length === 0;
        if (options.json) context.console.json({ isWhole, damage, audit });
        else {
          const { locale } = options;
          const { inTrail, whole, damaged } = JOURNAL_WORDS[locale];
          const breaks = audit.breaks.map((found) => `${inTrail}: ${breakText(found, locale)}`);
          for (const line of [
            ...damage.map((found) => damageText(found, locale)),
            ...breaks,
            isWhole ? whole : damaged,
          ])
            context.console.print(line);
        }
        return isWhole ? EXIT_CODES.ok : EXIT_CODES.failed;
      }),
  );
  examples(verify, ['celda journal verify cell.yaml', 'celda journal verify backup.db']);
}

function addBackup(program: Command, context: CommandContext): void {
  const command = named(program.command('backup').description('copies the journal of a cell, while it runs or not'))
    .argument('<file>', 'the copy; it must not be there yet')
    .action((name: string, file: string, options: Options) =>
      act(context, options.json === true, async () => {
        const care = await import('../../app/journal-care.ts');
        care.backUp(name, file, { locale: options.locale, note: (line) => context.console.note(line) });
        if (options.json) context.console.json({ file });
        else context.console.print(`${file}: ${JOURNAL_WORDS[options.locale].copied}`);
        return EXIT_CODES.ok;
      }),
    );
  examples(command, ['celda backup cell.yaml /media/stick/journal-$(date +%F).db']);
}

function addRestore(program: Command, context: CommandContext): void {
  const command = named(
    program.command('restore').description('puts a backup in the place of the journal of a stopped cell'),
  )
    .argument('<file>', 'the backup')
    .action((name: string, file: string, options: Options) =>
      act(context, options.json === true, async () => {
        const care = await import('../../app/journal-care.ts');
        const { journal, replaced } = care.restore(name, file, options.locale);
        if (options.json) context.console.json({ journal, replaced: replaced ?? null });
        else {
          const { restored, before } = JOURNAL_WORDS[options.locale];
          context.console.print(`${journal}: ${restored}`);
          if (replaced !== undefined) context.console.print(`${replaced}: ${before}`);
        }
        return EXIT_CODES.ok;
      }),
    );
  examples(command, ['celda restore cell.yaml /media/stick/journal-2026-03-01.db']);
}

function addAudit(program: Command, context: CommandContext): void {
  const audit = program.command('audit').description('the trail of who did what, from where, with which result');
  const verify = named(audit.command('verify').description('finds records that were changed, removed, added or moved'))
    .option(
      '--expect <seq:hash>',
      'a record known from elsewhere: shows that nothing up to it was replaced or cut off',
      readHead,
    )
    .action((name: string, options: Options & { readonly expect?: AuditHead }) =>
      act(context, options.json === true, async () => {
        const care = await import('../../app/journal-care.ts');
        const { breaks, head } = care.verifyTrail(name, options.expect, options.locale);
        if (options.json) context.console.json({ isWhole: breaks.length === 0, breaks, head });
        else {
          for (const found of breaks) context.console.print(breakText(found, options.locale));
          context.console.print(trailVerdict(breaks.length === 0, head, options.locale));
        }
        return breaks.length === 0 ? EXIT_CODES.ok : EXIT_CODES.failed;
      }),
    );
  examples(verify, ['celda audit verify cell.yaml', 'celda audit verify cell.yaml --expect 4711:9f86d0...']);
  const show = named(audit.command('show').description('shows records, the oldest first'))
    .addOption(new CommandOption('--csv', 'a table for spreadsheets, with a header').conflicts('json'))
    .option('--after <seq>', 'only records after this one', readCount, 0)
    .option('--limit <count>', 'so many at most', readCount, 1_000)
    .addOption(
      new CommandOption('--last <count>', 'the newest, so many at most').argParser(readCount).conflicts('limit'),
    )
    .option(
      '--since <time>',
      'only from this time on: 2026-11-23, 2026-11-23T06:00 (of this machine), or with Z or an offset',
      readMoment,
    )
    .option('--until <time>', 'only before this time', readMoment)
    .option('--who <text>', 'only of identities or addresses with this text in them')
    .option('--what <type>', 'only of this type, e.g. job.store, or of all that begin so, e.g. job')
    .option('--about <id>', 'only about this job order, alarm, stop function or method')
    .addOption(new CommandOption('--result <result>', 'only with this result').choices(RESULTS))
    .action((name: string, options: Options & AuditQuery & { readonly csv?: boolean; readonly last?: number }) =>
      act(context, options.json === true, async () => {
        const care = await import('../../app/journal-care.ts');
        const { last: newest, limit, locale } = options;
        const isFromEnd = newest !== undefined;
        const records = care.trail(name, { ...options, isFromEnd, limit: newest ?? limit }, locale);
        if (options.csv === true) context.console.print(AUDIT_CSV_HEADER);
        for (const record of records) {
          if (options.json) context.console.json(record);
          else if (options.csv === true) context.console.print(auditCsvLine(record));
          else context.console.print(recordLine(record, locale));
        }
        const last = records.at(-1);
        if (last === undefined) context.console.note(JOURNAL_WORDS[locale].none);
        if (!isFromEnd && last !== undefined && records.length === limit) {
          const { more, newest: theNewest } = JOURNAL_WORDS[locale];
          context.console.note(`${more}: --after ${last.seq}; ${theNewest}: --last ${limit}`);
        }
        return EXIT_CODES.ok;
      }),
    );
  examples(show, [
    'celda audit show cell.yaml --last 20',
    'celda audit show cell.yaml --what job --since 2026-03-01',
    'celda audit show cell.yaml --result DENIED --who 10.0.0.7',
    'celda audit show cell.yaml --after 100 --limit 50 --json',
    'celda audit show backup.db --since 2026-03-01 --until 2026-04-01 --limit 1000000 --csv > march.csv',
  ]);
}

const RESULTS: readonly AuditResult[] = ['SUCCESS', 'DENIED', 'FAILED'];

function named(command: Command): Command {
  return command.argument('<cell>', NAMED).option('--json', 'the result as JSON').addOption(localeOption());
}

function readCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number, 0 or more');
  return Number(text);
}

type Time = NonNullable<AuditQuery['since']>;

function readMoment(text: string): Time {
  return readTime(text).getTime() as Time;
}

function readHead(text: string): AuditHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) throw new InvalidArgumentError('expected <number>:<64 hex digits>');
  return { seq: Number(seq), hash };
}
