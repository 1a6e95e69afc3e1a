// `celda work-master`: which work masters a cell has, drafts on their way into its file, versions retired and reinstated.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { OperatorError } from '../../app/operator-error.ts';
import type { SeenVersion, WorkMasterView } from '../../app/unit-client.ts';
import { type CallOptions, type CellCall, callCell, callCommand } from '../cell-call.ts';
import { type CommandContext, examples } from '../command.ts';
import { workMasterLine, workMasterLines } from '../unit-text.ts';
import { addAdopt } from './work-master-adopt.ts';

interface ChangeOptions extends CallOptions {
  readonly comment: string;
}

interface DraftOptions extends ChangeOptions {
  /** Of the draft that was looked at; empty: none was given. */
  readonly etag: string;
}

export function addWorkMasterCommand(program: Command, context: CommandContext): void {
  const masters = program
    .command('work-master')
    .description('work masters of a cell: list, show, check; drafts and their approval; retire and reinstate');
  const list = callCommand(masters.command('list'), "show all: of the cell's file, drafts, and approved ones").action(
    (options: CallOptions) =>
      callCell(options, context, async ({ client, taken, show }) => {
        const all = taken(await client.workMasters());
        show(all, linesOf(all, options));
      }),
  );
  examples(list, ['celda work-master list', 'celda work-master list --json']);
  const get = callCommand(masters.command('show').alias('get'), 'show one, with what was submitted')
    .argument('<id>', 'id of the work master')
    .argument('[version]', "default: the one that the cell's file has", '')
    .action((id: string, version: string, options: CallOptions) =>
      callCell(options, context, async ({ client, taken, show }) => {
        const one = taken(await client.workMaster(id, version));
        const definition = one.definition === '' ? [] : ['', one.definition.trimEnd()];
        show(one, [...workMasterLines(one, options.locale), ...definition]);
      }),
    );
  examples(get, ['celda work-master show pick-and-place', 'celda work-master show pick-and-place 1.1.0 --json']);
  addCheck(masters, context);
  addDraft(masters, context);
  addDecision(masters, context, 'approve', 'approve a draft: it stays for ever what it is; not by who submitted it');
  addDecision(masters, context, 'discard', 'forget a draft');
  addAdopt(masters, context);
  addChange(masters, context, 'retire', 'let it take no new job orders');
  addChange(masters, context, 'reinstate', 'let a retired one take job orders again');
}

function linesOf(masters: readonly WorkMasterView[], { locale }: CallOptions): readonly string[] {
  return masters.map((each) => workMasterLine(each, locale));
}

function addCheck(masters: Command, context: CommandContext): void {
  const check = callCommand(masters.command('check'), 'say whether the cell could run a draft; nothing is stored')
    .argument('<id>', 'id of the work master')
    .argument('<file>', 'YAML of one work master, as in cell.yaml')
    .action((id: string, file: string, options: CallOptions) =>
      callCell(options, context, async ({ client, taken, show }) => {
        const view = taken(await client.check(id, await readDraft(file)));
        show(view, [`${view.id} ${view.version}  ${view.hash}`]);
      }),
    );
  examples(check, ['celda work-master check pick-and-place draft.yaml']);
}

function addDraft(masters: Command, context: CommandContext): void {
  const draft = callCommand(masters.command('draft'), 'check a draft and keep it, for another person to approve')
    .argument('<id>', 'id of the work master')
    .argument('<file>', 'YAML of one work master, as in cell.yaml; it says the version')
    .option('--etag <etag>', 'etag of the draft that this one replaces', '')
    .option('--comment <text>', 'why: kept with it and in the audit trail', '')
    .action((id: string, file: string, options: DraftOptions) =>
      callCell(options, context, async ({ client, taken, show }) => {
        const view = taken(await client.submitDraft(id, await readDraft(file), options.etag, options.comment));
        show(view, workMasterLines(view, options.locale));
      }),
    );
  examples(draft, [
    'celda work-master draft pick-and-place draft.yaml --comment "slower at the tray"',
    'celda work-master draft pick-and-place draft.yaml --etag 1c8f0e3b5a7d9f21',
  ]);
}

const ETAG_OF = {
  approve: 'required: etag of the draft that was looked at, as celda work-master show prints it',
  discard: 'etag of the draft that was looked at (celda work-master show); default: as it is now',
} as const;

function addDecision(
  masters: Command,
  context: CommandContext,
  name: 'approve' | 'discard',
  description: string,
): void {
  const decision = callCommand(masters.command(name), description)
    .argument('<id>', 'id of the work master')
    .argument('<version>', 'its version')
    .option('--etag <etag>', ETAG_OF[name], '')
    .option('--comment <text>', 'why: kept with it and in the audit trail', '')
    .action((id: string, version: string, options: DraftOptions) =>
      callCell(options, context, async (call) => {
        const { client, taken, show } = call;
        const seen = await look(name, call, { id, version, etag: options.etag });
        const decided = taken(await client[name](seen, options.comment));
        show(decided, name === 'discard' ? linesOf([decided], options) : workMasterLines(decided, options.locale));
      }),
    );
  examples(decision, [`celda work-master ${name} pick-and-place 1.1.0 --etag 1c8f0e3b5a7d9f21`]);
}

/** Whatever it is now, where nobody says what was looked at: but a draft is approved by who has read just that one. */
async function look(name: keyof typeof ETAG_OF, { client, taken }: CellCall, seen: SeenVersion): Promise<SeenVersion> {
  const { id, version, etag } = seen;
  if (etag !== '') return seen;
  const all = taken(await client.workMasters());
  const found = all.find((each) => each.id === id && each.version === version && each.etag !== '');
  if (name === 'approve' && found?.state === 'draft') throw notRead(found);
  // Who is there and who is not, the cell says in its own words.
  return found ?? taken(await client.workMaster(id, version));
}

function notRead({ id, version }: SeenVersion): OperatorError {
  const show = `celda work-master show ${id} ${version}`;
  const approve = `celda work-master approve ${id} ${version} --etag <etag>`;
  return new OperatorError(
    {
      en: `--etag is missing: which draft of ${id} ${version} was read is not said`,
      es: `falta --etag: no se dice qué borrador de ${id} ${version} se leyó`,
    },
    { en: `${show} prints it; then: ${approve}`, es: `${show} lo muestra; después: ${approve}` },
  );
}

async function readDraft(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message =
      code === 'ENOENT'
        ? { en: `${file} is not there`, es: `${file} no existe` }
        : { en: `${file} cannot be read (${code})`, es: `${file} no se puede leer (${code})` };
    throw new OperatorError(message, { en: 'give the file of the draft', es: 'indique el archivo del borrador' });
  }
}

function addChange(masters: Command, context: CommandContext, name: 'retire' | 'reinstate', description: string): void {
  const change = callCommand(masters.command(name), description)
    .argument('<id>', 'id of the work master')
    .argument('<version>', 'its version')
    .option('--comment <text>', 'why: kept with it and in the audit trail', '')
    .action((id: string, version: string, options: ChangeOptions) =>
      callCell(options, context, async ({ client, taken, show }) => {
        const changed = taken(await client[name](id, version, options.comment));
        show(changed, linesOf([changed], options));
      }),
    );
  examples(change, [`celda work-master ${name} pick-and-place 1.0.0 --comment "first series is over"`]);
}
