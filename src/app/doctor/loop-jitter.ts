// How late this machine wakes a control cycle, by the same clock that the cycle runs on.
import { monotonicMs } from '../../core/units.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Finding, roundMs, showSpread, spreadOf } from './finding.ts';

/** Later than this many periods, a cycle is a protective stop. */
const PERIODS_LATE_MAX = 3;
/** The share of a period that the 99th percentile may be late without a word. */
const PERIOD_SHARE_GOOD = 0.25;

/**
 * Wakes every period for a while, and does nothing else.
 * @param periodMs the cell's cycle
 * @returns how late each wake-up was, ms; a late one does not push the next ones back
 */
export function measureJitter(clock: Clock, periodMs: number, durationMs: number): Promise<readonly number[]> {
  return new Promise((resolve) => {
    const lateMs: number[] = [];
    const startedAt = clock.now();
    const wakeAfter = (dueMs: number): void => {
      clock.schedule(monotonicMs(startedAt + dueMs), () => {
        const lateBy = clock.now() - startedAt - dueMs;
        lateMs.push(lateBy);
        // What was slept through is one late cycle, not a burst of them.
        const nextMs = dueMs + periodMs * (1 + Math.floor(lateBy / periodMs));
        if (nextMs > durationMs) resolve(lateMs);
        else wakeAfter(nextMs);
      });
    };
    wakeAfter(periodMs);
  });
}

export function judgeJitter(lateMs: readonly number[], periodMs: number): Finding {
  const spread = spreadOf(lateMs);
  const isFailed = spread.max > PERIODS_LATE_MAX * periodMs;
  const isGood = spread.p99 <= PERIOD_SHARE_GOOD * periodMs && spread.max <= periodMs;
  const figures = showSpread(spread);
  return {
    check: 'loop-jitter',
    subject: '',
    level: isFailed ? 'fail' : isGood ? 'ok' : 'warn',
    text: {
      en: `cycles of ${periodMs} ms begin late by ${figures}`,
      es: `los ciclos de ${periodMs} ms empiezan tarde por ${figures}`,
    },
    ...(isGood ? {} : { remedy: jitterRemedy(isFailed) }),
    values: {
      periodMs,
      cycles: lateMs.length,
      p50Ms: roundMs(spread.p50),
      p99Ms: roundMs(spread.p99),
      maxMs: roundMs(spread.max),
    },
  };
}

function jitterRemedy(isFailed: boolean): NonNullable<Finding['remedy']> {
  const why = isFailed ? { en: 'the cell would stop: ', es: 'la celda se detendría: ' } : { en: '', es: '' };
  return {
    en: `${why.en}end other programs, allow a higher priority (Nice=-10 in the unit), or set a longer cyclePeriodMs`,
    es: `${why.es}cierre otros programas, permita más prioridad (Nice=-10 en la unidad) o alargue cyclePeriodMs`,
  };
}
