// Interfaces of SF_TestableSafetySensor and SF_Override.
import type { BlockInterface } from '../block-interface.ts';
import {
  AUTO_RESET,
  ENABLED_TEXT,
  FULL_BODY_ACCESS,
  following,
  HELD_RESET_TEXT,
  IDLE_TEXT,
  latching,
  safe,
  statement,
  telling,
  WAIT_RESET_TEXT,
  wish,
} from './parts.ts';

/** The sensor is supplied in all states but its test, and in no error. */
const SUPPLIED = ['8401', '8802', '8402', '8002', '8804', '8404', '8010', '8030', '8000'] as const;

export const SENSOR_BLOCKS = {
  SF_TestableSafetySensor: {
    description: 'A light barrier of type 2, whose test it starts and judges.',
    signals: {
      ossdIn: safe('The sensor, TRUE while nothing is seen'),
      startTest: wish('Its closing starts a test', ['enabled', 'running']),
    },
    times: { testTimeMs: { description: 'The sensor drops and returns within this.', minMs: 1, maxMs: 150 } },
    flags: {
      noExternalTest: {
        description: 'TRUE: no test by hand is needed after one that failed.',
        whenMissing: false,
      },
      autoReset: AUTO_RESET,
      fullBodyAccess: FULL_BODY_ACCESS,
    },
    drives: {
      testOutput: {
        description: 'The test input of the sensor, off to test it',
        output: 'testOut',
        isGate: false,
        isOptional: true,
      },
    },
    reset: 'reset',
    isRedundant: false,
    outputs: {
      ossdOut: latching('Nothing is seen, or a test is under way.', ['8010', '8020', '8030', '8000'], []),
      testOut: following('FALSE asks the sensor to drop.', SUPPLIED, []),
      testPossible: telling('A test may start.', ['8010', '8000']),
      testExecuted: telling('The last test was good.', ['8000']),
    },
    states: {
      '0000': IDLE_TEXT,
      '8401': WAIT_RESET_TEXT,
      '8802': { en: 'the sensor sees something', es: 'el sensor detecta algo' },
      '8402': WAIT_RESET_TEXT,
      '8002': { en: 'test by hand: interrupt the sensor', es: 'prueba manual: interrumpa el sensor' },
      '8804': { en: 'test by hand: free the sensor', es: 'prueba manual: libere el sensor' },
      '8404': { en: 'test by hand done: reset', es: 'prueba manual hecha: rearme' },
      '8010': { en: 'free, not tested', es: 'libre, sin probar' },
      '8020': { en: 'test: the sensor is to drop', es: 'prueba: el sensor debe caer' },
      '8030': { en: 'test: the sensor is to return', es: 'prueba: el sensor debe volver' },
      '8000': { en: 'free and tested', es: 'libre y probado' },
      C000: { en: 'the test time makes no sense', es: 'el tiempo de prueba no tiene sentido' },
      C001: HELD_RESET_TEXT,
      C011: HELD_RESET_TEXT,
      C021: HELD_RESET_TEXT,
      C010: { en: 'test failed: the sensor did not drop', es: 'prueba fallida: el sensor no cayó' },
      C020: { en: 'test failed: the sensor did not return', es: 'prueba fallida: el sensor no volvió' },
      C031: HELD_RESET_TEXT,
      C041: HELD_RESET_TEXT,
    },
  },
  SF_Override: {
    description:
      'Lets goods that stand in protective equipment be moved out of it, held to run and for a limited time.',
    signals: {
      safetyIn: safe('What is overridden'),
      overrideEnable: statement('An override is allowed'),
      hold: statement('Somebody holds the override'),
    },
    times: { maxOverrideTimeMs: { description: 'Longest override.', minMs: 1, maxMs: 600_000 } },
    flags: {},
    drives: {},
    reset: 'reset',
    isRedundant: false,
    outputs: {
      safetyOut: following('Nothing is demanded, or it is overridden.', ['8000', '8010'], []),
      overrideActive: following('The demand is overridden.', ['8010'], ['overrideEnable', 'hold']),
    },
    states: {
      '0000': IDLE_TEXT,
      '8401': WAIT_RESET_TEXT,
      '8000': ENABLED_TEXT,
      '8802': { en: 'demanded', es: 'demandado' },
      '8402': WAIT_RESET_TEXT,
      '8010': { en: 'overridden', es: 'anulado' },
      C001: HELD_RESET_TEXT,
      C011: HELD_RESET_TEXT,
      C010: { en: 'overridden too long: release and reset', es: 'anulado demasiado tiempo: suelte y rearme' },
      C021: HELD_RESET_TEXT,
      C020: { en: 'the override was held already: release it', es: 'la anulación ya estaba pulsada: suéltela' },
    },
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;
