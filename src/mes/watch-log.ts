// What watchers of job orders are told, once for all of them: the newest changes in their order, each with the place in the journal after
// which it comes. A watcher has its own place in here and no queue, so that a slow one costs nothing.
import { celda } from '../../proto/generated/celda.js';
import type { JobRecord } from '../core/job-order.ts';
import type { JournalEvent, JournalPosition } from '../ports/journal.ts';
import { heldBytes } from './bounded-memory.ts';
import type { JobMirror, MirrorChange } from './job-mirror.ts';
import { toWireProgress } from './job-wire.ts';
import { toResumeToken } from './resume-token.ts';

/** Changes kept; a watcher that is further behind is closed. */
export const WATCH_LOG_MAX = 1_000;
/** What they take in memory; over it the older half goes. */
export const WATCH_LOG_BYTES_MAX = 24 * 1024 * 1024;

type WatchResponse = celda.job.v1.WatchJobOrdersResponse.$Properties;
/** One message without what is of its stream. */
type WatchEvent = Omit<WatchResponse, 'sequence' | 'sendTime'>;

const NOTHING = new Uint8Array(0);
/** The item itself, and a message without an order. */
const ITEM_BYTES = 500;

export interface WatchLogOptions {
  readonly mirror: JobMirror;
  readonly toWire: (record: JobRecord) => celda.job.v1.JobOrderAndState.$Properties;
  /** Undefined: nothing is kept on disk, and there are no resume tokens. */
  readonly journal?: { readonly id: string; readonly position: JournalPosition } | undefined;
}

/** One change, put into bytes once, whoever is sent it. */
export class WatchItem {
  /** The journal is so far when this is told. */
  readonly position: JournalPosition;
  /** Undefined: it concerns every watcher. */
  readonly jobOrderId: string | undefined;
  /** What it takes in memory at most. */
  readonly heldBytes: number;
  /** What the bytes are made of; undefined once they are made. */
  #event: (() => WatchEvent) | undefined;
  #bytes: Uint8Array = NOTHING;

  /** @param of what is told of, for as long as this is kept */
  constructor(position: JournalPosition, jobOrderId: string | undefined, event: () => WatchEvent, of?: unknown) {
    this.position = position;
    this.jobOrderId = jobOrderId;
    this.heldBytes = heldBytes(of) + ITEM_BYTES;
    this.#event = event;
  }

  /** A message without its number and time. */
  get bytes(): Uint8Array {
    if (this.#event !== undefined) {
      this.#bytes = celda.job.v1.WatchJobOrdersResponse.encode(this.#event()).finish();
      this.#event = undefined;
    }
    return this.#bytes;
  }
}

export class WatchLog {
  readonly #options: WatchLogOptions;
  readonly #listeners = new Set<(item: WatchItem) => void>();
  readonly #initial = new WeakMap<JobRecord, WatchItem>();
  #items: WatchItem[] = [];
  #bytes = 0;
  /** Index of the first item. */
  #first = 0;
  /** What has changed after this position is in here. */
  #completeAfter: JournalPosition;
  #position: JournalPosition;

  constructor(options: WatchLogOptions) {
    this.#options = options;
    this.#position = options.journal?.position ?? 0;
    this.#completeAfter = this.#position;
    options.mirror.listen((change) => this.#append(this.#itemOf(change)));
  }

  get position(): JournalPosition {
    return this.#position;
  }

  /** Index of the next item; the newest has one less. */
  get end(): number {
    return this.#first + this.#items.length;
  }

  /** What all items take in memory at most. */
  get heldBytes(): number {
    return this.#bytes;
  }

  /** The journal is so far; changes of the mirror from now on are of this position. */
  reached(position: JournalPosition): void {
    this.#position = position;
  }

  /** What happens after this position is put in from here on. Only before anybody watches. */
  begin(position: JournalPosition): void {
    this.#completeAfter = position;
  }

  /** What happened before anybody could watch: all that tells of orders after what was put in before. */
  add(events: readonly JournalEvent[]): void {
    for (const event of events) for (const item of this.itemsOf(event)) this.#append(item);
  }

  /** `gone`: it is not kept any more. Undefined: it is not there yet. */
  read(index: number): WatchItem | 'gone' | undefined {
    return index < this.#oldest ? 'gone' : this.#items[index - this.#first];
  }

  /** Index of what comes after a position; undefined: it is not all in here. */
  after(position: JournalPosition): number | undefined {
    if (position < this.#completeAfter || position > this.#position) return undefined;
    const index = this.#first + this.#items.findLastIndex((item) => item.position <= position) + 1;
    return index < this.#oldest ? undefined : index;
  }

  get #oldest(): number {
    return Math.max(this.#first, this.end - WATCH_LOG_MAX);
  }

  /** Hears every item in the turn in which it is put in. @returns a function that ends it */
  listen(listener: (item: WatchItem) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What an event of the journal tells watchers: nothing of an order that has only come to its next step. */
  itemsOf({ position, event: { body } }: JournalEvent): readonly WatchItem[] {
    if (body.kind === 'job') {
      return body.repeats === true ? [] : [this.#itemOf({ kind: 'record', record: body.record }, position)];
    }
    return body.kind === 'job-removed' ? [this.#itemOf({ kind: 'removed', record: body.record }, position)] : [];
  }

  /** The present state of an order. Without a token: who has not been told all of them has to begin anew. */
  initialOf(record: JobRecord): WatchItem {
    const { toWire } = this.#options;
    const known = this.#initial.get(record);
    if (known !== undefined) return known;
    const item = new WatchItem(0, record.order.jobOrderId, () => ({ initialState: toWire(record) }));
    this.#initial.set(record, item);
    return item;
  }

  /** The end of the present states. */
  synced(): WatchItem {
    return this.#item(undefined, () => ({ synced: {} }));
  }

  heartbeat(): WatchItem {
    const controlConnected = this.#options.mirror.connected;
    return this.#item(undefined, () => ({ heartbeat: { controlConnected } }));
  }

  /** What the running orders do now: nothing of it is in the journal. */
  present(): readonly WatchItem[] {
    const running = this.#options.mirror.running().map((record) => this.#itemOf({ kind: 'record', record }));
    return [...running, ...this.progress()];
  }

  /** How far the running order is, if one runs. */
  progress(): readonly WatchItem[] {
    const { progress } = this.#options.mirror;
    return progress === undefined ? [] : [this.#itemOf({ kind: 'progress', progress })];
  }

  #itemOf(change: MirrorChange, position?: JournalPosition): WatchItem {
    const { toWire } = this.#options;
    switch (change.kind) {
      case 'record':
        return this.#item(
          change.record.order.jobOrderId,
          () => ({ stateChange: toWire(change.record) }),
          position,
          change.record,
        );
      case 'removed':
        return this.#item(
          change.record.order.jobOrderId,
          () => ({ removed: toWire(change.record) }),
          position,
          change.record,
        );
      case 'progress':
        return this.#item(change.progress.jobOrderId, () => ({ progress: toWireProgress(change.progress) }));
      case 'connection':
        return this.heartbeat();
      default:
        return change satisfies never;
    }
  }

  #item(jobOrderId: string | undefined, event: () => WatchEvent, position = this.#position, of?: JobRecord): WatchItem {
    return new WatchItem(position, jobOrderId, () => ({ ...event(), resumeToken: this.tokenAt(position) }), of);
  }

  /** Empty where nothing is kept on disk. */
  tokenAt(position: JournalPosition): string {
    const { journal } = this.#options;
    return journal === undefined ? '' : toResumeToken({ journalId: journal.id, position });
  }

  #append(item: WatchItem): void {
    this.#items.push(item);
    this.#bytes += item.heldBytes;
    // In portions: to take them out one by one would move all of them each time.
    if (this.#items.length >= 2 * WATCH_LOG_MAX) this.#forget(WATCH_LOG_MAX);
    else if (this.#bytes > WATCH_LOG_BYTES_MAX) this.#forget(this.#olderHalf());
    for (const listener of [...this.#listeners]) listener(item);
  }

  /** How many of the oldest take half of what may be taken; the newest stays. */
  #olderHalf(): number {
    let bytes = this.#bytes;
    const kept = this.#items.findIndex((item) => {
      if (bytes <= WATCH_LOG_BYTES_MAX / 2) return true;
      bytes -= item.heldBytes;
      return false;
    });
    return kept === -1 ? this.#items.length - 1 : kept;
  }

  #forget(count: number): void {
    const items = this.#items.splice(0, count);
    this.#first += items.length;
    for (const { heldBytes: bytes } of items) this.#bytes -= bytes;
    this.#completeAfter = Math.max(this.#completeAfter, items.at(-1)?.position ?? 0);
  }
}
