// `celda io`: the pins of a board, live, while no cell runs on it; and one output at a time held by a person.
import type { Command } from 'commander';
import type { SelectorView } from '../../app/mode-selector-view.ts';
import { operatingModeText } from '../../app/mode-text.ts';
import { EXIT_CODES, OperatorError } from '../../app/operator-error.ts';
import type { ForceView } from '../../app/pin-forcing.ts';
import type { PinView } from '../../app/pin-view.ts';
import type { IoKey, IoView } from '../../app/watch-pins.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import type { Console } from '../console.ts';
import { IO_KEYS, readKeys } from '../io-keys.ts';
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
      else screen.show(lines(view, locale));
    },
    keys: force ? keys : undefined,
    signal: ending.signal,
  });
  await watched.finally(() => putBack?.());
  return EXIT_CODES.ok;
}

/** Hold to run needs a person with a key under a finger: a script cannot hold one. */
function checkCanForce({ once }: IoCommandOptions): void {
  if (once === true) throw new OperatorError('--once and --force exclude each other', 'leave one of them out');
  if (!process.stdin.isTTY) {
    throw new OperatorError(
      '--force needs a terminal: an output is forced while a key is held',
      'start it at a terminal',
    );
  }
}

const WORDS = {
  en: {
    live: 'live; Ctrl-C ends',
    safe: 'live; outputs are at their safe values; Ctrl-C ends',
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
    axis: 'step axis',
    steps: 'steps since the start of the board',
    catalogue: 'Johnny-Five, when the cell runs',
    unused: 'not used',
    selector: 'mode selector',
    noPosition: 'no position, or several',
    unproven:
      'live; outputs are at their safe values; nothing can be forced while an input is open that stops an output',
    keys: 'arrows up/down: select; hold space (switch) or arrows left/right (turn a servo); r: new session after a trip; q: end',
    forced: 'FORCED',
    'inputs-open': 'cannot be forced: close',
    'inputs-on-another-board': 'cannot be forced: what stops it is on another board:',
    warning:
      'You force past the controller: only inputs of this board stop it. Keep clear, with the hard-wired emergency stop in reach. A servo that had no pulse since the start of the board jumps to its park position first.',
  },
  es: {
    live: 'en vivo; Ctrl-C termina',
    safe: 'en vivo; las salidas están en sus valores seguros; Ctrl-C termina',
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
    axis: 'eje paso a paso',
    steps: 'pasos desde el arranque de la tarjeta',
    catalogue: 'Johnny-Five, cuando corre la celda',
    unused: 'sin uso',
    selector: 'selector de modo',
    noPosition: 'ninguna posición, o varias',
    unproven:
      'en vivo; las salidas están en sus valores seguros; nada se puede forzar mientras esté abierta una entrada que detiene una salida',
    keys: 'flechas arriba/abajo: elegir; mantener espacio (conmutar) o flechas izquierda/derecha (girar servo); r: sesión nueva tras un disparo; q: terminar',
    forced: 'FORZADA',
    'inputs-open': 'no se puede forzar: cierre',
    'inputs-on-another-board': 'no se puede forzar: lo que la detiene está en otra tarjeta:',
    warning:
      'Se fuerza sin el controlador: solo la detienen las entradas de esta tarjeta. Manténgase lejos, con el paro de emergencia cableado al alcance. Un servo sin pulsos desde el arranque de la tarjeta salta primero a su posición de reposo.',
  },
} as const satisfies Record<Locale, object>;
type Words = (typeof WORDS)[Locale];

const STATES: Partial<Record<IoView['link'], 'safe' | 'live' | 'unproven'>> = {
  stopped: 'safe',
  armed: 'live',
  unproven: 'unproven',
};

function selectorText({ position }: SelectorView, locale: Locale): string {
  const { selector, noPosition } = WORDS[locale];
  return `${selector}: ${position === undefined ? noPosition : operatingModeText(position, locale)}`;
}

function lines({ board, link, path, pins, selector, force }: IoView, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const known = STATES[link];
  const state = known === undefined ? link : words[known];
  const line = (pin: PinView): string => {
    const text = `${pin.pin.padEnd(4)} ${(pin.device ?? '-').padEnd(18)} ${describe(pin, words)}`;
    if (force === undefined) return text;
    return force.selected === pin.device ? `> ${text}${forceText(force, words)}` : `  ${text}`;
  };
  const head = `${board} ${path}: ${state}`;
  return [
    head,
    ...(selector === undefined ? [] : [selectorText(selector, locale)]),
    ...(force === undefined ? [] : [words.warning, words.keys]),
    ...pins.map(line),
  ];
}

function forceText({ isForced, refusal }: ForceView, words: Words): string {
  if (isForced) return `  ${words.forced}`;
  return refusal === undefined ? '' : `  ${words[refusal.reason]} ${refusal.inputs.join(', ')}`;
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
    case 'axis':
      return pin.steps === undefined ? words.axis : `${words.axis}, ${pin.steps} ${words.steps}`;
    case 'catalogue':
      return words.catalogue;
    case 'unused':
      return words.unused;
    default:
      return pin satisfies never;
  }
}

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
