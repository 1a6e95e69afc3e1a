// The machine of all blocks with one input and a restart interlock: SF_EmergencyStop, SF_ESPE, SF_PSE.
// Modelled on PLCopen Safety Part 1 V2.01, where the three have the same states.
import type { StateTable } from './function-block.ts';

/** S_EStopIn, S_ESPE_In or S_PSE_In; the reset comes with the call. */
export interface InterlockInputs {
  /** TRUE while the safety function is not demanded. */
  readonly input: boolean;
}

/**
 * 8001 init; 8802 and 8402 wait for the input, then for the reset, after activation; 8000 enabled; 8804 and 8404 the same
 * after a demand; C001 and C011 a reset that was TRUE too early.
 */
export type InterlockCode = '0000' | '8001' | '8802' | '8402' | 'C001' | '8000' | '8804' | '8404' | 'C011';

/**
 * The output is TRUE in 8000 only, which needs a rising edge of reset after the input became TRUE.
 *
 * S_StartReset and S_AutoReset are FALSE always (nothing restarts by itself), so their rows are left out. Stricter than the
 * model: a fallen input leads out of the reset errors too, and counts before a held reset.
 */
export const INTERLOCK_TABLE: StateTable<InterlockCode, InterlockInputs> = {
  '0000': [{ when: () => true, to: '8001' }],
  '8001': [{ when: () => true, to: '8802' }],
  '8802': [{ when: ({ input }) => input, to: '8402' }],
  '8402': [
    { when: ({ input }) => !input, to: '8802' },
    { when: (_, { resetHeld }) => resetHeld, to: 'C001' },
    { when: (_, { resetEdge }) => resetEdge, to: '8000' },
  ],
  C001: [
    { when: ({ input }) => !input, to: '8802' },
    { when: (_, { resetHeld }) => !resetHeld, to: '8402' },
  ],
  '8000': [{ when: ({ input }) => !input, to: '8804' }],
  '8804': [{ when: ({ input }) => input, to: '8404' }],
  '8404': [
    { when: ({ input }) => !input, to: '8804' },
    { when: (_, { resetHeld }) => resetHeld, to: 'C011' },
    { when: (_, { resetEdge }) => resetEdge, to: '8000' },
  ],
  C011: [
    { when: ({ input }) => !input, to: '8804' },
    { when: (_, { resetHeld }) => !resetHeld, to: '8404' },
  ],
};

export interface AutoResetInputs extends InterlockInputs {
  /** No reset is needed after a demand. */
  readonly autoReset: boolean;
}

/** With S_AutoReset, which an emergency stop has not: after a demand the output is TRUE with its input. */
export const AUTO_INTERLOCK_TABLE: StateTable<InterlockCode, AutoResetInputs> = {
  ...INTERLOCK_TABLE,
  '8804': [{ when: ({ input, autoReset }) => input && autoReset, to: '8000' }, ...INTERLOCK_TABLE['8804']],
};
