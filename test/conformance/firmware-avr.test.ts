// The images that are flashed, unchanged, in an emulator: they boot, speak the wire, drive and let go in time.
import { describe, expect, it } from 'vitest';
import { AvrBoard } from '../../sim/board/avr-board.ts';
import { firstAnalogPinOf } from '../../src/core/board-pins.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { AvrBench } from '../support/avr-bench.ts';
import { FullBench } from '../support/avr-full-timing.ts';
import { benchOutputs, STATE, TYPE, UID } from '../support/firmware-rig.ts';
import { bytesOf } from '../support/firmware-wire.ts';

/** Of all ports of the larger chip; the smaller has nothing but B, C and D. */
const DIRECTIONS = [0x21, 0x24, 0x27, 0x2a, 0x2d, 0x30, 0x33, 0x101, 0x104, 0x107, 0x10a];
const UNO_DIRECTIONS = [0x24, 0x27, 0x2a];

/** A board as power comes on: nothing has been executed. */
function powerUp(kind: BoardKind): AvrBoard {
  const world = { digitalLevel: () => 0 as const, analogCounts: () => 0 };
  return AvrBoard.load({ kind, uid: UID.toString('hex'), world, onTransmit: () => undefined });
}

/** Marks what lies between static memory, which is set at the start, and stack. @returns a count of the bytes untouched since */
function paintStack(bench: AvrBench): () => number {
  const { chip } = bench.board;
  const MARK = 0xa5;
  const top = chip.stackPointer - 16;
  const powered = powerUp(bench.kind).chip.data;
  // What interrupts leave right below the stack is no sign of static memory.
  const bottomFree = chip.data.subarray(0, top - 200).findLastIndex((byte, at) => byte !== powered[at]) + 1;
  chip.data.fill(MARK, bottomFree, top);
  return () => chip.data.findIndex((byte, at) => at >= bottomFree && byte !== MARK) - bottomFree;
}

function directionsOf(bench: AvrBench): readonly (number | undefined)[] {
  const addresses = bench.kind === 'mega' ? DIRECTIONS : UNO_DIRECTIONS;
  return addresses.map((address) => bench.board.chip.data[address]);
}

describe.each(['uno', 'mega'] as const)('the image of the %s', (kind) => {
  it('answers HELLO with the UID in its EEPROM and counts its boots', () => {
    const bench = new AvrBench(kind);
    const first = bench.identify();
    bench.board.reset('external');
    expect(bench.board.bootCount).toBe(1);
    bench.run(50_000);
    const second = bench.identify();
    expect(first.subarray(5, 13)).toEqual(UID);
    expect(second.subarray(5, 13)).toEqual(UID);
    expect([first.readUInt16LE(13), second.readUInt16LE(13), bench.board.bootCount]).toEqual([1, 2, 2]);
    expect([first.readUInt8(15), second.readUInt8(15), first.readUInt8(23)]).toEqual([1, 2, STATE.boot]);
  });

  it('touches no pin before it is configured', () => {
    const bench = new AvrBench(kind);
    bench.identify();
    expect(bench.edges).toEqual([]);
    // Only the transmit pin belongs to somebody, the UART, which needs no direction.
    expect(new Set(directionsOf(bench))).toEqual(new Set([0]));
  });

  it('drives what a command says, reads inputs, and pulses servos to within 2 µs', () => {
    const bench = new AvrBench(kind).configure();
    bench.counts.set(0, 517);
    bench.run(2_000);
    bench.edges.length = 0;
    bench.process(benchOutputs(1, 1200, 1700), 60_000);
    const image = bench.images().find(({ receiptCycle }) => receiptCycle === 1);
    expect(image?.state).toBe(STATE.armed);
    expect(image?.rest).toEqual(Buffer.concat([bytesOf([1, 1], [517, 2]), benchOutputs(1, 1200, 1700)]));
    for (const [pin, us] of [
      [9, 1200],
      [10, 1700],
    ] as const) {
      const edges = bench.edges.filter((edge) => edge.pin === pin);
      const rise = edges.findIndex(({ level }) => level === 1);
      expect(Math.abs((edges[rise + 1]?.atUs ?? 0) - (edges[rise]?.atUs ?? 0) - us)).toBeLessThanOrEqual(2);
      expect((edges[rise + 2]?.atUs ?? 0) - (edges[rise]?.atUs ?? 0)).toBeCloseTo(20_000, -2);
      expect(bench.board.pin(pin)).toMatchObject({ mode: 'servo' });
      expect(Math.abs(bench.board.pin(pin).pulseUs - us)).toBeLessThanOrEqual(2);
    }
  });

  it('keeps an opening from the report for its filter, and shows what was out of range for 5 ms', () => {
    const bench = new AvrBench(kind);
    bench.levels.set(2, 0);
    bench.counts.set(0, 500);
    const analog = { pin: firstAnalogPinOf(kind), second: true, value: 200, permit: 800 };
    bench.configure([{ pin: 2, flags: 4, permit: 30 * 0x1_0000 }, analog]);
    bench.run(40_000);
    bench.images();
    bench.levels.set(2, 1);
    bench.run(3_000);
    bench.counts.set(0, 100);
    bench.run(5_000);
    bench.counts.set(0, 500);
    bench.run(60_000);
    const images = bench.images().map(({ rest }) => [rest.readUInt8(0), rest.readUInt16LE(1)]);
    const words = images.map(([, word = 0]) => word);
    expect(words.filter((word) => (word & 0x8000) !== 0)).toHaveLength(1);
    expect(words.at(-1)).toBe(500);
    // An image each 15 ms: the first two at the most are within the filter.
    expect(images.map(([level]) => level)).toEqual(images.map((_, at) => Number(at >= 2)));
  });

  it('leaves at least a quarter of a kilobyte of its memory untouched in a session with stream and trip', () => {
    const bench = new AvrBench(kind);
    const untouchedBytes = paintStack(bench);
    bench.configure();
    bench.process(benchOutputs(1, 1200, 1700));
    for (const [seq, ...message] of [
      [0, 0xf0, 0x6b, 0xf7],
      [1, 0xf4, 13, 3, 0xf4, 4, 1, 0xc1, 1, 0xd1, 1],
    ] as const) {
      bench.send(TYPE.stream, Buffer.from([seq, ...message]), 5_000);
    }
    bench.run(200_000);
    expect(bench.images().at(-1)).toMatchObject({ state: STATE.tripped });
    expect(untouchedBytes()).toBeGreaterThanOrEqual(256);
  });

  it('leaves 192 bytes untouched with every slot in use, all axes at full speed, the line full, and a trip', () => {
    const full = new FullBench(kind, 'axes');
    const untouchedBytes = paintStack(full.bench);
    full.start(2000);
    full.bench.raw(full.command(), 0);
    full.saturate(80_000);
    for (const pin of full.plan.permits) full.bench.levels.set(pin, 1);
    full.saturate(10_000);
    full.bench.run(200_000);
    expect(full.bench.images().at(-1)).toMatchObject({ state: STATE.tripped });
    // Less than in the session above: here interrupts that let others in meet the deepest turn of the loop. An Uno keeps some
    // 230; one more interrupt on top of these, with all registers, takes about 40.
    expect(untouchedBytes()).toBeGreaterThanOrEqual(192);
  });

  it('sleeps while nothing is due, and while a session is open and idle too', () => {
    const bench = new AvrBench(kind);
    const share = (): number => {
      let asleep = 0;
      for (let sample = 0; sample < 5000; sample += 1) {
        bench.run(10.3);
        if (bench.board.chip.isAsleep) asleep += 1;
      }
      return asleep / 5000;
    };
    expect(share()).toBeGreaterThan(0.9);
    bench.configure();
    expect(share()).toBeGreaterThan(0.5);
  });

  it('lets go when its lease has run out', () => {
    const bench = new AvrBench(kind).configure();
    bench.process(benchOutputs(1, 1200, 1700), 200_000);
    const valve = bench.edges.filter(({ pin }) => pin === 4);
    expect(valve.map(({ level }) => level)).toEqual([0, 1, 0]);
    const heldUs = (valve[2]?.atUs ?? 0) - (valve[1]?.atUs ?? 0);
    expect(heldUs).toBeGreaterThan(99_000);
    expect(heldUs).toBeLessThanOrEqual(100_600);
    expect(bench.images().at(-1)).toMatchObject({ state: STATE.tripped, tripCause: 1 });
  });

  it('says that its watchdog bit, and has let go of every pin, after its main loop has hung', () => {
    const bench = new AvrBench(kind).configure();
    bench.process(benchOutputs(1, 1200, 1700));
    bench.board.hang(true);
    bench.run(200_000);
    expect(new Set(directionsOf(bench))).toEqual(new Set([0]));
    expect(bench.board.pin(4).mode).toBe('high-impedance');
    bench.take();
    const ident = bench.identify();
    expect([ident.readUInt16LE(13), ident.readUInt8(15), ident.readUInt8(24)]).toEqual([2, 4, 2]);
  });
});
