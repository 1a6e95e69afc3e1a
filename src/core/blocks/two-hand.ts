// Interfaces of SF_TwoHandControlTypeII and III.
import type { BlockInterface, StateText } from '../block-interface.ts';
import { ENABLED_TEXT, following, IDLE_TEXT, INIT_TEXT, safe } from './parts.ts';

const RELEASE: StateText = { en: 'release both buttons', es: 'suelte ambos pulsadores' };

const HAND_STATES = {
  '0000': IDLE_TEXT,
  '8001': INIT_TEXT,
  '8802': { en: 'no button is pressed', es: 'ningún pulsador accionado' },
  '8804': { en: 'only button 1 is pressed', es: 'solo el pulsador 1 accionado' },
  '8806': { en: 'only button 2 is pressed', es: 'solo el pulsador 2 accionado' },
  '8000': ENABLED_TEXT,
  '8808': { en: 'button 2 was released: release both', es: 'se soltó el pulsador 2: suelte ambos' },
  '880A': { en: 'button 1 was released: release both', es: 'se soltó el pulsador 1: suelte ambos' },
  '880C': RELEASE,
  '880E': RELEASE,
  C010: { en: 'button 1 was pressed at the start: release both', es: 'pulsador 1 accionado al arrancar: suelte ambos' },
  C020: { en: 'button 2 was pressed at the start: release both', es: 'pulsador 2 accionado al arrancar: suelte ambos' },
  C030: { en: 'both were pressed at the start: release both', es: 'ambos accionados al arrancar: suelte ambos' },
} as const satisfies Readonly<Record<string, StateText>>;

const COMMON = {
  signals: { button1: safe('Button of one hand'), button2: safe('Button of the other') },
  times: {},
  flags: {},
  drives: {},
  reset: undefined,
  isRedundant: true,
  outputs: { twoHandOut: following('Both hands are at their buttons.', ['8000'], ['button1', 'button2']) },
} as const;

export const TWO_HAND_BLOCKS = {
  SF_TwoHandControlTypeII: {
    ...COMMON,
    description: 'TRUE while both buttons are pressed, each of them anew.',
    states: HAND_STATES,
  },
  SF_TwoHandControlTypeIII: {
    ...COMMON,
    description: 'TRUE while both buttons are pressed, each of them anew and within 500 ms (ISO 13851).',
    states: {
      ...HAND_STATES,
      C040: { en: 'button 2 came too late: release both', es: 'el pulsador 2 llegó tarde: suelte ambos' },
      C050: { en: 'button 1 came too late: release both', es: 'el pulsador 1 llegó tarde: suelte ambos' },
    },
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;
