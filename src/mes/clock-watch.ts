// How much a time of day is worth: kept by a time server, not kept, or just set by somebody.
import type { AuditDraft } from '../core/audit.ts';

/** A time server moves the clock by less between two looks, ms. */
const STEP_MS_MAX = 1_000;

export class ClockWatch {
  readonly #isSynced: () => boolean;
  #offsetMs: number | undefined;

  /** @param isSynced whether the machine's clock is kept by a time server now */
  constructor(isSynced: () => boolean) {
    this.#isSynced = isSynced;
  }

  /**
   * @param at monotonic time of the same moment, ms, always of the same clock
   * @returns `STEPPED`: against the time before, the clock was set
   */
  quality(at: number, time: number): AuditDraft['clockQuality'] {
    const offsetMs = time - at;
    const isStepped = this.#offsetMs !== undefined && Math.abs(offsetMs - this.#offsetMs) > STEP_MS_MAX;
    this.#offsetMs = offsetMs;
    if (isStepped) return 'STEPPED';
    return this.#isSynced() ? 'SYNCED' : 'UNSYNCED';
  }

  /** What comes next is told by another monotonic clock. */
  restart(): void {
    this.#offsetMs = undefined;
  }
}
