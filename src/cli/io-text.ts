// What `celda io` shows at a terminal: the board, how its link stands and why, and a line for each pin.
import type { SelectorView } from '../app/mode-selector-view.ts';
import { operatingModeText } from '../app/mode-text.ts';
import type { ForceView } from '../app/pin-forcing.ts';
import type { PinView } from '../app/pin-view.ts';
import { portTrouble } from '../app/port-trouble.ts';
import type { IoView } from '../app/watch-pins.ts';
import type { Locale } from '../config/problem.ts';

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
    connecting: 'connecting; Ctrl-C ends',
    down: 'no link to the board; Ctrl-C ends',
    tripped: 'the board has tripped: all outputs are at their safe values; Ctrl-C ends',
    again: 'check cable and supply; it is tried again by itself',
    reopen: 'r opens a new session',
    anew: 'end this with Ctrl-C and start it again',
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
    connecting: 'conectando; Ctrl-C termina',
    down: 'sin enlace con la tarjeta; Ctrl-C termina',
    tripped: 'la tarjeta se disparó: todas las salidas están en sus valores seguros; Ctrl-C termina',
    again: 'revise el cable y la alimentación; se intenta de nuevo sin más',
    reopen: 'r abre una sesión nueva',
    anew: 'termine con Ctrl-C y ejecútelo otra vez',
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

const STATES = {
  down: 'down',
  connecting: 'connecting',
  unproven: 'unproven',
  stopped: 'safe',
  armed: 'live',
  tripped: 'tripped',
} as const satisfies Record<IoView['link'], keyof Words>;

function selectorText({ position }: SelectorView, locale: Locale): string {
  const { selector, noPosition } = WORDS[locale];
  return `${selector}: ${position === undefined ? noPosition : operatingModeText(position, locale)}`;
}

/** @returns every line of the view, as long as it comes */
export function ioLines(view: IoView, locale: Locale): readonly string[] {
  const { board, link, path, pins, selector, force } = view;
  const words = WORDS[locale];
  const line = (pin: PinView): string => {
    const text = `${pin.pin.padEnd(4)} ${(pin.device ?? '-').padEnd(18)} ${describe(pin, words)}`;
    if (force === undefined) return text;
    return force.selected === pin.device ? `> ${text}${forceText(force, words)}` : `  ${text}`;
  };
  return [
    `${board} ${path}: ${words[STATES[link]]}`,
    ...whyLines(view, locale),
    ...(selector === undefined ? [] : [selectorText(selector, locale)]),
    ...(force === undefined ? [] : [words.warning, words.keys]),
    ...pins.map(line),
  ];
}

/** Why there is nothing to see, and what to do. No cell runs: what the catalogue says of its reset does not help here. */
function whyLines({ cause, path, force }: IoView, locale: Locale): readonly string[] {
  if (cause === undefined) return [];
  const { text, remedy } = portTrouble(cause, path);
  const { reopen, anew, again } = WORDS[locale];
  switch (cause.code) {
    case 1001:
      return [`${text[locale]}: ${again}`];
    case 1002:
      return [`${text[locale]}: ${force === undefined ? anew : reopen}`];
    default:
      return [`${text[locale]}: ${remedy[locale]}`];
  }
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
