// SF_TwoHandControlTypeII and III: both hands are at their buttons. Modelled on PLCopen Safety Part 1 V2.01 and ISO 13851.
import type { StateTable } from './function-block.ts';

/** Inputs of a two-hand control: TRUE while the button is pressed. */
export interface TwoHandInputs {
  readonly button1: boolean;
  readonly button2: boolean;
}

/**
 * 8001 init; 8802 both released; 8804, 8806 only button 1, only button 2 pressed; 8000 both pressed; 8808, 880A button 2,
 * button 1 was released; 880C both are pressed again without having been released together; 880E the hands changed over
 * without a pause; C010, C020, C030 button 1, 2 or both were pressed at activation.
 */
export type TwoHandTypeIICode =
  | '0000'
  | '8001'
  | '8802'
  | '8804'
  | '8806'
  | '8000'
  | '8808'
  | '880A'
  | '880C'
  | '880E'
  | 'C010'
  | 'C020'
  | 'C030';

/** Type III too: C040, C050 the second button came more than 500 ms after button 1, button 2. */
export type TwoHandTypeIIICode = TwoHandTypeIICode | 'C040' | 'C050';

/** The second button of a type III control follows within this, ms (ISO 13851, synchronous actuation). */
const SYNCHRONOUS_MS = 500;

type Table = StateTable<TwoHandTypeIICode, TwoHandInputs>;

const areReleased = ({ button1, button2 }: TwoHandInputs): boolean => !button1 && !button2;
const arePressed = ({ button1, button2 }: TwoHandInputs): boolean => button1 && button2;
const isOnly1 = ({ button1, button2 }: TwoHandInputs): boolean => button1 && !button2;
const isOnly2 = ({ button1, button2 }: TwoHandInputs): boolean => !button1 && button2;

/** Whatever went wrong or was let go: both hands off before both hands on. */
const UNTIL_RELEASED: Table[TwoHandTypeIICode] = [{ when: areReleased, to: '8802' }];

/**
 * The output is TRUE in 8000 only: hold to run, with no reset. One hand off turns it off; both must be off before it can be
 * on again.
 */
export const TWO_HAND_TYPE_II_TABLE: Table = {
  '0000': [{ when: () => true, to: '8001' }],
  '8001': [
    { when: arePressed, to: 'C030' },
    { when: ({ button1 }) => button1, to: 'C010' },
    { when: ({ button2 }) => button2, to: 'C020' },
    { when: () => true, to: '8802' },
  ],
  '8802': [
    { when: arePressed, to: '8000' },
    { when: isOnly1, to: '8804' },
    { when: isOnly2, to: '8806' },
  ],
  '8804': [
    { when: isOnly2, to: '880E' },
    { when: areReleased, to: '8802' },
    { when: arePressed, to: '8000' },
  ],
  '8806': [
    { when: isOnly1, to: '880E' },
    { when: areReleased, to: '8802' },
    { when: arePressed, to: '8000' },
  ],
  '8000': [
    { when: areReleased, to: '8802' },
    { when: isOnly1, to: '8808' },
    { when: isOnly2, to: '880A' },
  ],
  '8808': [
    { when: areReleased, to: '8802' },
    { when: ({ button2 }) => button2, to: '880C' },
  ],
  '880A': [
    { when: areReleased, to: '8802' },
    { when: ({ button1 }) => button1, to: '880C' },
  ],
  '880C': UNTIL_RELEASED,
  '880E': UNTIL_RELEASED,
  C010: UNTIL_RELEASED,
  C020: UNTIL_RELEASED,
  C030: UNTIL_RELEASED,
};

/** Both hands off are no error, however long one was on. */
const RELEASED_ROW = { when: areReleased, to: '8802' } as const;
const isTooLate = (_: TwoHandInputs, { elapsedMs }: { readonly elapsedMs: number }): boolean =>
  elapsedMs > SYNCHRONOUS_MS;

/** As type II, and the hands come together within 500 ms. */
export const TWO_HAND_TYPE_III_TABLE: StateTable<TwoHandTypeIIICode, TwoHandInputs> = {
  ...TWO_HAND_TYPE_II_TABLE,
  '8804': [RELEASED_ROW, { when: isTooLate, to: 'C040' }, ...TWO_HAND_TYPE_II_TABLE['8804']],
  '8806': [RELEASED_ROW, { when: isTooLate, to: 'C050' }, ...TWO_HAND_TYPE_II_TABLE['8806']],
  C040: UNTIL_RELEASED,
  C050: UNTIL_RELEASED,
};
