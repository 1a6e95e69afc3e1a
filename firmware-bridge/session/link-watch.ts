// Decides when a link that stood is lost: no frames, or no receipts for what was written.

/** Silence after which a link is lost, ms. */
export const LINK_SILENCE_MS = 100;
/** When this process itself was late, what has arrived in the meantime is read first. */
const GRACE_MS = 10;

/** What is to be done: look again at `checkAt` (monotonic, ms), or treat the link as lost. */
export type LinkVerdict =
  | { readonly kind: 'alive'; readonly checkAt: number }
  | { readonly kind: 'lost'; readonly reason: 'silent' | 'no receipts' };

/** Pure bookkeeping of monotonic times in milliseconds; the caller keeps the timer. */
export class LinkWatch {
  #lastFrameMs = 0;
  #graceUntilMs: number | undefined = undefined;

  /** A valid frame of this session arrived. */
  heard(nowMs: number): void {
    this.#lastFrameMs = nowMs;
  }

  /** @param oldestOpenMs when the oldest command without a receipt was written, undefined when there is none */
  check(nowMs: number, oldestOpenMs: number | undefined): LinkVerdict {
    const isSilent = nowMs >= this.#lastFrameMs + LINK_SILENCE_MS;
    const dueAt = Math.min(this.#lastFrameMs, oldestOpenMs ?? Number.POSITIVE_INFINITY) + LINK_SILENCE_MS;
    if (nowMs < dueAt) {
      this.#graceUntilMs = undefined;
      return { kind: 'alive', checkAt: dueAt };
    }
    this.#graceUntilMs ??= nowMs + GRACE_MS;
    if (nowMs < this.#graceUntilMs) return { kind: 'alive', checkAt: this.#graceUntilMs };
    return { kind: 'lost', reason: isSilent ? 'silent' : 'no receipts' };
  }
}
