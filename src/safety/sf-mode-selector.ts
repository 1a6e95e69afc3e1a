// SF_ModeSelector: exactly one operating mode, or none. Modelled on PLCopen Safety Part 1 V2.01.
import {
  type BlockMemory,
  isResetHeld,
  isResetPressed,
  isResetReleased,
  type Moment,
  rose,
  type StateTable,
} from './function-block.ts';

/** Inputs of SF_ModeSelector; the reset comes with the call. */
export interface ModeSelectorInputs {
  /** Contacts of the selector: TRUE at most one. */
  readonly mode0: boolean;
  readonly mode1: boolean;
  readonly mode2: boolean;
  readonly mode3: boolean;
  readonly mode4: boolean;
  readonly mode5: boolean;
  readonly mode6: boolean;
  readonly mode7: boolean;
  /** FALSE freezes the mode that is selected. */
  readonly unlock: boolean;
  /** Its rising edge confirms the selector. */
  readonly setMode: boolean;
  /** No confirmation is needed. */
  readonly autoSetMode: boolean;
  /** The selector may stand between its positions for so long, milliseconds, > 0. */
  readonly modeMonitorTimeMs: number;
}

/**
 * 8802 no mode is confirmed; 8000 a mode is selected; 8010 it is locked; C010 two contacts are closed, C410 that is over and a
 * reset possible; C020 none has been closed for too long, C420 that is over and a reset possible; C011, C021 a reset that was
 * TRUE too early.
 */
export type ModeSelectorCode = '0000' | '8802' | '8000' | '8010' | 'C010' | 'C410' | 'C011' | 'C020' | 'C420' | 'C021';

function closedContacts(inputs: ModeSelectorInputs): readonly number[] {
  const { mode0, mode1, mode2, mode3, mode4, mode5, mode6, mode7 } = inputs;
  return [mode0, mode1, mode2, mode3, mode4, mode5, mode6, mode7].flatMap((isClosed, mode) => (isClosed ? [mode] : []));
}

const isNone = (inputs: ModeSelectorInputs): boolean => closedContacts(inputs).length === 0;
const isShort = (inputs: ModeSelectorInputs): boolean => closedContacts(inputs).length > 1;
const hasChanged = (inputs: ModeSelectorInputs, { choice }: Moment): boolean => closedContacts(inputs)[0] !== choice;
const isConfirmed = (inputs: ModeSelectorInputs, moment: Moment): boolean =>
  inputs.unlock && !isNone(inputs) && (inputs.autoSetMode || rose(inputs, moment, 'setMode'));

/**
 * An output is TRUE in 8000 and 8010 for the mode that was selected on entering 8000. A locked selector may be turned: that counts
 * when it is unlocked. Stricter than the model: a mode is taken only while unlocked, and a selector that changes in the call in which
 * it is locked or unlocked has changed.
 */
export const MODE_SELECTOR_TABLE: StateTable<ModeSelectorCode, ModeSelectorInputs> = {
  '0000': [{ when: () => true, to: '8802' }],
  '8802': [
    { when: isShort, to: 'C010' },
    { when: (inputs, { timerMs }) => isNone(inputs) && timerMs >= inputs.modeMonitorTimeMs, to: 'C020' },
    { when: isConfirmed, to: '8000' },
  ],
  '8000': [
    { when: isShort, to: 'C010' },
    { when: hasChanged, to: '8802' },
    { when: ({ unlock }) => !unlock, to: '8010' },
  ],
  '8010': [
    { when: (inputs) => inputs.unlock && isShort(inputs), to: 'C010' },
    { when: (inputs, moment) => inputs.unlock && hasChanged(inputs, moment), to: '8802' },
    { when: ({ unlock }) => unlock, to: '8000' },
  ],
  C010: [{ when: (inputs) => !isShort(inputs), to: 'C410' }],
  C410: [
    { when: isShort, to: 'C010' },
    { when: isResetHeld, to: 'C011' },
    { when: isResetPressed, to: '8802' },
  ],
  C011: [
    { when: isShort, to: 'C010' },
    { when: isResetReleased, to: 'C410' },
  ],
  C020: [
    { when: isShort, to: 'C010' },
    { when: (inputs) => !isNone(inputs), to: 'C420' },
  ],
  C420: [
    { when: isShort, to: 'C010' },
    { when: isNone, to: 'C020' },
    { when: isResetHeld, to: 'C021' },
    { when: isResetPressed, to: '8802' },
  ],
  C021: [
    { when: isShort, to: 'C010' },
    { when: isNone, to: 'C020' },
    { when: isResetReleased, to: 'C420' },
  ],
};

/** The timer runs while no contact is closed and a mode is waited for. */
export const MODE_SELECTOR_MEMORY: BlockMemory<ModeSelectorCode, ModeSelectorInputs> = {
  edges: ['setMode'],
  timer: (code, inputs) => code === '8802' && isNone(inputs),
  choice: { keptIn: ['8000', '8010'], of: (inputs) => closedContacts(inputs)[0] },
};
