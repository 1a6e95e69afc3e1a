import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { clockScheduler } from '../../src/control/clock-scheduler.ts';
import { type Tick, ticks } from '../../src/control/ticks.ts';
import { type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** A clock whose timers come late by what the test says, and whose time also passes while code runs. */
class LateClock implements Clock {
  readonly inner = new VirtualClock();
  lateMs = 0;
  now(): MonotonicMs {
    return this.inner.now();
  }
  wall() {
    return this.inner.wall();
  }
  schedule(at: MonotonicMs, task: () => void): () => void {
    const isAhead = at > this.inner.now();
    return this.inner.schedule(isAhead ? monotonicMs(at + this.lateMs) : at, task);
  }
}

describe('the beat of the cycle', () => {
  it('stays on the grid of its start however late single ticks are', async () => {
    const clock = new LateClock();
    const seen: Tick[] = [];
    const subscription = ticks(clock, 10).subscribe((tick) => {
      seen.push(tick);
      clock.lateMs = seen.length % 2 === 0 ? 3 : 0;
    });
    await clock.inner.advance(1000);
    subscription.unsubscribe();
    expect(seen).toHaveLength(100);
    expect(seen.every(({ now, lateMs }) => Math.abs((now - lateMs) % 10) < 1e-9)).toBe(true);
  });

  it('skips the deadlines that a stall ate instead of catching up in a burst', async () => {
    const clock = new LateClock();
    const at: number[] = [];
    ticks(clock, 10).subscribe(({ now, lateMs }) => {
      at.push(now, lateMs);
      clock.lateMs = at.length === 2 ? 35 : 0;
    });
    await clock.inner.advance(80);
    expect(at).toEqual([10, 0, 55, 35, 60, 0, 70, 0, 80, 0]);
  });

  it('that is late by a period lets what came in meanwhile be read first', async () => {
    const clock = new LateClock();
    const order: string[] = [];
    const subscription = ticks(clock, 10).subscribe(() => {
      order.push('tick');
      clock.lateMs = order.length === 1 ? 35 : 0;
    });
    await clock.inner.advance(10);
    clock.inner.schedule(monotonicMs(55), () => order.push('input'));
    await clock.inner.advance(49);
    subscription.unsubscribe();
    expect(order).toEqual(['tick', 'input', 'tick']);
  });

  it('ends with its subscription and leaves no timer behind', async () => {
    const clock = new VirtualClock();
    let count = 0;
    const subscription = ticks(clock, 10).subscribe(() => {
      count += 1;
      if (count === 3) subscription.unsubscribe();
    });
    await clock.advance(1000);
    expect(count).toBe(3);
    expect(clock.pending).toBe(0);
  });
});

describe('the scheduler over the clock', () => {
  it('runs work after its delay in the clock and again when the work asks for it', async () => {
    const clock = new VirtualClock();
    const at: number[] = [];
    clockScheduler(clock).schedule<number>(
      function again(left) {
        at.push(clock.now());
        if (left !== 0) this.schedule(left - 1, 5);
      },
      20,
      2,
    );
    await clock.advance(100);
    expect(at).toEqual([20, 25, 30]);
  });

  it('does not run work that was cancelled', async () => {
    const clock = new VirtualClock();
    let ran = false;
    clockScheduler(clock)
      .schedule(() => {
        ran = true;
      }, 10)
      .unsubscribe();
    await clock.advance(100);
    expect(ran).toBe(false);
  });
});
