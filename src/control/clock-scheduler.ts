// The RxJS scheduler over the Clock port: operators that wait do so in the cell's time, real or virtual.
import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';

class ClockAction<T> extends Subscription implements SchedulerAction<T> {
  readonly #clock: Clock;
  readonly #work: (this: SchedulerAction<T>, state?: T) => void;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, work: (this: SchedulerAction<T>, state?: T) => void) {
    super(() => this.#cancel());
    this.#clock = clock;
    this.#work = work;
  }

  schedule(state?: T, delay = 0): Subscription {
    if (this.closed) return this;
    this.#cancel();
    this.#cancel = this.#clock.schedule(monotonicMs(this.#clock.now() + Math.max(0, delay)), () => {
      this.#work.call(this, state);
    });
    return this;
  }
}

/** @returns a scheduler whose `now` and delays are the clock's, in milliseconds */
export function clockScheduler(clock: Clock): SchedulerLike {
  return {
    now: () => clock.now(),
    schedule: <T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T): Subscription =>
      new ClockAction(clock, work).schedule(state, delay),
  };
}
