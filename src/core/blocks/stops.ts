// Interfaces of the blocks with one input and a restart interlock: SF_EmergencyStop, SF_ESPE, SF_PSE.
import type { BlockInterface, StateText } from '../block-interface.ts';
import {
  AUTO_RESET,
  ENABLED_TEXT,
  FULL_BODY_ACCESS,
  HELD_RESET_TEXT,
  IDLE_TEXT,
  INIT_TEXT,
  latching,
  safe,
  WAIT_RESET_TEXT,
} from './parts.ts';

const INTERLOCK_STATES = {
  '0000': IDLE_TEXT,
  '8001': INIT_TEXT,
  '8802': { en: 'demanded since the start', es: 'demandado desde el arranque' },
  '8402': WAIT_RESET_TEXT,
  C001: HELD_RESET_TEXT,
  '8000': ENABLED_TEXT,
  '8804': { en: 'demanded', es: 'demandado' },
  '8404': WAIT_RESET_TEXT,
  C011: HELD_RESET_TEXT,
} as const satisfies Readonly<Record<string, StateText>>;

const COMMON = {
  times: {},
  drives: {},
  reset: 'reset',
  isRedundant: false,
  states: INTERLOCK_STATES,
} as const;

export const STOP_BLOCKS = {
  SF_EmergencyStop: {
    ...COMMON,
    description: 'Latches an emergency stop until a fresh reset.',
    signals: { input: safe('The emergency stop') },
    flags: {},
    outputs: { eStopOut: latching('No emergency stop is demanded.', ['8000'], ['input']) },
  },
  SF_ESPE: {
    ...COMMON,
    description: 'Latches the demand of a light curtain or scanner until a fresh reset.',
    signals: { input: safe('The output of the protective equipment, TRUE while nobody is seen') },
    flags: { autoReset: AUTO_RESET, fullBodyAccess: FULL_BODY_ACCESS },
    outputs: { espeOut: latching('Nobody is seen.', ['8000'], ['input']) },
  },
  SF_PSE: {
    ...COMMON,
    description: 'Latches the demand of a safety mat, edge or bumper until a fresh reset.',
    signals: { input: safe('The pressure-sensitive equipment, TRUE while nobody is on it') },
    flags: { autoReset: AUTO_RESET, fullBodyAccess: FULL_BODY_ACCESS },
    outputs: { pseOut: latching('Nobody is on it.', ['8000'], ['input']) },
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;
