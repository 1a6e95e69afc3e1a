// WatchJobOrders: what is in the log of changes as one numbered stream, from where the watcher was, with heartbeats.
import Long from 'long';
import { celda } from '../../proto/generated/celda.js';
import type { Outcome } from '../../proto/generated/services.js';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import { type MonotonicMs, monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalEvent, JournalPosition } from '../ports/journal.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { encodedMessage } from './encoded-message.ts';
import type { JobMirror } from './job-mirror.ts';
import type { HeldPage, MissedPages } from './missed-pages.ts';
import type { WatchItem, WatchLog } from './watch-log.ts';
import { toTimestamp } from './wire-values.ts';

/** Silence after which a heartbeat is sent. */
export const HEARTBEAT_MS = 15_000;

type WatchResponse = celda.job.v1.WatchJobOrdersResponse.$Properties;

/** A part of what has happened. */
export interface MissedPage {
  readonly events: readonly JournalEvent[];
  /** What happened up to here has been told. */
  readonly position: JournalPosition;
}

/** Reads what happened to these orders (none: to any) after a position, a part at a time. Refused with 6508 when it is not kept. */
export type ReadMissed = (
  position: JournalPosition,
  jobOrderIds: readonly string[],
) => Promise<Result<MissedPage, Fault>>;

/** Where a watch begins: with the present, told or not, or after what the watcher knows. */
export type WatchStart =
  | { readonly kind: 'present'; readonly includeInitialState: boolean }
  | { readonly kind: 'after'; readonly position: JournalPosition };

export interface JobWatchOptions {
  readonly mirror: JobMirror;
  readonly log: WatchLog;
  readonly clock: Clock;
  readonly readMissed: ReadMissed;
  /** Of all watchers. */
  readonly pages: MissedPages;
  /** Only these; empty: all. */
  readonly jobOrderIds: ReadonlySet<string>;
  readonly start: WatchStart;
  /** Aborts when the caller is gone or the server closes. */
  readonly signal: AbortSignal;
}

/** Ends when `signal` aborts; a watcher that is too slow is refused with fault 6012, and may go on where it was. */
export async function* watchJobs(options: JobWatchOptions): AsyncGenerator<Outcome<WatchResponse, ServiceRefusal>> {
  const watcher = new Watcher(options);
  try {
    let sequence = 0;
    for await (const item of watcher.items()) {
      if (!item.ok) {
        yield item;
        return;
      }
      sequence += 1;
      const sendTime = toTimestamp(options.clock.wall());
      const head = { sequence: Long.fromNumber(sequence, true), sendTime };
      const bytes = celda.job.v1.WatchJobOrdersResponse.encode(head).finish();
      yield { ok: true, value: encodedMessage([bytes, item.value.bytes]) };
    }
  } finally {
    watcher.close();
  }
}

class Watcher {
  readonly #options: JobWatchOptions;
  readonly #unlisten: () => void;
  /** Where this watcher is in the log. */
  #next: number;
  /** Of the last item that was taken. */
  #position: JournalPosition;
  #wake: (() => void) | undefined;
  #lastAt: MonotonicMs;
  #isBeatDue = false;
  /** It has been told all that it missed. */
  #isLive = false;
  #cancelBeat: (() => void) | undefined;
  #page: HeldPage | undefined;
  /** Index up to which changes of an order are in the present state that was told of it, where that was told late. */
  readonly #included = new Map<string, number>();

  constructor(options: JobWatchOptions) {
    const { log, clock, signal, start } = options;
    this.#options = options;
    this.#next = log.end;
    this.#position = start.kind === 'after' ? start.position : log.position;
    this.#lastAt = clock.now();
    this.#unlisten = log.listen((item) => this.#see(item));
    signal.addEventListener('abort', this.#awake);
    this.#planBeat();
  }

  close(): void {
    this.#unlisten();
    this.#page?.drop();
    this.#options.signal.removeEventListener('abort', this.#awake);
    this.#cancelBeat?.();
  }

  async *items(): AsyncGenerator<Result<WatchItem, ServiceRefusal>> {
    const { start, log, signal } = this.#options;
    if (start.kind === 'present') {
      for (const item of this.#present(start.includeInitialState)) yield ok(item);
    } else {
      for await (const item of this.#missed()) {
        yield item;
        if (!item.ok) return;
      }
    }
    this.#isLive = true;
    while (!signal.aborted) {
      const item = log.read(this.#next);
      if (item === 'gone') {
        const resumeToken = log.tokenAt(this.#position);
        yield err(refuse(fault(6012, resumeToken === '' ? {} : { resumeToken })));
        return;
      }
      if (item !== undefined) {
        this.#next += 1;
        if (this.#isIncluded(item)) this.#position = item.position;
        else if (this.#isWanted(item)) yield ok(this.#taken(item));
      } else if (this.#isBeatDue) {
        yield ok(this.#taken(log.heartbeat()));
      } else {
        await this.#news();
      }
    }
  }

  /** Changes from this turn on are in the log. What is told of an order is as it is when it is told: nothing of it waits here. */
  *#present(includeInitialState: boolean): Generator<WatchItem> {
    const { mirror, log } = this.#options;
    // The first message tells the caller that nothing will be missed from here.
    if (!includeInitialState) {
      yield log.heartbeat();
      return;
    }
    const ids = mirror.records().map(({ order }) => order.jobOrderId);
    const end = [...log.progress(), log.synced()];
    const from = log.end;
    for (const id of ids) {
      const record = mirror.get(id);
      if (log.end !== from) this.#included.set(id, log.end);
      const item = record && log.initialOf(record);
      if (item !== undefined && this.#isWanted(item)) yield item;
    }
    for (const item of end) if (this.#isWanted(item)) yield item;
  }

  #isIncluded({ jobOrderId }: WatchItem): boolean {
    return jobOrderId !== undefined && this.#next <= (this.#included.get(jobOrderId) ?? 0);
  }

  /** What happened since: out of the journal as far as it is not in the log, then how it stands now. */
  async *#missed(): AsyncGenerator<Result<WatchItem, ServiceRefusal>> {
    const { log, signal } = this.#options;
    for (;;) {
      const index = log.after(this.#position);
      if (index === undefined) {
        const page = await this.#read();
        if (signal.aborted) return;
        if (!page.ok) {
          yield err(refuse(page.error));
          return;
        }
        for (const item of this.#paged(page.value)) yield ok(this.#taken(item));
        continue;
      }
      this.#next = index;
      for (let item = log.read(this.#next); typeof item === 'object'; item = log.read(this.#next)) {
        this.#next += 1;
        // A heartbeat says that nothing is missing any more.
        if (item.jobOrderId !== undefined && this.#isWanted(item)) yield ok(this.#taken(item));
      }
      // Otherwise it has gone on without this watcher while that took what was there.
      if (log.read(this.#next) === undefined) break;
    }
    for (const item of [...log.present(), log.heartbeat()]) if (this.#isWanted(item)) yield ok(this.#taken(item));
  }

  /** Not where messages are given out: whoever waits there would hold all of the page. */
  async #read(): Promise<Result<HeldPage, Fault>> {
    const { jobOrderIds, pages, readMissed } = this.#options;
    const page = await readMissed(this.#position, [...jobOrderIds]);
    if (!page.ok) return page;
    this.#page = pages.hold(page.value);
    return ok(this.#page);
  }

  /** As far as the page is held; the position says how far that was. */
  *#paged(held: HeldPage): Generator<WatchItem> {
    for (let at = 0; ; at += 1) {
      const item = this.#itemAt(held, at);
      if (item === undefined) return;
      if (item !== 'nothing') yield item;
    }
  }

  #itemAt(held: HeldPage, at: number): WatchItem | 'nothing' | undefined {
    const page = held.look();
    const event = page?.events[at];
    if (event !== undefined) return this.#options.log.itemsOf(event)[0] ?? 'nothing';
    if (page !== undefined) this.#position = page.position;
    held.drop();
    return undefined;
  }

  #taken(item: WatchItem): WatchItem {
    this.#position = item.position;
    this.#lastAt = this.#options.clock.now();
    this.#isBeatDue = false;
    return item;
  }

  #isWanted({ jobOrderId }: WatchItem): boolean {
    const { jobOrderIds } = this.#options;
    return jobOrderIds.size === 0 || jobOrderId === undefined || jobOrderIds.has(jobOrderId);
  }

  /** Something was put into the log. What this watcher does not want does not let it fall behind. */
  #see(item: WatchItem): void {
    if (this.#isWanted(item)) {
      this.#lastAt = this.#options.clock.now();
      this.#awake();
    } else if (this.#isLive && this.#next === this.#options.log.end - 1) {
      this.#next += 1;
      this.#position = item.position;
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  readonly #awake = (): void => {
    this.#wake?.();
    this.#wake = undefined;
  };

  /** One timer, whatever is sent meanwhile. */
  #planBeat(): void {
    const { clock } = this.#options;
    this.#cancelBeat = clock.schedule(monotonicMs(this.#lastAt + HEARTBEAT_MS), () => {
      if (clock.now() - this.#lastAt >= HEARTBEAT_MS) {
        this.#isBeatDue = true;
        this.#lastAt = clock.now();
        this.#awake();
      }
      this.#planBeat();
    });
  }
}
