// What one watcher has not taken yet: bounded, in order, never lossy. A watcher that falls too far behind is closed.

/** Items that wait for one watcher; one more closes it. */
export const WATCH_QUEUE_MAX = 1_000;

export type QueueEnd = 'ended' | 'overflow';

export class WatchQueue<T extends object | number> {
  readonly #capacity: number;
  #items: T[] = [];
  #preloaded = 0;
  #end: QueueEnd | undefined;
  #wake: (() => void) | undefined;

  constructor(capacity: number = WATCH_QUEUE_MAX) {
    this.#capacity = capacity;
  }

  /** Puts an item in whatever the capacity: for a first set whose size is bounded elsewhere. */
  preload(item: T): void {
    if (this.#end !== undefined) return;
    this.#items.push(item);
    this.#preloaded += 1;
  }

  /** Never blocks. After the end it does nothing. */
  push(item: T): void {
    if (this.#end !== undefined) return;
    if (this.#items.length >= this.#capacity + this.#preloaded) this.#overflow();
    else this.#items.push(item);
    this.#wake?.();
  }

  /** Takes no more; what waits can still be taken. */
  end(): void {
    this.#end ??= 'ended';
    this.#wake?.();
  }

  /** Waits for the next item. One taker at a time. */
  async next(): Promise<{ readonly item: T } | QueueEnd> {
    while (this.#items.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    if (this.#preloaded > 0) this.#preloaded -= 1;
    const item = this.#items.shift();
    return item === undefined ? (this.#end ?? 'ended') : { item };
  }

  #overflow(): void {
    this.#end = 'overflow';
    this.#items = [];
  }
}
