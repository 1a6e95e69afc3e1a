// The order of things in virtual time: a binary heap by (time, sequence). It knows nothing of clocks or promises.

/** One event. Cancelled events stay in the heap until they surface or the heap is swept. */
export interface QueuedEvent {
  /** When it is due, ms. */
  at: number;
  /** Breaks ties: events of one instant run in the order in which they were asked for. */
  sequence: number;
  /** Undefined once cancelled. */
  task: (() => void) | (() => boolean) | undefined;
  /** Period of a recurring event, ms; 0 for an event that runs once. */
  periodMs: number;
  /** Nothing asynchronous begins in it: promises need not be settled before the next event. */
  isQuiet: boolean;
}

/** Below this many cancelled events a sweep is not worth its time. */
const SWEEP_MIN = 64;

function isBefore(a: QueuedEvent, b: QueuedEvent): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

export class EventQueue {
  #heap: QueuedEvent[] = [];
  #cancelled = 0;

  /** Events that will still run. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** Events in memory, cancelled ones included. */
  get stored(): number {
    return this.#heap.length;
  }

  push(event: QueuedEvent): void {
    this.#heap.push(event);
    this.#siftUp(this.#heap.length - 1);
  }

  /** The event that is due first, undefined when there is none. Cancelled events on the way are dropped. */
  peek(): QueuedEvent | undefined {
    let top = this.#heap[0];
    while (top !== undefined && top.task === undefined) {
      this.#cancelled -= 1;
      this.removeTop();
      top = this.#heap[0];
    }
    return top;
  }

  /** Removes the event that `peek` returned. */
  removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown(0);
  }

  /** Puts the top event, whose time has grown, into its new place. Cheaper than removing and pushing. */
  topMoved(): void {
    this.#siftDown(0);
  }

  /** @returns false when the event has run or was cancelled before. */
  cancel(event: QueuedEvent): boolean {
    if (event.task === undefined) return false;
    event.task = undefined;
    this.#cancelled += 1;
    if (this.#cancelled > SWEEP_MIN && this.#cancelled * 2 > this.#heap.length) this.#sweep();
    return true;
  }

  // A watchdog that is set anew every cycle leaves a cancelled event behind each time: without this they pile up.
  #sweep(): void {
    this.#heap = this.#heap.filter((event) => event.task !== undefined);
    this.#cancelled = 0;
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index -= 1) this.#siftDown(index);
  }

  #siftUp(from: number): void {
    const heap = this.#heap;
    const event = heap[from];
    if (event === undefined) return;
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || !isBefore(event, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = event;
  }

  #siftDown(from: number): void {
    const heap = this.#heap;
    const event = heap[from];
    if (event === undefined) return;
    let index = from;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      if (child === undefined) break;
      const right = heap[childIndex + 1];
      if (right !== undefined && isBefore(right, child)) {
        childIndex += 1;
        child = right;
      }
      if (!isBefore(child, event)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = event;
  }
}
