// A clock that can also tick: what boards and plants are run by, in virtual and in real time.
import type { MonotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface TickingClock extends Clock {
  /**
   * Runs `task` at `firstAt` and then every `periodMs`, without drift. Ticks that were missed are not made up for: the
   * task sees the time that has passed.
   * @param task returns true when something left it that others may answer to (a byte, a callback)
   * @returns a function that ends it
   * @throws RangeError when `periodMs` is not above 0
   */
  every(firstAt: MonotonicMs, periodMs: number, task: () => boolean): () => void;
}
