// Matches the board's receipts with the commands written: round trip, and how long the board has owed a receipt.
import type { LinkFigures } from '../../src/core/cell-event.ts';

/** Samples of the last second make the median. */
const WINDOW_MS = 1000;
/** Commands remembered; more are never open, since 100 ms without a receipt end the link. */
const WRITTEN_MAX = 1024;

interface Written {
  readonly cycle: number;
  readonly atMs: number;
}

export class Receipts {
  #written: Written[] = [];
  #samples: { readonly atMs: number; readonly tripMs: number }[] = [];

  written(cycle: number, atMs: number): void {
    if (this.#written.length < WRITTEN_MAX) this.#written.push({ cycle, atMs });
  }

  /**
   * The board reports the newest cycle it has executed: it and all before it are settled.
   * @returns when the command of that cycle was written, ms, if this is its first receipt
   */
  received(receiptCycle: number, nowMs: number): number | undefined {
    // Looked up and not compared: the numbers on the wire go round. One that is not found was settled before.
    const settled = this.#written.splice(0, this.#written.findIndex(({ cycle }) => cycle === receiptCycle) + 1).at(-1);
    this.#forgetBefore(nowMs);
    if (settled === undefined) return undefined;
    this.#samples.push({ atMs: nowMs, tripMs: nowMs - settled.atMs });
    return settled.atMs;
  }

  /** When the oldest command without a receipt was written, ms; undefined when all are settled. */
  get oldestOpenMs(): number | undefined {
    return this.#written[0]?.atMs;
  }

  /** Median round trip of the last second, ms; 0 while unknown. Sorts: for snapshots, not for every cycle. */
  medianMs(nowMs: number): number {
    return this.spreadMs(nowMs).p50Ms;
  }

  /** Round trips of the last second; all 0 while unknown. Sorts, as `medianMs` does. */
  spreadMs(nowMs: number): LinkFigures['roundTrip'] {
    this.#forgetBefore(nowMs);
    const trips = new Float64Array(this.#samples.length);
    for (let index = 0; index < trips.length; index += 1) trips[index] = this.#samples[index]?.tripMs ?? 0;
    trips.sort();
    const at = (share: number): number => trips[Math.min(trips.length - 1, Math.floor(trips.length * share))] ?? 0;
    return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
  }

  reset(): void {
    this.#written = [];
    this.#samples = [];
  }

  /** Samples leave in the order in which they came, so the expired ones are in front. */
  #forgetBefore(nowMs: number): void {
    while ((this.#samples[0]?.atMs ?? nowMs) <= nowMs - WINDOW_MS) this.#samples.shift();
  }
}
