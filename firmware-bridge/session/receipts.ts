// Matches the board's receipts with the commands written: round trip, and how long the board has owed a receipt.
import type { LinkFigures } from '../../src/core/cell-event.ts';
import { RoundTrips } from './round-trips.ts';

/** Commands remembered; more are never open, since 100 ms without a receipt end the link. */
const WRITTEN_MAX = 1024;

interface Written {
  readonly cycle: number;
  readonly atMs: number;
}

export class Receipts {
  #written: Written[] = [];
  readonly #trips = new RoundTrips();

  written(cycle: number, atMs: number): void {
    if (this.#written.length < WRITTEN_MAX) this.#written.push({ cycle, atMs });
  }

  /**
   * The board reports the newest cycle it has executed: it and all before it are settled.
   * @returns when the command of that cycle was written, ms, if this is its first receipt
   */
  received(receiptCycle: number, nowMs: number): number | undefined {
    // Looked up and not compared: the numbers on the wire go round. One that is not found was settled before.
    const at = this.#written.findIndex(({ cycle }) => cycle === receiptCycle);
    const settled = this.#written[at];
    if (settled === undefined) return undefined;
    this.#written.splice(0, at + 1);
    this.#trips.add(nowMs, nowMs - settled.atMs);
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
    return this.#trips.spreadMs(nowMs);
  }

  reset(): void {
    this.#written = [];
    this.#trips.clear();
  }
}
