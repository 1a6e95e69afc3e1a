import { describe, expect, it } from 'vitest';
import { createRealClock, type TimeSource } from '../../src/app/real-clock.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** A process clock by hand: timers wake `wakeLateMs` late (negative: early), each turn of the loop takes 0.05 ms. */
function fakeSource(wakeLateMs: () => number): TimeSource & { run(): void; readonly spunMs: number } {
  let now = 0;
  let spunMs = 0;
  const tasks: { at: number; task: () => void }[] = [];
  const add = (at: number, task: () => void): (() => void) => {
    const entry = { at, task };
    tasks.push(entry);
    return () => void tasks.splice(tasks.indexOf(entry), 1);
  };
  return {
    now: () => now,
    wall: () => 1_000 + now,
    sleep: (delayMs, task) => add(now + delayMs + wakeLateMs(), task),
    nextTurn: (task) => {
      spunMs += 0.05;
      return add(now + 0.05, task);
    },
    run: () => {
      for (let count = 0; tasks.length > 0 && count < 100_000; count += 1) {
        tasks.sort((left, right) => left.at - right.at);
        const next = tasks.shift();
        now = Math.max(now, next?.at ?? 0);
        next?.task();
      }
    },
    get spunMs() {
      return spunMs;
    },
  };
}

function every(clock: Clock, periodMs: number, times: number): number[] {
  const lateMs: number[] = [];
  const next = (index: number): void => {
    const at = monotonicMs(index * periodMs);
    clock.schedule(at, () => {
      lateMs.push(clock.now() - at);
      if (index < times) next(index + 1);
    });
  };
  next(1);
  return lateMs;
}

describe('real clock', () => {
  it.each([-20 * 365 * 86_400_000, -3_600_000, -1_000, 3_600_000, 20 * 365 * 86_400_000])(
    '[T1] [T2] keeps its deadlines when the wall clock steps by %d ms',
    (stepMs) => {
      const still = fakeSource(() => 0);
      const expected = every(createRealClock(still), 10, 100);
      still.run();
      const stepping = fakeSource(() => 0);
      let wallMs = 1_700_000_000_000;
      const clock = createRealClock({ ...stepping, wall: () => wallMs });
      const lateMs = every(clock, 10, 100);
      clock.schedule(monotonicMs(500), () => {
        wallMs += stepMs;
      });
      stepping.run();
      expect(clock.wall()).toBe(1_700_000_000_000 + stepMs);
      expect(lateMs).toEqual(expected);
    },
  );

  it.each([-0.9, -0.4, 0, 0.9])('does not drift and is never early when timers are off by %f ms', (offMs) => {
    const source = fakeSource(() => offMs);
    const lateMs = every(createRealClock(source), 10, 1_000);
    source.run();
    expect(lateMs).toHaveLength(1_000);
    expect(Math.min(...lateMs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...lateMs)).toBeLessThan(2);
  });

  it('bridges at most 0.2 ms of a period by turns of the event loop', () => {
    let seed = 1;
    const source = fakeSource(() => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647 - 0.5;
    });
    every(createRealClock(source), 10, 1_000);
    source.run();
    expect(source.spunMs / 1_000).toBeLessThanOrEqual(0.25);
  });

  it('runs a task whose deadline has passed in the next turn, not in this one', () => {
    const source = fakeSource(() => 0);
    let hasRun = false;
    createRealClock(source).schedule(monotonicMs(-5), () => (hasRun = true));
    expect(hasRun).toBe(false);
    source.run();
    expect(hasRun).toBe(true);
    expect(source.now()).toBeLessThan(0.1);
  });

  it('does not run what was cancelled, at whatever stage of the wait', () => {
    const source = fakeSource(() => -0.3);
    const clock = createRealClock(source);
    let runs = 0;
    const cancel = clock.schedule(monotonicMs(5), () => (runs += 1));
    clock.schedule(monotonicMs(4.9), () => cancel());
    source.run();
    expect(runs).toBe(0);
    cancel();
  });

  it('waits beyond the longest delay of a timer', () => {
    const source = fakeSource(() => 0);
    const atMs = 2 ** 33;
    let ranAt = 0;
    createRealClock(source).schedule(monotonicMs(atMs), () => (ranAt = source.now()));
    source.run();
    expect(ranAt).toBeGreaterThanOrEqual(atMs);
    expect(ranAt).toBeLessThan(atMs + 1);
  });

  it('keeps absolute deadlines on this machine', async () => {
    const clock = createRealClock();
    const startAt = clock.now();
    const times = 30;
    await new Promise<void>((resolve) => {
      const next = (index: number): void => {
        clock.schedule(monotonicMs(startAt + index * 5), () => (index < times ? next(index + 1) : resolve()));
      };
      next(1);
    });
    const tookMs = clock.now() - startAt;
    expect(tookMs).toBeGreaterThanOrEqual(times * 5);
    // A drifting timer adds up to a millisecond to each of the 30 periods; one late wake-up of a loaded machine is not drift.
    expect(tookMs).toBeLessThan(times * 5 + 15);
  });
});
