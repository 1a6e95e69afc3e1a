// Which batches share one transaction, and when: whatever waits goes together, and what comes right after it is waited for.

import type { BatchText } from './pack.ts';

/** One that waits. */
export interface Waiting {
  readonly id: number;
  readonly batch: BatchText;
}

/** Batches and characters of JSON in one transaction at most: it stays short enough to be done before somebody gives up. */
const GROUP_BATCHES_MAX = 1_000;
const GROUP_CHARS_MAX = 4_194_304;

/**
 * Clients that have just been answered ask again within a moment: the next group waits for as many as the last one had, but no
 * longer than this share of what the disk took, so that one that is alone is not kept waiting for nothing. A disk that is so
 * fast that there is no timer as short is not waited for: those who come meanwhile get a group of their own.
 */
const GATHER_SHARE = 0.25;
const GATHER_MS = { min: 1, max: 5 };

export interface Clockwork {
  /** Monotonic, ms. */
  now(): number;
  /** Runs `task` after `ms`. @returns a function that cancels */
  after(ms: number, task: () => void): () => void;
}

/** Blocks until it is done. @returns how long of that the disk took, ms */
export type Commit = (group: readonly Waiting[]) => number;

/** Gathers groups and hands them over one by one. */
export class GroupCommit {
  readonly #commit: Commit;
  readonly #clock: Clockwork;
  readonly #soonMs: number;
  #waiting: Waiting[] = [];
  #urgent = 0;
  #lastSize = 1;
  #diskMs = 0;
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(commit: Commit, clock: Clockwork, soonMs: number) {
    this.#commit = commit;
    this.#clock = clock;
    this.#soonMs = soonMs;
  }

  add(waiting: Waiting, isUrgent: boolean): void {
    this.#waiting.push(waiting);
    if (isUrgent) this.#urgent += 1;
    if (this.#urgent >= this.#lastSize || this.#waiting.length >= GROUP_BATCHES_MAX) this.#wake(0);
    else if (isUrgent) this.#wake(this.#gatherMs());
    else this.#wake(this.#soonMs);
  }

  /** Commits all that waits, now. */
  flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    while (this.#waiting.length > 0) this.#commitOne();
  }

  #wake(ms: number): void {
    const at = this.#clock.now() + ms;
    if (this.#timer !== undefined && this.#timer.at <= at) return;
    this.#timer?.cancel();
    this.#timer = { at, cancel: this.#clock.after(ms, () => this.flush()) };
  }

  #commitOne(): void {
    const size = sizeOfGroup(this.#waiting);
    const group = this.#waiting.slice(0, size);
    this.#waiting = this.#waiting.slice(size);
    this.#lastSize = Math.max(1, this.#urgent);
    this.#urgent = 0;
    this.#diskMs = this.#commit(group);
  }

  #gatherMs(): number {
    const ms = this.#diskMs * GATHER_SHARE;
    return ms < GATHER_MS.min ? 0 : Math.min(GATHER_MS.max, ms);
  }
}

function sizeOfGroup(waiting: readonly Waiting[]): number {
  let chars = 0;
  for (const [index, { batch }] of waiting.entries()) {
    chars += batch.text.length;
    // What is packed together stays together.
    if (batch.pack !== undefined && batch.pack === waiting[index - 1]?.batch.pack) continue;
    if (index > 0 && chars > GROUP_CHARS_MAX) return index;
    if (index >= GROUP_BATCHES_MAX) return index;
  }
  return waiting.length;
}
