// Notices that the operating system does not take the bytes of a port: a hung driver, a full pipe.
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** Bytes handed over must be accepted by the operating system within this time, ms. */
const WRITE_DEADLINE_MS = 50;

/** Runs while bytes wait to be accepted; every byte that goes starts it anew. */
export class WriteDeadline {
  readonly #clock: Clock;
  readonly #onMissed: () => void;
  #cancel: (() => void) | undefined = undefined;

  /** @param onMissed called once when bytes waited for 50 ms without a single `progress` */
  constructor(clock: Clock, onMissed: () => void) {
    this.#clock = clock;
    this.#onMissed = onMissed;
  }

  /** Bytes wait: starts the deadline unless it runs already. */
  waiting(): void {
    this.#cancel ??= this.#clock.schedule(monotonicMs(this.#clock.now() + WRITE_DEADLINE_MS), () => {
      this.#cancel = undefined;
      this.#onMissed();
    });
  }

  /** Some bytes were accepted; `left` still wait. */
  progress(left: number): void {
    this.stop();
    if (left > 0) this.waiting();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
