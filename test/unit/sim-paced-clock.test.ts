import { describe, expect, it } from 'vitest';
import { PacedClock } from '../../sim/kernel/paced-clock.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';

/** A real clock of whole milliseconds whose process can stall: time passes, and what was due runs afterwards. */
function bench() {
  let realMs = 0;
  let tasks: { readonly at: number; readonly task: () => void }[] = [];
  const runDue = (): void => {
    const due = tasks.filter((entry) => entry.at <= realMs);
    tasks = tasks.filter((entry) => entry.at > realMs);
    for (const { task } of due) task();
  };
  const clock = new PacedClock({
    now: () => monotonicMs(realMs),
    wall: () => epochMs(realMs),
    schedule: (at, task) => {
      const entry = { at, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
  });
  return {
    clock,
    run: (ms: number) => {
      for (let passed = 0; passed < ms; passed += 1) {
        runDue();
        realMs += 1;
      }
      runDue();
    },
    stall: (ms: number) => {
      realMs += ms;
    },
  };
}

describe('paced clock', () => {
  it('follows the real clock while ticks come in time', () => {
    const { clock, run } = bench();
    const seen: number[] = [];
    clock.every(clock.now(), 1, () => {
      seen.push(clock.now());
      return false;
    });
    run(5);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    expect([clock.slips, clock.slippedMs]).toEqual([0, 0]);
  });

  it('catches up a short stall in one tick and goes on in step', () => {
    const { clock, run, stall } = bench();
    const seen: number[] = [];
    clock.every(monotonicMs(1), 1, () => {
      seen.push(clock.now());
      return false;
    });
    run(2);
    stall(10);
    run(2);
    expect(seen).toEqual([1, 2, 12, 13, 14]);
    expect(clock.slips).toBe(0);
  });

  it('lets only 20 ms of a long stall pass and stays behind for good, counted', () => {
    const { clock, run, stall } = bench();
    const seen: number[] = [];
    clock.every(monotonicMs(1), 1, () => {
      seen.push(clock.now());
      return false;
    });
    run(2);
    stall(1000);
    run(3);
    expect(seen[2]).toBe(22);
    expect(seen.at(-1)).toBeLessThanOrEqual(25);
    expect(clock.slips).toBe(1);
    expect(clock.slippedMs).toBe(980);
  });

  it('runs what was asked for at its own time, also after a slip', () => {
    const { clock, run, stall } = bench();
    stall(120);
    expect(clock.now()).toBe(20);
    let ranAt = 0;
    clock.schedule(monotonicMs(30), () => {
      ranAt = clock.now();
    });
    run(9);
    expect(ranAt).toBe(0);
    run(1);
    expect(ranAt).toBe(30);
  });

  it('does not run early what was asked for before a slip', () => {
    const { clock, run, stall } = bench();
    clock.every(monotonicMs(1), 1, () => false);
    let ranAt = 0;
    clock.schedule(monotonicMs(100), () => {
      ranAt = clock.now();
    });
    stall(1000);
    // Of the stall 20 ms have passed for the simulation.
    run(79);
    expect(ranAt).toBe(0);
    run(1);
    expect(ranAt).toBe(100);
  });

  it('ends a tick from inside and from outside', () => {
    const { clock, run } = bench();
    let inner = 0;
    let outer = 0;
    const endInner = clock.every(monotonicMs(1), 1, () => {
      inner += 1;
      if (inner === 3) endInner();
      return false;
    });
    const endOuter = clock.every(monotonicMs(1), 2, () => {
      outer += 1;
      return false;
    });
    run(5);
    endOuter();
    run(10);
    expect([inner, outer]).toEqual([3, 3]);
  });
});
