// The process clock: absolute deadlines over timers that only know whole milliseconds.
import { epochMs, type MonotonicMs, monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';

/** What a real clock is made of; tests give their own. Times in milliseconds. */
export interface TimeSource {
  /** Monotonic, fractional. */
  now(): number;
  wall(): number;
  /** Runs `task` after about `delayMs` whole milliseconds (late, or up to 1 ms early). @returns what cancels it. */
  sleep(delayMs: number, task: () => void): () => void;
  /** Runs `task` in the next turn of the event loop. @returns what cancels it. */
  nextTurn(task: () => void): () => void;
}

/**
 * The last stretch before a deadline is bridged by turns of the event loop, which burns processor time: no longer than
 * this, milliseconds. Timers wake to the millisecond, so a longer one would cost every cycle as much.
 */
const SPIN_MS_MAX = 0.2;

/** Longest delay a Node timer takes, 2^31 - 1 ms; a later deadline is reached in several sleeps. */
const SLEEP_MS_MAX = 0x7fff_ffff;

const processTime: TimeSource = {
  now: () => performance.now(),
  wall: () => Date.now(),
  sleep: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  nextTurn: (task) => {
    const turn = setImmediate(task);
    return () => clearImmediate(turn);
  },
};

/**
 * A clock over the process's own time.
 *
 * A task runs at its deadline or later, never before; each wake-up is measured against the deadline, so that repeated
 * scheduling does not drift. Pending tasks keep the process alive.
 */
export function createRealClock(source: TimeSource = processTime): Clock {
  return {
    now: () => monotonicMs(source.now()),
    wall: () => epochMs(source.wall()),
    schedule: (at, task) => scheduleAt(source, at, task),
  };
}

function scheduleAt(source: TimeSource, at: MonotonicMs, task: () => void): () => void {
  const approach = (): void => {
    if (source.now() >= at) task();
    else cancel = wait();
  };
  const wait = (): (() => void) => {
    const restMs = at - source.now();
    return restMs <= SPIN_MS_MAX ? source.nextTurn(approach) : source.sleep(wholeMs(restMs), approach);
  };
  let cancel = wait();
  return () => cancel();
}

function wholeMs(restMs: number): number {
  return Math.min(Math.max(Math.floor(restMs), 1), SLEEP_MS_MAX);
}
