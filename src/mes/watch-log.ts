// What watchers of job orders are told, once for all of them: the newest changes in their order, each with the place in the journal after
// which it comes. A watcher has its own place in here and no queue, so that a slow one costs nothing.
import { celda } from '../../proto/generated/celda.js';
import type { JobRecord } from '../core/job-order.ts';
import type { JournalEvent, JournalPosition } from '../ports/journal.ts';
import type { JobMirror, MirrorChange } from './job-mirror.ts';
import { toWireProgress } from './job-wire.ts';
import { toResumeToken } from './resume-token.ts';

/** Changes kept; a watcher that is further behind is closed. */
export const WATCH_LOG_MAX = 1_000;

type WatchResponse = celda.job.v1.WatchJobOrdersResponse.$Properties;
/** One message without what is of its stream. */
type WatchEvent = Omit<WatchResponse, 'sequence' | 'sendTime'>;

const NOTHING = new Uint8Array(0);

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
  /** What the bytes are made of; undefined once they are made. */
  #event: (() => WatchEvent) | undefined;
  #bytes: Uint8Array = NOTHING;

  constructor(position: JournalPosition, jobOrderId: string | undefined, event: () => WatchEvent) {
    this.position = position;
    this.jobOrderId = jobOrderId;
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

  /** The journal is so far; changes of the mirror from now on are of this position. */
  reached(position: JournalPosition): void {
    this.#position = position;
  }

  /** Puts in what happened before anybody could watch: all that tells of orders after `position`. Once, before anything else. */
  begin(position: JournalPosition, events: readonly JournalEvent[]): void {
    this.#completeAfter = position;
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

  /** What an event of the journal tells watchers. */
  itemsOf({ position, event: { body } }: JournalEvent): readonly WatchItem[] {
    if (body.kind === 'job') return [this.#itemOf({ kind: 'record', record: body.record }, position)];
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
        return this.#item(change.record.order.jobOrderId, () => ({ stateChange: toWire(change.record) }), position);
      case 'removed':
        return this.#item(change.record.order.jobOrderId, () => ({ removed: toWire(change.record) }), position);
      case 'progress':
        return this.#item(change.progress.jobOrderId, () => ({ progress: toWireProgress(change.progress) }));
      case 'connection':
        return this.heartbeat();
      default:
        return change satisfies never;
    }
  }

  #item(jobOrderId: string | undefined, event: () => WatchEvent, position = this.#position): WatchItem {
    return new WatchItem(position, jobOrderId, () => ({ ...event(), resumeToken: this.tokenAt(position) }));
  }

  /** Empty where nothing is kept on disk. */
  tokenAt(position: JournalPosition): string {
    const { journal } = this.#options;
    return journal === undefined ? '' : toResumeToken({ journalId: journal.id, position });
  }

  #append(item: WatchItem): void {
    this.#items.push(item);
    // In portions: to take them out one by one would move all of them each time.
    if (this.#items.length >= 2 * WATCH_LOG_MAX) this.#forget(this.#items.splice(0, WATCH_LOG_MAX));
    for (const listener of [...this.#listeners]) listener(item);
  }

  #forget(items: readonly WatchItem[]): void {
    this.#first += items.length;
    this.#completeAfter = Math.max(this.#completeAfter, items.at(-1)?.position ?? 0);
  }
}
