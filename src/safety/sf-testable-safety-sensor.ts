// SF_TestableSafetySensor: a light barrier of type 2, whose test it starts and judges. Modelled on PLCopen Safety Part 1 V2.01.
import {
  always,
  type BlockMemory,
  isResetHeld,
  isResetPressed,
  isResetReleased,
  type Moment,
  rose,
  type StateTable,
} from './function-block.ts';

/** Inputs of SF_TestableSafetySensor; the reset comes with the call. */
export interface TestableSafetySensorInputs {
  /** The sensor, TRUE while nothing is seen. */
  readonly ossdIn: boolean;
  /** Its rising edge starts a test. */
  readonly startTest: boolean;
  /** The sensor drops and returns within this, milliseconds, > 0, at most 150. */
  readonly testTimeMs: number;
  /** No test by hand is needed after one that failed. */
  readonly noExternalTest: boolean;
  /** No reset is needed after a demand. */
  readonly autoReset: boolean;
}

/**
 * 8401 init, waits for the reset; 8802 demanded; 8402 waits for the reset; 8010 free, not tested; 8020, 8030 test: the sensor is to
 * drop, to return; 8000 free and tested; 8002, 8804, 8404 test by hand: interrupt the sensor, free it, reset; C000 a time that makes
 * no sense; C010, C020 the sensor did not drop, did not return; C001, C011, C021, C031, C041 a reset that was TRUE too early in 8401,
 * 8402, 8404, C010, C020.
 */
export type TestableSafetySensorCode =
  | '0000'
  | '8401'
  | '8802'
  | '8402'
  | '8002'
  | '8804'
  | '8404'
  | '8010'
  | '8020'
  | '8030'
  | '8000'
  | 'C000'
  | 'C001'
  | 'C011'
  | 'C021'
  | 'C010'
  | 'C020'
  | 'C031'
  | 'C041';

type Rows = StateTable<TestableSafetySensorCode, TestableSafetySensorInputs>[TestableSafetySensorCode];

const TEST_TIME_MAX_MS = 150;

const isTimeGood = ({ testTimeMs }: TestableSafetySensorInputs): boolean =>
  testTimeMs > 0 && testTimeMs <= TEST_TIME_MAX_MS;
const isSeen = ({ ossdIn }: TestableSafetySensorInputs): boolean => !ossdIn;
const isFree = ({ ossdIn }: TestableSafetySensorInputs): boolean => ossdIn;
const isTooLong = ({ testTimeMs }: TestableSafetySensorInputs, { timerMs }: Moment): boolean => timerMs >= testTimeMs;

const FREE_ROWS: Rows = [
  { when: isSeen, to: '8802' },
  { when: (inputs, moment) => rose(inputs, moment, 'startTest'), to: '8020' },
];

/** A test that failed: what follows has its own reset. */
const failedRows = (held: 'C031' | 'C041'): Rows => [
  { when: isResetHeld, to: held },
  { when: ({ noExternalTest }, { resetEdge }) => resetEdge && noExternalTest, to: '8802' },
  { when: isResetPressed, to: '8002' },
];

/**
 * S_OSSD_Out is TRUE in 8000 and 8010, and in 8020 and 8030 during a test; S_TestOut is FALSE in 8020 and in errors.
 *
 * S_StartReset is FALSE always. Stricter than the model: dropping and returning together take no longer than the test time; after a
 * test that failed the sensor is waited for with a reset of its own.
 */
export const TESTABLE_SAFETY_SENSOR_TABLE: StateTable<TestableSafetySensorCode, TestableSafetySensorInputs> = {
  '0000': [
    { when: (inputs) => !isTimeGood(inputs), to: 'C000' },
    { when: always, to: '8401' },
  ],
  // Parameters are constants: nothing but a new start with others ends it.
  C000: [],
  '8401': [
    { when: isResetHeld, to: 'C001' },
    { when: (inputs, { resetEdge }) => resetEdge && isSeen(inputs), to: '8802' },
    { when: isResetPressed, to: '8010' },
  ],
  C001: [{ when: isResetReleased, to: '8401' }],
  '8802': [
    { when: (inputs) => isFree(inputs) && inputs.autoReset, to: '8010' },
    { when: isFree, to: '8402' },
  ],
  '8402': [
    { when: isSeen, to: '8802' },
    { when: isResetHeld, to: 'C011' },
    { when: isResetPressed, to: '8010' },
  ],
  C011: [
    { when: isSeen, to: '8802' },
    { when: isResetReleased, to: '8402' },
  ],
  '8010': FREE_ROWS,
  '8000': FREE_ROWS,
  '8020': [
    { when: isTooLong, to: 'C010' },
    { when: isSeen, to: '8030' },
  ],
  '8030': [
    { when: isTooLong, to: 'C020' },
    { when: isFree, to: '8000' },
  ],
  C010: failedRows('C031'),
  C031: [{ when: isResetReleased, to: 'C010' }],
  C020: failedRows('C041'),
  C041: [{ when: isResetReleased, to: 'C020' }],
  '8002': [{ when: isSeen, to: '8804' }],
  '8804': [{ when: isFree, to: '8404' }],
  '8404': [
    { when: isSeen, to: '8804' },
    { when: isResetHeld, to: 'C021' },
    { when: isResetPressed, to: '8010' },
  ],
  C021: [
    { when: isSeen, to: '8804' },
    { when: isResetReleased, to: '8404' },
  ],
};

/** The time of a test counts from its start. */
export const TESTABLE_SAFETY_SENSOR_MEMORY: BlockMemory<TestableSafetySensorCode, TestableSafetySensorInputs> = {
  edges: ['startTest'],
  timer: (code) => code === '8020' || code === '8030',
};
