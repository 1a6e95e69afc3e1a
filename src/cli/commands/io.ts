// `celda io`: the pins of a board, live, while no cell runs on it.
import type { Command } from 'commander';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { PinView } from '../../app/pin-view.ts';
import type { IoView } from '../../app/watch-pins.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import type { Console } from '../console.ts';
import { collectPair, localeOption } from '../options.ts';
import { createScreen } from '../screen.ts';

interface IoCommandOptions {
  readonly board?: string;
  readonly port: Readonly<Record<string, string>>;
  readonly once?: boolean;
  readonly locale: Locale;
  readonly json?: boolean;
}

export function addIoCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('io')
    .description('show every pin of a board while its cell does not run; outputs stay at their safe values')
    .argument('<cell.yaml>', 'the cell')
    .option('--board <name>', 'which board; not needed for a cell with a single one')
    .option('--port <board=path>', 'serial port or tcp://host:port of a board', collectPair, {})
    .option('--once', 'one view, then end; so too when the output is no terminal')
    .addOption(localeOption())
    .option('--json', 'one view a line, 10 a second')
    .action((cellPath: string, options: IoCommandOptions) =>
      act(context, options.json === true, () => showPins(cellPath, options, context.console)),
    );
  examples(command, [
    'celda io cell.yaml --port uno-1=/dev/ttyACM0',
    'celda io cell.yaml --once',
    'celda io cell.yaml --board uno-2 --json',
  ]);
}

async function showPins(cellPath: string, options: IoCommandOptions, console: Console): Promise<number> {
  const { watchPins } = await import('../../app/watch-pins.ts');
  const { locale } = options;
  const isJson = options.json === true;
  const screen = createScreen(process.stdout);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  await watchPins({
    cellPath,
    board: options.board,
    ports: options.port,
    isOnce: options.once === true || !(isJson || process.stdout.isTTY),
    locale,
    onView: (view) => {
      if (isJson) console.json(plain(view));
      else screen.show(lines(view, locale));
    },
    signal: ending.signal,
  });
  return EXIT_CODES.ok;
}

const WORDS = {
  en: {
    live: 'live; outputs are at their safe values; Ctrl-C ends',
    closed: 'closed',
    open: 'open',
    on: 'on',
    off: 'off',
    hazardous: 'hazardous',
    level: 'level',
    counts: 'counts',
    implausible: 'implausible: sensor or wire broken',
    lastPulse: 'last pulse',
    noPulse: 'no pulse since the start of the board',
    catalogue: 'Johnny-Five, when the cell runs',
    unused: 'not used',
  },
  es: {
    live: 'en vivo; las salidas están en sus valores seguros; Ctrl-C termina',
    closed: 'cerrado',
    open: 'abierto',
    on: 'encendida',
    off: 'apagada',
    hazardous: 'peligrosa',
    level: 'nivel',
    counts: 'cuentas',
    implausible: 'no creíble: sensor o cable roto',
    lastPulse: 'último pulso',
    noPulse: 'sin pulsos desde el arranque de la tarjeta',
    catalogue: 'Johnny-Five, cuando corre la celda',
    unused: 'sin uso',
  },
} as const satisfies Record<Locale, object>;
type Words = (typeof WORDS)[Locale];

function lines({ board, link, path, pins }: IoView, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const state = link === 'stopped' ? words.live : link;
  return [
    `${board} ${path}: ${state}`,
    ...pins.map((pin) => `${pin.pin.padEnd(4)} ${(pin.device ?? '-').padEnd(18)} ${describe(pin, words)}`),
  ];
}

function describe(pin: PinView, words: Words): string {
  switch (pin.role) {
    case 'digital-input':
      return pin.isClosed === undefined
        ? '?'
        : `${pin.isClosed ? words.closed : words.open} (${words.level} ${pin.level})`;
    case 'analog-input':
      if (pin.counts === undefined) return '?';
      return `${pin.value === undefined ? words.implausible : `${pin.value.toFixed(2)} ${pin.unit}`} (${pin.counts} ${words.counts})`;
    case 'digital-output': {
      if (pin.isOn === undefined) return '?';
      const hazard = pin.hazardous ? `, ${words.hazardous}` : '';
      return `${pin.isOn ? words.on : words.off} (${words.level} ${pin.level}${hazard})`;
    }
    case 'servo':
      if (pin.lastPulseUs === undefined) return '?';
      return pin.lastPulseUs === 0 ? words.noPulse : `${words.lastPulse} ${pin.lastPulseUs} us`;
    case 'catalogue':
      return words.catalogue;
    case 'unused':
      return words.unused;
    default:
      return pin satisfies never;
  }
}

/** What is not known is null: JSON has no word for undefined. */
function plain({ board, link, cause, path, ageMs, pins }: IoView) {
  return {
    board,
    path,
    link,
    cause: cause ?? null,
    ageMs: ageMs ?? null,
    pins: pins.map((pin) => Object.fromEntries(Object.entries(pin).map(([key, value]) => [key, value ?? null]))),
  };
}
