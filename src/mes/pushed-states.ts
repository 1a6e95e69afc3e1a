// Which responses are pushed to an MES, and to whom.
import type { JobRecord } from '../core/job-order.ts';

/** Name of the receiver in the journal: wherever the MES is, it is one. */
export const RECEIVER = 'mes';

/** States whose responses can be pushed: nothing becomes of an order after them. */
export type PushedState = 'Ended' | 'Aborted';

/** What must be pushed when an order has come to this. */
export function isPushed({ state, substate }: JobRecord, states: readonly PushedState[]): boolean {
  return substate !== 'Closed' && (states as readonly string[]).includes(state);
}
