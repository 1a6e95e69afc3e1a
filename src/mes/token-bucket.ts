// A rate with a burst: so many at once, and so many a second from then on. Pure: time comes in.

export interface RateLimit {
  /** Whole tokens that a rested bucket holds, at least 1. */
  readonly burst: number;
  /** Tokens that come back, per second, above 0. */
  readonly perSecond: number;
}

export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #filledMs: number;

  /** @param nowMs monotonic, ms */
  constructor(limit: RateLimit, nowMs: number) {
    this.#limit = limit;
    this.#tokens = limit.burst;
    this.#filledMs = nowMs;
  }

  /** @returns false when there are not so many; then none is taken */
  take(nowMs: number, tokens = 1): boolean {
    const { burst, perSecond } = this.#limit;
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#filledMs) / 1000) * perSecond);
    this.#filledMs = nowMs;
    if (this.#tokens < tokens) return false;
    this.#tokens -= tokens;
    return true;
  }
}
