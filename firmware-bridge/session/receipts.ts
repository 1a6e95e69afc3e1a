// Matches the board's receipts with the commands written: round trip, and how long the board has owed a receipt.

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

  /** The board reports the newest cycle it has executed: it and all before it are settled. */
  received(receiptCycle: number, nowMs: number): void {
    const settled = this.#written.findLast((entry) => entry.cycle <= receiptCycle);
    if (settled === undefined) return;
    if (settled.cycle === receiptCycle) this.#samples.push({ atMs: nowMs, tripMs: nowMs - settled.atMs });
    this.#written = this.#written.filter((entry) => entry.cycle > receiptCycle);
    this.#samples = this.#samples.filter((sample) => sample.atMs > nowMs - WINDOW_MS);
  }

  /** When the oldest command without a receipt was written, ms; undefined when all are settled. */
  get oldestOpenMs(): number | undefined {
    return this.#written[0]?.atMs;
  }

  /** Median round trip of the last second, ms; 0 while unknown. */
  medianMs(nowMs: number): number {
    const recent = this.#samples.filter((sample) => sample.atMs > nowMs - WINDOW_MS).map((sample) => sample.tripMs);
    return recent.toSorted((a, b) => a - b)[Math.floor(recent.length / 2)] ?? 0;
  }

  reset(): void {
    this.#written = [];
    this.#samples = [];
  }
}
