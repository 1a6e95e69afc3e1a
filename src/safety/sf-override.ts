// SF_Override: lets goods that stand in a light curtain be moved out of it, held to run and for a limited time.
// Named after SF_Override of PLCopen Safety Part 1 V2.01, of which no table was at hand: states and codes are this project's own.
import {
  type BlockMemory,
  isResetHeld,
  isResetPressed,
  isResetReleased,
  rose,
  type StateTable,
} from './function-block.ts';

/** Inputs of SF_Override; the reset comes with the call. */
export interface OverrideInputs {
  /** The safe signal that is overridden: the output of a muting block or of protective equipment. */
  readonly safetyIn: boolean;
  /** TRUE while an override is allowed, as in a manual mode or while a muting sensor sees goods. */
  readonly overrideEnable: boolean;
  /** TRUE while somebody holds the override: an enabling switch, a two-hand control, a key. */
  readonly hold: boolean;
  /** Longest override, milliseconds, > 0. */
  readonly maxOverrideTimeMs: number;
}

/**
 * 8401 init, waits for the reset; 8000 free; 8802 demanded; 8402 free again, waits for the reset; 8010 overridden; C010 it took too
 * long; C020 the override was held already; C001, C011, C021 a reset that was TRUE too early in 8401, 8402, C010.
 */
export type OverrideCode =
  | '0000'
  | '8401'
  | '8000'
  | '8802'
  | '8402'
  | '8010'
  | 'C001'
  | 'C011'
  | 'C010'
  | 'C021'
  | 'C020';

const isDemanded = ({ safetyIn }: OverrideInputs): boolean => !safetyIn;

/** S_SafetyOut is TRUE in 8000 and 8010, S_OverrideActive in 8010, which ends as soon as the hold, the permission or the demand do. */
export const OVERRIDE_TABLE: StateTable<OverrideCode, OverrideInputs> = {
  '0000': [{ when: () => true, to: '8401' }],
  '8401': [
    { when: isResetHeld, to: 'C001' },
    { when: (inputs, { resetEdge }) => resetEdge && isDemanded(inputs), to: '8802' },
    { when: isResetPressed, to: '8000' },
  ],
  C001: [{ when: isResetReleased, to: '8401' }],
  '8000': [{ when: isDemanded, to: '8802' }],
  '8802': [
    { when: ({ safetyIn }) => safetyIn, to: '8402' },
    { when: (inputs, moment) => inputs.hold && !rose(inputs, moment, 'hold'), to: 'C020' },
    { when: ({ overrideEnable, hold }) => overrideEnable && hold, to: '8010' },
  ],
  '8402': [
    { when: isDemanded, to: '8802' },
    { when: isResetHeld, to: 'C011' },
    { when: isResetPressed, to: '8000' },
  ],
  C011: [
    { when: isDemanded, to: '8802' },
    { when: isResetReleased, to: '8402' },
  ],
  '8010': [
    { when: ({ overrideEnable, hold }) => !overrideEnable || !hold, to: '8802' },
    { when: ({ maxOverrideTimeMs }, { elapsedMs }) => elapsedMs >= maxOverrideTimeMs, to: 'C010' },
    { when: ({ safetyIn }) => safetyIn, to: '8402' },
  ],
  C010: [
    { when: isResetHeld, to: 'C021' },
    { when: ({ hold }, { resetEdge }) => resetEdge && !hold, to: '8802' },
  ],
  C021: [{ when: isResetReleased, to: 'C010' }],
  C020: [{ when: ({ hold }) => !hold, to: '8802' }],
};

export const OVERRIDE_MEMORY: BlockMemory<OverrideCode, OverrideInputs> = { edges: ['hold'] };
