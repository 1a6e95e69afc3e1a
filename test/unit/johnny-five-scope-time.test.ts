import { describe, expect, it } from 'vitest';
import { createScopeTime, type ScopeTime } from '../../firmware-bridge/johnny-five/scope-time.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';

function createBench() {
  const clock = new VirtualClock();
  const errors: unknown[] = [];
  const ran: (readonly [number, unknown])[] = [];
  const time: ScopeTime = createScopeTime(clock, (thrown) => errors.push(thrown));
  const note = (what: unknown): void => void ran.push([clock.now(), what]);
  return { clock, errors, ran, time, note };
}

describe('timers of a scope', () => {
  it('run in the order of their time, with their arguments', () => {
    const { clock, ran, time, note } = createBench();
    time.setTimeout(note, 30, 'late');
    time.setImmediate(note, 'immediate');
    time.setTimeout(note, 10, 'early');
    time.nextTick(note, 'tick');
    clock.advanceSync(50);
    expect(ran).toEqual([
      [0, 'tick'],
      [1, 'immediate'],
      [10, 'early'],
      [30, 'late'],
    ]);
  });

  it.each([0, -5, undefined, null, 'soon', Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
    'take a delay of %s for 1 ms, as Node does',
    (delay) => {
      const { clock, ran, time, note } = createBench();
      time.setTimeout(note, delay, 'ran');
      clock.advanceSync(5);
      expect(ran).toEqual([[1, 'ran']]);
    },
  );

  it('repeat without drift', () => {
    const { clock, ran, time, note } = createBench();
    time.setInterval(note, 7, 'tick');
    clock.advanceSync(70);
    expect(ran.map(([at]) => at)).toEqual([7, 14, 21, 28, 35, 42, 49, 56, 63, 70]);
  });

  it('do not make up for ticks that a stall swallowed', () => {
    const tasks: { at: number; run: () => void }[] = [];
    let now = 0;
    const stalling = {
      now: () => now as never,
      wall: () => 0 as never,
      schedule: (at: number, run: () => void) => {
        tasks.push({ at, run });
        return () => undefined;
      },
    };
    const time = createScopeTime(stalling, () => undefined);
    time.setInterval(() => undefined, 10);
    now = 95;
    tasks.shift()?.run();
    expect(tasks.map(({ at }) => at)).toEqual([95]);
    tasks.shift()?.run();
    expect(tasks.map(({ at }) => at)).toEqual([105]);
  });

  it('can be cancelled by handle and by number, twice, and by the task itself', () => {
    const { clock, ran, time, note } = createBench();
    time.clear(time.setTimeout(note, 5, 'by handle'));
    time.clear(Number(time.setInterval(note, 5, 'by number')));
    const own = time.setInterval(() => {
      note('once');
      time.clear(own);
      time.clear(own);
    }, 10);
    for (const nothing of [undefined, null, {}, 'x', 99]) time.clear(nothing);
    clock.advanceSync(100);
    expect(ran).toEqual([[10, 'once']]);
    expect(clock.pending).toBe(0);
  });

  it('start anew with refresh', () => {
    const { clock, ran, time, note } = createBench();
    const timer = time.setTimeout(note, 10, 'ran');
    clock.advanceSync(6);
    timer.refresh();
    clock.advanceSync(20);
    expect(ran).toEqual([[16, 'ran']]);
  });

  it('report what a task throws and go on', () => {
    const { clock, errors, ran, time, note } = createBench();
    const boom = new Error('boom');
    time.setInterval(() => {
      note('tick');
      throw boom;
    }, 10);
    clock.advanceSync(25);
    expect(ran).toHaveLength(2);
    expect(errors).toEqual([boom, boom]);
  });
});

describe('reading the time in a scope', () => {
  it('gives the date of the cell at the start, and what has passed since', () => {
    const { clock, time } = createBench();
    const startedAt = clock.wall();
    clock.advanceSync(1234);
    expect(time.Date.now()).toBe(startedAt + 1234);
    expect(new time.Date().getTime()).toBe(startedAt + 1234);
    expect(new time.Date(5).getTime()).toBe(5);
    expect(new time.Date()).toBeInstanceOf(Date);
  });

  it('moves hrtime with the clock, to the nanosecond and across seconds', () => {
    const { clock, time } = createBench();
    clock.advanceSync(999.5);
    const before = time.hrtime();
    clock.advanceSync(2000.25);
    expect(before).toEqual([0, 999_500_000]);
    expect(time.hrtime(before)).toEqual([2, 250_000]);
  });

  it('ends a busy wait at once, and says how long it would have lasted', () => {
    const { clock, time } = createBench();
    clock.advanceSync(10);
    const start = time.hrtime();
    let reads = 0;
    while (time.hrtime(start)[1] < 2_000_000) reads += 1;
    expect(reads).toBeLessThan(100);
    expect(clock.now()).toBe(10);
    expect(time.busyAheadMs()).toBeCloseTo(2, 1);
    clock.advanceSync(1);
    expect(time.busyAheadMs()).toBeCloseTo(1, 1);
    clock.advanceSync(5);
    expect(time.busyAheadMs()).toBe(0);
  });
});
