// SF_EDM: switches an actuator and watches by its feedback contacts that it follows. Modelled on PLCopen Safety Part 1 V2.01.
import { isResetHeld, isResetPressed, isResetReleased, type Moment, rose, type StateTable } from './function-block.ts';

/** Inputs of SF_EDM; the reset comes with the call. */
export interface EdmInputs {
  /** TRUE while the actuator is to be on. */
  readonly outControl: boolean;
  /** Feedback contacts, TRUE while the actuator is in its initial, de-energised state; with one contact both are the same. */
  readonly edm1: boolean;
  readonly edm2: boolean;
  /** The actuator follows within this, milliseconds, > 0. */
  readonly monitoringTimeMs: number;
}

type Digit = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
/**
 * C010, C020, C030: feedback 1, 2 or both not in the initial state when switching on is asked for; C040 to C060: not back in the
 * initial state in time; C070 to C090: not left the initial state in time.
 */
type ErrorCode = `C0${Digit}0`;
/** An error with a reset that was TRUE too early. */
type HeldCode = `C0${Digit}1`;

/**
 * 8401 init, waits for the reset; 8810 off; 8000 on; C001 a reset that was TRUE too early in 8401; C100 reset and the wish to
 * switch on in the same call.
 */
export type EdmCode = '0000' | '8401' | '8810' | '8000' | 'C001' | ErrorCode | HeldCode | 'C100';

const isOver = ({ monitoringTimeMs }: EdmInputs, { elapsedMs }: Moment): boolean => elapsedMs >= monitoringTimeMs;
const isAsked = (inputs: EdmInputs, moment: Moment): boolean => rose(inputs, moment, 'outControl');
const isMixedUp = (inputs: EdmInputs, moment: Moment): boolean => moment.resetEdge && isAsked(inputs, moment);
const isInitial = ({ edm1, edm2 }: EdmInputs): boolean => edm1 && edm2;

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

function errorStates(): StateTable<ErrorCode | HeldCode, EdmInputs> {
  const rows = DIGITS.flatMap((digit) => [
    [
      `C0${digit}0`,
      [
        { when: isResetHeld, to: `C0${digit}1` },
        { when: (inputs: EdmInputs, { resetEdge }: Moment) => resetEdge && isInitial(inputs), to: '8810' },
      ],
    ],
    [`C0${digit}1`, [{ when: isResetReleased, to: `C0${digit}0` }]],
  ]);
  return Object.fromEntries(rows) as StateTable<ErrorCode | HeldCode, EdmInputs>;
}

/**
 * The output is TRUE in 8000 only, which needs a rising edge of the wish while both feedbacks are in the initial state.
 *
 * S_StartReset is FALSE always. Stricter than the model: a wish that is TRUE already switches nothing on, so nothing comes on by a
 * reset; an error is reset only when both feedbacks are in the initial state; C100 is left for the start inhibit.
 */
export const EDM_TABLE: StateTable<EdmCode, EdmInputs> = {
  '0000': [{ when: () => true, to: '8401' }],
  '8401': [
    { when: isMixedUp, to: 'C100' },
    { when: isResetHeld, to: 'C001' },
    { when: isResetPressed, to: '8810' },
  ],
  C001: [{ when: isResetReleased, to: '8401' }],
  '8810': [
    { when: isMixedUp, to: 'C100' },
    { when: (inputs, moment) => isAsked(inputs, moment) && !inputs.edm1 && !inputs.edm2, to: 'C030' },
    { when: (inputs, moment) => isAsked(inputs, moment) && !inputs.edm1, to: 'C010' },
    { when: (inputs, moment) => isAsked(inputs, moment) && !inputs.edm2, to: 'C020' },
    { when: (inputs, moment) => isOver(inputs, moment) && !inputs.edm1 && !inputs.edm2, to: 'C060' },
    { when: (inputs, moment) => isOver(inputs, moment) && !inputs.edm1, to: 'C040' },
    { when: (inputs, moment) => isOver(inputs, moment) && !inputs.edm2, to: 'C050' },
    { when: isAsked, to: '8000' },
  ],
  '8000': [
    { when: ({ outControl }) => !outControl, to: '8810' },
    { when: (inputs, moment) => isOver(inputs, moment) && inputs.edm1 && inputs.edm2, to: 'C090' },
    { when: (inputs, moment) => isOver(inputs, moment) && inputs.edm1, to: 'C070' },
    { when: (inputs, moment) => isOver(inputs, moment) && inputs.edm2, to: 'C080' },
  ],
  ...errorStates(),
  C100: [{ when: ({ outControl }, { resetEdge, resetHeld }) => !(outControl || resetEdge || resetHeld), to: '8401' }],
};
