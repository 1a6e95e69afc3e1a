// What a watcher has been told of job orders: makes of the messages of several streams one story without repetitions.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import type { CallError } from './call-error.ts';

export type Job = Received<celda.job.v1.JobOrderAndState>;
export type Progress = Received<celda.job.v1.JobProgress>;
export type WatchMessage = Received<celda.job.v1.WatchJobOrdersResponse>;

/** Why the present state was read anew: what lay between is known by its outcome only. */
export type RelistCause = 'token-expired' | 'no-token';

/** What a message of the cell tells that is not known yet. */
export type OrderNews =
  /** An order as it was when the watch began. */
  | { readonly kind: 'initial'; readonly job: Job }
  /** All that was there has been told. */
  | { readonly kind: 'synced' }
  /** An order is new or has changed. */
  | { readonly kind: 'changed'; readonly job: Job }
  /** An order was cancelled or cleared. `job` is undefined when that happened unseen, before `relisted`. */
  | { readonly kind: 'removed'; readonly jobOrderId: string; readonly job: Job | undefined }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'heartbeat'; readonly controlConnected: boolean }
  /** After an interruption the present state was read anew: of an order that changed twice meanwhile, only the last was told. */
  | { readonly kind: 'relisted'; readonly cause: RelistCause };

/** One thing that a watch tells. */
export type JobWatchEvent = (
  | OrderNews
  /** The connection is gone; the watch goes on by itself. */
  | { readonly kind: 'interrupted'; readonly error: CallError }
  /**
   * The cell does not know any more what followed the token that the watch was begun with. The present state comes next, as `initial` and
   * `synced`: compare `revision`, `storeTime` and state with what you keep; what differs has changed, and an open order that is not shown was removed.
   */
  | { readonly kind: 'expired'; readonly error: CallError }
) & {
  /**
   * Where another watch over the same orders goes on when everything up to this event has been dealt with: `resumeToken` of its options.
   * Empty: not all of the present state has been told, or the cell keeps nothing on disk.
   */
  readonly resumeToken: string;
};

/** Orders remembered, the oldest go first: enough for every order that is open, and those that ended lately. */
const ORDERS_MAX = 20_000;

interface Stamp {
  readonly revision: bigint;
  readonly etag: string;
  /** Tells an order from a later one under the same id. */
  readonly storeTime: string;
  /** While nobody can know whether an order runs it is shown as interrupted, with the revision that it had. */
  readonly states: string;
  readonly isFinal: boolean;
}

export class OrderMemory {
  #stamps = new Map<string, Stamp>();
  #listed = new Set<string>();
  #progress = '';
  #relisting: RelistCause | 'begin' | undefined;
  #hasSynced = false;

  /** True until all of the present state has been told. */
  get isListing(): boolean {
    return this.#relisting !== undefined;
  }

  /** To be called before a stream that shows the present state. */
  expectList(cause: RelistCause): void {
    // A list that was never told to its end is begun again, over as many connections as that takes.
    this.#relisting = this.#hasSynced ? cause : 'begin';
    this.#listed = new Set();
  }

  /** @returns what the caller does not know yet */
  take(message: WatchMessage): readonly OrderNews[] {
    const { initialState, stateChange, removed, progress, heartbeat, synced } = message;
    if (initialState !== null) return this.#initial(initialState);
    if (stateChange !== null) return this.#isNews(stateChange) ? [{ kind: 'changed', job: stateChange }] : [];
    if (removed !== null) return this.#removed(removed);
    if (progress !== null) return this.#advanced(progress);
    if (heartbeat !== null) return [{ kind: 'heartbeat', controlConnected: heartbeat.controlConnected }];
    return synced === null ? [] : this.#synced();
  }

  #initial(job: Job): readonly OrderNews[] {
    this.#listed.add(idOf(job));
    const isTold = this.#stamps.has(idOf(job));
    const isNews = this.#relisting === 'no-token' ? this.#isNews(job) : this.#isOther(job);
    if (!isNews) return [];
    return [{ kind: this.#relisting === 'begin' && !isTold ? 'initial' : 'changed', job }];
  }

  #synced(): readonly OrderNews[] {
    const cause = this.#relisting;
    this.#relisting = undefined;
    this.#hasSynced = true;
    // A cell shows every open order, but only the newest of those that ended.
    const gone = [...this.#stamps].filter(([id, { isFinal }]) => !isFinal && !this.#listed.has(id));
    for (const [id] of gone) this.#stamps.delete(id);
    const removals = gone.map(([jobOrderId]) => ({ kind: 'removed', jobOrderId, job: undefined }) as const);
    return [...removals, cause === 'begin' ? { kind: 'synced' } : { kind: 'relisted', cause: cause ?? 'no-token' }];
  }

  #removed(job: Job): readonly OrderNews[] {
    const jobOrderId = idOf(job);
    const known = this.#stamps.get(jobOrderId);
    if (known !== undefined && known.storeTime !== stampOf(job).storeTime) return [];
    this.#stamps.delete(jobOrderId);
    return [{ kind: 'removed', jobOrderId, job }];
  }

  #advanced(progress: Progress): readonly OrderNews[] {
    const text = JSON.stringify(progress);
    if (text === this.#progress) return [];
    this.#progress = text;
    return [{ kind: 'progress', progress }];
  }

  #isNews(job: Job): boolean {
    const known = this.#stamps.get(idOf(job));
    const stamp = stampOf(job);
    if (known?.storeTime === stamp.storeTime) {
      if (known.revision > stamp.revision) return false;
      if (known.revision === stamp.revision && known.states === stamp.states) return false;
    }
    this.#keep(job, stamp);
    return true;
  }

  /** What the cell has now counts, though it had changed more often before: an older backup may have been put in its place. */
  #isOther(job: Job): boolean {
    const known = this.#stamps.get(idOf(job));
    const stamp = stampOf(job);
    if (known?.etag === stamp.etag && known.states === stamp.states) return false;
    this.#keep(job, stamp);
    return true;
  }

  #keep(job: Job, stamp: Stamp): void {
    const id = idOf(job);
    this.#stamps.delete(id);
    this.#stamps.set(id, stamp);
    const [oldest] = this.#stamps.keys();
    if (this.#stamps.size > ORDERS_MAX && oldest !== undefined) this.#stamps.delete(oldest);
  }
}

/** True when nothing more will be executed: Ended or Aborted. */
export function isFinal(job: Job): boolean {
  return job.states[0]?.text === 'Ended' || job.states[0]?.text === 'Aborted';
}

function idOf(job: Job): string {
  return job.jobOrder?.jobOrderId ?? '';
}

function stampOf(job: Job): Stamp {
  const { storeTime } = job;
  return {
    revision: BigInt(job.revision.toString()),
    etag: job.etag,
    storeTime: `${storeTime?.seconds.toString() ?? ''}.${storeTime?.nanos ?? 0}`,
    states: job.states.map(({ text }) => text).join('/'),
    isFinal: isFinal(job),
  };
}
