// A session over a line in memory against the real firmware core, in virtual time.

import { describe, expect, it } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { createLoopback, type Disturbance } from '../../firmware-bridge/transport/loopback.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import type { PinState } from '../../sim/board/board-pins.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import type { BoardModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardEvent } from '../../src/ports/board-port.ts';
import { testRandom } from '../support/session-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { samplePlan, UID_TEXT } from '../support/wire-samples.ts';

const PIN = { estop: 2, part: 4, lamp: 12, base: 9, valve: 7 } as const;

interface PinChange {
  readonly pin: number;
  readonly state: PinState;
  readonly boardTimeUs: number;
}

class FirmwareBench {
  readonly clock = new VirtualClock();
  readonly events: { readonly atMs: number; readonly event: BoardEvent }[] = [];
  readonly changes: PinChange[] = [];
  readonly levels = new Map<number, 0 | 1>();
  readonly streamed: number[] = [];
  readonly lane: string[] = [];
  readonly line;
  readonly board: WasmBoard;
  readonly session;
  readonly subscription;
  cycle = 0;
  isCycling = false;

  constructor(model: Partial<BoardModel> = {}, disturb?: Disturbance, provesLease = true) {
    const { clock } = this;
    const plan = samplePlan(model);
    this.line = createLoopback({ clock, baud: BOOT_BAUD, ...(disturb === undefined ? {} : { disturb }) });
    this.board = WasmBoard.load({
      uid: UID_TEXT,
      world: {
        digitalLevel: (pin, pullUp) => this.levels.get(pin) ?? (pullUp ? 1 : 0),
        analogCounts: () => 512,
      },
      onTransmit: (bytes) => this.line.board.write(bytes),
      onPinChange: (pin, state, boardTimeUs) => this.changes.push({ pin, state, boardTimeUs }),
    });
    this.line.board.onData((bytes) => this.board.receive(bytes));
    this.#every(1, () => this.board.advance(clock.now() * 1000));
    this.session = createSession({ plan, clock, factory: this.line.host, random: testRandom(3), provesLease });
    this.session.stream.listen({
      opened: () => this.lane.push('opened'),
      data: (bytes) => this.streamed.push(...bytes),
      closed: () => this.lane.push('closed'),
    });
    this.subscription = this.session.port.events$.subscribe({
      next: (event) => this.events.push({ atMs: clock.now(), event }),
      error: (error: unknown) => {
        throw error;
      },
    });
    this.#every(10, () => {
      if (this.isCycling) this.write();
    });
  }

  get links(): string[] {
    return this.events.flatMap(({ event }) => (event.kind === 'link' ? [event.state] : []));
  }

  get link(): Extract<BoardEvent, { kind: 'link' }> | undefined {
    return this.events.map(({ event }) => event).findLast((event) => event.kind === 'link');
  }

  linkAt(state: string, fromMs: number): number {
    const found = this.events.find(
      ({ atMs, event }) => atMs >= fromMs && event.kind === 'link' && event.state === state,
    );
    return found?.atMs ?? Number.NaN;
  }

  write(arm = true): void {
    this.cycle += 1;
    this.session.port.write({ cycle: this.cycle, arm, outputs: [1500, 1, 1200] });
  }

  /** Runs until the board is armed by a cycle of 10 ms. */
  arm(): this {
    this.clock.advance(1000);
    this.isCycling = true;
    this.clock.advance(100);
    return this;
  }

  #every(periodMs: number, task: () => void): void {
    const run = (): void => {
      task();
      this.clock.schedule(monotonicMs(this.clock.now() + periodMs), run);
    };
    this.clock.schedule(monotonicMs(this.clock.now() + periodMs), run);
  }
}

/** Loses one frame in five, in both directions. */
function lossy(seed: number): Disturbance {
  const random = testRandom(seed);
  return (_, bytes) => (random.nextUint32() % 5 === 0 ? [] : [{ bytes, delayMs: 0 }]);
}

describe('a session with the firmware', () => {
  it('configures it and ends in stopped, with outputs at their safe values', () => {
    const bench = new FirmwareBench();
    bench.clock.advance(1000);
    expect(bench.links).toEqual(['connecting', 'stopped']);
    expect(bench.board.pin(PIN.valve)).toMatchObject({ mode: 'output', level: 0 });
    expect(bench.board.pin(PIN.base).pulseUs).toBe(0);
    expect(bench.session.stats()).toMatchObject({ sessionsOpened: 2, ident: { uid: UID_TEXT, boardKind: 'uno' } });
    // Until it is opened anew, the board goes on in the session in which it has proven its lease.
    const { session: ofTheProof, ...drops } = bench.session.stats().drops;
    expect(ofTheProof).toBeLessThan(20);
    expect(Object.values(drops).every((count) => count === 0)).toBe(true);
  });

  it('keeps it at the speed that was chosen though nothing is commanded: a board that hears nothing leaves it after 200 ms', () => {
    const bench = new FirmwareBench({ baud: 500_000 });
    bench.clock.advance(3000);
    expect([bench.link?.state, bench.board.baud]).toEqual(['stopped', 500_000]);
    const links = bench.links.length;
    const speeds = new Set<number>();
    for (let count = 0; count < 100; count += 1) {
      bench.clock.advance(50);
      speeds.add(bench.board.baud);
    }
    expect([[...speeds], bench.links.length]).toEqual([[500_000], links]);
  });

  it('drives the outputs while cycles are written', () => {
    const bench = new FirmwareBench().arm();
    bench.clock.advance(2000);
    expect(bench.links).toEqual(['connecting', 'stopped', 'armed']);
    expect(bench.board.pin(PIN.valve).level).toBe(1);
    expect(bench.board.pin(PIN.base).pulseUs).toBe(1500);
    const image = bench.events.map(({ event }) => event).findLast((event) => event.kind === 'image')?.image;
    expect(image).toMatchObject({ armed: true, outputs: [1500, 1, 1200] });
    expect(image?.inputs[2]).toBe(512);
    expect(bench.session.port.roundTripMs).toBeGreaterThan(2);
    expect(bench.session.port.roundTripMs).toBeLessThan(15);
  });

  it('lets it go safe within lease + 1 ms of the last command that it executed', () => {
    const bench = new FirmwareBench({ leaseMs: 60 }).arm();
    bench.clock.advance(500);
    bench.isCycling = false;
    const lastWriteUs = bench.board.timeUs;
    bench.clock.advance(300);
    const off = bench.changes.findLast(({ pin, state }) => pin === PIN.valve && state.level === 0);
    // The last command was written up to one period before and takes less than 5 ms on the line.
    expect((off?.boardTimeUs ?? 0) - lastWriteUs).toBeLessThanOrEqual(61_000 + 5_000);
    expect((off?.boardTimeUs ?? 0) - lastWriteUs).toBeGreaterThan(45_000);
    expect(bench.link).toEqual({
      kind: 'link',
      state: 'tripped',
      cause: { code: 1002, detail: { board: 'main', cause: 'lease' } },
    });
    bench.isCycling = true;
    bench.clock.advance(200);
    expect(bench.board.pin(PIN.valve).level).toBe(0);
    bench.isCycling = false;
    bench.session.port.reopen();
    bench.clock.advance(500);
    expect(bench.links.slice(-2)).toEqual(['connecting', 'stopped']);
  });

  it('stops it at once when a command disarms', () => {
    const bench = new FirmwareBench().arm();
    bench.isCycling = false;
    const at = bench.clock.now();
    bench.write(false);
    bench.clock.advance(20);
    const off = bench.changes.findLast(({ pin, state }) => pin === PIN.valve && state.level === 0);
    expect((off?.boardTimeUs ?? 0) / 1000 - at).toBeLessThan(5);
    expect(bench.link?.state).toBe('stopped');
  });

  it('hears the edge of a safety input within the time of its frame', () => {
    const bench = new FirmwareBench().arm();
    bench.levels.set(PIN.estop, 0);
    bench.clock.advance(100);
    const at = bench.clock.now();
    bench.levels.set(PIN.estop, 1);
    bench.clock.advance(20);
    const edge = bench.events.findLast(({ event }) => event.kind === 'edge');
    expect(edge?.event).toMatchObject({ image: { inputs: [1, 0, 512] } });
    expect((edge?.atMs ?? 0) - at).toBeLessThan(8);
  });

  it.each(['both', 'to-host', 'to-board'] as const)(
    '[S11] notices within 150 ms that the line is cut (%s)',
    (direction) => {
      const bench = new FirmwareBench({ leaseMs: 500 }).arm();
      const cutAt = bench.clock.now();
      if (direction === 'both') bench.line.cut();
      else bench.line.cut(direction);
      bench.clock.advance(200);
      expect(bench.linkAt('down', cutAt) - cutAt).toBeLessThanOrEqual(150);
      expect(bench.link?.cause?.code).toBe(1001);
      bench.isCycling = false;
      bench.clock.advance(1000);
      expect(bench.board.pin(PIN.valve).level).toBe(0);
      bench.line.restore();
      bench.clock.advance(5000);
      expect(bench.link?.state).toBe('stopped');
      expect(bench.board.pin(PIN.valve).level).toBe(0);
    },
  );

  it('[M1] comes back to stopped after the board was reset', () => {
    const bench = new FirmwareBench().arm();
    bench.board.reset('external');
    bench.isCycling = false;
    bench.clock.advance(3000);
    expect(bench.links).toEqual(['connecting', 'stopped', 'armed', 'down', 'connecting', 'stopped']);
    expect(bench.session.stats()).toMatchObject({ reboots: 1, ident: { bootCount: 2, resetCause: 'external' } });
  });

  it('[M7] has late commands rejected by it', () => {
    let delayMs = 0;
    const bench = new FirmwareBench({ leaseMs: 400, validityMs: 20 }, (direction, bytes) => [
      { bytes, delayMs: direction === 'to-board' ? delayMs : 0 },
    ]).arm();
    const before = bench.session.stats().lateFrames;
    delayMs = 40;
    bench.clock.advance(60);
    delayMs = 0;
    bench.clock.advance(200);
    expect(bench.session.stats().lateFrames - before).toBeGreaterThanOrEqual(3);
    expect(bench.link?.state).toBe('armed');
  });

  it('[C6] does not take it for a board of another UID', () => {
    const bench = new FirmwareBench({ uid: 'ffffffffffffffff' });
    bench.clock.advance(5000);
    expect(bench.links).toEqual(['connecting', 'down']);
    expect(bench.link?.cause).toEqual({
      code: 1003,
      detail: { board: 'main', what: 'uid', expected: 'ffffffffffffffff', found: UID_TEXT },
    });
    expect(bench.changes).toEqual([]);
  });

  it('leaves it safe when the subscription ends', () => {
    const bench = new FirmwareBench().arm();
    bench.subscription.unsubscribe();
    bench.clock.advance(10);
    expect(bench.board.pin(PIN.valve).level).toBe(0);
  });
});

describe('the stream lane to the firmware', () => {
  const CAPABILITY_QUERY = Uint8Array.of(0xf0, 0x6b, 0xf7);
  const lampOn = Uint8Array.of(0xf5, PIN.lamp, 1);
  const lampOff = Uint8Array.of(0xf5, PIN.lamp, 0);

  it.each([1, 2, 3, 4])('keeps bytes in order, once each, with one frame in five lost (seed %i)', (seed) => {
    const quiet = new FirmwareBench();
    // No proof can be made on such a line, and none is.
    const noisy = new FirmwareBench({}, lossy(seed), false);
    for (const bench of [quiet, noisy]) {
      bench.clock.advance(2500);
      expect(bench.links).toEqual(['connecting', 'stopped']);
      bench.session.stream.write(Uint8Array.of(0xf4, PIN.lamp, 1));
      for (let count = 0; count < 20; count += 1) {
        bench.session.stream.write(lampOn);
        bench.session.stream.write(lampOff);
      }
      bench.session.stream.write(CAPABILITY_QUERY);
      bench.clock.advance(8000);
    }
    const lamp = (bench: FirmwareBench): number[] =>
      bench.changes.flatMap(({ pin, state }) => (pin === PIN.lamp && state.mode === 'output' ? [state.level] : []));
    expect(lamp(quiet)).toHaveLength(41);
    expect(lamp(noisy)).toEqual(lamp(quiet));
    expect(quiet.streamed.length).toBeGreaterThan(60);
    expect(noisy.streamed).toEqual(quiet.streamed);
    expect(noisy.session.stats().streamRepeats).toBeGreaterThan(0);
    expect(quiet.session.stats().streamRepeats).toBe(0);
  });

  it('tells its listener of each session', () => {
    const bench = new FirmwareBench();
    bench.clock.advance(1000);
    bench.line.cut();
    bench.clock.advance(500);
    bench.line.restore();
    bench.clock.advance(5000);
    expect(bench.lane).toEqual(['opened', 'closed', 'opened']);
  });

  it('does not delay the process data', () => {
    const bench = new FirmwareBench().arm();
    for (let count = 0; count < 100; count += 1) bench.session.stream.write(lampOn);
    bench.clock.advance(1000);
    expect(bench.session.port.roundTripMs).toBeLessThan(15);
    expect(bench.link?.state).toBe('armed');
  });
});
