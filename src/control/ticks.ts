// The beat of the cycle: absolute deadlines, so that late ticks do not add up (RxJS `interval` drifts).
import { Observable } from 'rxjs';
import { type MonotonicMs, monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';

export interface Tick {
  readonly now: MonotonicMs;
  /** How long after its deadline the tick came, ms, >= 0. */
  readonly lateMs: number;
}

/**
 * Ticks every `periodMs` on the grid of its start. Deadlines that have passed altogether are skipped, never caught up in a burst.
 * Never completes; unsubscribing cancels.
 *
 * A tick that is late by a period or more waits one more turn of the event loop: what came in during the stall is read
 * first, so that old input is not taken for missing input.
 */
export function ticks(clock: Clock, periodMs: number): Observable<Tick> {
  return new Observable((subscriber) => {
    let deadline = monotonicMs(clock.now() + periodMs);
    let hasYielded = false;
    const run = (): void => {
      const now = clock.now();
      const lateMs = Math.max(0, now - deadline);
      if (lateMs >= periodMs && !hasYielded) {
        hasYielded = true;
        cancel = clock.schedule(now, run);
        return;
      }
      hasYielded = false;
      // Only what this tick's lateness covers is skipped: time that passes in its own work makes the next one late.
      deadline = monotonicMs(deadline + periodMs * (1 + Math.floor(lateMs / periodMs)));
      subscriber.next({ now, lateMs });
      if (subscriber.closed) return;
      cancel = clock.schedule(deadline, run);
    };
    let cancel = clock.schedule(deadline, run);
    return () => cancel();
  });
}
