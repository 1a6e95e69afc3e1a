// Goal: what the control loop must withstand between and around cycles. Method: the loop over a board that a test plays.
import { EMPTY, Observable, Subject, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { runControl } from '../../src/control/control-loop.ts';
import { ticks } from '../../src/control/ticks.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import type { CellEventBody, CellRequest, CellSnapshot } from '../../src/core/cell-event.ts';
import { STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import { type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import type { BoardCommand, BoardEvent } from '../../src/ports/board-port.ts';
import type { CatalogueReading } from '../../src/ports/catalogue-port.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { exampleCell } from '../support/cycle-rig.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const CELL = exampleCell();
const PLAN = planBoards(CELL)[0];
const CLOSED = ['estop-a', 'estop-b', 'guard-door'];

/** Time also passes while code runs, as much as the test says. */
class BusyClock implements Clock {
  readonly inner = new VirtualClock();
  #busyMs = 0;
  now(): MonotonicMs {
    return monotonicMs(this.inner.now() + this.#busyMs);
  }
  wall() {
    return this.inner.wall();
  }
  schedule(at: MonotonicMs, task: () => void): () => void {
    return this.inner.schedule(monotonicMs(at - this.#busyMs), task);
  }
  spend(ms: number): void {
    this.#busyMs += ms;
  }
}

/** The loop of the example cell, with its board played by the test: it does what it is told and reports every 10 ms. */
class LoopRig {
  readonly clock = new BusyClock();
  readonly closed = new Set(CLOSED);
  readonly events: CellEventBody[] = [];
  readonly replies: string[] = [];
  readonly #readings = new Subject<CatalogueReading>();
  readonly #requests = new Subject<CellRequest>();
  snapshot: CellSnapshot | undefined;
  last: BoardCommand | undefined;
  hasEnded = false;
  /** Called in every cycle, by a program. */
  inProgram: () => void = () => undefined;
  readonly #board = new Subject<BoardEvent>();

  constructor() {
    runControl({
      cell: CELL,
      epoch: 'test',
      clock: this.clock,
      boards: new Map([['uno-1', this.#port()]]),
      catalogues: [{ readings$: this.#readings, write: () => undefined, sound: () => undefined }],
      programs: [
        {
          name: 'p',
          program: ({ snapshot$ }) =>
            new Observable((subscriber) =>
              snapshot$.pipe(tap(() => this.inProgram())).subscribe({ complete: () => subscriber.complete() }),
            ),
        },
      ],
      requests$: this.#requests,
      storage: () => STORED_AT_ONCE,
      shutdown$: EMPTY,
    }).subscribe({
      next: (message) => {
        if (message.kind === 'event') this.events.push(message.event.body);
        if (message.kind === 'reply') this.replies.push(message.reply.requestId);
        if (message.kind === 'snapshot') this.snapshot = message.snapshot;
      },
      complete: () => {
        this.hasEnded = true;
      },
    });
    this.#board.next({ kind: 'link', state: 'stopped', cause: undefined });
    this.#report();
  }

  get unit(): string | undefined {
    return this.events.flatMap((event) => (event.kind === 'unit' ? [event.to] : [])).at(-1);
  }

  get alarms(): readonly number[] {
    return this.events.flatMap((event) => (event.kind === 'alarm' && event.active ? [event.fault.code] : []));
  }

  makeReady(): void {
    this.clock.inner.advance(100);
    this.closed.add('reset-button');
    this.clock.inner.advance(100);
    this.closed.delete('reset-button');
    this.clock.inner.advance(300);
    expect(this.unit).toBe('Idle');
  }

  complete(which: 'board' | 'requests' | 'readings'): void {
    const streams = { board: this.#board, requests: this.#requests, readings: this.#readings };
    streams[which].complete();
  }

  ask(requestId: string): void {
    this.#requests.next({ kind: 'abort', requestId, jobOrderId: 'none', comment: '' });
  }

  read(value: number): void {
    this.#readings.next({ device: 'temperature', value, at: this.clock.now() });
  }

  show(kind: 'image' | 'edge'): void {
    const inputs = (PLAN?.inputs ?? []).map((slot) => {
      if (slot.kind === 'analog') return 512;
      return this.closed.has(slot.device) ? slot.closedLevel : 1 - slot.closedLevel;
    });
    const { cycle = 0, arm = false, outputs = (PLAN?.outputs ?? []).map(() => 0) } = this.last ?? {};
    this.#board.next({
      kind,
      image: { receivedAt: this.clock.now(), boardTimeUs: 0, receiptCycle: cycle, inputs, outputs, armed: arm },
    });
  }

  #report(): void {
    this.show('image');
    this.clock.schedule(monotonicMs(this.clock.now() + 10), () => this.#report());
  }

  #port() {
    return {
      name: 'uno-1',
      events$: this.#board,
      roundTripMs: 1,
      figures: () => undefined,
      reopen: () => undefined,
      configure: () => undefined,
      write: (command: BoardCommand) => {
        if (this.last?.arm !== command.arm) {
          this.#board.next({ kind: 'link', state: command.arm ? 'armed' : 'stopped', cause: undefined });
        }
        this.last = command;
      },
    };
  }
}

describe('the beat', () => {
  it('tells of the time that passed in the work of a tick: the next one is late', () => {
    const clock = new BusyClock();
    const at: number[] = [];
    const subscription = ticks(clock, 10).subscribe(({ now, lateMs }) => {
      at.push(now, lateMs);
      if (at.length === 2) clock.spend(35);
    });
    clock.inner.advance(35);
    subscription.unsubscribe();
    expect(at).toEqual([10, 0, 45, 25, 50, 0, 60, 0, 70, 0]);
  });
});

describe('the loop', () => {
  it('[P2] stops the unit when a program held the cycle up for more than three periods', () => {
    const rig = new LoopRig();
    rig.makeReady();
    let isDue = true;
    rig.inProgram = () => {
      if (isDue) rig.clock.spend(5 * CELL.cyclePeriodMs);
      isDue = false;
    };
    rig.clock.inner.advance(200);
    expect(rig.alarms).toContain(4003);
    expect(rig.events.find(({ kind }) => kind === 'overrun')).toMatchObject({ stage: 'programs' });
    expect([rig.unit, rig.last?.arm]).toEqual(['Stopped', false]);
  });

  it('[T4] stops when time has jumped while the machine was asleep, arms nothing with what it knew before, and stays stopped', () => {
    const rig = new LoopRig();
    rig.makeReady();
    expect(rig.last?.arm).toBe(true);
    rig.clock.spend(600_000);
    rig.clock.inner.advance(200);
    expect(rig.alarms).toContain(4003);
    expect([rig.unit, rig.last?.arm]).toEqual(['Stopped', false]);
    rig.clock.inner.advance(5_000);
    expect([rig.unit, rig.last?.arm]).toEqual(['Stopped', false]);
  });

  it('stops on an opening that only a cyclic image showed, closed again before the next cycle', () => {
    const rig = new LoopRig();
    rig.makeReady();
    rig.closed.delete('guard-door');
    rig.show('image');
    rig.closed.add('guard-door');
    rig.show('image');
    rig.clock.inner.advance(200);
    expect([rig.unit, rig.last?.arm]).toEqual(['Stopped', false]);
    expect(rig.alarms).toContain(4002);
  });

  it('spreads a flood of requests over cycles, and answers all of them in their order', () => {
    const rig = new LoopRig();
    const asked = Array.from({ length: 1000 }, (_, index) => `r${index}`);
    for (const requestId of asked) rig.ask(requestId);
    rig.clock.inner.advance(CELL.cyclePeriodMs);
    expect(rig.replies.length).toBeGreaterThan(0);
    expect(rig.replies.length).toBeLessThanOrEqual(32);
    rig.clock.inner.advance(1000);
    expect(rig.replies).toEqual(asked);
  });

  it('takes no reading that is no number', () => {
    const rig = new LoopRig();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      rig.read(value);
      rig.clock.inner.advance(200);
      const shown = rig.snapshot?.devices.find(({ name }) => name === 'temperature');
      expect(shown).toMatchObject({ value: 0, valid: false });
    }
  });

  it.each(['board', 'requests', 'readings'] as const)(
    '[P11] does not end silently when the stream of its %s does; without its board it stops',
    (which) => {
      const rig = new LoopRig();
      rig.makeReady();
      rig.complete(which);
      rig.clock.inner.advance(500);
      expect(rig.hasEnded).toBe(false);
      expect([rig.unit, rig.last?.arm]).toEqual(which === 'board' ? ['Stopped', false] : ['Idle', true]);
      if (which === 'board') expect(rig.alarms).toContain(1007);
    },
  );
});
