// Keeps a second run away from a journal that another one writes, before anything of it is started or touched.

import type { Locale } from '../config/problem.ts';
import { describeFault, FAULTS } from '../core/faults.ts';
import { monotonicMs } from '../core/units.ts';
import { takeWriteLock } from '../journal/write-lock.ts';
import type { Clock } from '../ports/clock.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';

/** The gateway of a supervisor that was killed may still be ending: how long its journal is waited for, ms. */
const PREDECESSOR_MS = 3_000;
const PREDECESSOR_RETRY_MS = 100;

/**
 * Resolves when nobody writes the journal at `path`, or when only opening it can tell what is wrong with it.
 *
 * Whoever opens it afterwards is still refused when two runs start in the same instant: this only says it early.
 * @throws OperatorError (occupied, 6507) with the process that has it
 */
export async function requireFreeJournal(path: string, clock: Clock, locale: Locale): Promise<void> {
  const giveUpAt = clock.now() + PREDECESSOR_MS;
  for (;;) {
    const lock = takeWriteLock(path);
    if (lock.ok) {
      lock.value.release();
      return;
    }
    if (lock.error.code !== 6507) return;
    if (clock.now() >= giveUpAt) {
      const { response, responseEs } = FAULTS[6507];
      const hint = locale === 'es' ? responseEs : response;
      throw new OperatorError(describeFault(lock.error, locale), hint, EXIT_CODES.occupied);
    }
    await new Promise<void>((resolve) => {
      clock.schedule(monotonicMs(clock.now() + PREDECESSOR_RETRY_MS), resolve);
    });
  }
}
