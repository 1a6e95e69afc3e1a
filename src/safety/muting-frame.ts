// What the muting blocks have in common: the interlock around them, and the errors that end a muting.
// Modelled on PLCopen Safety Part 1 V2.01; the published table has codes of V1.0, which are translated by the meaning of the bits.
import {
  always,
  isResetHeld,
  isResetPressed,
  isResetReleased,
  type Moment,
  type StateTable,
} from './function-block.ts';

/** Inputs of all muting blocks; the reset comes with the call. */
export interface MutingInputs {
  /** The protective equipment, TRUE while nothing is seen. */
  readonly aopdIn: boolean;
  readonly switch11: boolean;
  readonly switch12: boolean;
  /** TRUE while the muting lamp works. */
  readonly mutingLamp: boolean;
  /** TRUE while the process may start a muting. */
  readonly mutingEnable: boolean;
  /** Longest muting from its start on, milliseconds, at most 600,000. */
  readonly maxMutingTimeMs: number;
  /** How long the sensors of a pair may differ, milliseconds, at most 4,000; where sensors come in pairs. */
  readonly discTimeEntryMs?: number;
  readonly discTimeExitMs?: number;
}

/**
 * 8401 init, waits for the reset; 8802 the equipment sees something; 8402 it no longer does, waits for the reset; 8804 looks again after the
 * reset; 8000 free; C001, C011 a reset that was TRUE too early in 8401, 8402; C003 lamp; C004 sensors out of order; C005 a time
 * that makes no sense; C006 the muting took too long.
 */
export type MutingFrameCode =
  | '0000'
  | '8401'
  | '8802'
  | '8402'
  | '8804'
  | 'C001'
  | 'C011'
  | 'C003'
  | 'C004'
  | 'C005'
  | 'C006';

const TIME_MAX_MS = 600_000;
const DISCREPANCY_MAX_MS = 4_000;

export const isSeen = ({ aopdIn }: MutingInputs): boolean => !aopdIn;
export const isDark = ({ mutingLamp }: MutingInputs): boolean => !mutingLamp;
export const isTooLong = ({ maxMutingTimeMs }: MutingInputs, { timerMs }: Moment): boolean =>
  timerMs >= maxMutingTimeMs;

const areTimesGood = ({ maxMutingTimeMs, discTimeEntryMs = 0, discTimeExitMs = 0 }: MutingInputs): boolean =>
  maxMutingTimeMs > 0 &&
  maxMutingTimeMs <= TIME_MAX_MS &&
  discTimeEntryMs <= DISCREPANCY_MAX_MS &&
  discTimeExitMs <= DISCREPANCY_MAX_MS;

/** Stricter than the published table: what is seen at the press is not forgotten when it goes away before the next call. */
const isPressedWhileSeen = (inputs: MutingInputs, moment: Moment): boolean =>
  isResetPressed(inputs, moment) && isSeen(inputs);

type Row<Inputs> = StateTable<string, Inputs>[string][number];

/** @returns ways out of an error that the sensors caused */
export function untilClear<Inputs>(areClear: (inputs: Inputs) => boolean) {
  return [{ when: areClear, to: '8402' }] as const satisfies readonly Row<Inputs>[];
}

/** States outside of a muting. @param areClear no sensor is TRUE */
export function mutingFrame<Inputs extends MutingInputs>(areClear: (inputs: Inputs) => boolean) {
  const clear = untilClear(areClear);
  return {
    '0000': [
      { when: (inputs: Inputs) => !areTimesGood(inputs), to: 'C005' },
      { when: always, to: '8401' },
    ],
    '8401': [
      { when: isResetHeld, to: 'C001' },
      { when: isPressedWhileSeen, to: '8802' },
      { when: isResetPressed, to: '8804' },
    ],
    C001: [{ when: isResetReleased, to: '8401' }],
    '8802': [{ when: (inputs: Inputs) => !isSeen(inputs), to: '8402' }],
    '8402': [
      { when: isSeen, to: '8802' },
      { when: isResetHeld, to: 'C011' },
      { when: isResetPressed, to: '8804' },
    ],
    C011: [
      { when: isSeen, to: '8802' },
      { when: isResetReleased, to: '8402' },
    ],
    '8804': [
      { when: isSeen, to: '8802' },
      { when: isDark, to: 'C003' },
      { when: always, to: '8000' },
    ],
    C003: [{ when: (inputs: Inputs) => !isDark(inputs), to: '8402' }],
    C004: clear,
    // Parameters are constants: nothing but a new start with others ends it.
    C005: [],
    C006: clear,
  } as const;
}
