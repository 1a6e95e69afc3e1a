// The only ways to know and to wait for time. Production has one over the process clock, the simulator one over its kernel.
import type { EpochMs, MonotonicMs } from '../core/units.ts';

/** Time of one cell. All of a cell share one, so that virtual time is one time. */
export interface Clock {
  /** Monotonic now, milliseconds, fractional; never goes back. */
  now(): MonotonicMs;
  /** UTC now, for records only. */
  wall(): EpochMs;
  /**
   * Runs `task` once, at `at` or as soon after it as possible; at once (next turn) when `at` has passed.
   * Deadlines are absolute, so that repeated scheduling does not drift.
   * @returns a function that cancels; cancelling twice or after the run does nothing.
   */
  schedule(at: MonotonicMs, task: () => void): () => void;
}
