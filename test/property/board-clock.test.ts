// Goal: a validity that the host gives is over on the board when it is over on the host or before, whatever the board's
// clock and the line do; and a link that works is not lost to it.
// Method: a board whose rate is anything from -5 to +5 %, constant or moving, behind a line with jitter and outliers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoardClock, foldUs } from '../../firmware-bridge/wire/board-clock.ts';
import { testRandom } from '../support/session-bench.ts';

const VALIDITY_MS = 50;
const CYCLE_MS = 10;
const RUN_MS = 20_000;
/** Rounding of stamps to whole microseconds, and of the limit. */
const ROUNDING_US = 2;

interface Story {
  readonly bootedAtUs: number;
  /** Board microseconds per host microsecond at a time. */
  readonly rate: (hostMs: number) => number;
  /** From a stamp to its arrival, ms. */
  readonly delayMs: () => number;
}

interface Outcome {
  /** By how much the board reached a limit later than the validity allows, at worst, µs of the board. */
  readonly lateUs: number;
  /** By how much it reached it earlier, at worst after the first second, µs of the board. */
  readonly earlyUs: number;
}

/** The board answers the command of each cycle at once; the answer comes back after `delayMs`. */
function run({ bootedAtUs, rate, delayMs }: Story): Outcome {
  const clock = new BoardClock();
  const arrivals: { readonly atMs: number; readonly stampUs: number; readonly writtenMs: number }[] = [];
  let outcome: Outcome = { lateUs: Number.NEGATIVE_INFINITY, earlyUs: Number.NEGATIVE_INFINITY };
  let boardUs = bootedAtUs;
  let latestAt = 0;
  for (let hostMs = 0; hostMs < RUN_MS; hostMs += 1) {
    for (const arrival of arrivals.splice(0, arrivals.filter(({ atMs }) => atMs <= hostMs).length)) {
      clock.sample(foldUs(arrival.stampUs), hostMs, arrival.writtenMs);
    }
    const limitUs = clock.deadlineUs(hostMs, VALIDITY_MS);
    if (limitUs !== undefined) {
      const overUs = limitUs - foldedNear(boardUs, limitUs) - VALIDITY_MS * 1000 * rate(hostMs);
      outcome = {
        lateUs: Math.max(outcome.lateUs, overUs),
        earlyUs: hostMs < 1000 ? outcome.earlyUs : Math.max(outcome.earlyUs, -overUs),
      };
    }
    if (hostMs % CYCLE_MS === 0) {
      // Frames do not overtake each other.
      latestAt = Math.max(latestAt, hostMs + 3 + delayMs());
      arrivals.push({ atMs: latestAt, stampUs: boardUs + 2_000, writtenMs: hostMs });
    }
    boardUs += 1000 * rate(hostMs);
  }
  return outcome;
}

/** The clock unfolds from the first stamp on, so its zero may be a wrap away from ours. */
function foldedNear(boardUs: number, likeUs: number): number {
  return boardUs + Math.round((likeUs - boardUs) / 2 ** 32) * 2 ** 32;
}

function jitter(seed: number, jitterMs: number, outlierMs: number): () => number {
  const random = testRandom(seed);
  const unit = (): number => random.nextUint32() / 2 ** 32;
  return () => (unit() < 0.02 ? outlierMs * unit() : jitterMs * unit());
}

const boots = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.integer({ min: 2 ** 32 - 15_000_000, max: 2 ** 32 - 1 }),
);
/** Half of the lines have none: nothing on them takes longer than the jitter of 8 ms. */
const outliers = fc.oneof(fc.constant(8), fc.integer({ min: 10, max: 2000 }));
const drifts = fc.double({ min: -0.05, max: 0.05, noNaN: true });

describe('[M5] a validity in board time', () => {
  it('is never over later than on the host, for any constant rate within 5 %, any jitter and outliers up to 2 s', () => {
    fc.assert(
      fc.property(boots, drifts, fc.nat(), fc.nat(30), fc.integer({ min: 10, max: 2000 }), (boot, drift, ...line) => {
        const delayMs = jitter(...line);
        const outcome = run({ bootedAtUs: boot, rate: () => 1 + drift, delayMs });
        expect(outcome.lateUs).toBeLessThanOrEqual(ROUNDING_US);
      }),
      { numRuns: 60 },
    );
  });

  it('is not over needlessly early: by the least delay of the last second and half a percent', () => {
    fc.assert(
      fc.property(boots, drifts, fc.nat(), outliers, (boot, drift, seed, outlierMs) => {
        // Of the hundred frames of a second one is quick; an outlier holds up everything behind it.
        const leastMs = outlierMs > 8 ? 8 + outlierMs : 4;
        const outcome = run({ bootedAtUs: boot, rate: () => 1 + drift, delayMs: jitter(seed, 8, outlierMs) });
        const allowedMs = 3 + leastMs + 0.06 * VALIDITY_MS + 1;
        expect(outcome.earlyUs).toBeLessThanOrEqual(allowedMs * 1000);
      }),
      { numRuns: 60 },
    );
  });

  it('is never over later while the rate moves by up to 0.1 % per second', () => {
    fc.assert(
      fc.property(boots, drifts, fc.boolean(), fc.nat(), (boot, from, isRising, seed) => {
        const rate = (hostMs: number): number => {
          const moved = (hostMs / 1000) * 0.001 * (isRising ? 1 : -1);
          return 1 + Math.max(-0.05, Math.min(0.05, from + moved));
        };
        const outcome = run({ bootedAtUs: boot, rate, delayMs: jitter(seed, 5, 100) });
        // Over the validity itself the rate goes on moving.
        expect(outcome.lateUs).toBeLessThanOrEqual(ROUNDING_US + 0.001 * VALIDITY_MS * VALIDITY_MS);
      }),
      { numRuns: 60 },
    );
  });

  it('is over at most 10 ms late, whatever the rate does between -5 and +5 %', () => {
    fc.assert(
      fc.property(drifts, drifts, fc.integer({ min: 100, max: 10_000 }), fc.nat(), (first, second, halfMs, seed) => {
        const rate = (hostMs: number): number => 1 + (Math.floor(hostMs / halfMs) % 2 === 0 ? first : second);
        const outcome = run({ bootedAtUs: 0, rate, delayMs: jitter(seed, 2, 20) });
        expect(outcome.lateUs).toBeLessThanOrEqual(10_000);
      }),
      { numRuns: 60 },
    );
  });

  it('knows the rate to within 0.7 % after five seconds', () => {
    for (const drift of [-0.05, -0.01, 0, 0.03, 0.05]) {
      const clock = new BoardClock();
      const rate = 1 + drift;
      for (let at = 0; at < 5000; at += 10) clock.sample(foldUs(at * 1000 * rate), at + 3, at - 3);
      expect(clock.rate.min).toBeLessThanOrEqual(rate);
      expect(clock.rate.max).toBeGreaterThanOrEqual(rate);
      expect(clock.rate.max - clock.rate.min).toBeLessThan(0.014);
    }
  });
});
