// A histogram of times in fixed memory: exact to one part in sixteen, with the exact maximum. Knows no clock.

/** Columns per doubling: a column is at most 1/16 of its values wide. */
const PER_DOUBLING = 16;
const PER_DOUBLING_BITS = 4;
/** Up to 2^31 µs, which is more than half an hour. */
const US_MAX = 0x7fff_ffff;
const COLUMNS = (31 - PER_DOUBLING_BITS) * PER_DOUBLING + PER_DOUBLING;

/** Column of a whole number of microseconds: the first sixteen take one each, every doubling after them sixteen. */
function columnOf(us: number): number {
  if (us < PER_DOUBLING) return us;
  const shift = 31 - Math.clz32(us) - PER_DOUBLING_BITS;
  return shift * PER_DOUBLING + (us >> shift);
}

/** The longest time that falls into a column, µs. */
function upperEndUs(column: number): number {
  if (column < PER_DOUBLING) return column;
  const shift = Math.floor(column / PER_DOUBLING) - 1;
  return (column - shift * PER_DOUBLING + 1) * 2 ** shift - 1;
}

/** Counts for ever in some kilobytes; adding costs the same however much is in it. */
export class TimeHistogram {
  readonly #counts = new Float64Array(COLUMNS);
  #count = 0;
  #maxMs = 0;

  /** Times added so far. */
  get count(): number {
    return this.#count;
  }

  /** The longest so far, ms, exact; 0 while empty. */
  get maxMs(): number {
    return this.#maxMs;
  }

  /** @param ms finite; below 0 counts as 0, above 35 minutes as that */
  add(ms: number): void {
    const column = columnOf(Math.min(US_MAX, Math.max(0, Math.round(ms * 1000))));
    this.#counts[column] = (this.#counts[column] ?? 0) + 1;
    this.#count += 1;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  /**
   * The time that this share of all times do not exceed, ms: never too short, at most 1/16 too long. 0 while empty.
   * @param share 0 to 1, e.g. 0.99
   */
  percentileMs(share: number): number {
    const rank = Math.max(1, Math.ceil(this.#count * share));
    let counted = 0;
    for (let column = 0; column < COLUMNS; column += 1) {
      counted += this.#counts[column] ?? 0;
      if (counted >= rank) return Math.min(this.#maxMs, upperEndUs(column) / 1000);
    }
    return this.#maxMs;
  }
}
