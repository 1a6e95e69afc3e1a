// A virtual clock that is read as a real one is: between two readings in the same turn some time has passed.
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** @param readingMs what one reading takes; a real one takes some tenths of a microsecond */
export function goingClock(clock: Clock, readingMs = 0.002): Clock {
  let last = 0;
  return {
    now: () => {
      last = Math.max(clock.now(), last + readingMs);
      return monotonicMs(last);
    },
    wall: () => clock.wall(),
    schedule: (at, task) => clock.schedule(at, task),
  };
}
