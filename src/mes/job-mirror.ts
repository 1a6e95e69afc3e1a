// The gateway's view of all job orders: what control last said of each, or what of it is on disk, and what must be said while control
// is away.
import type { CellEventBody, JobProgress } from '../core/cell-event.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { ConnectionLost, FromControl } from '../ports/cell-channel.ts';
import { BoundedMap, HeldSizes } from './bounded-memory.ts';

/** Orders kept; of the final ones the oldest go first. */
export const MIRROR_ORDERS_MAX = 1_000;

/** What the final ones of them take in memory. */
export const FINAL_BYTES_MAX = 16 * 1024 * 1024;

/** Removed orders kept. */
const REMOVED_KEPT = { countMax: 1_000, bytesMax: 8 * 1024 * 1024 };

interface MirrorEntry {
  /** As control has told it. */
  readonly record: JobRecord;
  /** The same, or interrupted while nobody can know whether it runs. The revision is that of the record: nothing else has changed. */
  readonly shown: JobRecord;
}

export type MirrorChange =
  | { readonly kind: 'record'; readonly record: JobRecord }
  | { readonly kind: 'removed'; readonly record: JobRecord }
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'connection' };

/** Holds what was heard last and tells its listeners every change, in order and in the same turn. */
export class JobMirror {
  readonly #entries = new Map<string, MirrorEntry>();
  /** Orders that were taken out of the list last, as they were: a repeated request is answered by them. */
  readonly #removed = new BoundedMap<JobRecord>(REMOVED_KEPT);
  /** Of the final orders among the entries. */
  readonly #finals = new HeldSizes();
  /** By job order id: where those stand that have begun and not ended. */
  readonly #checkpoints = new Map<string, JobCheckpoint>();
  readonly #listeners = new Set<(change: MirrorChange) => void>();
  #epoch: string | undefined;
  #connected = false;
  #hasSnapshot = false;
  #progress: JobProgress | undefined;

  /** @returns orders that a freshly started control process does not know and must be given; empty: none */
  apply(message: FromControl | ConnectionLost): readonly JobRecord[] {
    const missing = this.#step(message);
    this.#keepCheckpoints(message);
    return missing;
  }

  #step(message: FromControl | ConnectionLost): readonly JobRecord[] {
    switch (message.kind) {
      case 'hello':
        return this.#greet(message.epoch, message.records);
      case 'lost':
        this.#lose();
        return [];
      case 'snapshot':
        this.#see(message.snapshot.job);
        return [];
      case 'event':
        this.#hear(message.event.body);
        return [];
      case 'reply': {
        const { reply } = message;
        if (!reply.ok || reply.record === undefined) return [];
        if (reply.removed === true) this.#remove(reply.record);
        else this.#take(reply.record);
        return [];
      }
      default:
        return message satisfies never;
    }
  }

  /** What the journal remembers: shown until control tells more of it. Nobody is told. */
  load(records: readonly JobRecord[], checkpoints: readonly JobCheckpoint[]): void {
    for (const record of records) this.#set(record, this.#asShown(record));
    this.#dropOldestFinal();
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
    return this.#entries.get(jobOrderId)?.shown;
  }

  /** An order that was taken out of the list, as it was. */
  removed(jobOrderId: string): JobRecord | undefined {
    return this.#removed.get(jobOrderId);
  }

  /** Where an order stood last, when it has begun and not ended. */
  checkpoint(jobOrderId: string): JobCheckpoint | undefined {
    return this.#checkpoints.get(jobOrderId);
  }

  /** All orders, by store time, then id. */
  records(): readonly JobRecord[] {
    return [...this.#entries.values()]
      .map(({ shown }) => shown)
      .sort((left, right) => byPlace(placeOf(left), placeOf(right)));
  }

  /** Those that run as far as control has told, shown as they are or interrupted. */
  running(): readonly JobRecord[] {
    return [...this.#entries.values()].filter(({ record }) => record.state === 'Running').map(({ shown }) => shown);
  }

  get progress(): JobProgress | undefined {
    return this.#progress;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Control is connected and has shown the state of the cell. */
  get ready(): boolean {
    return this.#connected && this.#hasSnapshot;
  }

  #greet(epoch: string, records: readonly JobRecord[]): readonly JobRecord[] {
    const told = new Set(records.map(idOf));
    const isNewRun = epoch !== this.#epoch;
    const missing = isNewRun ? [...this.#entries.values()].filter(({ record }) => !told.has(idOf(record))) : [];
    this.#epoch = epoch;
    this.#connected = true;
    this.#hasSnapshot = false;
    this.#progress = undefined;
    for (const { record } of missing) this.#show(record, interrupted(record, fault(4005, { epoch })));
    for (const record of records) this.#believe(record);
    this.#tell({ kind: 'connection' });
    return missing.map(({ record }) => record);
  }

  /** What runs cannot be running any more as far as anybody can know: it is shown interrupted, and why. */
  #lose(): void {
    this.#connected = false;
    this.#hasSnapshot = false;
    this.#progress = undefined;
    for (const { record } of [...this.#entries.values()]) {
      if (record.state === 'Running') this.#show(record, this.#asShown(record));
    }
    this.#tell({ kind: 'connection' });
  }

  #see(progress: JobProgress | undefined): void {
    const before = this.#progress;
    this.#progress = progress;
    if (this.#connected && !this.#hasSnapshot) {
      this.#hasSnapshot = true;
      this.#tell({ kind: 'connection' });
    }
    if (progress !== undefined && hasAdvanced(before, progress)) this.#tell({ kind: 'progress', progress });
  }

  #hear(body: CellEventBody): void {
    if (body.kind === 'job') this.#take(body.record);
    else if (body.kind === 'job-removed') this.#remove(body.record);
  }

  /** Control has this order. What was heard of it before the greeting may be newer, and nobody dared to show it. */
  #believe(record: JobRecord): void {
    this.#take(record);
    const standing = this.#entries.get(idOf(record));
    if (standing !== undefined && standing.shown !== standing.record) this.#show(standing.record, standing.record);
  }

  /** Told twice, by the event and by the reply: only the first counts. */
  #take(record: JobRecord): void {
    const standing = this.#entries.get(idOf(record));
    const isSameOrder = standing?.record.storedAt === record.storedAt;
    if (isSameOrder && record.revision < standing.record.revision) return;
    if (isSameOrder && record.revision === standing.record.revision) {
      if (this.#connected && standing.shown !== standing.record) this.#show(standing.record, standing.record);
      return;
    }
    // What has happened is told as it was, also while nobody can know whether it still is so.
    this.#set(record, this.#asShown(record));
    this.#tell({ kind: 'record', record });
    this.#dropOldestFinal();
  }

  #show(record: JobRecord, shown: JobRecord): void {
    const before = this.#entries.get(idOf(record))?.shown;
    this.#set(record, shown);
    if (shown !== before) this.#tell({ kind: 'record', record: shown });
  }

  #remove(record: JobRecord): void {
    const id = idOf(record);
    const standing = this.#entries.get(id)?.shown;
    if (standing === undefined) return;
    this.#drop(id);
    this.#removed.set(id, { ...standing, comment: record.comment });
    this.#tell({ kind: 'removed', record: standing });
  }

  #asShown(record: JobRecord): JobRecord {
    const detail = this.#epoch === undefined ? {} : { epoch: this.#epoch };
    return this.#connected ? record : interrupted(record, fault(4006, detail));
  }

  /** An order that is not final is never dropped: control itself bounds how many there are. */
  #dropOldestFinal(): void {
    for (const [id, { record }] of this.#entries) {
      if (this.#entries.size <= MIRROR_ORDERS_MAX && this.#finals.bytes <= FINAL_BYTES_MAX) return;
      if (isFinal(record)) this.#drop(id);
    }
  }

  #set(record: JobRecord, shown: JobRecord): void {
    const id = idOf(record);
    this.#entries.set(id, { record, shown });
    if (isFinal(record)) this.#finals.set(id, record);
    else this.#finals.delete(id);
  }

  #drop(id: string): void {
    this.#entries.delete(id);
    this.#finals.delete(id);
  }

  #keepCheckpoints(message: FromControl | ConnectionLost): void {
    for (const checkpoint of checkpointsIn(message)) this.#checkpoints.set(checkpoint.jobOrderId, checkpoint);
    for (const id of this.#checkpoints.keys()) {
      const record = this.get(id);
      if (record === undefined || isFinal(record)) this.#checkpoints.delete(id);
    }
  }

  #tell(change: MirrorChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

function interrupted(record: JobRecord, reason: Fault): JobRecord {
  return record.state === 'Running' ? { ...record, state: 'Interrupted', substate: 'Held', reason } : record;
}

function idOf(record: JobRecord): string {
  return record.order.jobOrderId;
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

function checkpointsIn(message: FromControl | ConnectionLost): readonly JobCheckpoint[] {
  if (message.kind === 'hello') return message.checkpoints ?? [];
  if (message.kind !== 'event') return [];
  const { body } = message.event;
  if (body.kind === 'checkpoint') return [body.checkpoint];
  return body.kind === 'job' && body.checkpoint !== undefined ? [body.checkpoint] : [];
}

/** Where an order stands in the list of job orders: by store time, then id. */
interface Place {
  readonly storedAt: number;
  readonly jobOrderId: string;
}

function placeOf(record: JobRecord): Place {
  return { storedAt: record.storedAt, jobOrderId: idOf(record) };
}

/** Negative: `left` comes first. */
function byPlace(left: Place, right: Place): number {
  if (left.storedAt !== right.storedAt) return left.storedAt - right.storedAt;
  return left.jobOrderId < right.jobOrderId ? -1 : Number(left.jobOrderId !== right.jobOrderId);
}
