// SF_ResetButton: makes one pulse of a deliberate press of a reset button. Modelled on PLCopen Safety Part 1 V2.01 and on the
// manual reset of ISO 13849-1: it acts when the button is let go.
import { always, isResetPressed, type StateTable } from './function-block.ts';

/** Times of SF_ResetButton; ResetIn comes as the reset of the call. */
export interface ResetButtonInputs {
  /** A press is at least so long, milliseconds, 100 or more: what is shorter bounces. */
  readonly trailingMinimumMs: number;
  /** A press is at most so long, milliseconds: what is longer is stuck. */
  readonly trailingMaximumMs: number;
}

/**
 * 83E2 waits for a press; 83F2 pressed, waits for the release; 8000 a valid reset, for one call; C000 times that make no sense;
 * C001 pressed, or not to be read, at activation; C3E0 held too long; C3F0 held too short.
 */
export type ResetButtonCode = '0000' | '83E2' | '83F2' | '8000' | 'C000' | 'C001' | 'C3E0' | 'C3F0';

/** Least press that counts, ms. */
const MINIMUM_MS = 100;

const areTimesGood = ({ trailingMinimumMs, trailingMaximumMs }: ResetButtonInputs): boolean =>
  trailingMinimumMs >= MINIMUM_MS && trailingMinimumMs <= trailingMaximumMs;

type Rows = StateTable<ResetButtonCode, ResetButtonInputs>[ResetButtonCode];

/** `resetBefore` tells of the call in which the state was entered; a button that cannot be read is not known to be let go. */
const UNTIL_LET_GO: Rows = [
  { when: (_, { resetEdge, resetHeld, isResetUnread }) => !resetEdge && !resetHeld && !isResetUnread, to: '83E2' },
];

/** A button that cannot be read while it is pressed makes no pulse, also if it is found open afterwards: stricter than the model. */
export const RESET_BUTTON_TABLE: StateTable<ResetButtonCode, ResetButtonInputs> = {
  '0000': [
    { when: (times) => !areTimesGood(times), to: 'C000' },
    { when: (_, { resetEdge, resetHeld, isResetUnread }) => resetEdge || resetHeld || isResetUnread, to: 'C001' },
    { when: always, to: '83E2' },
  ],
  '83E2': [{ when: isResetPressed, to: '83F2' }],
  '83F2': [
    { when: (_, { isResetUnread }) => isResetUnread, to: '83E2' },
    { when: ({ trailingMaximumMs }, { elapsedMs }) => elapsedMs > trailingMaximumMs, to: 'C3E0' },
    {
      when: ({ trailingMinimumMs }, { resetHeld, elapsedMs }) => !resetHeld && elapsedMs < trailingMinimumMs,
      to: 'C3F0',
    },
    { when: (_, { resetHeld }) => !resetHeld, to: '8000' },
  ],
  '8000': [{ when: always, to: '83E2' }],
  // Parameters are constants: nothing but a new start with others ends it.
  C000: [],
  C001: UNTIL_LET_GO,
  C3E0: UNTIL_LET_GO,
  C3F0: UNTIL_LET_GO,
};
