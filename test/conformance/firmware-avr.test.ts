// The image that is flashed onto an Uno, unchanged, in an emulator: it boots, speaks the wire, drives and lets go in time.
import { EEPROMMemoryBackend } from 'avr8js';
import { describe, expect, it } from 'vitest';
import { AvrUno } from '../support/avr-uno.ts';
import { BENCH, benchOutputs, commitPayload, records, SESSION, STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf, frame, Line, type Received, readImage } from '../support/firmware-wire.ts';

const BOOT_US = 150_000;
const HELLO = Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [0xdeadbeef, 4])]);

class Bench {
  readonly uno: AvrUno;
  uid = Buffer.alloc(8);
  #seq = 0;
  #read = 0;
  #line = new Line(this.uid);

  constructor(eeprom = new EEPROMMemoryBackend(1024)) {
    this.uno = new AvrUno(eeprom);
    this.uno.setPin(2, true);
    this.uno.run(BOOT_US);
  }

  /** Sends one frame, waits until it is answered or 20 ms have gone by, and gives what came. */
  send(type: number, payload: Uint8Array, session = SESSION, waitUs = 20_000): readonly Received[] {
    this.#seq += 1;
    this.uno.receive(Buffer.concat([Buffer.of(0), frame(this.uid, type, this.#seq, session, payload)]));
    this.uno.run(waitUs);
    return this.take();
  }

  take(): readonly Received[] {
    this.#line.push(Buffer.from(this.uno.sent.slice(this.#read).map(({ byte }) => byte)));
    this.#read = this.uno.sent.length;
    return this.#line.frames.splice(0);
  }

  identify(): Buffer {
    const ident = this.send(TYPE.hello, HELLO, 0).find(({ type }) => type === TYPE.ident);
    if (ident === undefined) throw new Error('the board did not answer HELLO');
    return ident.payload;
  }

  configure(): void {
    const ident = this.identify();
    this.uid = Buffer.from(ident.subarray(5, 13));
    this.#line = new Line(this.uid);
    this.#seq = 0;
    this.send(TYPE.open, ident.subarray(33, 37));
    for (const record of records(BENCH)) this.send(TYPE.config, record, SESSION, 5_000);
    const committed = this.send(TYPE.commit, commitPayload(BENCH, 100)).find(({ type }) => type === TYPE.committed);
    expect(committed?.payload.readUInt8(0)).toBe(0);
  }

  process(cycle: number, outputs: Uint8Array, waitUs = 20_000): readonly Received[] {
    const nowUs = this.#boardTimeUs();
    const head = bytesOf([cycle, 4], [nowUs + 100_000, 4], [1, 1]);
    return this.send(TYPE.process, Buffer.concat([head, outputs]), SESSION, waitUs);
  }

  #boardTimeUs(): number {
    return this.identify().readUInt32LE(29) + 20_000;
  }
}

function images(received: readonly Received[]): readonly ReturnType<typeof readImage>[] {
  return received.filter(({ type }) => type === TYPE.image).map(({ payload }) => readImage(payload));
}

describe('the avr image', () => {
  it('answers HELLO, keeps its UID and counts its boots', () => {
    const eeprom = new EEPROMMemoryBackend(1024);
    const first = new Bench(eeprom).identify();
    const second = new Bench(eeprom).identify();
    expect(first.subarray(5, 13)).not.toEqual(Buffer.alloc(8));
    expect(second.subarray(5, 13)).toEqual(first.subarray(5, 13));
    expect([first.readUInt16LE(13), second.readUInt16LE(13)]).toEqual([1, 2]);
    expect([first.readUInt8(15), first.readUInt8(23)]).toEqual([1, STATE.boot]);
  });

  it('touches no pin before it is configured', () => {
    const bench = new Bench();
    bench.identify();
    expect(bench.uno.edges).toEqual([]);
    // Directions of ports B, C and D; only the transmit pin belongs to somebody, the UART, which needs no direction.
    expect([0x24, 0x27, 0x2a].map((address) => bench.uno.cpu.data[address])).toEqual([0, 0, 0]);
  });

  it('drives what a command says, reads inputs, and pulses servos to within 15 µs', () => {
    const bench = new Bench();
    bench.configure();
    bench.uno.setAnalog(0, 517);
    bench.uno.run(2_000);
    bench.uno.edges.length = 0;
    const received = images(bench.process(1, benchOutputs(1, 1200, 1700), 60_000));
    const image = received.find(({ receiptCycle }) => receiptCycle === 1);
    expect(image?.state).toBe(STATE.armed);
    expect(image?.rest).toEqual(Buffer.concat([bytesOf([1, 1], [517, 2]), benchOutputs(1, 1200, 1700)]));
    for (const [pin, us] of [
      [9, 1200],
      [10, 1700],
    ] as const) {
      const edges = bench.uno.edges.filter((edge) => edge.pin === pin);
      const rise = edges.findIndex(({ level }) => level);
      expect(Math.abs((edges[rise + 1]?.atUs ?? 0) - (edges[rise]?.atUs ?? 0) - us)).toBeLessThan(15);
      expect((edges[rise + 2]?.atUs ?? 0) - (edges[rise]?.atUs ?? 0)).toBeCloseTo(20_000, -2);
    }
  });

  it('begins to report an opening within 2 ms when the line is free', () => {
    const bench = new Bench();
    bench.uno.setPin(2, false);
    bench.configure();
    bench.uno.run(20_000);
    bench.take();
    // Just behind a periodic image nothing else is due for a while.
    while (images(bench.take()).length === 0) bench.uno.run(500);
    const openedUs = bench.uno.timeUs;
    bench.uno.setPin(2, true);
    bench.uno.run(10_000);
    const edge = bench.take().find(({ type }) => type === TYPE.edge);
    expect(edge && readImage(edge.payload).rest.readUInt8(0)).toBe(1);
    const begunUs = bench.uno.sent.find(({ atUs }) => atUs > openedUs)?.atUs ?? Number.NaN;
    expect(begunUs - openedUs).toBeLessThanOrEqual(2_000);
  });

  it('leaves at least a quarter of a kilobyte of its memory untouched in a session with stream and trip', () => {
    const bench = new Bench();
    const { data } = bench.uno.cpu;
    const stackUs = 5_000;
    // Everything between the static memory and the present depth of the stack.
    const top = bench.uno.cpu.SP - 16;
    const bottom = data.findLastIndex((byte, at) => at < top - 256 && byte !== 0) + 1;
    data.fill(0xa5, bottom, top);
    bench.configure();
    bench.process(1, benchOutputs(1, 1200, 1700));
    for (const [seq, ...message] of [
      [0, 0xf0, 0x6b, 0xf7],
      [1, 0xf4, 13, 3, 0xf4, 4, 1, 0xc1, 1, 0xd1, 1],
    ] as const) {
      bench.send(TYPE.stream, Buffer.from([seq, ...message]), SESSION, stackUs);
    }
    bench.uno.run(200_000);
    expect(images(bench.take()).at(-1)).toMatchObject({ state: STATE.tripped });
    const touched = data.findIndex((byte, at) => at >= bottom && byte !== 0xa5);
    expect(touched - bottom).toBeGreaterThanOrEqual(256);
  });

  it('lets go when its lease has run out', () => {
    const bench = new Bench();
    bench.configure();
    bench.process(1, benchOutputs(1, 1200, 1700), 0);
    bench.uno.run(200_000);
    const valve = bench.uno.edges.filter(({ pin }) => pin === 4);
    expect(valve.map(({ level }) => level)).toEqual([true, false]);
    const heldUs = (valve[1]?.atUs ?? 0) - (valve[0]?.atUs ?? 0);
    expect(heldUs).toBeGreaterThan(99_800);
    expect(heldUs).toBeLessThanOrEqual(101_000);
    expect(images(bench.take()).at(-1)).toMatchObject({ state: STATE.tripped, tripCause: 1 });
  });
});
