// Interfaces of the blocks at the outputs and drives: SF_EDM, SF_OutControl, SF_SafetyRequest.
import type { BlockInterface, StateText } from '../block-interface.ts';
import { AUTO_RESET, following, HELD_RESET_TEXT, IDLE_TEXT, safe, statement, WAIT_RESET_TEXT } from './parts.ts';

const BOTH: StateText = { en: 'both feedbacks', es: 'ambas realimentaciones' };
const WHO: readonly StateText[] = [
  { en: 'feedback 1', es: 'la realimentación 1' },
  { en: 'feedback 2', es: 'la realimentación 2' },
  BOTH,
];

/** C0x0 for x = 1..9, three by three: who, and what it did wrong; of both together Spanish has another form. */
const WRONG = [
  { en: 'open when switching on', es: 'abierta al conectar', esOfBoth: 'abiertas al conectar' },
  {
    en: 'still open after switching off: the contactor does not drop',
    es: 'abierta tras desconectar: el contactor no cae',
    esOfBoth: 'abiertas tras desconectar: el contactor no cae',
  },
  {
    en: 'still closed after switching on: the contactor does not pull in',
    es: 'cerrada tras conectar: el contactor no entra',
    esOfBoth: 'cerradas tras conectar: el contactor no entra',
  },
] as const;

function edmErrors(): Readonly<Record<string, StateText>> {
  const texts = WRONG.flatMap((wrong) =>
    WHO.map((who) => ({
      en: `${who.en} ${wrong.en}`,
      es: `${who.es} ${who === BOTH ? wrong.esOfBoth : wrong.es}`,
    })),
  );
  return Object.fromEntries(
    texts.flatMap((text, index) => [
      [`C0${index + 1}0`, text],
      [`C0${index + 1}1`, HELD_RESET_TEXT],
    ]),
  );
}

const MONITORING_TIME = { minMs: 1, maxMs: 10_000 } as const;

export const OUTPUT_BLOCKS = {
  SF_EDM: {
    description: 'Switches an actuator and watches by its feedback contacts that it follows.',
    signals: {
      edm1: statement('Feedback contact, closed while the actuator is off'),
      edm2: statement('Second feedback contact; the same as edm1 where there is one'),
    },
    times: { monitoringTimeMs: { description: 'The actuator follows within this.', ...MONITORING_TIME } },
    flags: {},
    drives: {
      outControl: { description: 'The actuator', output: 'edmOut', isGate: true, isOptional: false },
    },
    reset: 'reset',
    isRedundant: false,
    outputs: { edmOut: following('The actuator may be on.', ['8000'], []) },
    states: {
      '0000': IDLE_TEXT,
      '8401': WAIT_RESET_TEXT,
      '8810': { en: 'off', es: 'desconectado' },
      '8000': { en: 'on', es: 'conectado' },
      C001: HELD_RESET_TEXT,
      ...edmErrors(),
      C100: {
        en: 'reset and switching on came together: release both',
        es: 'rearme y conexión llegaron juntos: suelte ambos',
      },
    },
  },
  SF_OutControl: {
    description: 'An output that is on while safety allows it and the process wants it anew.',
    signals: { safeControl: safe('What allows the output') },
    times: {},
    flags: {
      staticControl: {
        description: 'TRUE: a wish of the process that stood through a stop counts after it.',
        whenMissing: false,
      },
      autoReset: AUTO_RESET,
    },
    drives: {
      processControl: { description: 'The output', output: 'outControl', isGate: true, isOptional: false },
    },
    reset: 'reset',
    isRedundant: false,
    outputs: { outControl: following('The output may be on.', ['8000'], ['safeControl']) },
    states: {
      '0000': IDLE_TEXT,
      '8401': WAIT_RESET_TEXT,
      '8802': { en: 'safety demands', es: 'demanda de seguridad' },
      '8404': WAIT_RESET_TEXT,
      '8006': { en: 'the process wants it off', es: 'el proceso la quiere desconectada' },
      '8000': { en: 'on', es: 'conectada' },
      C001: HELD_RESET_TEXT,
      C011: HELD_RESET_TEXT,
      C010: {
        en: 'the process wanted it on already: it must want it off first',
        es: 'el proceso ya la quería conectada: primero debe quererla desconectada',
      },
      C020: { en: 'reset and wish came together: release both', es: 'rearme y orden llegaron juntos: suelte ambos' },
      C030: { en: 'reset and wish came together: release both', es: 'rearme y orden llegaron juntos: suelte ambos' },
    },
  },
  SF_SafetyRequest: {
    description: 'Asks an actuator for its safe mode and watches that it confirms it.',
    signals: {
      opMode: safe('Normal operation; opening it asks for the safe mode'),
      acknowledge: statement('The confirmation of the safe mode', ['standstill']),
    },
    times: { monitoringTimeMs: { description: 'The actuator confirms within this.', ...MONITORING_TIME } },
    flags: {},
    drives: {},
    reset: 'reset',
    isRedundant: false,
    outputs: {
      safetyActive: following('The safe mode is confirmed.', ['8000'], ['acknowledge']),
      safetyRequest: following(
        'Normal operation is allowed; FALSE asks for the safe mode.',
        ['8802', '8804'],
        ['opMode'],
      ),
    },
    states: {
      '0000': IDLE_TEXT,
      '8401': WAIT_RESET_TEXT,
      '8802': { en: 'normal operation', es: 'funcionamiento normal' },
      '8804': { en: 'normal operation, safe mode confirmed', es: 'funcionamiento normal, modo seguro confirmado' },
      '8002': { en: 'waits for the confirmation', es: 'espera la confirmación' },
      '8000': { en: 'safe mode confirmed', es: 'modo seguro confirmado' },
      '8004': { en: 'waits for normal operation', es: 'espera el funcionamiento normal' },
      C001: HELD_RESET_TEXT,
      C010: { en: 'confirmation lost: reset', es: 'confirmación perdida: rearme' },
      C011: HELD_RESET_TEXT,
      C020: { en: 'no confirmation in time: reset', es: 'sin confirmación a tiempo: rearme' },
      C014: HELD_RESET_TEXT,
    },
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;
