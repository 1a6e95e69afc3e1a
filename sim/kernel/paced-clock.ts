// Simulated time that follows a real clock, but never by leaps: after a stall of the machine it goes on late instead.
import { type EpochMs, type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { TickingClock } from './ticking-clock.ts';

/** Time that is caught up at most after a stall, ms: less than a lease, so that the simulator's stall trips no board. */
const CATCH_UP_MAX_MS = 20;

/**
 * The clock of a simulation in real time.
 *
 * A board that is run late and then all at once would see its whole lease go by before the bytes that renewed it.
 * So of a stall only the last 20 ms pass for the simulation; the rest is a slip, counted, and stays behind for good.
 * Something must tick at least every 20 ms: a gap in which nobody asks for the time is taken for a stall.
 */
export class PacedClock implements TickingClock {
  readonly #clock: Clock;
  #lastRealMs: number;
  #slippedMs = 0;
  #slips = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastRealMs = clock.now();
  }

  /** How often time slipped. */
  get slips(): number {
    return this.#slips;
  }

  /** By how much this clock is behind the real one in all, ms. */
  get slippedMs(): number {
    return this.#slippedMs;
  }

  now(): MonotonicMs {
    const real = this.#clock.now();
    const lateMs = real - this.#lastRealMs - CATCH_UP_MAX_MS;
    if (lateMs > 0) {
      this.#slippedMs += lateMs;
      this.#slips += 1;
    }
    this.#lastRealMs = real;
    return monotonicMs(real - this.#slippedMs);
  }

  wall(): EpochMs {
    return this.#clock.wall();
  }

  schedule(at: MonotonicMs, task: () => void): () => void {
    let cancel = this.#clock.schedule(monotonicMs(at + this.#slippedMs), () => wake());
    // Time may have slipped since it was asked for: then its time has not come yet.
    const wake = (): void => {
      if (this.now() >= at) task();
      else cancel = this.#clock.schedule(monotonicMs(at + this.#slippedMs), wake);
    };
    return () => {
      cancel();
    };
  }

  every(firstAt: MonotonicMs, periodMs: number, task: () => boolean): () => void {
    if (!(periodMs > 0)) throw new RangeError(`the period must be above 0 ms, got ${periodMs}`);
    let dueMs: number = firstAt;
    let isEnded = false;
    const tick = (): void => {
      const missed = Math.max(0, Math.floor((this.now() - dueMs) / periodMs));
      dueMs += (missed + 1) * periodMs;
      task();
      if (!isEnded) cancel = this.schedule(monotonicMs(dueMs), tick);
    };
    let cancel = this.schedule(firstAt, tick);
    return () => {
      isEnded = true;
      cancel();
    };
  }
}
