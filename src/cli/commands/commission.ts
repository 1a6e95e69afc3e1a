// `celda commission`: leads a person through a cell, point by point, and writes the report.
import { relative } from 'node:path';
import type { Command } from 'commander';
import type { CommissionOutcome } from '../../app/commission/commission-cell.ts';
import { EXIT_CODES, OperatorError } from '../../app/operator-error.ts';
import type { BoardReach } from '../../app/reach-boards.ts';
import type { PointStanding } from '../../commissioning/report.ts';
import type { Language } from '../../commissioning/words.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { LIMITS_OF_USE } from '../limits-of-use.ts';
import { collectPort, localeOption, readPort, readSeed, SIMULATION_PORT } from '../options.ts';

interface CommissionCommandOptions {
  readonly port: Readonly<Record<string, string>>;
  readonly by?: string;
  readonly only?: string;
  readonly list?: boolean;
  readonly new?: boolean;
  readonly resume: boolean;
  readonly sim?: boolean;
  readonly simPort: number;
  readonly seed: number;
  readonly locale: Language;
  readonly json?: boolean;
}

const HOST = '127.0.0.1';

export function addCommissionCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('commission')
    .description('go through a cell with a person, point by point: inputs, outputs, stops, resets; write the report')
    .argument('<cell.yaml>', 'the cell')
    .option('--port <board=path>', 'serial port or tcp://host:port of a board; repeat for each board', collectPort, {})
    .option('--by <name>', 'who commissions; asked for without it')
    .option('--only <point>', 'this point alone, whatever stands of it')
    .option('--list', 'the state of every point; no board is asked')
    .option('--resume', 'go on with what is missing in the report that there is', true)
    .option('--new', 'put the report that there is aside and begin anew')
    .option('--sim', 'simulated boards and plant; its report stands for no real cell')
    .option('--sim-port <port>', 'port to serve the simulation interface on', readPort, SIMULATION_PORT)
    .option('--seed <number>', 'seed of every random choice of the simulation', readSeed, 1)
    .addOption(localeOption())
    .option('--json', 'one question, reading or result a line')
    .action((cellPath: string, options: CommissionCommandOptions) =>
      act(context, options.json === true, () =>
        options.list === true ? list(cellPath, options, context) : commission(cellPath, options, context),
      ),
    );
  examples(command, [
    'celda commission cell.yaml --by "Ana Ruiz" --locale es',
    'celda commission cell.yaml --list',
    'celda commission cell.yaml --only stop/guard-stop/door',
    'celda commission cell.yaml --sim   # in another terminal: celda set guard-door open',
  ]);
}

const WORDS = {
  en: {
    complete: 'complete: every point has passed for this configuration',
    incomplete: 'incomplete',
    report: 'report',
    simulated: 'made in a simulation: it stands for no real cell',
    terminal: 'a commissioning needs a terminal: a person holds a key while an output is forced',
    startThere: 'start it at a terminal, or with --sim',
    interface: 'the inputs of the simulation are turned by: celda set <input> open|closed|push --sim-address',
    limits: LIMITS_OF_USE.en,
  },
  es: {
    complete: 'completo: todos los puntos pasaron para esta configuración',
    incomplete: 'incompleto',
    report: 'reporte',
    simulated: 'hecho en una simulación: no vale para ninguna celda real',
    terminal:
      'una puesta en marcha necesita una terminal: una persona mantiene una tecla mientras se fuerza una salida',
    startThere: 'arránquela en una terminal o con --sim',
    interface: 'las entradas de la simulación se mueven con: celda set <entrada> open|closed|push --sim-address',
    limits: LIMITS_OF_USE.es,
  },
} as const satisfies Record<Language, object>;

async function list(cellPath: string, options: CommissionCommandOptions, { console }: CommandContext): Promise<number> {
  const [{ listPoints }, { titleOf }, { filled, STATE_WORDS }] = await Promise.all([
    import('../../app/commission/list-points.ts'),
    import('../../commissioning/titles.ts'),
    import('../../commissioning/words.ts'),
  ]);
  const { locale } = options;
  const { points, isComplete, paths } = listPoints(cellPath, options.sim === true, locale);
  if (options.json === true) {
    console.json({
      isComplete,
      report: paths.json,
      points: points.map((standing) => plain(standing, titleOf, locale)),
    });
  } else {
    for (const { point, state, record } of points) {
      const word = filled(STATE_WORDS[state], locale);
      const who = record === undefined ? '' : `  ${record.by} ${record.at.slice(0, 10)}`;
      console.print(`${console.style(state === 'passed' ? 'green' : 'red', word.padEnd(22))} ${point.id}${who}`);
    }
    console.print(isComplete ? WORDS[locale].complete : WORDS[locale].incomplete);
  }
  return isComplete ? EXIT_CODES.ok : EXIT_CODES.failed;
}

type TitleOf = (point: PointStanding['point'], language: Language) => string;

function plain({ point, state, fingerprint, record }: PointStanding, titleOf: TitleOf, language: Language) {
  return { id: point.id, title: titleOf(point, language), state, fingerprint, record: record ?? null };
}

async function commission(
  cellPath: string,
  options: CommissionCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { console } = context;
  const words = WORDS[options.locale];
  const isSimulated = options.sim === true;
  if (!isSimulated && !process.stdin.isTTY) throw new OperatorError(words.terminal, words.startThere);
  console.note(console.style('yellow', words.limits));
  if (!isSimulated) return lead(cellPath, undefined, options, context);
  const { withBoards } = await import('../../../sim/main.ts');
  const { simPort, seed, locale } = options;
  const simulation = { host: HOST, port: simPort };
  return withBoards({ cellPath, simulation, seed, locale, log: () => undefined }, (boards) => {
    if (options.json === true) console.json({ simulation: boards.simulation });
    else console.note(`${words.interface} ${boards.simulation}`);
    return lead(cellPath, boards.reach, options, context);
  });
}

async function lead(
  cellPath: string,
  simulated: BoardReach | undefined,
  options: CommissionCommandOptions,
  { console }: CommandContext,
): Promise<number> {
  const [{ commissionCell }, { TerminalDialogue }] = await Promise.all([
    import('../../app/commission/commission-cell.ts'),
    import('../commission-dialogue.ts'),
  ]);
  const { locale, port, by, only } = options;
  const isJson = options.json === true;
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  const dialogue = new TerminalDialogue({ terminal: process.stdin, console, language: locale, isJson });
  dialogue.start(end);
  try {
    const outcome = await commissionCell({
      cellPath,
      ports: port,
      simulated,
      by,
      only,
      isNew: options.new === true,
      language: locale,
      dialogue,
      note: (line) => console.note(line),
      signal: ending.signal,
    });
    sayOutcome(outcome, options, console);
    const hasPassed = outcome.report.points.some(({ id, result }) => id === only && result === 'passed');
    return outcome.isComplete || (only !== undefined && hasPassed) ? EXIT_CODES.ok : EXIT_CODES.failed;
  } finally {
    dialogue.stop();
  }
}

function sayOutcome(
  { isComplete, paths, report }: CommissionOutcome,
  { locale, json }: CommissionCommandOptions,
  console: CommandContext['console'],
): void {
  const words = WORDS[locale];
  if (json === true) {
    console.json({ isComplete, report: paths.json, html: paths.html });
    return;
  }
  console.print('');
  console.print(console.style(isComplete ? 'green' : 'yellow', isComplete ? words.complete : words.incomplete));
  if (report.points.length > 0) console.print(`${words.report}: ${relative(process.cwd(), paths.html)}`);
  if (report.simulated) console.print(words.simulated);
}
