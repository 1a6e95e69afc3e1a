// SF_EnableSwitch: an enabling device with three positions. Modelled on PLCopen Safety Part 1 V2.01 and IEC 60204-1, 9.2.6.3.
import { isResetHeld, isResetReleased, type StateTable } from './function-block.ts';

/** Inputs of SF_EnableSwitch; the reset comes with the call. */
export interface EnableSwitchInputs {
  /** TRUE while the safe mode, such as reduced speed, is confirmed: only then may the device be used. */
  readonly safetyActive: boolean;
  /** Released: FALSE and TRUE; middle: TRUE and TRUE; pressed through: `channel2` FALSE. */
  readonly channel1: boolean;
  readonly channel2: boolean;
  /** An error needs no reset once its cause is gone. */
  readonly autoReset: boolean;
}

/**
 * 8002 no safe mode; 8004 safe mode; 8802 released; 8804 pressed through; 8000 in the middle; C010 not released when the safe
 * mode came; C020 released since; C030 came to the middle from pressed through; C040 left it since; C001, C011 a reset that was
 * TRUE too early in C020, C040.
 */
export type EnableSwitchCode =
  | '0000'
  | '8002'
  | '8004'
  | '8802'
  | '8804'
  | '8000'
  | 'C010'
  | 'C020'
  | 'C030'
  | 'C040'
  | 'C001'
  | 'C011';

const isReleased = ({ channel1, channel2 }: EnableSwitchInputs): boolean => !channel1 && channel2;
const isMiddle = ({ channel1, channel2 }: EnableSwitchInputs): boolean => channel1 && channel2;
const isThrough = ({ channel2 }: EnableSwitchInputs): boolean => !channel2;

type Rows = StateTable<EnableSwitchCode, EnableSwitchInputs>[EnableSwitchCode];

/** Without its safe mode the device means nothing, from any state. */
const withMode = (...rows: Rows): Rows => [{ when: ({ safetyActive }) => !safetyActive, to: '8002' }, ...rows];

/** The output is TRUE in 8000 only: hold to run. Its way there leads through the released position. */
export const ENABLE_SWITCH_TABLE: StateTable<EnableSwitchCode, EnableSwitchInputs> = {
  '0000': [{ when: () => true, to: '8002' }],
  '8002': [{ when: ({ safetyActive }) => safetyActive, to: '8004' }],
  '8004': withMode({ when: isReleased, to: '8802' }, { when: () => true, to: 'C010' }),
  '8802': withMode({ when: isMiddle, to: '8000' }, { when: isThrough, to: '8804' }),
  '8000': withMode({ when: isThrough, to: '8804' }, { when: isReleased, to: '8802' }),
  '8804': withMode({ when: isMiddle, to: 'C030' }, { when: isReleased, to: '8802' }),
  C010: withMode({ when: isReleased, to: 'C020' }),
  C020: withMode(
    { when: (inputs) => !isReleased(inputs), to: 'C010' },
    { when: isResetHeld, to: 'C001' },
    { when: ({ autoReset }, { resetEdge }) => resetEdge || autoReset, to: '8802' },
  ),
  C001: withMode({ when: (inputs) => !isReleased(inputs), to: 'C010' }, { when: isResetReleased, to: 'C020' }),
  C030: withMode({ when: (inputs) => !isMiddle(inputs), to: 'C040' }),
  C040: withMode(
    { when: isMiddle, to: 'C030' },
    { when: isResetHeld, to: 'C011' },
    { when: ({ autoReset }, { resetEdge }) => resetEdge || autoReset, to: '8804' },
  ),
  C011: withMode({ when: isMiddle, to: 'C030' }, { when: isResetReleased, to: 'C040' }),
};
