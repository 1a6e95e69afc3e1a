// One timer for everything that waits in a session; moving the time later costs nothing.
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** At most one task is scheduled at the clock, for the earliest time asked for. */
export class WakeTimer {
  readonly #clock: Clock;
  readonly #onWake: () => void;
  #wakeAt = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | undefined = undefined;

  constructor(clock: Clock, onWake: () => void) {
    this.#clock = clock;
    this.#onWake = onWake;
  }

  /** Wakes at `atMs` at the latest; an earlier wake that is set already stays. Not finite: nothing waits. */
  wakeBy(atMs: number): void {
    if (atMs >= this.#wakeAt || !Number.isFinite(atMs)) return;
    this.stop();
    this.#wakeAt = atMs;
    this.#cancel = this.#clock.schedule(monotonicMs(atMs), () => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.#cancel = undefined;
      this.#onWake();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#wakeAt = Number.POSITIVE_INFINITY;
  }
}
