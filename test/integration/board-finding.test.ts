// Goal: a board whose UID the cell names is found wherever it is plugged in, or refused by its UID; either way it is stopped.
// Method: sessions in virtual time, a row of ports, and boards that are plugged in and out of them.
import { describe, expect, it } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import type { BoardSession } from '../../firmware-bridge/session/session-options.ts';
import { createLoopback, type Loopback } from '../../firmware-bridge/transport/loopback.ts';
import { PortFinder } from '../../src/app/port-finder.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import type { BoardEvent } from '../../src/ports/board-port.ts';
import type { Transport } from '../../src/ports/transport.ts';
import { ScriptedBoard } from '../support/scripted-board.ts';
import { testRandom } from '../support/session-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { samplePlan } from '../support/wire-samples.ts';

const UIDS = { left: '00000000000000a1', right: '00000000000000b2', foreign: '00000000000000f0' } as const;
type BoardName = keyof typeof UIDS;
const PORTS = { left: '/dev/ttyACM0', right: '/dev/ttyACM1' } as const;
const FOUND_MS = 6000;

/** A port that nobody answers on for as long as the transport is open. */
class Missing implements Transport {
  readonly pendingBytes = 0;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  open(listener: { closed(cause: Fault): void }): void {
    this.#clock.schedule(this.#clock.now(), () => listener.closed(fault(1006, { reason: 'not found' })));
  }

  write(): void {
    // Never open.
  }

  close(): void {
    // Never open.
  }
}

class Bench {
  readonly clock = new VirtualClock();
  readonly opened: string[] = [];
  readonly #plugged = new Map<string, { readonly line: Loopback; readonly key: string }>();
  readonly #boards = new Map<BoardName, { readonly line: Loopback; readonly board: ScriptedBoard }>();
  readonly #finder: PortFinder;
  readonly #sessions = new Map<string, { readonly session: BoardSession; readonly events: BoardEvent[] }>();
  #plugs = 0;

  constructor() {
    const { clock } = this;
    for (const [name, uid] of Object.entries(UIDS)) {
      const line = createLoopback({ clock, baud: 115_200 });
      const board = new ScriptedBoard({ plan: samplePlan(), clock, line: line.board, ident: { uid } });
      this.#boards.set(name as BoardName, { line, board });
    }
    this.#finder = new PortFinder({
      open: (path) => {
        this.opened.push(path);
        return this.#plugged.get(path)?.line.host() ?? new Missing(clock);
      },
      candidates: () => [...this.#plugged].map(([path, { key }]) => ({ path, key })),
      log: () => undefined,
    });
  }

  plug(path: string, name: BoardName): this {
    const { line, board } = this.#board(name);
    line.restore();
    board.reboot();
    this.#plugs += 1;
    this.#plugged.set(path, { line, key: `${path} ${this.#plugs}` });
    return this;
  }

  unplug(path: string): this {
    this.#plugged.get(path)?.line.unplug();
    this.#plugged.delete(path);
    return this;
  }

  start(name: 'left' | 'right'): this {
    const { clock } = this;
    const uid = UIDS[name];
    const { factory, seek } = this.#finder.seek({ name, uid, path: PORTS[name] });
    const random = testRandom(this.#sessions.size + 1);
    const session = createSession({ plan: samplePlan({ name, uid }), clock, factory, seek, random });
    const events: BoardEvent[] = [];
    session.port.events$.subscribe({
      next: (event) => events.push(event),
      error: (error: unknown) => {
        throw error;
      },
    });
    this.#sessions.set(name, { session, events });
    return this;
  }

  run(ms: number): this {
    this.clock.advance(ms);
    return this;
  }

  /** State and cause of a board's link. */
  link(name: 'left' | 'right'): { readonly state: string; readonly cause: Fault | undefined } {
    const events = this.#sessions.get(name)?.events ?? [];
    const last = events.findLast((event) => event.kind === 'link');
    return { state: last?.state ?? 'down', cause: last?.cause };
  }

  states(name: 'left' | 'right'): readonly string[] {
    return (this.#sessions.get(name)?.events ?? []).flatMap((event) => (event.kind === 'link' ? [event.state] : []));
  }

  uidOf(name: 'left' | 'right'): string | undefined {
    return this.#sessions.get(name)?.session.stats().ident?.uid;
  }

  arm(name: 'left' | 'right'): void {
    this.#sessions.get(name)?.session.port.write({ cycle: 1, arm: true, outputs: [1500, 1, 1500] });
  }

  board(name: BoardName): ScriptedBoard {
    return this.#board(name).board;
  }

  #board(name: BoardName): { readonly line: Loopback; readonly board: ScriptedBoard } {
    const found = this.#boards.get(name);
    if (found === undefined) throw new Error(`no board ${name}`);
    return found;
  }
}

describe('a board that the cell knows by its UID', () => {
  it('is used where the cell has it, and no other port is opened', () => {
    const bench = new Bench().plug(PORTS.left, 'left').plug('/dev/ttyUSB7', 'foreign').start('left').run(FOUND_MS);
    expect(bench.link('left').state).toBe('stopped');
    expect(new Set(bench.opened)).toEqual(new Set([PORTS.left]));
  });

  it('[S13] is found under a new name when it is unplugged and plugged in again, and is stopped', () => {
    const bench = new Bench().plug(PORTS.left, 'left').start('left').run(1000);
    bench.arm('left');
    bench.run(20);
    expect(bench.link('left').state).toBe('armed');
    bench.unplug(PORTS.left).run(3000);
    expect(bench.link('left')).toMatchObject({ state: 'down', cause: { code: 1006 } });
    bench.plug('/dev/ttyACM5', 'left').run(FOUND_MS);
    expect(bench.link('left').state).toBe('stopped');
    expect(bench.states('left').slice(-3)).toEqual(['down', 'connecting', 'stopped']);
    expect(bench.board('left').outputs).toEqual([0, 0, 0]);
  });

  it('[S14] is refused, with both UIDs, when another one is on its port and it is nowhere', () => {
    const bench = new Bench().plug(PORTS.left, 'foreign').start('left').run(30_000);
    expect(bench.link('left')).toMatchObject({
      state: 'down',
      cause: { code: 1003, detail: { board: 'left', what: 'uid', expected: UIDS.left, found: UIDS.foreign } },
    });
    expect(bench.board('foreign').countTaken('open')).toBe(0);
    // Found as soon as it is plugged in anywhere, while the stranger stays.
    bench.plug('/dev/ttyUSB0', 'left').run(FOUND_MS);
    expect(bench.link('left').state).toBe('stopped');
  });

  it('[S6] is found at the port of its neighbour when the two were swapped', () => {
    const bench = new Bench().plug(PORTS.left, 'right').plug(PORTS.right, 'left').start('left').start('right');
    bench.run(FOUND_MS);
    expect([bench.link('left').state, bench.link('right').state]).toEqual(['stopped', 'stopped']);
    expect([bench.uidOf('left'), bench.uidOf('right')]).toEqual([UIDS.left, UIDS.right]);
  });

  it('[S6] is found again when the two are swapped while the cell is armed', () => {
    const bench = new Bench().plug(PORTS.left, 'left').plug(PORTS.right, 'right').start('left').start('right');
    bench.run(1000);
    bench.arm('left');
    bench.arm('right');
    bench.run(20);
    bench.unplug(PORTS.left).unplug(PORTS.right).run(500);
    bench
      .plug(PORTS.left, 'right')
      .plug(PORTS.right, 'left')
      .run(2 * FOUND_MS);
    expect([bench.link('left').state, bench.link('right').state]).toEqual(['stopped', 'stopped']);
    expect([bench.uidOf('left'), bench.uidOf('right')]).toEqual([UIDS.left, UIDS.right]);
    expect([...bench.board('left').outputs, ...bench.board('right').outputs].every((value) => value === 0)).toBe(true);
  });

  it('is not looked for on a port that its neighbour uses, and a stranger is asked once', () => {
    const bench = new Bench().plug(PORTS.right, 'right').plug('/dev/ttyUSB3', 'foreign').start('right').run(1000);
    bench.start('left').run(30_000);
    expect(bench.link('right').state).toBe('stopped');
    expect(bench.opened.filter((path) => path === PORTS.right)).toHaveLength(1);
    expect(bench.opened.filter((path) => path === '/dev/ttyUSB3')).toHaveLength(1);
  });

  it('is not looked for on a port that its neighbour has just opened and whose board has not answered yet', () => {
    const bench = new Bench().plug(PORTS.right, 'right').start('right').start('left').run(3000);
    expect(bench.link('right').state).toBe('stopped');
    expect(bench.opened.filter((path) => path === PORTS.right)).toHaveLength(1);
  });

  it('[M1] is stopped again after a reset by brown-out, at whatever point of the handshake it comes', () => {
    for (let atMs = 1; atMs <= 60; atMs += 1) {
      const bench = new Bench().plug(PORTS.left, 'left').start('left').run(atMs);
      bench.board('left').reboot();
      bench.run(FOUND_MS);
      expect([atMs, bench.link('left').state, bench.board('left').outputs]).toEqual([atMs, 'stopped', [0, 0, 0]]);
    }
  });
});
