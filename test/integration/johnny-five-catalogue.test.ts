// The catalogue port: lamps and temperatures of a cell over Johnny-Five, through lost links and broken wires.
import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../firmware-bridge/johnny-five/catalogue.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import type { StackLightModel, ThermometerModel } from '../../src/core/cell-model.ts';
import type { CatalogueReading } from '../../src/ports/catalogue-port.ts';
import { FirmataBoard } from '../support/firmata-board.ts';
import { HANDSHAKE_MS } from '../support/johnny-five-rig.ts';

const LIGHT: StackLightModel = {
  kind: 'stack-light',
  name: 'tower',
  description: 'stack light',
  board: 'main',
  red: 'D7',
  amber: 'D8',
  green: 'A2',
};
const THERMOMETER: ThermometerModel = {
  kind: 'thermometer',
  name: 'air',
  description: 'air temperature',
  board: 'main',
  pin: 'A1',
  controller: 'TMP36',
  sampleEveryMs: 200,
};
const RED = 7;
const AMBER = 8;
const GREEN = 16;
const BLUE = 12;

function createBench(light = LIGHT) {
  const clock = new VirtualClock();
  const firmata = new FirmataBoard(clock);
  const log: string[] = [];
  const catalogue = createCatalogue({
    devices: [light, THERMOMETER],
    stream: firmata,
    clock,
    log: (level, text) => log.push(`${level}: ${text}`),
  });
  const readings: CatalogueReading[] = [];
  const ends: string[] = [];
  firmata.analog.set(1, 153);
  const lamps = () => [RED, AMBER, GREEN].map((pin) => firmata.pin(pin).value);
  const start = () =>
    catalogue.readings$.subscribe({
      next: (reading) => readings.push(reading),
      error: () => ends.push('error'),
      complete: () => ends.push('complete'),
    });
  const connect = () => {
    firmata.connect();
    clock.advanceSync(HANDSHAKE_MS);
  };
  return { clock, firmata, log, catalogue, readings, ends, lamps, start, connect };
}

describe('a stack light', () => {
  it('is dark, and driven, until the cell says what to show', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    expect(bench.lamps()).toEqual([0, 0, 0]);
    expect([RED, AMBER, GREEN].map((pin) => bench.firmata.pin(pin).mode)).toEqual([1, 1, 1]);
  });

  it('shows each lamp as told', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    bench.catalogue.write({ device: 'tower', red: 'off', amber: 'on', green: 'on' });
    bench.clock.advanceSync(5);
    expect(bench.lamps()).toEqual([0, 1, 1]);
    bench.catalogue.write({ device: 'tower', red: 'on', amber: 'off', green: 'off' });
    bench.clock.advanceSync(5);
    expect(bench.lamps()).toEqual([1, 0, 0]);
  });

  it('with a blue lamp shows that too, and without is told of it in vain', () => {
    const bench = createBench({ ...LIGHT, blue: 'D12' });
    bench.start();
    bench.connect();
    bench.catalogue.write({ device: 'tower', red: 'off', amber: 'off', blue: 'on', green: 'off' });
    bench.clock.advanceSync(5);
    expect([bench.lamps(), bench.firmata.pin(BLUE).value]).toEqual([[0, 0, 0], 1]);
    bench.catalogue.write({ device: 'tower', red: 'off', amber: 'off', green: 'off' });
    bench.clock.advanceSync(5);
    expect(bench.firmata.pin(BLUE).value).toBe(0);
    const without = createBench();
    without.start();
    without.connect();
    without.catalogue.write({ device: 'tower', red: 'off', amber: 'off', blue: 'on', green: 'off' });
    without.clock.advanceSync(5);
    expect([without.lamps(), without.firmata.pin(BLUE).value]).toEqual([[0, 0, 0], 0]);
  });

  it('sends nothing when told the same again', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    bench.catalogue.write({ device: 'tower', red: 'on', amber: 'off', green: 'off' });
    bench.clock.advanceSync(5);
    const before = bench.firmata.writes.length;
    for (let cycle = 0; cycle < 100; cycle += 1) {
      bench.catalogue.write({ device: 'tower', red: 'on', amber: 'off', green: 'off' });
      bench.clock.advanceSync(10);
    }
    expect(bench.firmata.writes.length).toBe(before);
  });

  it('flashes at 1 Hz, half on, without drifting', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    bench.catalogue.write({ device: 'tower', red: 'flashing', amber: 'off', green: 'off' });
    bench.clock.advanceSync(10_500 - bench.clock.now());
    const changes = bench.firmata.writes.filter(({ bytes }) => bytes[0] === 0x90 && bench.clock.now() - 10_000 < 600);
    expect(bench.lamps()).toEqual([1, 0, 0]);
    bench.clock.advanceSync(10);
    expect(bench.lamps()).toEqual([0, 0, 0]);
    const times = changes.map(({ at }) => at).filter((at) => at > 1000);
    expect(times).toEqual(Array.from({ length: 19 }, (_, index) => 1001 + 500 * index));
  });

  it('takes the newest command after a reconnect, and one given before the first session', () => {
    const bench = createBench();
    bench.catalogue.write({ device: 'tower', red: 'on', amber: 'off', green: 'off' });
    bench.start();
    bench.connect();
    expect(bench.lamps()).toEqual([1, 0, 0]);
    bench.firmata.disconnect();
    bench.catalogue.write({ device: 'tower', red: 'off', amber: 'on', green: 'off' });
    bench.catalogue.write({ device: 'tower', red: 'off', amber: 'off', green: 'on' });
    bench.clock.advanceSync(2000);
    bench.connect();
    expect(bench.lamps()).toEqual([0, 0, 1]);
  });

  it('goes on flashing after a reconnect', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    bench.catalogue.write({ device: 'tower', red: 'off', amber: 'flashing', green: 'off' });
    bench.firmata.disconnect();
    bench.clock.advanceSync(1000);
    bench.connect();
    bench.clock.advanceSync(3250 - bench.clock.now());
    expect(bench.lamps()).toEqual([0, 1, 0]);
    bench.clock.advanceSync(500);
    expect(bench.lamps()).toEqual([0, 0, 0]);
  });

  it('of another board is left to that board', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    bench.catalogue.write({ device: 'lighthouse', red: 'on', amber: 'on', green: 'on' });
    bench.clock.advanceSync(5);
    expect(bench.lamps()).toEqual([0, 0, 0]);
    expect(bench.log).toEqual([]);
  });
});

describe('a thermometer', () => {
  it('gives degrees Celsius at its period, stamped with the clock', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    bench.clock.advanceSync(1000 - bench.clock.now());
    expect(bench.readings.map(({ device, value }) => [device, value])).toEqual(Array(4).fill(['air', 25]));
    const times = bench.readings.map(({ at }) => at);
    expect(times.slice(1).map((at, index) => at - (times[index] ?? 0))).toEqual([200, 200, 200]);
  });

  it('asks the board to report twice as often, not at its own 19 ms', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    expect(bench.firmata.samplingMs).toBe(100);
  });

  it.each([
    ['open', 0],
    ['shorted', 1023],
  ])('gives no reading while its wire is %s', (_name, counts) => {
    const bench = createBench();
    bench.firmata.analog.set(1, counts);
    bench.start();
    bench.connect();
    bench.clock.advanceSync(2000);
    expect(bench.readings).toEqual([]);
  });

  it('gives no reading while the board is silent, though Johnny-Five goes on with the last one', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    bench.clock.advanceSync(1000);
    const before = bench.readings.length;
    expect(before).toBeGreaterThan(3);
    bench.firmata.write(Uint8Array.of(0xc1, 0));
    bench.clock.advanceSync(5000);
    expect(bench.readings.length - before).toBeLessThanOrEqual(1);
  });

  it('neither ends nor fails with the link, and goes on after a reconnect', () => {
    const bench = createBench();
    bench.start();
    for (let session = 0; session < 3; session += 1) {
      bench.connect();
      bench.clock.advanceSync(1000);
      bench.firmata.disconnect();
      bench.clock.advanceSync(1000);
    }
    expect(bench.readings.length).toBeGreaterThanOrEqual(12);
    expect(bench.ends).toEqual([]);
  });

  it('stops and leaves no timer when nobody listens any more', () => {
    const bench = createBench();
    const subscription = bench.start();
    bench.connect();
    bench.catalogue.write({ device: 'tower', red: 'flashing', amber: 'off', green: 'off' });
    bench.clock.advanceSync(500);
    subscription.unsubscribe();
    bench.firmata.disconnect();
    expect(bench.clock.pending).toBe(0);
    expect(bench.ends).toEqual([]);
  });

  it('takes garbage from the board without failing', () => {
    const bench = createBench();
    bench.start();
    bench.connect();
    for (let byte = 0; byte < 256; byte += 1)
      bench.firmata.send(byte, 0xf0, 0x6a, byte & 0x7f, 0xf7, 0xe0 | (byte & 15));
    bench.firmata.send(0xf7, 0xf0, 0x6e, 99, 1, 1, 0xf7);
    bench.clock.advanceSync(1000);
    expect(bench.ends).toEqual([]);
    expect(bench.readings.every(({ value }) => Number.isFinite(value))).toBe(true);
  });
});
