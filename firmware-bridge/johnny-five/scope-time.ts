// Time as the modules of one scope see it: every way that Node offers to know it and to wait for it, over one Clock.
// Ends with the scope: nothing that was scheduled in it runs after `dispose`.

import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

type Callback = (...args: unknown[]) => void;

/** What a module gets back from `setTimeout` and its like. Keeps no process alive, so `ref` and `unref` say nothing. */
interface TimerHandle {
  readonly id: number;
  ref(): TimerHandle;
  unref(): TimerHandle;
  hasRef(): boolean;
  /** Starts the wait anew, as in Node. */
  refresh(): TimerHandle;
  [Symbol.toPrimitive](): number;
}

/** What stands in for the timers and clocks of Node inside a scope. Delays and periods in milliseconds. */
export interface ScopeTime {
  readonly setTimeout: (task: Callback, delayMs?: unknown, ...args: unknown[]) => TimerHandle;
  readonly setInterval: (task: Callback, periodMs?: unknown, ...args: unknown[]) => TimerHandle;
  readonly setImmediate: (task: Callback, ...args: unknown[]) => TimerHandle;
  /** Cancels a timer of any kind, by handle or by id; anything else is ignored, as in Node. */
  readonly clear: (timer: unknown) => void;
  readonly nextTick: (task: Callback, ...args: unknown[]) => void;
  readonly hrtime: (since?: readonly [number, number]) => [number, number];
  readonly Date: DateConstructor;
  /** How much longer a busy wait of the module would have lasted, ms; 0 when there was none or it is over. */
  readonly busyAheadMs: () => number;
  /** Runs `task` after `delayMs` (0: at this instant, after the code that runs now), unless the scope ends before. */
  readonly runAfter: (delayMs: number, task: () => void) => void;
  /** Milliseconds since the scope began. */
  readonly uptimeMs: () => number;
  readonly dispose: () => void;
}

/**
 * The shortest wait that a module can get from `setImmediate`, ms. nanotimer and temporal wait by calling `setImmediate`
 * until the clock has moved on: at 0 ms that never ends in virtual time, and burns a whole core in real time.
 */
const IMMEDIATE_MS = 1;
/** Node's limit for a delay; a longer one counts as 1 ms there and here. */
const DELAY_MAX_MS = 2 ** 31 - 1;
/**
 * How far `process.hrtime` moves at each further reading within one instant, ms. Johnny-Five's character display waits
 * by reading it in a loop; so the loop ends at once, and the wait is handed on to the bytes that follow (`busyAheadMs`).
 */
const BUSY_READ_MS = 0.05;

function delayOf(value: unknown): number {
  const delay = Number(value);
  return delay >= 1 && delay <= DELAY_MAX_MS ? delay : 1;
}

/**
 * @param clock   the only source of time
 * @param onError takes what a callback throws; the timers of the scope go on
 */
export function createScopeTime(clock: Clock, onError: (thrown: unknown) => void): ScopeTime {
  const startedAt = clock.now();
  const epochMs = clock.wall();
  const cancels = new Map<number, () => void>();
  let disposed = false;
  let lastId = 0;
  let lastReadMs: number = startedAt;

  function run(task: () => void): void {
    try {
      task();
    } catch (thrown) {
      onError(thrown);
    }
  }

  function start(id: number, at: number, task: () => void): void {
    if (disposed) return;
    const cancel = clock.schedule(monotonicMs(at), () => {
      cancels.delete(id);
      run(task);
    });
    cancels.set(id, cancel);
  }

  function stop(id: number): void {
    cancels.get(id)?.();
    cancels.delete(id);
  }

  function handleOf(id: number, restart: () => void): TimerHandle {
    const handle: TimerHandle = {
      id,
      ref: () => handle,
      unref: () => handle,
      hasRef: () => false,
      refresh: () => {
        stop(id);
        restart();
        return handle;
      },
      [Symbol.toPrimitive]: () => id,
    };
    return handle;
  }

  function once(delayMs: number, task: () => void): TimerHandle {
    lastId += 1;
    const id = lastId;
    const begin = (): void => start(id, clock.now() + delayMs, task);
    begin();
    return handleOf(id, begin);
  }

  /** Deadlines are absolute; a tick that is more than a period late is followed by a whole period, never by a burst. */
  function every(periodMs: number, task: () => void): TimerHandle {
    lastId += 1;
    const id = lastId;
    const arm = (dueAt: number): void =>
      start(id, dueAt, () => {
        arm(Math.max(dueAt, clock.now() - periodMs) + periodMs);
        task();
      });
    const begin = (): void => arm(clock.now() + periodMs);
    begin();
    return handleOf(id, begin);
  }

  function clear(timer: unknown): void {
    if (typeof timer === 'number') stop(timer);
    if (typeof timer === 'object' && timer !== null && 'id' in timer && typeof timer.id === 'number') stop(timer.id);
  }

  function readMs(): number {
    const now = clock.now();
    lastReadMs = now > lastReadMs ? now : lastReadMs + BUSY_READ_MS;
    return lastReadMs;
  }

  function hrtime(since?: readonly [number, number]): [number, number] {
    const ns = BigInt(Math.round(readMs() * 1e6)) - (since ? BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]) : 0n);
    return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
  }

  /** Follows the monotonic clock from the scope's start, so that a set system clock does not make animations jump. */
  const dateMs = (): number => Math.floor(epochMs + (clock.now() - startedAt));

  class ScopeDate extends Date {
    constructor(...args: readonly unknown[]) {
      super(...((args.length === 0 ? [dateMs()] : args) as [number]));
    }
    static override now(): number {
      return dateMs();
    }
  }

  return {
    setTimeout: (task, delayMs, ...args) => once(delayOf(delayMs), () => task(...args)),
    setInterval: (task, periodMs, ...args) => every(delayOf(periodMs), () => task(...args)),
    setImmediate: (task, ...args) => once(IMMEDIATE_MS, () => task(...args)),
    clear,
    nextTick: (task, ...args) => void once(0, () => task(...args)),
    hrtime,
    Date: ScopeDate as DateConstructor,
    busyAheadMs: () => Math.max(0, lastReadMs - clock.now()),
    runAfter: (delayMs, task) => void once(delayMs, task),
    uptimeMs: () => clock.now() - startedAt,
    dispose: () => {
      disposed = true;
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}
