// SF_EmergencyStop: monitors an emergency stop and keeps the restart interlock. Modelled on PLCopen Safety Part 1 V2.01.
import type { BlockCall, BlockState, StateTable } from './function-block.ts';
import { stepBlock } from './function-block.ts';

/** Inputs of SF_EmergencyStop; the reset comes with the call. */
export interface EmergencyStopInputs {
  /** S_EStopIn: TRUE while the emergency stop is not pressed. */
  readonly estopIn: boolean;
}

/**
 * 8001 init; 8802 and 8402 wait for the input, then for the reset, after activation; 8000 enabled; 8804 and 8404 the same
 * after a demand; C001 and C011 a reset that was TRUE too early.
 */
export type EmergencyStopCode = '0000' | '8001' | '8802' | '8402' | 'C001' | '8000' | '8804' | '8404' | 'C011';

/**
 * S_StartReset and S_AutoReset are FALSE always (an emergency stop never restarts by itself), so their rows are left out.
 * Stricter than the model: a fallen input leads out of the reset errors too, and counts before a held reset.
 */
export const EMERGENCY_STOP_TABLE: StateTable<EmergencyStopCode, EmergencyStopInputs> = {
  '0000': [{ when: () => true, to: '8001' }],
  '8001': [{ when: () => true, to: '8802' }],
  '8802': [{ when: ({ estopIn }) => estopIn, to: '8402' }],
  '8402': [
    { when: ({ estopIn }) => !estopIn, to: '8802' },
    { when: (_, { resetHeld }) => resetHeld, to: 'C001' },
    { when: (_, { resetEdge }) => resetEdge, to: '8000' },
  ],
  C001: [
    { when: ({ estopIn }) => !estopIn, to: '8802' },
    { when: (_, { resetHeld }) => !resetHeld, to: '8402' },
  ],
  '8000': [{ when: ({ estopIn }) => !estopIn, to: '8804' }],
  '8804': [{ when: ({ estopIn }) => estopIn, to: '8404' }],
  '8404': [
    { when: ({ estopIn }) => !estopIn, to: '8804' },
    { when: (_, { resetHeld }) => resetHeld, to: 'C011' },
    { when: (_, { resetEdge }) => resetEdge, to: '8000' },
  ],
  C011: [
    { when: ({ estopIn }) => !estopIn, to: '8804' },
    { when: (_, { resetHeld }) => !resetHeld, to: '8404' },
  ],
};

/** One call. The output is TRUE in 8000 only, which needs a rising edge of reset after the input became TRUE. */
export function stepEmergencyStop(
  state: BlockState<EmergencyStopCode>,
  call: BlockCall<EmergencyStopInputs>,
): BlockState<EmergencyStopCode> {
  return stepBlock<EmergencyStopCode, EmergencyStopInputs>(EMERGENCY_STOP_TABLE, state, call);
}
