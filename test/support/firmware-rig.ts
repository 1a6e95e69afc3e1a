// A board on the bench: the shipped wasm image with levels to set, a host's side of the link, and a log of its pins.
import type { PinState } from '../../sim/board/board-pins.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { firstAnalogPinOf } from '../../src/core/board-pins.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { bytesOf, crc32c, frame, type Image, Line, type Received, readImage } from './firmware-wire.ts';

export const UID = Buffer.from('c3e1da0000000001', 'hex');
export const SESSION = 0x1d2c3b4a;
export const TYPE = {
  hello: 0x01,
  getPins: 0x02,
  open: 0x03,
  config: 0x04,
  commit: 0x05,
  close: 0x06,
  speed: 0x07,
  process: 0x10,
  stop: 0x11,
  stream: 0x20,
  streamAck: 0x21,
  ident: 0x81,
  pins: 0x82,
  opened: 0x83,
  configAck: 0x84,
  committed: 0x85,
  speedAck: 0x86,
  refused: 0x8f,
  image: 0x90,
  edge: 0x91,
  streamOut: 0xa0,
  streamAckOut: 0xa1,
} as const;
export const STATE = { boot: 0, configuring: 1, stopped: 2, armed: 3, tripped: 4 } as const;
const HOLD = 0xffff;

export interface Slot {
  readonly output?: boolean;
  /** Analog input or servo. */
  readonly second?: boolean;
  /** Any other kind: 2 step pin of an axis, 3 its direction pin. */
  readonly kind?: number;
  readonly pin: number;
  readonly flags?: number;
  readonly value?: number;
  /**
   * Digital input: delay, ms, and 65,536 times the opening filter, ms. Analog input: the highest counts in range, by default all
   * (`value` is the lowest). Output: the inputs that must be closed, bit n = slot n.
   */
  readonly permit?: number;
}

const EDGE = 1;
const PULL_UP = 4;

/** Inputs: emergency stop channel on 2 (edge, pull-up, closed = low, 5 ms), analog on A0. Outputs: valve 4, servos 9 and 10. */
export function benchOf(kind: BoardKind): readonly Slot[] {
  return [
    { pin: 2, flags: EDGE | PULL_UP, value: 5 },
    { pin: firstAnalogPinOf(kind), second: true },
    { output: true, pin: 4, flags: 1, value: 0 },
    { output: true, second: true, pin: 9, flags: 1, value: HOLD },
    { output: true, second: true, pin: 10, flags: 1, value: 0 },
  ];
}

export const BENCH = benchOf('uno');

/** Output image of `BENCH`. */
export function benchOutputs(valve: 0 | 1, first: number, second: number): Buffer {
  return bytesOf([valve, 1], [first, 2], [second, 2]);
}

/** CONFIG payloads of a configuration. */
export function records(slots: readonly Slot[]): readonly Buffer[] {
  return slots.map(
    ({ output = false, second = false, kind = Number(second), pin, flags = 0, value = 0, permit }, index) =>
      bytesOf(
        [index, 1],
        [slots.length, 1],
        [Number(output), 1],
        [kind, 1],
        [pin, 1],
        [flags, 1],
        [value, 2],
        [permit ?? (kind === 1 && !output ? 1_023 : 0), 4],
      ),
  );
}

/** Payload of the COMMIT for a configuration. */
export function commitPayload(slots: readonly Slot[], leaseMs: number): Buffer {
  const hash = crc32c(Buffer.concat([bytesOf([leaseMs, 2]), ...records(slots)]));
  return bytesOf([leaseMs, 2], [slots.length, 1], [hash, 4]);
}

export class Rig {
  readonly levels = new Map<number, 0 | 1>();
  readonly counts = new Map<number, number>();
  /** Output pins that something holds at a level, whatever the board drives. */
  readonly held = new Map<number, 0 | 1>();
  readonly changes: { readonly pin: number; readonly state: PinState; readonly atUs: number }[] = [];
  readonly board: WasmBoard;
  readonly #line = new Line(UID);
  seq = 0;
  cycle = 0;
  streamSeq = 0;

  constructor(kind: BoardKind = 'uno') {
    this.board = WasmBoard.load({
      kind,
      uid: UID.toString('hex'),
      world: {
        digitalLevel: (pin, pullUp) => this.levels.get(pin) ?? (pullUp ? 1 : 0),
        outputLevel: (pin, driven) => this.held.get(pin) ?? driven,
        analogCounts: (channel) => this.counts.get(channel) ?? 0,
      },
      onTransmit: (bytes) => this.#line.push(bytes),
      onPinChange: (pin, state, atUs) => this.changes.push({ pin, state, atUs }),
    });
  }

  /** Everything the board has sent since the last call. */
  take(): readonly Received[] {
    return this.#line.frames.splice(0);
  }

  takeOf(type: number): readonly Received[] {
    return this.take().filter((received) => received.type === type);
  }

  run(us: number): void {
    this.board.advance(this.board.timeUs + us);
  }

  raw(bytes: Uint8Array): void {
    this.board.receive(bytes);
  }

  frame(type: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
    this.seq = (this.seq + 1) % 65_536;
    return frame(UID, type, this.seq, SESSION, payload);
  }

  send(type: number, payload?: Uint8Array): void {
    this.raw(this.frame(type, payload));
  }

  identify(): Buffer {
    this.raw(frame(UID, TYPE.hello, 0, 0, Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [0xdeadbeef, 4])])));
    const ident = this.take().find((received) => received.type === TYPE.ident);
    if (ident === undefined) throw new Error('no IDENT');
    return ident.payload;
  }

  /** GET_PINS from `first` on. */
  askPins(first: number): void {
    this.raw(frame(UID, TYPE.getPins, 0, 0, Buffer.of(first)));
  }

  open(session = SESSION): void {
    const challenge = this.identify().readUInt32LE(33);
    this.seq = 1;
    this.streamSeq = 0;
    this.raw(frame(UID, TYPE.open, this.seq, session, bytesOf([challenge, 4])));
  }

  commit(slots: readonly Slot[], leaseMs = 100): void {
    for (const record of records(slots)) this.send(TYPE.config, record);
    this.send(TYPE.commit, commitPayload(slots, leaseMs));
  }

  /** Opens a session and commits; leaves the board stopped, a few ms later, with nothing unread. */
  configure(slots: readonly Slot[] = BENCH, leaseMs = 100): this {
    this.open();
    this.commit(slots, leaseMs);
    this.run(20_000);
    this.take();
    return this;
  }

  processFrame(outputs: Uint8Array, options: { cycle?: number; notAfterUs?: number; arm?: boolean } = {}): Buffer {
    this.cycle = options.cycle ?? this.cycle + 1;
    const notAfterUs = (options.notAfterUs ?? this.board.timeUs + 20_000) >>> 0;
    const head = bytesOf([this.cycle, 4], [notAfterUs, 4], [Number(options.arm ?? true), 1]);
    return this.frame(TYPE.process, Buffer.concat([head, outputs]));
  }

  process(outputs: Uint8Array, options?: { cycle?: number; notAfterUs?: number; arm?: boolean }): void {
    this.raw(this.processFrame(outputs, options));
  }

  /** The newest image since the last call; runs the board for as long as it takes to send one. */
  image(): Image {
    this.take();
    this.run(16_000);
    const newest = this.takeOf(TYPE.image).at(-1);
    if (newest === undefined) throw new Error('no IMAGE');
    return readImage(newest.payload);
  }

  /** Sends Firmata bytes over the stream lane and takes what comes back, acknowledging it. */
  firmata(...bytes: readonly number[]): readonly number[] {
    this.send(TYPE.stream, Buffer.from([this.streamSeq, ...bytes]));
    this.streamSeq = (this.streamSeq + 1) % 256;
    return this.listen(2_000);
  }

  /** Firmata bytes that arrive within `us`, each frame acknowledged at once. */
  listen(us: number): readonly number[] {
    const out: number[] = [];
    const endUs = this.board.timeUs + us;
    for (;;) {
      for (const { payload } of this.takeOf(TYPE.streamOut)) {
        out.push(...payload.subarray(1));
        this.send(TYPE.streamAck, Buffer.of((payload.readUInt8(0) + 1) % 256));
      }
      if (this.board.timeUs >= endUs) return out;
      this.run(500);
    }
  }
}
