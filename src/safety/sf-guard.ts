// SF_Guard: monitors a guard with two switches and keeps the restart interlock. Modelled on PLCopen Safety Part 1 V2.01.
import type { StateTable } from './function-block.ts';

/** Inputs of SF_Guard; the reset comes with the call. */
export interface GuardInputs {
  /** TRUE while the guard is closed; a guard with one switch feeds both. */
  readonly switch1: boolean;
  readonly switch2: boolean;
  /** How long one switch may be closed before the other, milliseconds, > 0. */
  readonly discrepancyTimeMs: number;
  /** No reset is needed after a full switching cycle. @defaultValue false */
  readonly autoReset?: boolean;
}

/**
 * 8001 init; 8802 opened, both switches must open before the guard counts as closed again; 8804 both open; 8806 and 8808
 * switch 1 or 2 closed, waits for the other; 8002 closed; 8402 waits for the reset; 8000 enabled; C001 a reset that was
 * TRUE too early; C010, C020 the wait of 8806, 8808 took too long.
 */
export type GuardCode =
  | '0000'
  | '8001'
  | '8802'
  | '8804'
  | '8806'
  | '8808'
  | '8002'
  | '8402'
  | '8000'
  | 'C001'
  | 'C010'
  | 'C020';

const isOpen = ({ switch1, switch2 }: GuardInputs): boolean => !switch1 || !switch2;
const isWideOpen = ({ switch1, switch2 }: GuardInputs): boolean => !switch1 && !switch2;
const isClosed = ({ switch1, switch2 }: GuardInputs): boolean => switch1 && switch2;

/**
 * The output is TRUE in 8000 only, which needs a rising edge of reset after the guard was closed.
 *
 * S_StartReset is FALSE always, so its rows are left out: a guard that is closed at activation waits for
 * the reset. Stricter than the model: an opened guard leads out of the reset error too, and counts before a held reset.
 */
export const GUARD_TABLE: StateTable<GuardCode, GuardInputs> = {
  '0000': [{ when: () => true, to: '8001' }],
  '8001': [
    { when: isOpen, to: '8802' },
    { when: () => true, to: '8402' },
  ],
  '8802': [{ when: isWideOpen, to: '8804' }],
  '8804': [
    { when: isClosed, to: '8002' },
    { when: ({ switch1 }) => switch1, to: '8806' },
    { when: ({ switch2 }) => switch2, to: '8808' },
  ],
  '8806': [
    { when: ({ discrepancyTimeMs }, { elapsedMs }) => elapsedMs >= discrepancyTimeMs, to: 'C010' },
    { when: ({ switch1 }) => !switch1, to: '8802' },
    { when: ({ switch2 }) => switch2, to: '8002' },
  ],
  '8808': [
    { when: ({ discrepancyTimeMs }, { elapsedMs }) => elapsedMs >= discrepancyTimeMs, to: 'C020' },
    { when: ({ switch2 }) => !switch2, to: '8802' },
    { when: ({ switch1 }) => switch1, to: '8002' },
  ],
  '8002': [
    { when: isOpen, to: '8802' },
    { when: ({ autoReset }) => autoReset === true, to: '8000' },
    { when: () => true, to: '8402' },
  ],
  '8402': [
    { when: isOpen, to: '8802' },
    { when: (_, { resetHeld }) => resetHeld, to: 'C001' },
    { when: (_, { resetEdge }) => resetEdge, to: '8000' },
  ],
  C001: [
    { when: isOpen, to: '8802' },
    { when: (_, { resetHeld }) => !resetHeld, to: '8402' },
  ],
  '8000': [{ when: isOpen, to: '8802' }],
  C010: [{ when: isWideOpen, to: '8802' }],
  C020: [{ when: isWideOpen, to: '8802' }],
};
