import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../sim/kernel/event-queue.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { type MonotonicMs, monotonicMs } from '../../src/core/units.ts';

function at(ms: number): MonotonicMs {
  return monotonicMs(ms);
}

describe('virtual clock', () => {
  it('runs events in the order of their time, whatever the order of asking', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    for (const ms of [30, 10, 20]) clock.schedule(at(ms), () => seen.push(`${ms}@${clock.now()}`));
    await clock.advance(25);
    expect(seen).toEqual(['10@10', '20@20']);
    expect(clock.now()).toBe(25);
    await clock.advance(5);
    expect(seen).toEqual(['10@10', '20@20', '30@30']);
  });

  it('runs events of one instant in the order in which they were asked for', () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    for (let index = 0; index < 50; index += 1) clock.schedule(at(7), () => seen.push(index));
    clock.advanceSync(7);
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('settles promises before the first event, between events and after the last', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    async function chain(name: string): Promise<void> {
      for (let step = 0; step < 20; step += 1) await Promise.resolve();
      seen.push(`${name}@${clock.now()}`);
    }
    void chain('before');
    clock.schedule(at(1), () => void chain('first'));
    clock.schedule(at(1), () => seen.push('second'));
    clock.schedule(at(2), () => void chain('last'));
    await clock.advance(2);
    expect(seen).toEqual(['before@0', 'first@1', 'second', 'last@2']);
  });

  it('runs what a settled promise asks for within the same advance', async () => {
    const clock = new VirtualClock();
    let woken = 0;
    const sleep = (ms: number): Promise<void> =>
      new Promise((resolve) => {
        clock.schedule(at(clock.now() + ms), resolve);
      });
    async function program(): Promise<void> {
      for (let step = 0; step < 5; step += 1) await sleep(10);
      woken = clock.now();
    }
    void program();
    await clock.advance(100);
    expect(woken).toBe(50);
  });

  it('runs an event whose time has passed at the present time, after those already due', () => {
    const clock = new VirtualClock();
    clock.advanceSync(10);
    const seen: string[] = [];
    clock.schedule(at(10), () => seen.push('due'));
    clock.schedule(at(3), () => seen.push(`late@${clock.now()}`));
    clock.advanceSync(0);
    expect(seen).toEqual(['due', 'late@10']);
  });

  it('does not run a cancelled event, and cancelling again or after the run does nothing', () => {
    const clock = new VirtualClock();
    let runs = 0;
    const cancel = clock.schedule(at(5), () => (runs += 1));
    const cancelOther = clock.schedule(at(6), () => (runs += 10));
    cancel();
    cancel();
    expect(clock.pending).toBe(1);
    clock.advanceSync(10);
    cancelOther();
    expect(runs).toBe(10);
    expect(clock.pending).toBe(0);
  });

  it('keeps few events in memory when a watchdog is set anew a hundred thousand times', () => {
    const queue = new EventQueue();
    let storedMax = 0;
    for (let kick = 0; kick < 100_000; kick += 1) {
      const event = { at: 1e9 + kick, sequence: kick, task: () => undefined, periodMs: 0, isQuiet: false };
      queue.push(event);
      storedMax = Math.max(storedMax, queue.stored);
      queue.cancel(event);
    }
    expect(queue.size).toBe(0);
    expect(storedMax).toBeLessThan(200);
  });

  it('barks once when a watchdog was set anew a hundred thousand times', () => {
    const clock = new VirtualClock();
    let barks = 0;
    let cancel = clock.schedule(at(1e9), () => (barks += 1));
    for (let kick = 0; kick < 100_000; kick += 1) {
      cancel();
      cancel = clock.schedule(at(1e9 + kick), () => (barks += 1));
    }
    expect(clock.pending).toBe(1);
    clock.advanceSync(2e9);
    expect(barks).toBe(1);
  });

  it('repeats a tick without drift and lets other events in between', () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const stop = clock.every(at(0.5), 1, () => {
      seen.push(`tick@${clock.now()}`);
      return false;
    });
    clock.schedule(at(1), () => seen.push('event@1'));
    clock.schedule(at(2.5), () => seen.push('event@2.5'));
    clock.advanceSync(2.5);
    stop();
    clock.advanceSync(10);
    expect(seen).toEqual(['tick@0.5', 'event@1', 'tick@1.5', 'event@2.5', 'tick@2.5']);
  });

  it('lets a tick end itself, and lets an event asked for by a tick run at its time', () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    let ticks = 0;
    const stop = clock.every(at(1), 1, () => {
      ticks += 1;
      if (ticks === 2) clock.schedule(at(2.25), () => seen.push(`reply@${clock.now()}`));
      if (ticks === 4) stop();
      seen.push(`tick@${clock.now()}`);
      return false;
    });
    clock.advanceSync(10);
    expect(seen).toEqual(['tick@1', 'tick@2', 'reply@2.25', 'tick@3', 'tick@4']);
    expect(clock.pending).toBe(0);
  });

  it('settles promises after a tick that says something left it', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    clock.every(at(1), 1, () => {
      const now = clock.now();
      void Promise.resolve().then(() => seen.push(`${now} seen at ${clock.now()}`));
      return now === 2;
    });
    await clock.advance(3);
    expect(seen.slice(0, 2)).toEqual(['1 seen at 2', '2 seen at 2']);
  });

  it('settles promises after a quiet event only when it stirred, and in any case at the end', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const note = (name: string): void => void Promise.resolve().then(() => seen.push(`${name}@${clock.now()}`));
    clock.quiet.schedule(at(1), () => note('quiet'));
    clock.quiet.schedule(at(2), () => {
      note('stirred');
      clock.stir();
    });
    clock.quiet.every(at(3), 1, () => {
      note('tick');
      return true;
    });
    await clock.advance(4);
    expect(seen).toEqual(['quiet@2', 'stirred@2', 'tick@4', 'tick@4']);
  });

  it('lets the rest of the process run now and then through a long run of quiet events', async () => {
    const clock = new VirtualClock();
    let turnedAt = Number.NaN;
    clock.quiet.every(at(1), 1, () => {
      if (clock.now() === 1) setImmediate(() => (turnedAt = clock.now()));
      return true;
    });
    await clock.advance(10_000);
    expect(turnedAt).toBeLessThanOrEqual(2000);
  });

  it('goes on after an event that throws, which is the caller of advance to hear', async () => {
    const clock = new VirtualClock();
    let ran = false;
    clock.schedule(at(1), () => {
      throw new Error('broken');
    });
    clock.schedule(at(2), () => {
      ran = true;
    });
    await expect(clock.advance(5)).rejects.toThrow('broken');
    expect(clock.now()).toBe(1);
    await clock.advance(4);
    expect(ran).toBe(true);
  });

  it('refuses to be advanced by its own events, backwards, or by what is not a number', () => {
    const clock = new VirtualClock();
    clock.schedule(at(1), () => clock.advanceSync(1));
    expect(() => clock.advanceSync(2)).toThrow('already being advanced');
    expect(() => clock.advanceSync(-1)).toThrow(RangeError);
    expect(() => clock.advanceSync(Number.NaN)).toThrow(RangeError);
    expect(() => clock.schedule(Number.NaN as MonotonicMs, () => undefined)).toThrow(RangeError);
    expect(() => clock.every(at(1), 0, () => false)).toThrow(RangeError);
  });

  it('says so when an event keeps asking to run at once', () => {
    const clock = new VirtualClock();
    const again = (): void => void clock.schedule(clock.now(), again);
    again();
    expect(() => clock.advanceSync(1)).toThrow('stands still');
  });

  it('reads a fixed date plus the time that has passed', () => {
    const clock = new VirtualClock();
    expect(new Date(clock.wall()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
    clock.advanceSync(1500);
    expect(new Date(clock.wall()).toISOString()).toBe('2026-01-01T00:00:01.500Z');
  });
});
