// Johnny-Five on the board's real firmware: session, loopback line and the firmware core, all in virtual time.

import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../firmware-bridge/johnny-five/catalogue.ts';
import { type Five, type FiveBoard, openBoard } from '../../firmware-bridge/johnny-five/index.ts';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { createLoopback, type Disturbance, type LoopbackOptions } from '../../firmware-bridge/transport/loopback.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { countsOfTemperature } from '../../sim/board/analog-counts.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { LinkState } from '../../src/core/cell-event.ts';
import type { StackLightModel, ThermometerModel } from '../../src/core/cell-model.ts';
import type { CatalogueReading } from '../../src/ports/catalogue-port.ts';
import { boardModel } from '../support/wire-samples.ts';

const PLAN: BoardPlan = {
  board: boardModel(),
  inputs: [
    {
      device: 'estop',
      pin: 2,
      kind: 'digital',
      edge: true,
      closeFilterMs: 5,
      openFilterMs: 0,
      closedLevel: 0,
      permitDelayMs: 0,
    },
  ],
  outputs: [{ device: 'base', pin: 9, kind: 'servo', hazardous: true, safeValue: 0, permits: [] }],
};
const LIGHT: StackLightModel = {
  kind: 'stack-light',
  name: 'tower',
  description: '',
  board: 'main',
  red: 'D7',
  amber: 'D12',
  green: 'A2',
};
const THERMOMETER: ThermometerModel = {
  kind: 'thermometer',
  name: 'air',
  description: '',
  board: 'main',
  pin: 'A1',
  controller: 'TMP36',
  sampleEveryMs: 200,
};
/** From power-up to a link in `stopped` and a ready Johnny-Five board; the greeting alone takes some 100 ms. */
const START_MS = 1500;

function createBench({ disturb }: Pick<LoopbackOptions, 'disturb'> = {}) {
  const clock = new VirtualClock();
  const line = createLoopback({ clock, baud: BOOT_BAUD, ...(disturb === undefined ? {} : { disturb }) });
  const counts = new Map<number, number>();
  const levels = new Map<number, 0 | 1>();
  const changes: { readonly pin: number; readonly level: 0 | 1 }[] = [];
  const board = WasmBoard.load({
    uid: '0011223344556677',
    world: {
      digitalLevel: (pin, pullUp) => levels.get(pin) ?? (pullUp ? 1 : 0),
      analogCounts: (channel) => counts.get(channel) ?? 0,
    },
    onTransmit: (bytes) => line.board.write(bytes),
    onPinChange: (pin, { level }) => changes.push({ pin, level }),
  });
  line.board.onData((bytes) => board.receive(bytes));
  clock.every(clock.now(), 1, () => {
    board.advance(clock.now() * 1000);
    return true;
  });
  const session = createSession({
    plan: PLAN,
    factory: line.host,
    clock,
    random: createRandom('johnny-five').stream('session'),
    // No proof can be made on a line that loses a fifth of everything.
    provesLease: disturb === undefined,
  });
  const links: LinkState[] = [];
  const log: string[] = [];
  const fail = (error: unknown): void => void log.push(`ended: ${String(error)}`);
  session.port.events$.subscribe({
    next: (event) => {
      if (event.kind === 'link') links.push(event.state);
    },
    error: fail,
  });
  const note = (level: string, text: string): void => void log.push(`${level}: ${text}`);
  return { clock, line, board, changes, counts, levels, links, log, fail, note, session };
}

function open(bench: ReturnType<typeof createBench>) {
  const boards: { readonly five: Five; readonly board: FiveBoard }[] = [];
  openBoard(
    { stream: bench.session.stream, clock: bench.clock, log: bench.note },
    { ready: (five, board) => boards.push({ five, board }) },
  );
  bench.clock.advanceSync(START_MS);
  return () => {
    const newest = boards.at(-1);
    if (newest === undefined) throw new Error(`no board is ready: ${bench.links.join()} ${bench.log.join()}`);
    return newest;
  };
}

/** Loses a tenth of what is on the line and damages another tenth. */
function badLine(): Disturbance {
  const chance = createRandom('bad line').stream('line');
  return (_direction, piece) => {
    const draw = chance.nextUint32() % 10;
    if (draw === 0) return [];
    if (draw === 1) piece[piece.length >> 1] = (piece[piece.length >> 1] ?? 0) ^ 0x10;
    return [{ bytes: piece, delayMs: 0 }];
  };
}

describe('Johnny-Five on the real firmware', () => {
  it('drives relays, dims LEDs and moves servos', () => {
    const bench = createBench();
    const { five, board } = open(bench)();
    new five.Relay({ board, pin: 7 }).close();
    new five.Led({ board, pin: 6 }).brightness(51);
    new five.Servo({ board, pin: 10 }).to(90);
    new five.Servo({ board, pin: 11, range: [0, 180] }).to(180);
    bench.clock.advanceSync(200);
    expect(bench.board.pin(7)).toMatchObject({ mode: 'output', level: 1 });
    expect(bench.board.pin(6)).toMatchObject({ mode: 'pwm', dutyPercent: 20 });
    expect(bench.board.pin(10)).toMatchObject({ mode: 'servo', pulseUs: 1500 });
    expect(bench.board.pin(11)).toMatchObject({ mode: 'servo', pulseUs: 2400 });
    expect(bench.log).toEqual([]);
  });

  it('reads sensors and buttons', () => {
    const bench = createBench();
    const { five, board } = open(bench)();
    const values: unknown[] = [];
    let presses = 0;
    bench.counts.set(3, 819);
    new five.Sensor({ board, pin: 'A3', freq: 100 }).on('data', (value) => values.push(value));
    new five.Button({ board, pin: 8, isPullup: true }).on('press', () => {
      presses += 1;
    });
    bench.clock.advanceSync(350);
    expect(bench.board.pin(8).mode).toBe('input-pullup');
    bench.levels.set(8, 0);
    bench.clock.advanceSync(100);
    expect(presses).toBe(1);
    expect(values.slice(1)).toEqual([819, 819, 819]);
  });

  it('cannot move an output of the process data; the board says so', () => {
    const bench = createBench();
    const { five, board } = open(bench)();
    const before = bench.board.pin(9);
    new five.Servo({ board, pin: 9 }).to(90);
    new five.Relay({ board, pin: 9 }).close();
    bench.clock.advanceSync(200);
    expect(bench.board.pin(9)).toEqual(before);
    expect(bench.log.length).toBeGreaterThan(0);
    expect(bench.log[0]).toBe('warn: the board says: pin 9 belongs to the process data');
  });

  it('gives the catalogue its lamps and temperatures, before and after a pulled cable', () => {
    const bench = createBench();
    bench.counts.set(1, countsOfTemperature('TMP36', 31));
    const readings: CatalogueReading[] = [];
    const catalogue = createCatalogue({
      devices: [LIGHT, THERMOMETER],
      stream: bench.session.stream,
      clock: bench.clock,
      log: bench.note,
    });
    catalogue.readings$.subscribe({ next: (reading) => readings.push(reading), error: bench.fail });
    catalogue.write({ device: 'tower', red: 'on', amber: 'off', green: 'off' });
    const lamps = () => [7, 12, 16].map((pin) => bench.board.pin(pin).level);
    bench.clock.advanceSync(START_MS);
    expect(lamps()).toEqual([1, 0, 0]);
    expect(new Set(readings.map(({ value }) => value))).toEqual(new Set([31]));

    bench.line.unplug();
    const before = readings.length;
    catalogue.write({ device: 'tower', red: 'off', amber: 'off', green: 'on' });
    bench.clock.advanceSync(3000);
    expect(readings.length).toBe(before);
    bench.line.restore();
    bench.clock.advanceSync(4000);
    expect(lamps()).toEqual([0, 0, 1]);
    expect(readings.length).toBeGreaterThan(before + 5);
    expect(bench.log).toEqual([]);
  });

  it('loses and repeats nothing on a line that loses and damages a fifth of its frames', () => {
    const bench = createBench({ disturb: badLine() });
    const { five, board } = open(bench)();
    const relay = new five.Relay({ board, pin: 7 });
    for (let step = 0; step < 50; step += 1) relay.toggle();
    bench.clock.advanceSync(3000);
    // An edge per command, and none that nobody gave.
    const driven = bench.changes.filter(({ pin }) => pin === 7).map(({ level }) => level);
    const edges = driven.filter((level, index) => level !== (driven[index - 1] ?? 0));
    expect(edges).toHaveLength(50);
    expect(bench.session.stats().streamRepeats).toBeGreaterThan(0);
  });

  it('repeats to the byte in virtual time', () => {
    const run = (): unknown => {
      const bench = createBench();
      const { five, board } = open(bench)();
      const seen: unknown[] = [];
      new five.Led({ board, pin: 6 }).pulse(300);
      new five.Sensor({ board, pin: 'A0' }).on('data', (value) => seen.push([bench.clock.now(), value]));
      for (let step = 0; step < 10; step += 1) {
        bench.counts.set(0, step * 100);
        bench.clock.advanceSync(97);
        seen.push(bench.board.pin(6).dutyPercent);
      }
      return [seen, bench.session.stats()];
    };
    expect(run()).toEqual(run());
  });
});
