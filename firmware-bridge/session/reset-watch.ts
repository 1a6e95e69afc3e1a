// Counts the watchdog resets of a board: one that hangs again and again is not given another try until a person has seen it.
import type { IdentMessage } from '../wire/messages.ts';

/** Watchdog resets after which a board is refused, and the time within which they count, ms. */
const RESETS_MAX = 3;
const WINDOW_MS = 600_000;

/** Told of every IDENT. Pure bookkeeping of monotonic times in milliseconds. */
export class ResetWatch {
  #last: { readonly uid: string; readonly bootCount: number } | undefined = undefined;
  #resetsAt: readonly number[] = [];
  #isLooping = false;

  /**
   * @returns true while the board must not be used: its watchdog has reset it three times within ten minutes, and it has
   *   not been started by anything else since (power, reset button, flashing)
   */
  isLooping({ uid, bootCount, resetCause }: IdentMessage, nowMs: number): boolean {
    const last = this.#last;
    this.#last = { uid, bootCount };
    const isOther = last !== undefined && last.uid !== uid;
    if (isOther || resetCause !== 'watchdog') {
      this.#resetsAt = [];
      this.#isLooping = false;
    }
    // The first boot that is heard of happened at an unknown time, maybe before this process was started.
    const hasReset = last !== undefined && !isOther && last.bootCount !== bootCount && resetCause === 'watchdog';
    if (hasReset) this.#resetsAt = [...this.#resetsAt.filter((atMs) => nowMs - atMs < WINDOW_MS), nowMs];
    this.#isLooping ||= this.#resetsAt.length >= RESETS_MAX;
    return this.#isLooping;
  }
}
