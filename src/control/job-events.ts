// Keeping records, events and sequences of job orders in step.
import type { JobRecord } from '../core/job-order.ts';
import type { SequenceState } from '../core/sequence.ts';
import type { Turn } from './turn.ts';

/** Publishes a changed record. */
export function publishRecord(turn: Turn, record: JobRecord): void {
  turn.events.push({ kind: 'job', record });
}

/** Remembers how far an order has come. */
export function keepSequence(turn: Turn, jobOrderId: string, sequence: SequenceState): void {
  turn.next.sequences = new Map(turn.next.sequences).set(jobOrderId, sequence);
}

/** Drops the progress of an order that can no longer go on. */
export function forgetSequence(turn: Turn, jobOrderId: string): void {
  turn.next.sequences = new Map([...turn.next.sequences].filter(([id]) => id !== jobOrderId));
}
