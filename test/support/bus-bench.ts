// A board of either level with a thermometer on I2C and two on one-wire, and a host that speaks Firmata over the stream.
import { AvrBoard } from '../../sim/board/avr-board.ts';
import type { BoardEngine, BoardEngineOptions, BoardLevel } from '../../sim/board/board-engine.ts';
import { Ds18b20 } from '../../sim/board/ds18b20.ts';
import { I2cBus } from '../../sim/board/i2c-bus.ts';
import { createMcp9808 } from '../../sim/board/mcp9808.ts';
import { OneWireBus } from '../../sim/board/one-wire-bus.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { BENCH, commitPayload, records, SESSION, type Slot, TYPE, UID } from './firmware-rig.ts';
import { bytesOf, frame, Line } from './firmware-wire.ts';

export const ONE_WIRE_PIN = 12;
/** Serial numbers of the two thermometers on it. */
export const SERIALS = [0x0123456789ab, 0x2a] as const;
const BOOT_US = 60_000;
const STEP_US = 1_000;
const STREAM_BYTES_MAX = 32;
const HELLO = Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [0xdeadbeef, 4])]);

export class BusBench {
  readonly board: BoardEngine;
  readonly i2c: I2cBus;
  /** Degree Celsius at the thermometer on I2C, and at those on one-wire. */
  celsius = 21.5;
  readonly wireCelsius = [19.25, -10.5];
  isI2cThere = true;
  isWireThere = true;
  readonly edges: { readonly pin: number; readonly level: 0 | 1; readonly atUs: number }[] = [];
  readonly #line = new Line(UID);
  #session = SESSION;
  #seq = 0;
  #streamSeq = 0;
  #acknowledged = 0;
  readonly #heard: number[] = [];

  constructor(level: BoardLevel) {
    this.i2c = new I2cBus([createMcp9808({ celsius: () => this.celsius, isThere: () => this.isI2cThere })]);
    const oneWire = new OneWireBus(
      SERIALS.map(
        (serial, at) =>
          new Ds18b20({
            serial,
            celsius: () => this.wireCelsius[at] ?? 0,
            nowMs: () => this.board.timeUs / 1000,
            isThere: () => this.isWireThere,
          }),
      ),
    );
    const options: BoardEngineOptions = {
      uid: UID.toString('hex'),
      world: {
        digitalLevel: (_pin, pullUp) => (pullUp ? 1 : 0),
        analogCounts: () => 0,
        i2c: this.i2c,
        oneWire: (pin) => (pin === ONE_WIRE_PIN ? oneWire : undefined),
      },
      onTransmit: (bytes) => this.#line.push(bytes),
    };
    this.board =
      level === 1
        ? WasmBoard.load(options)
        : AvrBoard.load({ ...options, onEdge: (pin, at, atUs) => this.edges.push({ pin, level: at, atUs }) });
    this.run(BOOT_US);
  }

  run(us: number): void {
    this.board.advance(this.board.timeUs + us);
  }

  /** Opens a new session and commits. */
  configure(slots: readonly Slot[] = BENCH, leaseMs = 1000): this {
    this.#put(Buffer.concat([Buffer.of(0), frame(UID, TYPE.hello, 0, 0, HELLO)]));
    this.run(10_000);
    const challenge = this.#line.frames
      .splice(0)
      .find(({ type }) => type === TYPE.ident)
      ?.payload.subarray(33, 37);
    if (challenge === undefined) throw new Error('the board did not answer HELLO');
    this.#session += 1;
    this.#seq = 0;
    this.#streamSeq = 0;
    this.#acknowledged = 0;
    this.send(TYPE.open, challenge);
    for (const record of records(slots)) this.send(TYPE.config, record);
    this.send(TYPE.commit, commitPayload(slots, leaseMs));
    this.run(20_000);
    this.#line.frames.length = 0;
    return this;
  }

  send(type: number, payload: Uint8Array): void {
    this.#seq += 1;
    this.#put(frame(UID, type, this.#seq, this.#session, payload));
  }

  /** Says something, again until it is taken, and hears what comes back meanwhile and in `us`, each frame acknowledged. */
  firmata(bytes: readonly number[], us = 20_000): readonly number[] {
    for (let at = 0; at < bytes.length; at += STREAM_BYTES_MAX) {
      const next = (this.#streamSeq + 1) % 256;
      while (this.#acknowledged !== next) {
        this.send(TYPE.stream, Buffer.from([this.#streamSeq, ...bytes.slice(at, at + STREAM_BYTES_MAX)]));
        this.#hear();
      }
      this.#streamSeq = next;
    }
    return this.listen(us);
  }

  listen(us: number): readonly number[] {
    const endUs = this.board.timeUs + us;
    this.#hear();
    while (this.board.timeUs < endUs) {
      this.run(STEP_US);
      this.#hear();
    }
    return this.#heard.splice(0);
  }

  #hear(): void {
    for (const { type, payload } of this.#line.frames.splice(0)) {
      if (type === TYPE.streamAckOut) this.#acknowledged = payload.readUInt8(0);
      if (type !== TYPE.streamOut) continue;
      this.#heard.push(...payload.subarray(1));
      this.send(TYPE.streamAck, Buffer.of((payload.readUInt8(0) + 1) % 256));
    }
  }

  #put(bytes: Uint8Array): void {
    this.board.receive(bytes);
    this.run(bytes.length * 90 + 2_000);
  }
}

/** Text of every STRING_DATA message. */
export function complaints(bytes: readonly number[]): readonly string[] {
  return [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/\xf0\x71([^\xf7]*)\xf7/g),
  ].map(([, body = '']) => body.replaceAll('\0', ''));
}

/** Bodies of the messages of one kind. */
export function messages(bytes: readonly number[], command: number): readonly (readonly number[])[] {
  return bytes
    .flatMap((byte, at) => (byte === 0xf0 && bytes[at + 1] === command ? [at] : []))
    .map((start) => bytes.slice(start + 2, bytes.indexOf(0xf7, start)));
}

/** Values of pairs of seven bits. */
export function unpaired(bytes: readonly number[]): readonly number[] {
  return bytes.flatMap((byte, at) => (at % 2 === 0 ? [byte | ((bytes[at + 1] ?? 0) << 7)] : []));
}

/** Bytes packed into sevens of bits, the lowest first: as one-wire messages carry them. */
export function packed(bytes: readonly number[]): readonly number[] {
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1));
  return Array.from({ length: Math.ceil(bits.length / 7) }, (_, at) =>
    bits.slice(7 * at, 7 * at + 7).reduce<number>((sum, bit, place) => sum | (bit << place), 0),
  );
}

export function unpacked(bytes: readonly number[]): readonly number[] {
  const bits = bytes.flatMap((byte) => Array.from({ length: 7 }, (_, bit) => (byte >> bit) & 1));
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    bits.slice(8 * at, 8 * at + 8).reduce<number>((sum, bit, place) => sum | (bit << place), 0),
  );
}
