// I2C, one-wire and tones of the stream lane: the same at levels 1 and 3, with devices after their data sheets.
import { describe, expect, it } from 'vitest';
import { AvrBoard } from '../../sim/board/avr-board.ts';
import type { BoardLevel } from '../../sim/board/board-engine.ts';
import { ds18b20Address } from '../../sim/board/ds18b20.ts';
import {
  BusBench,
  complaints,
  messages,
  ONE_WIRE_PIN,
  packed,
  SERIALS,
  unpacked,
  unpaired,
} from '../support/bus-bench.ts';

const SENSOR = 0x18;
const TEMPERATURE = 5;
const I2C_REPLY = 0x77;
const ONEWIRE = 0x73;
const ON = [0xf0, 0x78, 0, 0, 0xf7];
const WRITE = 0;
const READ = 0x08;
const READ_ALWAYS = 0x10;
const STOP_READING = 0x18;
const LEVELS: readonly BoardLevel[] = [1, 3];
/** Directions of port B of an Uno, and pin 12 there. */
const DDRB = 0x24;
const ONE_WIRE_BIT = 0x10;
/** Where the memory of the chip begins behind its registers. */
const SRAM = 0x100;
/** Of timer 1 at 2 MHz. */
const OVERFLOW_US = 32_768;
/** A multiple of an overflow. */
const MINUTE_US = Math.round(60e6 / OVERFLOW_US) * OVERFLOW_US;

/** An I2C_REQUEST with its values as pairs. */
function i2c(mode: number, values: readonly number[], address = SENSOR): readonly number[] {
  return [0xf0, 0x76, address, mode, ...values.flatMap((value) => [value & 0x7f, value >> 7]), 0xf7];
}

function oneWire(subcommand: number, ...data: readonly number[]): readonly number[] {
  return [0xf0, ONEWIRE, subcommand, ONE_WIRE_PIN, ...data, 0xf7];
}

/** With select, read, write and pause, as firmata-io asks. */
function request(
  serial: number | undefined,
  toRead: number,
  toWrite: readonly number[],
  pauseMs = 0,
): readonly number[] {
  const address = serial === undefined ? [0, 0, 0, 0, 0, 0, 0, 0] : ds18b20Address(serial);
  return oneWire(0x3c, ...packed([...address, toRead, 0, 7, 1, pauseMs & 255, pauseMs >> 8, 0, 0, ...toWrite]));
}

function replies(bytes: readonly number[]): readonly (readonly number[])[] {
  return messages(bytes, I2C_REPLY).map(unpaired);
}

/** Puts the clock of the firmware forward: its one counter that grows by the overflows of timer 1, the only such word of its memory. */
function passMinutes(bench: BusBench, board: AvrBoard, minutes: number): void {
  const read = (): DataView => new DataView(board.chip.data.buffer.slice(0));
  const before = read();
  bench.run(1_000_000);
  const after = read();
  const passedUs = (at: number): number => after.getUint32(at, true) - before.getUint32(at, true);
  const places = Array.from({ length: after.byteLength - SRAM - 3 }, (_, index) => SRAM + index).filter(
    (at) => after.getUint32(at, true) % OVERFLOW_US === 0 && Math.abs(passedUs(at) - 1_000_000) <= OVERFLOW_US,
  );
  expect(places).toHaveLength(1);
  const live = new DataView(board.chip.data.buffer);
  live.setUint32(places[0] ?? 0, (after.getUint32(places[0] ?? 0, true) + minutes * MINUTE_US) % 2 ** 32, true);
}

describe.each(LEVELS)('I2C at level %i', (level) => {
  it('reads a register once, with address and register in the reply', () => {
    const bench = new BusBench(level).configure();
    expect(bench.firmata(ON)).toEqual([]);
    expect(replies(bench.firmata(i2c(READ, [TEMPERATURE, 2])))).toEqual([[SENSOR, TEMPERATURE, 0x01, 0x58]]);
    bench.celsius = -1;
    expect(replies(bench.firmata(i2c(READ | 0x40, [TEMPERATURE, 2])))).toEqual([[SENSOR, TEMPERATURE, 0x1f, 0xf0]]);
  });

  it('writes bytes, and reads on without naming a register', () => {
    const bench = new BusBench(level).configure();
    bench.firmata([...ON, ...i2c(WRITE, [1, 0x02, 0xa5])]);
    expect(replies(bench.firmata(i2c(READ, [2])))).toEqual([[SENSOR, 0, 0x02, 0xa5]]);
  });

  it('reads again and again at the sampling interval until told to stop', () => {
    const bench = new BusBench(level).configure();
    bench.firmata([...ON, 0xf0, 0x7a, 50, 0, 0xf7, ...i2c(READ_ALWAYS, [TEMPERATURE, 2]), ...i2c(READ_ALWAYS, [6, 2])]);
    bench.listen(60_000);
    const heard = replies(bench.listen(200_000));
    const temperatures = heard.filter(([, register]) => register === TEMPERATURE);
    expect(temperatures).toEqual(Array.from({ length: 4 }, () => [SENSOR, TEMPERATURE, 0x01, 0x58]));
    expect(heard.filter(([, register]) => register === 6)).toEqual(
      Array.from({ length: 4 }, () => [SENSOR, 6, 0, 0x54]),
    );
    bench.firmata(i2c(STOP_READING, []));
    expect(bench.listen(200_000)).toEqual([]);
  });

  it('waits between register and reading for as long as it is told, in bytes of eight bits too', () => {
    const bench = new BusBench(level).configure();
    bench.firmata([0xf0, 0x78, 0xa0, 0x9c, 0xf7]);
    expect(replies(bench.firmata(i2c(READ, [TEMPERATURE, 2]), 10_000))).toEqual([]);
    expect(replies(bench.listen(20_000))).toEqual([[SENSOR, TEMPERATURE, 0x01, 0x58]]);
  });

  it('says once which device does not answer, and again after it has', () => {
    const bench = new BusBench(level).configure();
    bench.isI2cThere = false;
    expect(complaints(bench.firmata([...ON, ...i2c(READ, [TEMPERATURE, 2])]))).toEqual(['I2C 24 does not answer']);
    bench.firmata(i2c(READ_ALWAYS, [TEMPERATURE, 2]), 1_000);
    expect(complaints(bench.listen(500_000))).toEqual(['I2C 24 does not answer']);
    bench.isI2cThere = true;
    expect(replies(bench.listen(100_000)).length).toBeGreaterThan(2);
    bench.isI2cThere = false;
    expect(complaints(bench.listen(500_000))).toEqual(['I2C 24 does not answer']);
  });

  it('gives up a bus that a device holds, goes on with the rest, and reads when it is free again', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(ON);
    bench.i2c.isHeld = true;
    expect(complaints(bench.firmata(i2c(READ, [TEMPERATURE, 2]), 60_000))).toEqual(['I2C 24 holds the bus']);
    expect(bench.firmata([0xf9])).toEqual([0xf9, 2, 6]);
    bench.i2c.isHeld = false;
    expect(replies(bench.firmata(i2c(READ, [TEMPERATURE, 2])))).toEqual([[SENSOR, TEMPERATURE, 0x01, 0x58]]);
    expect(bench.board.bootCount).toBe(1);
  });

  it('refuses what it cannot do, in words', () => {
    const bench = new BusBench(level).configure();
    expect(complaints(bench.firmata(i2c(READ, [TEMPERATURE, 2])))).toEqual(['I2C 24: not configured']);
    bench.firmata(ON);
    expect(complaints(bench.firmata(i2c(READ, [TEMPERATURE, 33])))).toEqual(['I2C 24: 1 to 32 bytes']);
    expect(complaints(bench.firmata(i2c(READ, [])))).toEqual(['I2C 24: 1 to 32 bytes']);
    expect(complaints(bench.firmata(i2c(READ | 0x20, [1])))).toEqual(['I2C 24: no 10-bit addresses']);
    const nine = Array.from({ length: 9 }, (_, register) => i2c(READ_ALWAYS, [register, 2])).flat();
    expect(complaints(bench.firmata(nine, 200_000))).toEqual(['I2C 24: 8 reads at most']);
  });

  it('refuses the bus when one of its pins belongs to the process data', () => {
    const bench = new BusBench(level).configure([{ pin: 19, second: true }]);
    expect(complaints(bench.firmata(ON))).toEqual(['pin 19 belongs to the process data']);
    expect(complaints(bench.firmata(i2c(READ, [TEMPERATURE, 2])))).toEqual(['I2C 24: not configured']);
  });

  it('reads up to 32 bytes and writes up to 30 in one message, and refuses a longer message whole', () => {
    const bench = new BusBench(level).configure();
    expect(replies(bench.firmata([...ON, ...i2c(READ, [TEMPERATURE, 32])], 40_000))[0]).toHaveLength(34);
    expect(complaints(bench.firmata(i2c(WRITE, [1, 2, 3, ...Array.from({ length: 27 }, () => 0)]), 40_000))).toEqual(
      [],
    );
    expect(replies(bench.firmata(i2c(READ, [1, 2])))[0]).toHaveLength(4);
    const long = [0xf0, 0x76, SENSOR, 0, ...Array.from({ length: 100 }, () => 1), 0xf7];
    expect(complaints(bench.firmata(long, 40_000))).toEqual(['message 118 is too long']);
    expect(complaints(bench.firmata([0xf0, 0x62, 1, 2, 0xf7]))).toEqual(['message 98 is unknown']);
  });
});

describe.each(LEVELS)('one-wire at level %i', (level) => {
  it('finds every device on the line', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(oneWire(0x41, 1));
    const [reply = []] = messages(bench.firmata(oneWire(0x40), 400_000), ONEWIRE);
    expect(reply.slice(0, 2)).toEqual([0x42, ONE_WIRE_PIN]);
    const found = unpacked(reply.slice(2));
    const addresses = [found.slice(0, 8), found.slice(8, 16)].toSorted((a, b) => (a[1] ?? 0) - (b[1] ?? 0));
    expect(found).toHaveLength(16);
    expect(addresses).toEqual(SERIALS.map(ds18b20Address).toSorted((a, b) => (a[1] ?? 0) - (b[1] ?? 0)));
  });

  it('finds nobody where nobody is, or nobody is in alarm', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(oneWire(0x41, 0));
    expect(messages(bench.firmata(oneWire(0x44), 100_000), ONEWIRE)).toEqual([[0x45, ONE_WIRE_PIN]]);
    bench.isWireThere = false;
    expect(messages(bench.firmata(oneWire(0x40), 100_000), ONEWIRE)).toEqual([[0x42, ONE_WIRE_PIN]]);
  });

  it('starts a conversion and reads what it gave from the device that is addressed', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(oneWire(0x41, 1));
    const read = (serial: number): readonly number[] => {
      bench.firmata(oneWire(0x01));
      const heard = messages(bench.firmata(request(serial, 2, [0xbe]), 200_000), ONEWIRE);
      return heard.flatMap((reply) => [reply[0] ?? 0, ...unpacked(reply.slice(2))]);
    };
    expect(read(SERIALS[0])).toEqual([0x43, 7, 1, 0x50, 0x05]);
    for (const serial of SERIALS) {
      bench.firmata(oneWire(0x01));
      bench.firmata(request(serial, 0, [0x44]), 50_000);
    }
    bench.run(900_000);
    expect(read(SERIALS[0])).toEqual([0x43, 7, 1, 0x34, 0x01]);
    expect(read(SERIALS[1])).toEqual([0x43, 7, 1, 0x58, 0xff]);
  });

  it('pauses for at most a second, and answers everything else behind', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(oneWire(0x41, 1));
    expect(bench.firmata([...request(undefined, 0, [], 65_535), 0xf9], 900_000)).toEqual([]);
    expect(bench.listen(300_000)).toEqual([0xf9, 2, 6]);
  });

  it('refuses a pin that is no bus, and one that belongs to the process data', () => {
    const bench = new BusBench(level).configure();
    expect(complaints(bench.firmata(oneWire(0x40)))).toEqual(['pin 12 is no one-wire bus']);
    expect(complaints(bench.firmata([0xf0, ONEWIRE, 0x41, 4, 1, 0xf7]))).toEqual(['pin 4 belongs to the process data']);
  });

  it('keeps to the times of the line while servos are pulsed and both directions of the link are in use', () => {
    const bench = new BusBench(level).configure();
    bench.firmata([...oneWire(0x41, 1), 0xf4, 5, 4, 0xe5, 0x5c, 0x0b, 0xf4, 6, 4, 0xe6, 0x5d, 0x0b]);
    for (let turn = 0; turn < 10; turn += 1) {
      const [reply = []] = messages(bench.firmata([...oneWire(0x40), 0xf9], 400_000), ONEWIRE);
      expect(unpacked(reply.slice(2))).toHaveLength(16);
    }
    if (!(bench.board instanceof AvrBoard)) return;
    expect(bench.board.oneWireViolations).toBe(0);
    for (const pin of [5, 6]) {
      const edges = bench.edges.filter((edge) => edge.pin === pin);
      const widths = edges.flatMap(({ level: at, atUs }, index) => {
        const end = edges[index + 1];
        return at === 1 && end !== undefined ? [end.atUs - atUs] : [];
      });
      expect(widths.length).toBeGreaterThan(150);
      expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(2);
    }
  });
});

describe('one-wire on the chip', () => {
  function chipBench(): { readonly bench: BusBench; readonly board: AvrBoard } {
    const bench = new BusBench(3).configure();
    if (!(bench.board instanceof AvrBoard)) throw new Error('level 3 is the chip');
    bench.firmata(oneWire(0x41, 1));
    bench.firmata(request(SERIALS[0], 0, [0x44]), 50_000);
    return { bench, board: bench.board };
  }

  it('drives a powered line no longer than the pin is one', () => {
    const { bench, board } = chipBench();
    const isDriven = (): boolean => ((board.chip.data[DDRB] ?? 0) & ONE_WIRE_BIT) !== 0;
    expect(isDriven()).toBe(true);
    bench.firmata([0xf4, ONE_WIRE_PIN, 0]);
    expect(isDriven()).toBe(false);
  });

  it.each([20, 40, 60])('does not wait for the end of a rest that was over %i min ago', (minutes) => {
    const { bench, board } = chipBench();
    passMinutes(bench, board, minutes);
    expect(bench.firmata([...request(undefined, 0, [0x44]), 0xf9], 50_000)).toEqual([0xf9, 2, 6]);
  });
});

describe.each(LEVELS)('tones at level %i', (level) => {
  const play = (pin: number, hertz: number, ms: number): readonly number[] => {
    return [0xf0, 0x5f, 0, pin, hertz & 0x7f, hertz >> 7, ms & 0x7f, ms >> 7, 0xf7];
  };

  it('sound at their frequency for their time', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(play(3, 440, 200), 5_000);
    expect(bench.board.pin(3)).toMatchObject({ mode: 'tone', toneHz: 440 });
    bench.run(180_000);
    expect(bench.board.pin(3).toneHz).toBe(440);
    bench.run(20_000);
    expect(bench.board.pin(3)).toMatchObject({ level: 0, toneHz: 0 });
    expect(messages(bench.firmata([0xf0, 0x6d, 3, 0xf7]), 0x6e)).toEqual([[3, 14, 0, 0]]);
  });

  it('sound until they are ended when they have no time', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(play(11, 2000, 0));
    bench.run(3_000_000);
    expect(bench.board.pin(11).toneHz).toBe(2000);
    bench.firmata([0xf0, 0x5f, 1, 11, 0xf7]);
    expect(bench.board.pin(11).toneHz).toBe(0);
  });

  it.each([31, 100, 262, 1000, 4978, 7902, 16_383])('of %i Hz are at most two in a hundred off', (hertz) => {
    const bench = new BusBench(level).configure();
    bench.firmata(play(3, hertz, 0));
    expect(Math.abs(bench.board.pin(3).toneHz / hertz - 1)).toBeLessThan(0.02);
    if (level === 1) return;
    bench.edges.length = 0;
    bench.run(500_000);
    const rises = bench.edges.filter((edge) => edge.pin === 3 && edge.level === 1);
    const spanUs = (rises.at(-1)?.atUs ?? 0) - (rises[0]?.atUs ?? 0);
    expect(Math.abs(((rises.length - 1) * 1e6) / spanUs / bench.board.pin(3).toneHz - 1)).toBeLessThan(0.01);
  });

  it('share one timer with what is dimmed on the other pin', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(play(3, 440, 0));
    expect(complaints(bench.firmata([0xf4, 11, 3]))).toEqual(['pin 11: its timer is in use']);
    expect(complaints(bench.firmata([0xf4, 5, 3, 0xe5, 100, 0]))).toEqual([]);
    expect(bench.board.pin(3).toneHz).toBe(440);
    bench.firmata([0xf4, 3, 0, 0xf4, 11, 3]);
    expect(complaints(bench.firmata(play(3, 440, 0)))).toEqual(['pin 3: its timer is in use']);
  });

  it('are refused where no timer can make them', () => {
    const bench = new BusBench(level).configure();
    expect(complaints(bench.firmata(play(8, 440, 0)))).toEqual(['pin 8 cannot do this']);
    expect(complaints(bench.firmata(play(3, 30, 0)))).toEqual(['pin 3: 31 to 16383 Hz']);
    expect(complaints(bench.firmata(play(4, 440, 0)))).toEqual(['pin 4 belongs to the process data']);
  });

  it('end with the session', () => {
    const bench = new BusBench(level).configure();
    bench.firmata(play(3, 440, 0));
    bench.configure();
    expect(bench.board.pin(3)).toMatchObject({ mode: 'high-impedance', toneHz: 0 });
  });
});
