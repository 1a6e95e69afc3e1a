// Virtual time: it passes only in `advance`, so that a run repeats exactly and takes as long as its computation.
import { type EpochMs, epochMs, type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import { EventQueue, type QueuedEvent } from './event-queue.ts';
import type { TickingClock } from './ticking-clock.ts';

export interface VirtualClockOptions {
  /**
   * What `wall()` reads when `now()` is 0, milliseconds since 1970.
   * @defaultValue 2026-01-01T00:00:00Z: fixed, so that records of two runs are equal
   */
  readonly startsAt?: number;
  /**
   * Resolves when everything that the last event set going has come to rest.
   * @defaultValue a turn of the event loop, which runs promises and `process.nextTick` to the end
   */
  readonly settle?: () => Promise<void>;
}

const DEFAULT_STARTS_AT = 1_767_225_600_000;

/** Events in one instant after which the program is taken to be going in circles. */
const EVENTS_PER_INSTANT_MAX = 1_000_000;

/** Quiet events in a row after which the event loop gets a turn all the same: long runs must not hold up the process. */
const UNSETTLED_EVENTS_MAX = 1000;

// Taken once: a test that replaces the global timers must not stop virtual time.
const nextTurn = setImmediate;

function settleByTurn(): Promise<void> {
  return new Promise((resolve) => {
    nextTurn(resolve);
  });
}

/**
 * The clock of a simulation. Events run in the order of their time, and of being asked for when the time is the same.
 *
 * Not re-entrant: an event must not advance the clock that runs it.
 */
export class VirtualClock implements TickingClock {
  /**
   * The same time for parts that begin nothing asynchronous: after their events promises are not settled, which spares
   * a turn of the event loop each. Where such an event calls code that it does not know, it says so with `stir`.
   */
  readonly quiet: TickingClock;
  readonly #startsAt: number;
  readonly #settle: () => Promise<void>;
  readonly #queue = new EventQueue();
  #now = 0;
  #sequence = 0;
  #advancing = false;
  #eventsThisInstant = 0;
  #isStirred = false;
  #unsettledEvents = 0;

  constructor(options: VirtualClockOptions = {}) {
    this.quiet = {
      now: () => this.now(),
      wall: () => this.wall(),
      schedule: (at, task) => this.#add(at, task, 0, true),
      every: (firstAt, periodMs, task) => this.#addRecurring(firstAt, periodMs, task, true),
    };
    this.#startsAt = options.startsAt ?? DEFAULT_STARTS_AT;
    this.#settle = options.settle ?? settleByTurn;
  }

  now(): MonotonicMs {
    return this.#now as MonotonicMs;
  }

  wall(): EpochMs {
    return epochMs(this.#startsAt + this.#now);
  }

  /** Events that are still to run; a recurring one counts once. */
  get pending(): number {
    return this.#queue.size;
  }

  /** When the next event is due, undefined when there is none. */
  get nextAt(): MonotonicMs | undefined {
    const top = this.#queue.peek();
    return top === undefined ? undefined : (top.at as MonotonicMs);
  }

  schedule(at: MonotonicMs, task: () => void): () => void {
    return this.#add(at, task, 0, false);
  }

  /** Promises are settled only after a tick that returned true, which is what makes a quiet millisecond cheap. */
  every(firstAt: MonotonicMs, periodMs: number, task: () => boolean): () => void {
    return this.#addRecurring(firstAt, periodMs, task, false);
  }

  /** To be called in a quiet event that has called code which may have begun something: promises are settled after it. */
  stir(): void {
    this.#isStirred = true;
  }

  /** Lets `ms` pass: runs all that falls due, in order, and settles promises before, between (but see `quiet`) and after. */
  async advance(ms: number): Promise<void> {
    const until = this.#begin(ms);
    try {
      do {
        this.#isStirred = false;
        this.#unsettledEvents = 0;
        await this.#settle();
      } while (this.#runUntilActive(until) || this.#unsettledEvents > 0);
      this.#now = until;
    } finally {
      this.#advancing = false;
    }
  }

  /** As `advance`, where nothing waits for a promise: the fastest way through much time. */
  advanceSync(ms: number): void {
    const until = this.#begin(ms);
    try {
      while (this.#runUntilActive(until)) {
        // Nothing to settle: the next events are run at once.
      }
      this.#now = until;
    } finally {
      this.#advancing = false;
    }
  }

  #begin(ms: number): number {
    if (!(ms >= 0)) throw new RangeError(`time passes forwards: expected 0 ms or more, got ${ms}`);
    if (this.#advancing) throw new Error('the virtual clock is already being advanced');
    this.#advancing = true;
    return monotonicMs(this.#now + ms);
  }

  #addRecurring(firstAt: number, periodMs: number, task: () => boolean, isQuiet: boolean): () => void {
    if (!(periodMs > 0)) throw new RangeError(`the period must be above 0 ms, got ${periodMs}`);
    return this.#add(firstAt, task, periodMs, isQuiet);
  }

  #add(at: number, task: (() => void) | (() => boolean), periodMs: number, isQuiet: boolean): () => void {
    const due = Math.max(monotonicMs(at), this.#now);
    const event: QueuedEvent = { at: due, sequence: this.#sequence, task, periodMs, isQuiet };
    this.#sequence += 1;
    this.#queue.push(event);
    return () => {
      this.#queue.cancel(event);
    };
  }

  /** Runs events up to one after which promises must be settled. @returns false when none is left before `until`. */
  #runUntilActive(until: number): boolean {
    for (;;) {
      const event = this.#queue.peek();
      if (event?.task === undefined || event.at > until) return false;
      this.#moveTo(event.at);
      if (event.periodMs === 0) {
        this.#queue.removeTop();
        const { task } = event;
        event.task = undefined;
        task();
        if (this.#mustSettle(event)) return true;
        continue;
      }
      if (this.#runRecurring(event, until)) return true;
    }
  }

  /**
   * Runs a recurring event again and again while nothing else is due before it: no heap work for quiet ticks.
   * The event is moved to its next time before its task runs, so that what the task asks for lines up behind it.
   */
  #runRecurring(event: QueuedEvent, until: number): boolean {
    let at = event.at;
    for (;;) {
      const { task } = event;
      if (task === undefined) return false;
      this.#moveTo(at);
      const sequenceBefore = this.#sequence;
      at += event.periodMs;
      event.at = at;
      event.sequence = this.#sequence;
      this.#sequence += 1;
      this.#queue.topMoved();
      const isActive = task() === true;
      if (isActive && this.#mustSettle(event)) return true;
      const isAlone = this.#sequence === sequenceBefore + 1 && this.#queue.peek() === event;
      if (!isAlone || at > until) return false;
    }
  }

  #mustSettle({ isQuiet }: QueuedEvent): boolean {
    this.#unsettledEvents += 1;
    return !isQuiet || this.#isStirred || this.#unsettledEvents >= UNSETTLED_EVENTS_MAX;
  }

  #moveTo(at: number): void {
    if (at > this.#now) {
      this.#now = at;
      this.#eventsThisInstant = 0;
      return;
    }
    this.#eventsThisInstant += 1;
    if (this.#eventsThisInstant > EVENTS_PER_INSTANT_MAX) {
      throw new Error(`virtual time stands still at ${this.#now} ms: an event keeps asking to run at once`);
    }
  }
}
