// Keeping records, events and sequences of job orders in step.
import type { JobRecord } from '../core/job-order.ts';
import type { Turn } from './turn.ts';

/** Publishes a changed record. */
export function publishRecord(turn: Turn, record: JobRecord): void {
  turn.events.push({ kind: 'job', record });
}

/** Drops the progress of an order that can no longer go on. */
export function forgetSequence(turn: Turn, jobOrderId: string): void {
  const kept = Object.entries(turn.next.sequences).filter(([id]) => id !== jobOrderId);
  turn.next.sequences = Object.fromEntries(kept);
}
