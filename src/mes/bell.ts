// Wakes one sleeper, when something has happened or when it is time.
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';

export class Bell {
  #wake = (): void => undefined;

  /** Nobody sleeps: nothing. */
  readonly ring = (): void => this.#wake();

  /** Resolves at the next ring, at `at` at the latest. */
  sleep(clock: Clock, at: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.schedule(monotonicMs(at), this.ring);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
