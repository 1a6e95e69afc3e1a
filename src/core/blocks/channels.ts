// Interfaces of the blocks that make one signal of two: SF_Equivalent, SF_Antivalent, SF_Guard.
import type { BlockInterface, StateText } from '../block-interface.ts';
import {
  AUTO_RESET,
  DISCREPANCY_TIME,
  ENABLED_TEXT,
  FULL_BODY_ACCESS,
  following,
  HELD_RESET_TEXT,
  IDLE_TEXT,
  INIT_TEXT,
  latching,
  safe,
  WAIT_RESET_TEXT,
} from './parts.ts';

const PAIR_STATES = {
  '0000': IDLE_TEXT,
  '8801': { en: 'both channels demand', es: 'ambos canales demandan' },
  '8802': { en: 'first channel allows, waits for the second', es: 'el primer canal permite, espera al segundo' },
  '8804': { en: 'second channel allows, waits for the first', es: 'el segundo canal permite, espera al primero' },
  '8000': ENABLED_TEXT,
  '8806': { en: 'one channel demands, waits for the other', es: 'un canal demanda, espera al otro' },
  C010: {
    en: 'the second channel did not follow: make both demand',
    es: 'el segundo canal no siguió: haga que ambos demanden',
  },
  C020: {
    en: 'the first channel did not follow: make both demand',
    es: 'el primer canal no siguió: haga que ambos demanden',
  },
  C030: {
    en: 'one channel alone demands: make both demand',
    es: 'un solo canal demanda: haga que ambos demanden',
  },
} as const satisfies Readonly<Record<string, StateText>>;

export const CHANNEL_BLOCKS = {
  SF_Equivalent: {
    description: 'Two channels that must agree.',
    signals: { channelA: safe('First channel'), channelB: safe('Second channel') },
    times: { discrepancyTimeMs: DISCREPANCY_TIME },
    flags: {},
    drives: {},
    reset: undefined,
    isRedundant: true,
    outputs: { equivalentOut: following('Both channels allow.', ['8000'], ['channelA', 'channelB']) },
    states: PAIR_STATES,
  },
  SF_Antivalent: {
    description: 'Two channels that must differ: a normally closed and a normally open contact of one device.',
    signals: {
      channelNC: safe('The contact that opens on demand'),
      channelNO: { ...safe('The contact that closes on demand'), whenUnread: true },
    },
    times: { discrepancyTimeMs: DISCREPANCY_TIME },
    flags: {},
    drives: {},
    reset: undefined,
    isRedundant: true,
    outputs: { antivalentOut: following('Both contacts allow.', ['8000'], ['channelNC']) },
    states: PAIR_STATES,
  },
  SF_Guard: {
    description: 'Watches a guard door.',
    signals: {
      switch1: safe('First switch'),
      switch2: safe('Second switch; the same as switch1 for a guard with one'),
    },
    times: { discrepancyTimeMs: DISCREPANCY_TIME },
    flags: { autoReset: AUTO_RESET, fullBodyAccess: FULL_BODY_ACCESS },
    drives: {},
    reset: 'reset',
    isRedundant: false,
    outputs: { guardOut: latching('The guard is closed.', ['8000'], ['switch1', 'switch2']) },
    states: {
      '0000': IDLE_TEXT,
      '8001': INIT_TEXT,
      '8802': { en: 'guard opened: open it fully', es: 'resguardo abierto: ábralo del todo' },
      '8804': { en: 'guard open', es: 'resguardo abierto' },
      '8806': { en: 'switch 1 closed, waits for switch 2', es: 'interruptor 1 cerrado, espera al 2' },
      '8808': { en: 'switch 2 closed, waits for switch 1', es: 'interruptor 2 cerrado, espera al 1' },
      '8002': { en: 'guard closed', es: 'resguardo cerrado' },
      '8402': WAIT_RESET_TEXT,
      '8000': ENABLED_TEXT,
      C001: HELD_RESET_TEXT,
      C010: {
        en: 'switch 2 did not close in time: open the guard fully',
        es: 'el interruptor 2 no cerró a tiempo: abra el resguardo del todo',
      },
      C020: {
        en: 'switch 1 did not close in time: open the guard fully',
        es: 'el interruptor 1 no cerró a tiempo: abra el resguardo del todo',
      },
    },
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;
