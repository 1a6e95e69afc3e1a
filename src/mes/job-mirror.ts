// The gateway's view of all job orders: what control last said of each, and what must be said while control is away.
// A pure reducer, and a small class that holds its state and tells watchers.
import type { CellEventBody, JobProgress } from '../core/cell-event.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { ConnectionLost, FromControl } from '../ports/cell-channel.ts';

/** Orders kept; of the final ones the oldest go first. */
export const MIRROR_ORDERS_MAX = 1_000;

/** Removed orders kept. */
const REMOVED_KEPT_MAX = 1_000;

interface MirrorEntry {
  /** As it is shown; its revision never goes back, whatever control does. */
  readonly shown: JobRecord;
  /** Newest revision that this run of control has told; 0: none yet. */
  readonly heard: number;
}

export interface MirrorState {
  /** Run of the control process heard last. */
  readonly epoch: string | undefined;
  /** True between hello and the end of the connection. */
  readonly connected: boolean;
  /** True once a snapshot came on this connection. */
  readonly hasSnapshot: boolean;
  readonly entries: ReadonlyMap<string, MirrorEntry>;
  /** Orders that were taken out of the list last, as they were: a repeated request is answered by them. */
  readonly removed: ReadonlyMap<string, JobRecord>;
  readonly progress: JobProgress | undefined;
}

export type MirrorChange =
  | { readonly kind: 'record'; readonly record: JobRecord }
  | { readonly kind: 'removed'; readonly record: JobRecord }
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'connection' };

export interface MirrorStep {
  readonly state: MirrorState;
  readonly changes: readonly MirrorChange[];
  /** Orders that a freshly started control process does not know and must be given; empty: none. */
  readonly restore: readonly JobRecord[];
}

export const EMPTY_MIRROR: MirrorState = {
  epoch: undefined,
  connected: false,
  hasSnapshot: false,
  entries: new Map(),
  removed: new Map(),
  progress: undefined,
};

/** Pure. Never throws; equal states and messages give equal steps. */
export function stepMirror(state: MirrorState, message: FromControl | ConnectionLost): MirrorStep {
  switch (message.kind) {
    case 'hello':
      return onHello(state, message.epoch, message.records);
    case 'lost':
      return onLost(state);
    case 'snapshot':
      return onSnapshot(state, message.snapshot.job);
    case 'event':
      return onEvent(state, message.event.body);
    case 'reply': {
      const { reply } = message;
      if (!reply.ok || reply.record === undefined) return unchanged(state);
      return reply.removed === true ? onRemoved(state, reply.record) : onRecord(state, reply.record);
    }
    default:
      return message satisfies never;
  }
}

function onEvent(state: MirrorState, body: CellEventBody): MirrorStep {
  if (body.kind === 'job') return onRecord(state, body.record);
  return body.kind === 'job-removed' ? onRemoved(state, body.record) : unchanged(state);
}

function unchanged(state: MirrorState): MirrorStep {
  return { state, changes: [], restore: [] };
}

function onHello(state: MirrorState, epoch: string, records: readonly JobRecord[]): MirrorStep {
  const isNewRun = epoch !== state.epoch;
  const told = new Map(records.map((record) => [record.order.jobOrderId, record]));
  const missing = isNewRun ? [...state.entries.values()].filter((entry) => !told.has(idOf(entry.shown))) : [];
  const cause = fault(4005, { epoch });
  const restore = missing.map((entry) => interrupted(entry.shown, cause));
  const entries = new Map(state.entries);
  const changes = [
    ...restore.flatMap((record) => put(entries, record, 0)),
    ...records.flatMap((record) => put(entries, record, record.revision)),
  ];
  dropOldestFinal(entries);
  return {
    state: { ...state, epoch, connected: true, hasSnapshot: false, entries, progress: undefined },
    changes: [...changes, { kind: 'connection' }],
    restore: restore.map((record) => entries.get(idOf(record))?.shown ?? record),
  };
}

/** What runs cannot be running any more as far as anybody can know: it is shown interrupted, and why. */
function onLost(state: MirrorState): MirrorStep {
  const cause = fault(4006, state.epoch === undefined ? {} : { epoch: state.epoch });
  const entries = new Map(state.entries);
  const changes = [...state.entries.values()].flatMap((entry) =>
    put(entries, interrupted(entry.shown, cause), entry.heard),
  );
  return {
    state: { ...state, connected: false, hasSnapshot: false, entries, progress: undefined },
    changes: [...changes, { kind: 'connection' }],
    restore: [],
  };
}

function onSnapshot(state: MirrorState, progress: JobProgress | undefined): MirrorStep {
  const next = { ...state, hasSnapshot: state.connected, progress };
  const changes: MirrorChange[] = [];
  if (next.hasSnapshot !== state.hasSnapshot) changes.push({ kind: 'connection' });
  if (progress !== undefined && hasAdvanced(state.progress, progress)) changes.push({ kind: 'progress', progress });
  return { state: next, changes, restore: [] };
}

function onRecord(state: MirrorState, record: JobRecord): MirrorStep {
  const standing = state.entries.get(idOf(record));
  if (standing !== undefined && record.revision <= standing.heard) return unchanged(state);
  const entries = new Map(state.entries);
  const changes = put(entries, record, record.revision);
  dropOldestFinal(entries);
  return { state: { ...state, entries }, changes, restore: [] };
}

/** Told twice, by the event and by the reply: only the first counts. */
function onRemoved(state: MirrorState, record: JobRecord): MirrorStep {
  const standing = state.entries.get(idOf(record));
  if (standing === undefined) return unchanged(state);
  const entries = new Map(state.entries);
  entries.delete(idOf(record));
  const removed = new Map(state.removed);
  removed.delete(idOf(record));
  removed.set(idOf(record), { ...standing.shown, comment: record.comment });
  const [oldest] = removed.keys();
  if (removed.size > REMOVED_KEPT_MAX && oldest !== undefined) removed.delete(oldest);
  return { state: { ...state, entries, removed }, changes: [{ kind: 'removed', record: standing.shown }], restore: [] };
}

/** Writes a record with a revision that only grows. @returns the change, if what is shown changed */
function put(entries: Map<string, MirrorEntry>, record: JobRecord, heard: number): readonly MirrorChange[] {
  const id = idOf(record);
  const standing = entries.get(id)?.shown;
  if (standing !== undefined && sameContent(standing, record)) {
    entries.set(id, { shown: standing, heard });
    return [];
  }
  const revision = standing === undefined ? record.revision : Math.max(standing.revision + 1, record.revision);
  const shown = { ...record, revision };
  entries.set(id, { shown, heard });
  return [{ kind: 'record', record: shown }];
}

function interrupted(record: JobRecord, reason: Fault): JobRecord {
  const isOurs = record.state === 'Interrupted' && record.reason?.code === 4006;
  if (record.state !== 'Running' && !isOurs) return record;
  return { ...record, state: 'Interrupted', substate: 'Held', reason };
}

function idOf(record: JobRecord): string {
  return record.order.jobOrderId;
}

function sameContent(left: JobRecord, right: JobRecord): boolean {
  return JSON.stringify({ ...left, revision: 0 }) === JSON.stringify({ ...right, revision: 0 });
}

function hasAdvanced(from: JobProgress | undefined, to: JobProgress): boolean {
  return (
    from?.jobOrderId !== to.jobOrderId ||
    from.step !== to.step ||
    from.label !== to.label ||
    from.producedQuantity !== to.producedQuantity ||
    from.goodQuantity !== to.goodQuantity
  );
}

export function isFinal(record: JobRecord): boolean {
  return record.state === 'Ended' || record.state === 'Aborted';
}

/** An order that is not final is never dropped: control itself bounds how many there are. */
function dropOldestFinal(entries: Map<string, MirrorEntry>): void {
  for (const [id, entry] of entries) {
    if (entries.size <= MIRROR_ORDERS_MAX) return;
    if (isFinal(entry.shown)) entries.delete(id);
  }
}

/** Holds a mirror and tells its listeners every change, in order and in the same turn. */
export class JobMirror {
  #state = EMPTY_MIRROR;
  readonly #listeners = new Set<(change: MirrorChange) => void>();
  /** By job order id: where those stand that have begun and not ended. */
  readonly #checkpoints = new Map<string, JobCheckpoint>();

  /** @returns what must be given back to a freshly started control process; empty: nothing */
  apply(message: FromControl | ConnectionLost): readonly JobRecord[] {
    const step = stepMirror(this.#state, message);
    this.#take(step, checkpointsIn(message));
    return step.restore;
  }

  #take(step: MirrorStep, checkpoints: readonly JobCheckpoint[] = []): void {
    this.#state = step.state;
    for (const checkpoint of checkpoints) this.#checkpoints.set(checkpoint.jobOrderId, checkpoint);
    for (const id of this.#checkpoints.keys()) {
      const record = this.get(id);
      if (record === undefined || isFinal(record)) this.#checkpoints.delete(id);
    }
    for (const change of step.changes) {
      for (const listener of [...this.#listeners]) listener(change);
    }
  }

  /** What the journal remembers: shown until control tells more of it. Before anything was heard. */
  load(records: readonly JobRecord[], checkpoints: readonly JobCheckpoint[]): void {
    const entries = new Map(this.#state.entries);
    for (const record of records) entries.set(idOf(record), { shown: interrupted(record, fault(4006)), heard: 0 });
    this.#state = { ...this.#state, entries };
    for (const checkpoint of checkpoints) this.#checkpoints.set(checkpoint.jobOrderId, checkpoint);
  }

  /** Hears all changes from now on. @returns a function that ends it */
  listen(listener: (change: MirrorChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get(jobOrderId: string): JobRecord | undefined {
    return this.#state.entries.get(jobOrderId)?.shown;
  }

  /** The revision that control itself has said last, behind what is shown; undefined: it has said nothing of this order. */
  heard(jobOrderId: string): number | undefined {
    const heard = this.#state.entries.get(jobOrderId)?.heard;
    return heard === 0 ? undefined : heard;
  }

  /** An order that was taken out of the list, as it was. */
  removed(jobOrderId: string): JobRecord | undefined {
    return this.#state.removed.get(jobOrderId);
  }

  /** Where an order stood last, when it has begun and not ended. */
  checkpoint(jobOrderId: string): JobCheckpoint | undefined {
    return this.#checkpoints.get(jobOrderId);
  }

  /** All orders, by store time, then id. */
  records(): readonly JobRecord[] {
    return [...this.#state.entries.values()]
      .map((entry) => entry.shown)
      .sort((left, right) => byPlace(placeOf(left), placeOf(right)));
  }

  get progress(): JobProgress | undefined {
    return this.#state.progress;
  }

  get connected(): boolean {
    return this.#state.connected;
  }

  /** Control is connected and has shown the state of the cell. */
  get ready(): boolean {
    return this.#state.connected && this.#state.hasSnapshot;
  }
}

function checkpointsIn(message: FromControl | ConnectionLost): readonly JobCheckpoint[] {
  if (message.kind === 'hello') return message.checkpoints ?? [];
  if (message.kind !== 'event') return [];
  const { body } = message.event;
  if (body.kind === 'checkpoint') return [body.checkpoint];
  return body.kind === 'job' && body.checkpoint !== undefined ? [body.checkpoint] : [];
}

/** Where an order stands in the list of job orders: by store time, then id. */
export interface Place {
  readonly storedAt: number;
  readonly jobOrderId: string;
}

export function placeOf(record: JobRecord): Place {
  return { storedAt: record.storedAt, jobOrderId: idOf(record) };
}

/** Negative: `left` comes first. */
export function byPlace(left: Place, right: Place): number {
  if (left.storedAt !== right.storedAt) return left.storedAt - right.storedAt;
  return left.jobOrderId < right.jobOrderId ? -1 : Number(left.jobOrderId !== right.jobOrderId);
}
