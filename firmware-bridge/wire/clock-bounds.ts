// What can be proven of a board's present time from stamped frames, whatever their delays: bounds, not averages.
//
// A frame arrives after it was stamped: at its arrival the board's time is at least the stamp. A receipt is stamped after
// the command that it answers was written: at the writing the board's time was at most the stamp. A delay, however long,
// makes such a bound weaker and never wrong, so no outlier has to be recognised; this is Cristian's interval (1989), kept
// over time. Two bounds some seconds apart bound the rate in the same way.

/** The board's rate is taken to be within 5 % of the host's: worse than any ceramic resonator over its temperatures. */
const RATE = { min: 0.95, max: 1.05 } as const;
/** By how much the rate may change within a second of time: a resonator (0.3 % from -20 to 80 degC) that is heated by 30 K/s. */
const RATE_CHANGE_PER_S = 0.001;

const BUCKET_MS = 100;
/** Bounds of the present time are taken from the last second, those of the rate from pairs up to four seconds apart. */
const WINDOW_MS = { time: 1000, rate: 4000 } as const;

/** Board time (unfolded, µs) and host time (ms) of one event, or a bound of the one at the other. */
export interface Anchor {
  readonly boardUs: number;
  readonly hostMs: number;
}

/** The tightest bounds of a tenth of a second. */
interface Bucket {
  readonly key: number;
  /** At `hostMs` the board's time was at least `boardUs`. */
  lower: Anchor;
  /** At `hostMs` the board's time was at most `boardUs`. */
  upper: Anchor | undefined;
}

/** Pure bookkeeping; some forty buckets at most. */
export class ClockBounds {
  #rate: { readonly min: number; readonly max: number } = RATE;
  #buckets: Bucket[] = [];

  get rate(): { readonly min: number; readonly max: number } {
    return this.#rate;
  }

  /** @param writtenMs when the command was written that the frame answers, if it answers one */
  add(boardUs: number, arrivalMs: number, writtenMs: number | undefined): void {
    const upper = writtenMs === undefined ? undefined : { boardUs, hostMs: writtenMs };
    // A stamp that is more than the board's clock can show is cut to what is possible.
    const lower = { boardUs: Math.min(boardUs, this.#upperUs(arrivalMs)), hostMs: arrivalMs };
    const key = Math.floor(arrivalMs / BUCKET_MS);
    const newest = this.#buckets.at(-1);
    if (newest?.key !== key) {
      this.#buckets = this.#buckets.filter((bucket) => (key - bucket.key) * BUCKET_MS <= WINDOW_MS.rate);
      this.#measureRate(arrivalMs);
      this.#buckets.push({ key, lower, upper });
      return;
    }
    if (lower.boardUs > carried(newest.lower, arrivalMs, this.#rate.min)) newest.lower = lower;
    if (upper === undefined) return;
    const before = newest.upper;
    if (before === undefined || upper.boardUs < carried(before, upper.hostMs, this.#rate.max)) {
      newest.upper = upper;
    }
  }

  /** The most that the board's time is proven to have reached, µs; undefined while nothing is known. */
  lowerUs(nowMs: number): number | undefined {
    let lowerUs: number | undefined;
    for (let index = this.#firstRecent(nowMs); index < this.#buckets.length; index += 1) {
      const lower = this.#buckets[index]?.lower;
      if (lower === undefined) continue;
      lowerUs = Math.max(lowerUs ?? Number.NEGATIVE_INFINITY, carried(lower, nowMs, this.#rate.min));
    }
    // The bounds contradict each other when the board stood still, as a simulated one may: then the receipts are right.
    return lowerUs === undefined ? undefined : Math.min(lowerUs, this.#upperUs(nowMs));
  }

  #upperUs(nowMs: number): number {
    let upperUs = Number.POSITIVE_INFINITY;
    for (let index = this.#firstRecent(nowMs); index < this.#buckets.length; index += 1) {
      const upper = this.#buckets[index]?.upper;
      if (upper !== undefined) upperUs = Math.min(upperUs, carried(upper, nowMs, this.#rate.max));
    }
    return upperUs;
  }

  /** Where the buckets of the last second begin; after a pause the newest one stands for it. */
  #firstRecent(nowMs: number): number {
    const from = Math.floor((nowMs - WINDOW_MS.time) / BUCKET_MS);
    let index = this.#buckets.length - 1;
    while (index > 0 && (this.#buckets[index - 1]?.key ?? from) > from) index -= 1;
    return Math.max(0, index);
  }

  /** Over the time between two bounds the mean rate is bounded; before, since and within it may have changed. */
  #measureRate(nowMs: number): void {
    const newest = this.#buckets.at(-1);
    if (newest === undefined) return;
    let { min, max } = RATE as { min: number; max: number };
    for (const old of this.#buckets) {
      if (old === newest || old.upper === undefined) continue;
      const changed = (Math.max(nowMs - old.upper.hostMs, WINDOW_MS.time) / 1000) * RATE_CHANGE_PER_S;
      min = Math.max(min, meanRate(old.upper, newest.lower) - changed);
      if (newest.upper !== undefined) max = Math.min(max, meanRate(old.lower, newest.upper) + changed);
    }
    this.#rate = min <= max ? { min, max } : RATE;
  }
}

function meanRate(from: Anchor, to: Anchor): number {
  return (to.boardUs - from.boardUs) / ((to.hostMs - from.hostMs) * 1000);
}

function carried(anchor: Anchor, toMs: number, rate: number): number {
  return anchor.boardUs + (toMs - anchor.hostMs) * 1000 * rate;
}
