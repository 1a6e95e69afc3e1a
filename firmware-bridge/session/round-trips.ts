// The round trips of the last second, in memory of a fixed size: adding one costs the same however many there are.
import type { LinkFigures } from '../../src/core/cell-event.ts';

const WINDOW_MS = 1000;
/** A cycle takes a millisecond at least, so more do not fall into the window; of more the newest are kept. */
const SAMPLES_MAX = 1024;

export class RoundTrips {
  readonly #atMs = new Float64Array(SAMPLES_MAX);
  readonly #tripMs = new Float64Array(SAMPLES_MAX);
  /** Samples so far; the newest stands one before this, modulo the room. */
  #added = 0;

  /** @param nowMs monotonic, not before that of the last one */
  add(nowMs: number, tripMs: number): void {
    const at = this.#added % SAMPLES_MAX;
    this.#atMs[at] = nowMs;
    this.#tripMs[at] = tripMs;
    this.#added += 1;
  }

  /** Over the last second; all 0 while there is none. Sorts: for snapshots, not for every cycle. */
  spreadMs(nowMs: number): LinkFigures['roundTrip'] {
    const trips = this.#newerThan(nowMs - WINDOW_MS).sort();
    const at = (share: number): number => trips[Math.min(trips.length - 1, Math.floor(trips.length * share))] ?? 0;
    return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
  }

  clear(): void {
    this.#added = 0;
  }

  #newerThan(limitMs: number): Float64Array {
    const kept = Math.min(this.#added, SAMPLES_MAX);
    const trips = new Float64Array(kept);
    let count = 0;
    while (count < kept) {
      const at = (this.#added - 1 - count) % SAMPLES_MAX;
      if ((this.#atMs[at] ?? limitMs) <= limitMs) break;
      trips[count] = this.#tripMs[at] ?? 0;
      count += 1;
    }
    return trips.subarray(0, count);
  }
}
