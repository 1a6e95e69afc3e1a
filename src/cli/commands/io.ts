// `celda io`: the pins of a board, live, while no cell runs on it; and one output at a time held by a person.
import type { Command } from 'commander';
import { EXIT_CODES, OperatorError } from '../../app/operator-error.ts';
import type { IoKey, IoView } from '../../app/watch-pins.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import type { Console } from '../console.ts';
import { IO_KEYS, readKeys } from '../io-keys.ts';
import { ioLines } from '../io-text.ts';
import { collectPort, localeOption } from '../options.ts';
import { createScreen } from '../screen.ts';

interface IoCommandOptions {
  readonly board?: string;
  readonly port: Readonly<Record<string, string>>;
  readonly once?: boolean;
  readonly force?: boolean;
  readonly locale: Locale;
  readonly json?: boolean;
}

export function addIoCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('io')
    .description('show every pin of a board while its cell does not run; with --force, hold an output by a key')
    .argument('<cell.yaml>', 'the cell')
    .option('--board <name>', 'which board; not needed for a cell with a single one')
    .option('--port <board=path>', 'serial port or tcp://host:port of a board', collectPort, {})
    .option('--once', 'one view, then end; so too when the output is no terminal')
    .option('--force', 'force the selected output while a key is held; others stay at their safe values')
    .addOption(localeOption())
    .option('--json', 'one view a line, 10 a second')
    .action((cellPath: string, options: IoCommandOptions) =>
      act(context, options.json === true, () => showPins(cellPath, options, context.console)),
    );
  examples(command, [
    'celda io cell.yaml --port uno-1=/dev/ttyACM0',
    'celda io cell.yaml --once',
    'celda io cell.yaml --board uno-2 --json',
    'celda io cell.yaml --force',
  ]);
}

async function showPins(cellPath: string, options: IoCommandOptions, console: Console): Promise<number> {
  const { watchPins } = await import('../../app/watch-pins.ts');
  const { locale } = options;
  const force = options.force === true;
  if (force) checkCanForce(options);
  const isJson = options.json === true;
  const screen = createScreen(process.stdout);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  let putBack: (() => void) | undefined;
  const keys = (onKey: (key: IoKey) => void): void => {
    putBack = readKeys(process.stdin, IO_KEYS, { onKey, onEnd: end });
  };
  const watched = watchPins({
    cellPath,
    board: options.board,
    ports: options.port,
    isOnce: options.once === true || !(isJson || process.stdout.isTTY),
    locale,
    onView: (view) => {
      if (isJson) console.json(plain(view));
      else screen.show(ioLines(view, locale));
    },
    keys: force ? keys : undefined,
    note: (line) => console.note(line),
    signal: ending.signal,
  });
  await watched.finally(() => putBack?.());
  return EXIT_CODES.ok;
}

/** Hold to run needs a person with a key under a finger: a script cannot hold one. */
function checkCanForce({ once, locale }: IoCommandOptions): void {
  if (once === true) throw refused(ONCE_AND_FORCE, locale);
  if (!process.stdin.isTTY) throw refused(NO_TERMINAL, locale);
}

type Refusal = Readonly<Record<Locale, readonly [what: string, remedy: string]>>;

function refused(refusal: Refusal, locale: Locale): OperatorError {
  return new OperatorError(...refusal[locale]);
}

const ONCE_AND_FORCE: Refusal = {
  en: ['--once and --force exclude each other', 'leave one of them out'],
  es: ['--once y --force se excluyen', 'quite una de las dos'],
};
const NO_TERMINAL: Refusal = {
  en: ['--force needs a terminal: an output is forced while a key is held', 'start it at a terminal'],
  es: [
    '--force necesita una terminal: una salida se fuerza mientras se mantiene una tecla',
    'ejecútelo en una terminal',
  ],
};

/** What is not known is null: JSON has no word for undefined. */
function plain({ board, link, cause, path, ageMs, pins, selector, force }: IoView) {
  return {
    board,
    path,
    link,
    cause: cause ?? null,
    ageMs: ageMs ?? null,
    selector: selector && { position: selector.position ?? null },
    force: force && {
      selected: force.selected ?? null,
      isForced: force.isForced,
      refusal: force.refusal ?? null,
    },
    pins: pins.map((pin) => Object.fromEntries(Object.entries(pin).map(([key, value]) => [key, value ?? null]))),
  };
}
