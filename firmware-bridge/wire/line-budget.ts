// Models how many bytes wait on the line in front of a frame that is sent now, from what was sent and the baud rate.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { processDataBytes } from '../../src/core/process-data.ts';

/** Bytes that may be on their way when a STOP is sent. */
const AHEAD_OF_STOP_MAX = 64;

/** Two writes further apart than this do not predict the next one, ms. */
const CADENCE_MS_MAX = 100;

/** Each PROCESS is answered by an IMAGE; the rest of that direction is for edges, the stream and errors of the estimate. */
const REPLY_SHARE_MAX = 0.8;

/** Baud rate in bits per second, and lengths of frames in bytes as coded on the line. */
export interface LineBudgetOptions {
  readonly baud: number;
  /** Length of this board's PROCESS frame on the line. */
  readonly processBytes: number;
  /** Length of the IMAGE frame that answers it. */
  readonly imageBytes: number;
}

/** Longest PROCESS and IMAGE of a plan on the line, with the zero that a sender after a pause puts in front. */
export function frameSizes(plan: BoardPlan): Pick<LineBudgetOptions, 'processBytes' | 'imageBytes'> {
  const { process, image } = processDataBytes(plan);
  return { processBytes: process + 1, imageBytes: image + 1 };
}

/** Pure bookkeeping; times in monotonic milliseconds. */
export class LineBudget {
  #baud: number;
  readonly #processBytes: number;
  readonly #replyBytes: number;
  #freeAtMs = 0;
  #repliesFreeAtMs = 0;
  #lastProcessMs = Number.NEGATIVE_INFINITY;
  #cadenceMs = Number.POSITIVE_INFINITY;

  constructor(options: LineBudgetOptions) {
    this.#baud = options.baud;
    this.#processBytes = options.processBytes;
    this.#replyBytes = options.imageBytes / REPLY_SHARE_MAX;
  }

  /** The line has another speed, and nothing is on it. */
  set baud(baud: number) {
    this.#baud = baud;
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

  /**
   * Whether a PROCESS frame may go out now: not behind so much that a STOP after it would have more than 64 bytes ahead.
   * Cycles faster than the line are thinned out by this, instead of queueing up until every command is late.
   * @param pendingBytes bytes that the operating system has not accepted
   */
  mayProcess(pendingBytes: number, nowMs: number): boolean {
    if (this.#repliesFreeAtMs - nowMs > this.durationMs(AHEAD_OF_STOP_MAX)) return false;
    const backlog = Math.max(this.backlog(nowMs), pendingBytes);
    return backlog === 0 || backlog + this.#processBytes <= AHEAD_OF_STOP_MAX;
  }

  /** A PROCESS frame goes out now: learns when the next one is to be expected. */
  processSent(nowMs: number): void {
    this.#cadenceMs = nowMs - this.#lastProcessMs;
    this.#lastProcessMs = nowMs;
    this.#repliesFreeAtMs = Math.max(this.#repliesFreeAtMs, nowMs) + this.durationMs(this.#replyBytes);
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
