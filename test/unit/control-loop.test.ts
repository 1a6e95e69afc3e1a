// Goal: what a board reports between two cycles is answered in the same turn when it begins a stop, and only then.
import { NEVER, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { runControl } from '../../src/control/control-loop.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardCommand, BoardEvent, BoardPort } from '../../src/ports/board-port.ts';
import { exampleCell } from '../support/cycle-rig.ts';

/** A board that does what it is told and shows which of its contacts are closed. */
class EchoBoard {
  readonly clock = new VirtualClock();
  readonly written: BoardCommand[] = [];
  readonly closed = new Set(['estop-a', 'estop-b', 'guard-door']);
  readonly #events = new Subject<BoardEvent>();
  readonly #cell = exampleCell();
  readonly #plan = planBoards(this.#cell)[0];

  constructor() {
    const port: BoardPort = {
      name: this.#plan?.board.name ?? '',
      events$: this.#events.asObservable(),
      roundTripMs: 1,
      figures: () => undefined,
      write: (command) => this.written.push(command),
      reopen: () => undefined,
      configure: () => undefined,
    };
    runControl({
      cell: this.#cell,
      epoch: 'test',
      clock: this.clock,
      boards: new Map([[port.name, port]]),
      catalogues: [],
      programs: [],
      requests$: NEVER,
      storage: () => STORED_AT_ONCE,
      shutdown$: NEVER,
    }).subscribe();
    this.#events.next({ kind: 'link', state: 'stopped', cause: undefined });
  }

  /** @returns how many commands it was answered with in the same turn */
  show(kind: 'image' | 'edge'): number {
    const before = this.written.length;
    const last = this.written.at(-1);
    this.#events.next({
      kind,
      image: {
        receivedAt: this.clock.now(),
        boardTimeUs: this.clock.now() * 1000,
        receiptCycle: last?.cycle ?? 0,
        inputs: (this.#plan?.inputs ?? []).map((slot) => {
          if (slot.kind === 'analog') return 102;
          return this.closed.has(slot.device) ? slot.closedLevel : 1 - slot.closedLevel;
        }),
        outputs: last?.outputs ?? (this.#plan?.outputs ?? []).map(() => 0),
        armed: last?.arm ?? false,
      },
    });
    return this.written.length - before;
  }

  /** Reports every 10 ms. */
  run(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) {
      this.clock.schedule(monotonicMs(this.clock.now() + 5), () => this.show('image'));
      this.clock.advanceSync(10);
    }
  }
}

function enabled(): EchoBoard {
  const board = new EchoBoard();
  board.run(100);
  board.closed.add('reset-button');
  board.run(200);
  board.closed.delete('reset-button');
  board.run(200);
  expect(board.written.at(-1)?.arm).toBe(true);
  return board;
}

describe('between two cycles', () => {
  it.each(['image', 'edge'] as const)('an %s with an open emergency stop is answered at once', (kind) => {
    const board = enabled();
    board.closed.delete('estop-a');
    board.closed.delete('estop-b');
    expect(board.show(kind)).toBe(1);
  });

  it('an opening that only one image shows stops, though it is over before the cycle', () => {
    const board = enabled();
    board.closed.delete('guard-door');
    expect(board.show('image')).toBe(1);
    board.closed.add('guard-door');
    expect(board.show('image')).toBe(0);
    board.run(1000);
    expect(board.written.at(-1)?.arm).toBe(false);
  });

  it('an image that shows nothing new, or something that stops nothing, is not answered', () => {
    const board = enabled();
    expect(board.show('image')).toBe(0);
    board.closed.add('part-at-pick');
    expect(board.show('image')).toBe(0);
  });
});
