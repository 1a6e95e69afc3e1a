// SF_SafetyRequest: asks an actuator for its safe mode and waits for the confirmation. Modelled on PLCopen Safety Part 1 V2.01.
import { isResetHeld, isResetPressed, isResetReleased, type Moment, type StateTable } from './function-block.ts';

/** Inputs of SF_SafetyRequest; the reset comes with the call. */
export interface SafetyRequestInputs {
  /** TRUE: normal operation; FALSE asks for the safe mode. */
  readonly opMode: boolean;
  /** TRUE while the actuator confirms its safe mode. */
  readonly acknowledge: boolean;
  /** The actuator confirms within this, milliseconds, > 0. */
  readonly monitoringTimeMs: number;
}

/**
 * 8401 init, waits for the reset; 8802, 8804 normal operation, without and with a confirmation; 8002 the safe mode is asked for;
 * 8000 it is confirmed; 8004 waits for normal operation after an error; C010 the confirmation was lost; C020 it did not come in
 * time; C001, C011, C014 a reset that was TRUE too early in 8401, C010, C020.
 */
export type SafetyRequestCode =
  | '0000'
  | '8401'
  | '8802'
  | '8804'
  | '8002'
  | '8000'
  | '8004'
  | 'C001'
  | 'C010'
  | 'C011'
  | 'C020'
  | 'C014';

const isAsked = ({ opMode }: SafetyRequestInputs): boolean => !opMode;
const isConfirmed = ({ acknowledge }: SafetyRequestInputs): boolean => acknowledge;

/**
 * S_SafetyActive is TRUE in 8000 only; S_SafetyRequest, TRUE while normal operation is allowed, in 8802 and 8804.
 *
 * Stricter than the model: normal operation needs a reset after activation; a safe mode that is asked for then already is
 * requested at once.
 */
export const SAFETY_REQUEST_TABLE: StateTable<SafetyRequestCode, SafetyRequestInputs> = {
  '0000': [{ when: () => true, to: '8401' }],
  '8401': [
    { when: isResetHeld, to: 'C001' },
    { when: (inputs, { resetEdge }: Moment) => resetEdge && isAsked(inputs), to: '8002' },
    { when: (inputs, { resetEdge }: Moment) => resetEdge && isConfirmed(inputs), to: '8804' },
    { when: isResetPressed, to: '8802' },
  ],
  C001: [{ when: isResetReleased, to: '8401' }],
  '8802': [
    { when: isAsked, to: '8002' },
    { when: isConfirmed, to: '8804' },
  ],
  '8804': [
    { when: isAsked, to: '8002' },
    { when: (inputs) => !isConfirmed(inputs), to: '8802' },
  ],
  '8002': [
    { when: isConfirmed, to: '8000' },
    { when: ({ monitoringTimeMs }, { elapsedMs }) => elapsedMs >= monitoringTimeMs, to: 'C020' },
  ],
  '8000': [
    { when: (inputs) => !isConfirmed(inputs), to: 'C010' },
    { when: (inputs) => !isAsked(inputs), to: '8804' },
  ],
  C010: [
    { when: isResetHeld, to: 'C011' },
    { when: isResetPressed, to: '8004' },
  ],
  C011: [{ when: isResetReleased, to: 'C010' }],
  C020: [
    { when: isResetHeld, to: 'C014' },
    { when: isResetPressed, to: '8004' },
  ],
  C014: [{ when: isResetReleased, to: 'C020' }],
  '8004': [
    { when: (inputs) => !isAsked(inputs) && isConfirmed(inputs), to: '8804' },
    { when: (inputs) => !isAsked(inputs), to: '8802' },
  ],
};
