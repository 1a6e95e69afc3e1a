// Keeping records, events, checkpoints and sequences of job orders in step, and what of them has to be on disk before an order moves.
import { isDurable } from '../core/event-storage.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';
import { hasBegun } from '../core/job-transitions.ts';
import type { SequenceState } from '../core/sequence.ts';
import type { CycleState } from './cycle.ts';
import type { Turn } from './turn.ts';

/**
 * Publishes a changed record, with where the order stands for as long as it may go on: whoever has only the newest event of an order
 * on disk knows both. An order that has not begun begins only when its newest record is on disk.
 *
 * @param reached where it stands now. @defaultValue where it stood when that was told last
 */
export function publishRecord(turn: Turn, record: JobRecord, reached?: JobCheckpoint): void {
  if (reached !== undefined) keepCheckpoint(turn, reached);
  const checkpoint = hasBegun(record.state) ? turn.next.checkpoints.get(record.order.jobOrderId) : undefined;
  turn.events.push(checkpoint === undefined ? { kind: 'job', record } : { kind: 'job', record, checkpoint });
  if (record.state === 'AllowedToStart' || record.state === 'NotAllowedToStart') awaitStored(turn, record);
}

/** Publishes where an order stands whose record has not changed. */
export function publishCheckpoint(turn: Turn, checkpoint: JobCheckpoint): void {
  keepCheckpoint(turn, checkpoint);
  turn.events.push({ kind: 'checkpoint', checkpoint });
}

/** Remembers where an order stands, for whatever is told of it next. */
function keepCheckpoint({ next }: Turn, checkpoint: JobCheckpoint): void {
  next.checkpoints = new Map(next.checkpoints).set(checkpoint.jobOrderId, checkpoint);
}

/** Publishes the record of an order that shall move from now on: nothing does before it is on disk. */
export function publishMoving(turn: Turn, record: JobRecord, checkpoint?: JobCheckpoint): void {
  publishRecord(turn, record, checkpoint);
  awaitStored(turn, record);
}

function awaitStored(turn: Turn, { order }: JobRecord): void {
  const sequence = turn.next.eventsSoFar + turn.events.length;
  turn.next.awaited = new Map(turn.next.awaited).set(order.jobOrderId, sequence);
}

/** What the order has to wait for is on disk. */
export function isOnDisk({ next, inputs }: Turn, jobOrderId: string): boolean {
  return (next.awaited.get(jobOrderId) ?? 0) <= inputs.storage.through;
}

/** Remembers how far an order has come. */
export function keepSequence(turn: Turn, jobOrderId: string, sequence: SequenceState): void {
  turn.next.sequences = new Map(turn.next.sequences).set(jobOrderId, sequence);
}

/** Drops the progress of an order that can no longer go on. */
export function forgetSequence(turn: Turn, jobOrderId: string): void {
  const { next } = turn;
  next.sequences = without(next.sequences, jobOrderId);
  next.checkpoints = without(next.checkpoints, jobOrderId);
  next.awaited = without(next.awaited, jobOrderId);
}

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  return map.has(key) ? new Map([...map].filter(([id]) => id !== key)) : map;
}

/** Where an order stands between two steps, short enough to be written at each of them. */
export function checkpointOf({ context, next }: Turn, jobOrderId: string, sequence: SequenceState): JobCheckpoint {
  return {
    jobOrderId,
    frames: sequence.frames,
    holding: sequence.holding,
    homed: homedAxes({ context }, next),
    positions: Object.fromEntries(
      context.table.joints.flatMap(({ model }, joint) => {
        const position = next.motion.positionDeg[joint];
        const isKnown = model.kind === 'servo' || next.axes[joint]?.homedUnder !== undefined;
        return position === undefined || !isKnown ? [] : [[model.name, Math.round(position * 10) / 10]];
      }),
    ),
  };
}

/** Axes that know their zero, by name. */
export function homedAxes({ context }: Pick<Turn, 'context'>, { axes }: Pick<CycleState, 'axes'>): readonly string[] {
  return context.table.joints.flatMap(({ model }, joint) =>
    axes[joint]?.homedUnder === undefined ? [] : [model.name],
  );
}

/** The newest durable event so far, this cycle's included. */
export function lastDurable({ next, events }: Turn): number {
  const index = events.findLastIndex(isDurable);
  return index < 0 ? next.lastDurable : next.eventsSoFar + index + 1;
}

/** At the end of a cycle: its events have their numbers. */
export function numberEvents(turn: Turn): void {
  const { next, events } = turn;
  if (events.length === 0) return;
  next.lastDurable = lastDurable(turn);
  next.eventsSoFar += events.length;
}
