// What `celda jog` shows, in both languages.
import type { JogView } from '../app/jog-by-hand.ts';
import { modeText } from '../app/mode-text.ts';
import type { Locale } from '../config/problem.ts';

const WORDS = {
  en: {
    warning:
      'Reduced speed, enabling and hold to run are done by software without a PL. Keep the hard-wired emergency stop in reach.',
    keys: 'hold arrows left/right (h/l): move; up/down (k/j): choose the joint; +/-: speed; q: end. A single stroke moves nothing',
    mode: 'mode',
    toolSpeed: 'tool at most',
    enabling: 'enabling device',
    held: 'held',
    notHeld: 'not held',
    moves: 'MOVES',
    ready: 'ready: hold a key',
    waitsForRest: 'let go of the key: what was held before moves nothing',
    waitsForEnabling: 'waits for',
    enablingDevice: 'the enabling device',
    cannot: 'cannot jog',
    unknown: 'not known',
    unknownMode: 'not known yet',
  },
  es: {
    warning:
      'La velocidad reducida, la habilitación y el mando sostenido son software sin PL. Tenga al alcance el paro de emergencia cableado.',
    keys: 'mantener flechas izquierda/derecha (h/l): mover; arriba/abajo (k/j): elegir el eje; +/-: velocidad; q: terminar. Un solo toque no mueve nada',
    mode: 'modo',
    toolSpeed: 'herramienta máx.',
    enabling: 'dispositivo de habilitación',
    held: 'sostenido',
    notHeld: 'sin sostener',
    moves: 'SE MUEVE',
    ready: 'listo: mantenga una tecla',
    waitsForRest: 'suelte la tecla: lo que se mantenía antes no mueve nada',
    waitsForEnabling: 'espera',
    enablingDevice: 'el dispositivo de habilitación',
    cannot: 'no se puede mover',
    unknown: 'desconocida',
    unknownMode: 'desconocido',
  },
} as const satisfies Record<Locale, object>;

/** Blocks that are FALSE in a cell that is ready to be jogged: their outputs say nothing of a stop. */
const NO_STOP: ReadonlySet<string> = new Set(['SF_EDM', 'SF_OutControl', 'SF_ModeSelector', 'SF_ResetButton']);

/** Why nothing moves though the cell jogs: the enabling device, and blocks that permit nothing. */
function waitingFor({ state }: JogView, locale: Locale): string {
  const off = (state?.blocks ?? []).filter(({ type, isOn }) => !(isOn || NO_STOP.has(type)));
  if (off.length === 0) return WORDS[locale].enablingDevice;
  return off.map(({ name, meaning }) => `${name} (${meaning[locale]})`).join(', ');
}

function stateText(view: JogView, locale: Locale): string {
  const words = WORDS[locale];
  const { refusal, waitsFor, askedPercent } = view;
  if (refusal !== undefined) {
    const response = refusal.response[locale];
    return `${words.cannot}: ${refusal.text[locale]}${response === '' ? '' : ` - ${response}`}`;
  }
  if (waitsFor === 'rest') return words.waitsForRest;
  if (waitsFor === 'enabling') return `${words.waitsForEnabling}: ${waitingFor(view, locale)}`;
  return askedPercent === 0 ? words.ready : `${words.moves} ${askedPercent > 0 ? '+' : ''}${askedPercent} %`;
}

function isHeld({ state }: JogView): boolean {
  return state?.blocks.some(({ type, isOn }) => type === 'SF_EnableSwitch' && isOn) === true;
}

export function jogLines(view: JogView, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const { cell, state, joint, speedPercent } = view;
  const where = state === undefined ? words.unknownMode : `${modeText(state.mode, locale)}, ${state.unit}`;
  const held = isHeld(view) ? words.held : words.notHeld;
  const enabling = `${words.enabling} ${state === undefined ? words.unknownMode : held}`;
  return [
    `${cell.name}: ${words.mode} ${where}; ${enabling}; ${words.toolSpeed} ${cell.toolSpeedMaxMmPerS} mm/s`,
    words.warning,
    words.keys,
    ...cell.jogJoints.map((name) => {
      const { value, unit = '' } = state?.devices.find((device) => device.name === name) ?? {};
      const position = value === undefined ? words.unknown : `${value.toFixed(1)} ${unit}`;
      const speed = name === joint ? `  ${speedPercent} %` : '';
      return `${name === joint ? '>' : ' '} ${name.padEnd(18)} ${position.padStart(12)}${speed}`;
    }),
    stateText(view, locale),
  ];
}

/** What is not known is null: JSON has no word for undefined. */
export function plainJog(view: JogView) {
  const { cell, state, joint, speedPercent, askedPercent, waitsFor, refusal } = view;
  const positions = cell.jogJoints.map((name) => {
    const { value, unit } = state?.devices.find((device) => device.name === name) ?? {};
    return { joint: name, position: value ?? null, unit: unit ?? null };
  });
  return {
    mode: state?.mode ?? null,
    unit: state?.unit ?? null,
    isEnablingHeld: isHeld(view),
    toolSpeedMaxMmPerS: cell.toolSpeedMaxMmPerS,
    joint,
    speedPercent,
    askedPercent,
    waitsFor: waitsFor ?? null,
    refusal: refusal === undefined ? null : { reason: refusal.reason, message: refusal.text.en },
    positions,
  };
}
