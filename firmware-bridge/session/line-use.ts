// How much of the line's capacity is used, measured over the last second.

const BUCKET_MS = 100;
const BUCKETS = 10;

/** One direction of a line. Times in monotonic milliseconds. */
export class LineUse {
  readonly #bytes = new Float64Array(BUCKETS);
  #newest = 0;

  carried(bytes: number, nowMs: number): void {
    const index = this.#turnTo(nowMs);
    this.#bytes[index] = (this.#bytes[index] ?? 0) + bytes;
  }

  /** Share of what the line can carry at `baud`, 0 to 1; a byte is ten bits. More than 1 where the line is no real one. */
  share(baud: number, nowMs: number): number {
    this.#turnTo(nowMs);
    const bytes = this.#bytes.reduce((sum, each) => sum + each, 0);
    return (bytes * 10_000) / baud / (BUCKETS * BUCKET_MS);
  }

  #turnTo(nowMs: number): number {
    const newest = Math.floor(nowMs / BUCKET_MS);
    for (let turns = Math.min(newest - this.#newest, BUCKETS); turns > 0; turns -= 1) {
      this.#bytes[(newest - turns + 1) % BUCKETS] = 0;
    }
    this.#newest = newest;
    return newest % BUCKETS;
  }
}
