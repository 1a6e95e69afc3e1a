// Which batches share one transaction, and when: whatever waits goes together, and what comes right after it is waited for.

/** One that waits. */
export interface Waiting {
  readonly id: number;
  readonly batch: string;
}

/** Batches and characters of JSON in one transaction at most: it stays short enough to be done before somebody gives up. */
const GROUP_BATCHES_MAX = 1_000;
const GROUP_CHARS_MAX = 4_194_304;

/**
 * Clients that have just been answered ask again within a moment: the next group waits for as many as the last one had, but no
 * longer than this share of what a commit takes, so that one that is alone is not kept waiting for nothing.
 */
const GATHER_SHARE = 0.25;
const GATHER_MS_MAX = 5;

export interface Clockwork {
  /** Monotonic, ms. */
  now(): number;
  /** Runs `task` after `ms`. @returns a function that cancels */
  after(ms: number, task: () => void): () => void;
}

/** Gathers groups and hands them over one by one. `commit` blocks until it is done. */
export class GroupCommit {
  readonly #commit: (group: readonly Waiting[]) => void;
  readonly #clock: Clockwork;
  readonly #soonMs: number;
  #waiting: Waiting[] = [];
  #urgent = 0;
  #lastSize = 1;
  #lastMs = 0;
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(commit: (group: readonly Waiting[]) => void, clock: Clockwork, soonMs: number) {
    this.#commit = commit;
    this.#clock = clock;
    this.#soonMs = soonMs;
  }

  add(waiting: Waiting, isUrgent: boolean): void {
    this.#waiting.push(waiting);
    if (isUrgent) this.#urgent += 1;
    if (this.#urgent >= this.#lastSize || this.#waiting.length >= GROUP_BATCHES_MAX) this.#wake(0);
    else if (isUrgent) this.#wake(Math.min(GATHER_MS_MAX, this.#lastMs * GATHER_SHARE));
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
    const begun = this.#clock.now();
    this.#commit(group);
    this.#lastMs = this.#clock.now() - begun;
  }
}

function sizeOfGroup(waiting: readonly Waiting[]): number {
  let chars = 0;
  for (const [index, { batch }] of waiting.entries()) {
    chars += batch.length;
    if (index > 0 && chars > GROUP_CHARS_MAX) return index;
    if (index === GROUP_BATCHES_MAX) return index;
  }
  return waiting.length;
}
