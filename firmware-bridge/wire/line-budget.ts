// Models how many bytes wait on the line in front of a frame that is sent now, from what was sent and the baud rate.

/** Bytes that may be on their way when a STOP is sent. */
export const AHEAD_OF_STOP_MAX = 64;

/** Two writes further apart than this do not predict the next one, ms. */
const CADENCE_MS_MAX = 100;

export class LineBudget {
  readonly #baud: number;
  readonly #processBytes: number;
  #freeAtMs = 0;
  #lastProcessMs = Number.NEGATIVE_INFINITY;
  #cadenceMs = Number.POSITIVE_INFINITY;

  /** @param processBytes length of this board's PROCESS frame on the line */
  constructor(options: { readonly baud: number; readonly processBytes: number }) {
    this.#baud = options.baud;
    this.#processBytes = options.processBytes;
  }

  /** Time that `bytes` take on the line, ms; a byte is ten bits. */
  durationMs(bytes: number): number {
    return (bytes * 10_000) / this.#baud;
  }

  /** Bytes sent that have not left yet. */
  backlog(nowMs: number): number {
    return Math.max(0, ((this.#freeAtMs - nowMs) * this.#baud) / 10_000);
  }

  sent(bytes: number, nowMs: number): void {
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + this.durationMs(bytes);
  }

  /** A PROCESS frame goes out now: learns when the next one is to be expected. */
  processSent(nowMs: number): void {
    this.#cadenceMs = nowMs - this.#lastProcessMs;
    this.#lastProcessMs = nowMs;
  }

  /**
   * When a stream frame of `bytes` may go out so that it, what waits already and a PROCESS frame that may follow at any
   * moment are at most 64 bytes. Where the PROCESS frame leaves no room in that, the stream frame must have left before
   * the next PROCESS is due.
   * @param pendingBytes bytes that the operating system has not accepted
   * @returns host time, ms; not later than `nowMs` means now
   */
  streamAt(bytes: number, pendingBytes: number, nowMs: number): number {
    const backlog = Math.max(this.backlog(nowMs), pendingBytes);
    const excess = backlog + bytes + this.#processBytes - AHEAD_OF_STOP_MAX;
    if (excess <= 0) return nowMs;
    if (bytes + this.#processBytes <= AHEAD_OF_STOP_MAX) return nowMs + this.durationMs(excess);
    if (backlog > 0) return nowMs + this.durationMs(backlog);
    const nextProcessMs = this.#lastProcessMs + this.#cadenceMs;
    const fits = this.#cadenceMs > CADENCE_MS_MAX || nowMs + this.durationMs(bytes) <= nextProcessMs;
    if (fits || nextProcessMs + CADENCE_MS_MAX < nowMs) return nowMs;
    return Math.max(nextProcessMs, nowMs) + this.durationMs(this.#processBytes);
  }
}
