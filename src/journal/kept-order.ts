// One order as the journal keeps it: its newest event, and what its content was before. Pure.

import { JOB_STATES, type JobOrder, type JobRecord, type Measurement } from '../core/job-order.ts';
import { hasBegun } from '../core/job-transitions.ts';
import type { JobEventBody, JsonValue, StoredOrder } from '../ports/journal.ts';
import { listedText } from './listed-order.ts';
import { type Known, type ShortJobEvent, sameJson } from './log-row.ts';

export interface KeptOrder extends StoredOrder {
  /** Every content of the order with the revision of the record that it came with, the oldest first. */
  readonly contents: readonly (readonly [fromRevision: number, order: JobOrder])[];
}

/** Bodies of events, read when somebody asks for one. */
export interface UnreadBodies {
  at(index: number): JobEventBody;
}

/** One body, of which there is the JSON: bytes, since a part of a text keeps all of it. */
export class UnreadText implements UnreadBodies {
  readonly #bytes: Buffer;

  constructor(json: string) {
    this.#bytes = Buffer.from(json);
  }

  at(): JobEventBody {
    return JSON.parse(this.#bytes.toString()) as JobEventBody;
  }
}

/** An order of which there is one event, and nobody has asked for it yet. */
export class WrittenOrder implements KeptOrder {
  readonly #bodies: UnreadBodies;
  readonly #index: number;
  readonly position: number;
  #event: JobEventBody | undefined;

  constructor(position: number, bodies: UnreadBodies, index = 0) {
    this.#bodies = bodies;
    this.#index = index;
    this.position = position;
  }

  get place(): number {
    return this.position;
  }

  get event(): JobEventBody {
    this.#event ??= readEvent(this.#bodies.at(this.#index));
    return this.#event;
  }

  get contents(): KeptOrder['contents'] {
    const { order, revision } = this.event.record;
    return [[revision, order]];
  }
}

function readEvent(event: JobEventBody): JobEventBody {
  return { ...event, record: withAbsent(event.record) };
}

/** @param before undefined for a new order */
export function keepEvent(before: KeptOrder | undefined, event: JobEventBody, position: number): KeptOrder {
  const { order, revision } = event.record;
  const newest = before?.contents.at(-1)?.[1];
  const isSame = newest !== undefined && sameJson(newest, order);
  const contents = isSame ? (before?.contents ?? []) : [...(before?.contents ?? []), [revision, order] as const];
  return { event: whereItStood(before, event), position, place: before?.place ?? position, contents };
}

/** An event that does not say where its order stands leaves it where it stood, for as long as it may go on. */
function whereItStood(before: KeptOrder | undefined, event: JobEventBody): JobEventBody {
  if (event.checkpoint !== undefined || !hasBegun(event.record.state)) return event;
  const checkpoint = before?.event.checkpoint;
  return checkpoint === undefined ? event : { ...event, checkpoint };
}

/** What of an event the journal has already. */
export function knownOf(before: KeptOrder | undefined, after: KeptOrder): Known {
  return {
    content: before?.contents.length === after.contents.length,
    measurements: knownMeasurements(before, after.event.record.measurements),
  };
}

/** The order after a short event, as it stands in the log. Undefined: it is of an order that is not known. */
export function replayed(before: KeptOrder | undefined, job: ShortJobEvent, position: number): KeptOrder | undefined {
  const revision = Number(job.record['revision'] ?? 0);
  const known = before?.place === job.place ? before : undefined;
  const contents = [...(known?.contents ?? []), ...(job.c === undefined ? [] : [[revision, job.c] as const])];
  const measurements = [...(known?.event.record.measurements ?? []).slice(0, job.n - job.m.length), ...job.m];
  const event = restore(contents, job, measurements);
  return event && { event: whereItStood(known, event), position, place: job.place, contents };
}

/** How many of these measurements are the ones that the journal has: all or nothing. */
function knownMeasurements(before: KeptOrder | undefined, measurements: readonly Measurement[]): number {
  const known = before?.event.record.measurements ?? [];
  if (known === measurements) return known.length;
  const [last, same] = [known.at(-1), measurements[known.length - 1]];
  return known.length <= measurements.length && sameJson(last, same) ? known.length : 0;
}

/** The whole event of a short one. Undefined: no content of the order is known. */
export function restore(
  contents: KeptOrder['contents'],
  job: ShortJobEvent,
  measurements: readonly Measurement[],
): JobEventBody | undefined {
  const revision = Number(job.record['revision'] ?? 0);
  const content = contents.findLast(([from]) => from <= revision) ?? contents[0];
  if (content === undefined) return undefined;
  const record = { ...job.record, order: content[1], measurements };
  return { ...job.rest, kind: 'job', record: withAbsent(record as unknown as JobRecord) };
}

/** Members that a record always has, though JSON knows no undefined. */
function withAbsent(record: JobRecord): JobRecord {
  const { substate, startTime, endTime, reason } = record;
  return { ...record, substate, startTime, endTime, reason };
}

export function isFinal(record: JobRecord): boolean {
  return record.state === 'Ended' || record.state === 'Aborted';
}

/** Columns of an order's row, in their order. */
export interface OrderColumns {
  readonly place: number;
  readonly state: number;
  readonly id: string;
  /** @see listedText */
  readonly listed: string;
}

export function columnsOf(order: KeptOrder): OrderColumns {
  const { record } = order.event;
  const { state, order: content } = record;
  return { place: order.place, state: JOB_STATES[state], id: content.jobOrderId, listed: listedText(record) };
}

/** Content of an order's row. `v`: earlier contents, absent when there are none. */
export function orderRow(order: KeptOrder): JsonValue {
  const row = { e: order.event, p: order.position, ...(order.contents.length > 1 && { v: order.contents }) };
  return row as unknown as JsonValue;
}

export function readOrderRow(place: number, row: JsonValue): KeptOrder {
  const { e, p, v } = row as unknown as { e: JobEventBody; p: number; v?: KeptOrder['contents'] };
  const event = readEvent(e);
  return { event, position: p, place, contents: v ?? [[event.record.revision, event.record.order]] };
}
