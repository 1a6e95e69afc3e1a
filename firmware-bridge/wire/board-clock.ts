// Maps between the host's clock and the board's: unfolds the board's 32-bit microseconds and estimates its present time.

const WRAP_US = 2 ** 32;
/** Images of the last half second are used: long enough to meet an undelayed one, short enough for a 0.5 % resonator. */
const WINDOW = { buckets: 5, bucketMs: 100 } as const;

interface Bucket {
  readonly key: number;
  /** Smallest difference of arrival and board time seen in this bucket, µs: the least delayed frame. */
  offsetUs: number;
}

/**
 * The estimate is behind the board's true time by the shortest delay of a frame, so that a limit derived from it is
 * reached by the board early rather than late.
 */
export class BoardClock {
  #last: { readonly boardUs: number; readonly arrivalMs: number } | undefined = undefined;
  #buckets: Bucket[] = [];

  /**
   * Takes the stamp of a frame that has just arrived.
   * @param stampUs board time modulo 2^32, µs
   * @param arrivalMs host time, ms
   * @returns board time unfolded, µs
   */
  sample(stampUs: number, arrivalMs: number): number {
    const boardUs = this.#unfold(stampUs, arrivalMs);
    const offsetUs = arrivalMs * 1000 - boardUs;
    const key = Math.floor(arrivalMs / WINDOW.bucketMs);
    const newest = this.#buckets.at(-1);
    if (newest?.key === key) newest.offsetUs = Math.min(newest.offsetUs, offsetUs);
    else this.#buckets = [...this.#buckets.filter((bucket) => bucket.key > key - WINDOW.buckets), { key, offsetUs }];
    return boardUs;
  }

  /** @returns estimated board time at host time `nowMs`, unfolded µs; undefined before the first sample. */
  estimateUs(nowMs: number): number | undefined {
    if (this.#buckets.length === 0) return undefined;
    let leastUs = Number.POSITIVE_INFINITY;
    for (const { offsetUs } of this.#buckets) leastUs = Math.min(leastUs, offsetUs);
    return nowMs * 1000 - leastUs;
  }

  /** Takes the unfolded time nearest to the one expected by the host's clock, so that long pauses do no harm. */
  #unfold(stampUs: number, arrivalMs: number): number {
    const last = this.#last;
    const expectedUs = last === undefined ? stampUs : Math.round(last.boardUs + (arrivalMs - last.arrivalMs) * 1000);
    const boardUs = expectedUs + ((stampUs - foldUs(expectedUs)) | 0);
    this.#last = { boardUs, arrivalMs };
    return boardUs;
  }
}

/** @returns unfolded board time as the wire carries it: whole µs modulo 2^32. */
export function foldUs(boardUs: number): number {
  return ((Math.floor(boardUs) % WRAP_US) + WRAP_US) % WRAP_US;
}
