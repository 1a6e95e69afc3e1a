// `celda doctor`: is this machine, and is what is plugged into it, fit for a cell?
import type { Command } from 'commander';
import type { Finding, Level } from '../../app/doctor/finding.ts';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import type { Console } from '../console.ts';
import { collectPort, localeOption } from '../options.ts';

interface DoctorCommandOptions {
  readonly port: Readonly<Record<string, string>>;
  readonly quick?: boolean;
  readonly proveLease?: boolean;
  readonly locale: Locale;
  readonly json?: boolean;
}

export function addDoctorCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('doctor')
    .description('look over this machine, its ports and boards, with a remedy for whatever is wrong')
    .argument('[cell.yaml]', 'the cell whose boards to look at')
    .option('--port <board=path>', 'serial port or tcp://host:port of a board; repeat for each board', collectPort, {})
    .option('--quick', 'measure for 1 s instead of 5')
    .option(
      '--prove-lease',
      'arm each board with its outputs at their safe values, then with those of its proveWith on, stop talking, and see it trip in time',
    )
    .addOption(localeOption())
    .option('--json', 'findings as JSON')
    .action((cellPath: string | undefined, options: DoctorCommandOptions) =>
      act(context, options.json === true, () => examine(cellPath, options, context.console)),
    );
  examples(command, [
    'celda doctor',
    'celda doctor cell.yaml --port uno-1=/dev/ttyACM0',
    'celda doctor cell.yaml --prove-lease --json',
  ]);
}

async function examine(cellPath: string | undefined, options: DoctorCommandOptions, console: Console): Promise<number> {
  const { runDoctor } = await import('../../app/doctor/doctor.ts');
  const findings: Finding[] = [];
  for await (const finding of runDoctor({
    cellPath,
    ports: options.port,
    isQuick: options.quick === true,
    provesLease: options.proveLease === true,
    locale: options.locale,
  })) {
    findings.push(finding);
    if (options.json !== true) show(finding, options.locale, console);
  }
  const isWell = findings.every(({ level }) => level !== 'fail');
  if (options.json === true)
    console.json({ ok: isWell, findings: findings.map((each) => plain(each, options.locale)) });
  return isWell ? EXIT_CODES.ok : EXIT_CODES.failed;
}

const STYLES = { ok: 'green', warn: 'yellow', fail: 'red' } as const satisfies Record<Level, string>;

function show({ check, subject, level, text, remedy }: Finding, locale: Locale, console: Console): void {
  const what = subject === '' ? check : `${check} ${subject}`;
  const then = remedy === undefined ? '' : ` -> ${remedy[locale]}`;
  console.print(`${console.style(STYLES[level], level.padEnd(4))} ${what}: ${text[locale]}${then}`);
}

function plain({ check, subject, level, text, remedy, values }: Finding, locale: Locale) {
  return { check, subject, level, text: text[locale], remedy: remedy?.[locale] ?? null, values };
}
