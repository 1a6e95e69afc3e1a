// Those who wait for an answer, each under a number of its own. Numbers are given one after the other, and answered in about this order.

/** Answered ones at the front are kept until there are so many of them: moving the others costs something. */
const GAP_MAX = 1_024;

/**
 * A Map would do, but for what it leaves behind: its tables refer to each other when they grow or are renewed, so that a young
 * collection of garbage keeps whatever ever waited, and pauses of many milliseconds follow.
 */
export class WaitingList<T> {
  #first = 1;
  /** Of numbers from `#first` on; undefined: answered. */
  #list: (T | undefined)[] = [];
  #answered = 0;
  #size = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  /** @returns the number of the one that is added */
  add(waiting: T): number {
    this.#list.push(waiting);
    this.#size += 1;
    return this.#first + this.#list.length - 1;
  }

  /** Takes one out. @returns undefined for a number that nobody waits under */
  take(number: number): T | undefined {
    const waiting = this.#list[number - this.#first];
    if (waiting === undefined) return undefined;
    this.#list[number - this.#first] = undefined;
    this.#size -= 1;
    this.#forget();
    return waiting;
  }

  /** Takes all out, the oldest first. */
  takeAll(): readonly T[] {
    const all = this.#list.filter((waiting) => waiting !== undefined);
    this.#first += this.#list.length;
    [this.#list, this.#answered, this.#size] = [[], 0, 0];
    return all;
  }

  #forget(): void {
    while (this.#answered < this.#list.length && this.#list[this.#answered] === undefined) this.#answered += 1;
    if (this.#answered < GAP_MAX) return;
    this.#list = this.#list.slice(this.#answered);
    this.#first += this.#answered;
    this.#answered = 0;
  }
}
