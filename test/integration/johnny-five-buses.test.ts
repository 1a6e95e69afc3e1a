// Johnny-Five's classes for parts on I2C and one-wire and for buzzers, unmodified, on the board's firmware of both levels.
import { describe, expect, it } from 'vitest';
import { type Five, type FiveBoard, openBoard } from '../../firmware-bridge/johnny-five/index.ts';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { AvrBoard } from '../../sim/board/avr-board.ts';
import type { BoardEngineOptions, BoardLevel } from '../../sim/board/board-engine.ts';
import { Ds18b20 } from '../../sim/board/ds18b20.ts';
import { I2cBus } from '../../sim/board/i2c-bus.ts';
import { createMcp9808 } from '../../sim/board/mcp9808.ts';
import { OneWireBus } from '../../sim/board/one-wire-bus.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { boardModel } from '../support/wire-samples.ts';

const PLAN: BoardPlan = {
  board: boardModel(),
  inputs: [],
  outputs: [{ device: 'base', pin: 9, kind: 'servo', hazardous: true, safeValue: 0, permits: [] }],
};
type ThermometerOption = ConstructorParameters<Five['Thermometer']>[0];
const START_MS = 2000;
const WIRE_PIN = 12;
const SERIAL = 0x2f;

function createBench(level: BoardLevel) {
  const clock = new VirtualClock();
  const line = createLoopback({ clock, baud: 115_200 });
  const measured = { i2c: 23.5, wire: 19.25 };
  const oneWire = new OneWireBus([
    new Ds18b20({ serial: SERIAL, celsius: () => measured.wire, nowMs: () => clock.now() }),
  ]);
  const options: BoardEngineOptions = {
    uid: '0011223344556677',
    world: {
      digitalLevel: (_pin, pullUp) => (pullUp ? 1 : 0),
      analogCounts: () => 0,
      i2c: new I2cBus([createMcp9808({ celsius: () => measured.i2c })]),
      oneWire: (pin) => (pin === WIRE_PIN ? oneWire : undefined),
    },
    onTransmit: (bytes) => line.board.write(bytes),
  };
  const board = level === 1 ? WasmBoard.load(options) : AvrBoard.load(options);
  line.board.onData((bytes) => board.receive(bytes));
  clock.every(clock.now(), 1, () => {
    board.advance(clock.now() * 1000);
    return true;
  });
  const random = createRandom('buses').stream('session');
  const session = createSession({ plan: PLAN, factory: line.host, clock, random });
  const log: string[] = [];
  session.port.events$.subscribe({ error: (error: unknown) => log.push(String(error)) });
  const boards: { readonly five: Five; readonly board: FiveBoard }[] = [];
  openBoard(
    { stream: session.stream, clock, log: (_level, text) => log.push(text) },
    { ready: (five, ready) => boards.push({ five, board: ready }) },
  );
  clock.advanceSync(START_MS);
  const [newest] = boards;
  if (newest === undefined) throw new Error(`no board is ready: ${log.join()}`);
  return { clock, engine: board, measured, log, ...newest };
}

describe.each<BoardLevel>([1, 3])('Johnny-Five at level %i', (level) => {
  it('measures with a thermometer on I2C', () => {
    const bench = createBench(level);
    const { five, board, clock } = bench;
    const values: number[] = [];
    // The declared options ask for a pin, which a part on I2C has not.
    const options: object = { board, controller: 'MCP9808', freq: 100 };
    const thermometer = new five.Thermometer(options as ThermometerOption);
    thermometer.on('data', () => values.push(thermometer.celsius));
    clock.advanceSync(500);
    bench.measured.i2c = 31.25;
    clock.advanceSync(500);
    expect(values.slice(1, 3)).toEqual([23.5, 23.5]);
    expect(values.at(-1)).toBe(31.25);
    expect(bench.log).toEqual([]);
  });

  it('measures with a thermometer on one-wire', () => {
    const bench = createBench(level);
    const { five, board, clock } = bench;
    const values: number[] = [];
    const thermometer = new five.Thermometer({ board, controller: 'DS18B20', pin: WIRE_PIN, freq: 1000 });
    thermometer.on('data', () => values.push(thermometer.celsius));
    clock.advanceSync(4000);
    bench.measured.wire = 28.0625;
    clock.advanceSync(4000);
    expect(values).toContain(19.25);
    expect(values.at(-1)).toBe(28.0625);
    expect(bench.log).toEqual([]);
  });

  it('writes to a character display on I2C, which is not there, without harm', () => {
    const bench = createBench(level);
    const { five, board, clock } = bench;
    new five.LCD({ board, controller: 'PCF8574', rows: 2, cols: 16 }).print('hello');
    clock.advanceSync(2000);
    expect(new Set(bench.log)).toEqual(new Set(['the board says: I2C 39 does not answer']));
  });

  it('plays notes on a buzzer, each for its time', () => {
    const bench = createBench(level);
    const { five, board, clock, engine } = bench;
    const piezo = new five.Piezo({ board, pin: 3 });
    piezo.note('a4', 300);
    clock.advanceSync(100);
    expect(engine.pin(3)).toMatchObject({ mode: 'tone', toneHz: 440 });
    clock.advanceSync(400);
    expect(engine.pin(3).toneHz).toBe(0);
    piezo.play({ song: 'C5 - C5', beats: 1, tempo: 120 });
    clock.advanceSync(200);
    expect(engine.pin(3).toneHz).toBeCloseTo(523, -1);
    piezo.stop();
    piezo.off();
    clock.advanceSync(100);
    expect(engine.pin(3).toneHz).toBe(0);
    expect(bench.log).toEqual([]);
  });
});
