// Interfaces of the muting blocks: SF_MutingSeq, SF_MutingPar, SF_MutingPar_2Sensor.
import type { BlockInterface, StateText } from '../block-interface.ts';
import {
  ENABLED_TEXT,
  following,
  HELD_RESET_TEXT,
  IDLE_TEXT,
  latching,
  safe,
  statement,
  WAIT_RESET_TEXT,
  wish,
} from './parts.ts';

const PAIR = {
  aopdIn: safe('The protective equipment, TRUE while nothing is seen'),
  switch11: statement('Muting sensor 11'),
  switch12: statement('Muting sensor 12'),
} as const;
const OTHER_PAIR = {
  switch21: statement('Muting sensor 21, behind the equipment'),
  switch22: statement('Muting sensor 22, behind the equipment'),
} as const;
const COMMON_SIGNALS = {
  mutingLamp: safe('The muting lamp works'),
  mutingEnable: wish('A muting may start'),
} as const;

const MAX_MUTING_TIME = {
  description: 'Longest muting, from the first sensor on.',
  minMs: 1,
  maxMs: 600_000,
} as const;
const discTime = (sensors: string) =>
  ({ description: `${sensors} follow each other within this.`, minMs: 1, maxMs: 4_000 }) as const;

const START: StateText = { en: 'first sensor of a muting', es: 'primer sensor del muting' };
const MUTED: StateText = { en: 'muted', es: 'anulado (muting)' };
const CLEAR: StateText = {
  en: 'sensors out of order: clear all of them',
  es: 'sensores fuera de secuencia: despéjelos todos',
};

const COMMON_STATES = {
  '0000': IDLE_TEXT,
  '8401': WAIT_RESET_TEXT,
  '8802': { en: 'the equipment sees something', es: 'el equipo detecta algo' },
  '8402': WAIT_RESET_TEXT,
  '8804': { en: 'looks again', es: 'comprueba de nuevo' },
  '8000': ENABLED_TEXT,
  C001: HELD_RESET_TEXT,
  C011: HELD_RESET_TEXT,
  C003: { en: 'the muting lamp does not work', es: 'la lámpara de muting no funciona' },
  C004: CLEAR,
  C104: CLEAR,
  C005: { en: 'the longest muting makes no sense', es: 'el tiempo máximo de muting no tiene sentido' },
  C006: {
    en: 'the muting took too long: clear all sensors',
    es: 'el muting duró demasiado: despeje todos los sensores',
  },
} as const satisfies Readonly<Record<string, StateText>>;

const LATE: StateText = {
  en: 'a sensor did not follow in time: clear all',
  es: 'un sensor no siguió a tiempo: despeje todos',
};

const SEQ_MUTED = ['8012', '8112'] as const;
const PAR_MUTED = ['8012', '8014', '8021', '8112', '8114', '8121'] as const;

function outputs(free: readonly string[], muted: readonly string[]) {
  return {
    aopdOut: latching('Nothing is seen, or what is seen is muted.', [...free, ...muted], ['mutingLamp']),
    mutingActive: following('The equipment is muted.', muted, ['mutingLamp']),
  } as const;
}

const COMMON = { flags: {}, drives: {}, reset: 'reset', isRedundant: false } as const;

export const MUTING_BLOCKS = {
  SF_MutingSeq: {
    ...COMMON,
    description: 'Mutes a light curtain for goods that four sensors see one after the other.',
    signals: { ...PAIR, ...OTHER_PAIR, ...COMMON_SIGNALS },
    times: { maxMutingTimeMs: MAX_MUTING_TIME },
    outputs: outputs(['8000', '8011', '8122'], SEQ_MUTED),
    states: { ...COMMON_STATES, '8011': START, '8012': MUTED, '8122': START, '8112': MUTED, C204: CLEAR },
  },
  SF_MutingPar: {
    ...COMMON,
    description: 'Mutes a light curtain for goods that two pairs of sensors see.',
    signals: { ...PAIR, ...OTHER_PAIR, ...COMMON_SIGNALS },
    times: {
      discTimeEntryMs: discTime('Sensors 11 and 12'),
      discTimeExitMs: discTime('Sensors 21 and 22'),
      maxMutingTimeMs: MAX_MUTING_TIME,
    },
    outputs: outputs(['8000', '8011', '8311', '8122', '8322'], PAR_MUTED),
    states: {
      ...COMMON_STATES,
      '8011': START,
      '8311': START,
      '8012': MUTED,
      '8014': MUTED,
      '8021': MUTED,
      '8122': START,
      '8322': START,
      '8112': MUTED,
      '8114': MUTED,
      '8121': MUTED,
      C204: CLEAR,
      C007: LATE,
      C008: LATE,
    },
  },
  SF_MutingPar_2Sensor: {
    ...COMMON,
    description: 'Mutes a light curtain for goods that two sensors with crossed beams see.',
    signals: { ...PAIR, ...COMMON_SIGNALS },
    times: { discTimeEntryMs: discTime('Sensors 11 and 12'), maxMutingTimeMs: MAX_MUTING_TIME },
    outputs: outputs(['8000', '8011', '8311'], ['8012']),
    states: { ...COMMON_STATES, '8011': START, '8311': START, '8012': MUTED, C007: LATE },
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;
