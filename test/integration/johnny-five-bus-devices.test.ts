// Catalogue devices on I2C, one-wire and a timer's pin, over the board's firmware of both levels: what they report is what
// the parts measure, whatever Johnny-Five makes of it on the way.
import { describe, expect, it } from 'vitest';
import { type CatalogueDevice, createCatalogue } from '../../firmware-bridge/johnny-five/catalogue.ts';
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
import type { CatalogueReading } from '../../src/ports/catalogue-port.ts';
import { FirmataBoard } from '../support/firmata-board.ts';
import { HANDSHAKE_MS } from '../support/johnny-five-rig.ts';

const PLAN: BoardPlan = {
  board: {
    name: 'main',
    kind: 'uno',
    firmware: 'celda',
    port: undefined,
    uid: undefined,
    baud: 115_200,
    leaseMs: 100,
    validityMs: 50,
    proveWith: [],
  },
  inputs: [],
  outputs: [{ device: 'base', pin: 9, kind: 'servo', hazardous: true, safeValue: 0, permits: [] }],
};
const described = { description: '', board: 'main' } as const;
const ON_WIRE = {
  ...described,
  kind: 'thermometer',
  name: 'motor',
  controller: 'DS18B20',
  pin: 'D12',
  sampleEveryMs: 1000,
} as const;
const ON_I2C = {
  ...described,
  kind: 'thermometer',
  name: 'cabinet',
  controller: 'MCP9808',
  address: 0x1a,
  sampleEveryMs: 200,
} as const;
const BUZZER = { ...described, kind: 'buzzer', name: 'horn', pin: 'D3', toneHz: 2500, soundMs: 300 } as const;
const WIRE_PIN = 12;
const START_MS = 2000;

function createBench(level: BoardLevel, devices: readonly CatalogueDevice[]) {
  const clock = new VirtualClock();
  const line = createLoopback({ clock, baud: 115_200 });
  const measured = { celsius: -10, isThere: true };
  const newPart = () =>
    new OneWireBus([
      new Ds18b20({
        serial: 7,
        celsius: () => measured.celsius,
        nowMs: () => clock.now(),
        isThere: () => measured.isThere,
      }),
    ]);
  let oneWire = newPart();
  const part = createMcp9808({ celsius: () => measured.celsius, address: ON_I2C.address });
  const options: BoardEngineOptions = {
    uid: '0011223344556677',
    world: {
      digitalLevel: (_pin, pullUp) => (pullUp ? 1 : 0),
      analogCounts: () => 0,
      i2c: new I2cBus([part]),
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
  const random = createRandom('bus devices').stream('session');
  const session = createSession({ plan: PLAN, factory: line.host, clock, random });
  session.port.events$.subscribe();
  const log: string[] = [];
  const { stream } = session;
  const catalogue = createCatalogue({ devices, stream, clock, log: (_level, text) => log.push(text) });
  const readings: CatalogueReading[] = [];
  catalogue.readings$.subscribe((reading) => readings.push(reading));
  const values = () => readings.splice(0).map(({ value }) => value);
  const repower = () => {
    oneWire = newPart();
  };
  return { clock, board, measured, log, catalogue, values, repower };
}

describe.each<BoardLevel>([1, 3])('a thermometer on one-wire at level %i', (level) => {
  it('reports degrees below zero, and nothing before its first conversion has ended', () => {
    const { clock, values, log } = createBench(level, [ON_WIRE]);
    clock.advanceSync(START_MS + 4000);
    const reported = values();
    expect(reported.length).toBeGreaterThanOrEqual(3);
    expect(new Set(reported)).toEqual(new Set([-10]));
    expect(log).toEqual([]);
  });
});

describe('a thermometer on one-wire', () => {
  it('is read as often as is asked for', () => {
    const { clock, values } = createBench(1, [ON_WIRE]);
    clock.advanceSync(START_MS + 2000);
    values();
    clock.advanceSync(10_000);
    expect(values().length).toBeGreaterThanOrEqual(9);
  });

  it('reports 85 °C when it is as hot, but not when its supply broke down', () => {
    const { clock, measured, values, repower } = createBench(1, [ON_WIRE]);
    clock.advanceSync(START_MS + 4000);
    values();
    repower();
    clock.advanceSync(4000);
    expect(new Set(values())).toEqual(new Set([-10]));
    for (measured.celsius = 61; measured.celsius < 85; measured.celsius += 8) clock.advanceSync(3000);
    measured.celsius = 85;
    clock.advanceSync(4000);
    expect(values().at(-1)).toBe(85);
  });

  it('reports nothing while it does not answer', () => {
    const { clock, measured, values } = createBench(1, [ON_WIRE]);
    clock.advanceSync(START_MS + 4000);
    values();
    measured.isThere = false;
    clock.advanceSync(4000);
    expect(values().filter((value) => value !== -10)).toEqual([]);
    clock.advanceSync(4000);
    expect(values()).toEqual([]);
  });
});

describe.each<BoardLevel>([1, 3])('a thermometer on I2C at level %i', (level) => {
  it('reports degrees below zero', () => {
    const { clock, values, log, measured } = createBench(level, [ON_I2C]);
    clock.advanceSync(START_MS + 1000);
    const reported = values();
    expect(reported.length).toBeGreaterThanOrEqual(4);
    expect(new Set(reported)).toEqual(new Set([-10]));
    measured.celsius = -0.5;
    clock.advanceSync(1000);
    expect(values().at(-1)).toBe(-0.5);
    measured.celsius = 124.5;
    clock.advanceSync(1000);
    expect(values().at(-1)).toBe(124.5);
    expect(log).toEqual([]);
  });

  it('is at its own address, and reports nothing from another', () => {
    const { clock, values, log } = createBench(level, [{ ...ON_I2C, address: 0x1b }]);
    clock.advanceSync(START_MS + 1000);
    expect(values()).toEqual([]);
    expect(log).toEqual(['the board says: I2C 27 does not answer']);
  });
});

describe('a thermometer on I2C of a board with StandardFirmata', () => {
  it('reports nothing from an answer without a temperature', () => {
    const clock = new VirtualClock();
    const firmata = new FirmataBoard(clock);
    const readings: number[] = [];
    createCatalogue({ devices: [ON_I2C], stream: firmata, clock, log: () => undefined }).readings$.subscribe(
      ({ value }) => readings.push(value),
    );
    firmata.connect();
    clock.advanceSync(HANDSHAKE_MS);
    const head = [0xf0, 0x77, ON_I2C.address, 0, 5, 0];
    firmata.send(...head, 0xf7);
    clock.advanceSync(1000);
    expect(readings).toEqual([]);
    firmata.send(...head, 0x41, 1, 0x28, 0, 0xf7);
    clock.advanceSync(1000);
    expect(readings).toEqual([18.5]);
  });
});

describe.each<BoardLevel>([1, 3])('a buzzer at level %i', (level) => {
  it('is silent until it is told to sound, then sounds once for its time', () => {
    const { clock, board, catalogue, log } = createBench(level, [BUZZER]);
    clock.advanceSync(START_MS);
    expect(board.pin(3).toneHz).toBe(0);
    catalogue.sound('horn');
    clock.advanceSync(100);
    expect(Math.abs(board.pin(3).toneHz - 2500)).toBeLessThanOrEqual(50);
    clock.advanceSync(150);
    expect(board.pin(3).toneHz).toBeGreaterThan(0);
    clock.advanceSync(150);
    expect(board.pin(3).toneHz).toBe(0);
    catalogue.sound('siren');
    clock.advanceSync(50);
    expect(board.pin(3).toneHz).toBe(0);
    expect(log).toEqual([]);
  });

  it('that was told before its board was there does not sound when it is', () => {
    const { clock, board, catalogue } = createBench(level, [BUZZER]);
    catalogue.sound('horn');
    clock.advanceSync(START_MS);
    expect(board.pin(3).toneHz).toBe(0);
  });
});
