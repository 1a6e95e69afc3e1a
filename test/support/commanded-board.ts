// A board of either level that is sent single frames, each of which may be wrong in a way that a test chooses, and what it
// made of them: whether the valve moved, which receipt it gives, which counter moved.
import { AvrBoard } from '../../sim/board/avr-board.ts';
import type { BoardEngine, BoardEngineOptions, BoardLevel } from '../../sim/board/board-engine.ts';
import type { PinState } from '../../sim/board/board-pins.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { BENCH, benchOutputs, commitPayload, records, TYPE, UID } from './firmware-rig.ts';
import { bytesOf, frame, type Image, Line, type Received, readImage } from './firmware-wire.ts';

export const VALVE = 4;
const HELLO = Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [0xdeadbeef, 4])]);
/** Of one character at 115,200 baud, rounded up. */
const CHARACTER_US = 88;
/** The slowest boot of the chip: its EEPROM takes 3.4 ms for each byte that changes. */
const BOOT_US = 60_000;
/** More than the board takes to answer with its longest frame. */
const ANSWER_US = 8_000;
const IMAGE_EVERY_US = 17_000;

/** How a frame differs from the right one. */
export interface FrameChanges {
  readonly seq?: number;
  readonly session?: number;
  readonly uid?: Uint8Array;
  readonly type?: number;
}

/** How a command differs from a right one that is valid for half a second. */
export interface CommandChanges extends FrameChanges {
  readonly cycle?: number;
  /** From now in the time of the board, ms; negative: it is too late. @defaultValue 500 */
  readonly validMs?: number;
}

/** What the board has done between two looks. */
export interface Heard {
  /** The command was carried out: its number is the receipt. */
  readonly receiptCycle: number;
  readonly valve: 0 | 1;
  /** By how much the counter of dropped frames has moved; it wraps at 256. */
  readonly bad: number;
  readonly late: number;
  /** `reason` of each REFUSED. */
  readonly refused: readonly number[];
}

export interface CommandedBoardOptions {
  readonly leaseMs?: number;
  readonly uid?: Uint8Array;
  readonly bootedBefore?: number;
}

export class CommandedBoard {
  readonly board: BoardEngine;
  readonly changes: { readonly pin: number; readonly state: PinState; readonly atUs: number }[] = [];
  readonly #line: Line;
  readonly #uid: Uint8Array;
  readonly #leaseMs: number;
  session = 0x0a0b_0c0d;
  seq = 0;
  cycle = 0;
  #frames: Received[] = [];
  #image: Image | undefined;
  /** What has to be added to the engine's time for the board's own, µs. */
  #aheadUs = 0;

  constructor(level: BoardLevel, { leaseMs = 2000, uid = UID, bootedBefore = 0 }: CommandedBoardOptions = {}) {
    this.#uid = uid;
    this.#leaseMs = leaseMs;
    this.#line = new Line(uid);
    const options: BoardEngineOptions = {
      uid: Buffer.from(uid).toString('hex'),
      bootedBefore,
      world: { digitalLevel: () => 0, analogCounts: () => 0 },
      onTransmit: (bytes) => this.#line.push(bytes),
      onPinChange: (pin, state, atUs) => this.changes.push({ pin, state, atUs }),
    };
    this.board = level === 1 ? WasmBoard.load(options) : AvrBoard.load(options);
    this.run(BOOT_US);
  }

  run(us: number): void {
    this.board.advance(this.board.timeUs + us);
    for (const received of this.#line.frames.splice(0)) {
      this.#frames.push(received);
      if (received.type === TYPE.image) this.#image = readImage(received.payload);
    }
  }

  /** Puts bytes on the line and runs until they have arrived and were answered. */
  put(bytes: Uint8Array, thenUs = ANSWER_US): void {
    this.board.receive(bytes);
    this.run(bytes.length * CHARACTER_US + thenUs);
  }

  /** The next frame of this session, or one that is wrong in some way. */
  encode(type: number, payload: Uint8Array = Buffer.alloc(0), changes: FrameChanges = {}): Buffer {
    if (changes.seq === undefined) this.seq = (this.seq + 1) % 65_536;
    const { seq = this.seq, session = this.session, uid = this.#uid } = changes;
    return Buffer.concat([Buffer.of(0), frame(uid, changes.type ?? type, seq, session, payload)]);
  }

  /** A command that arms the board and switches the valve. */
  command(valve: 0 | 1, changes: CommandChanges = {}): Buffer {
    if (changes.cycle === undefined) this.cycle += 1;
    const notAfterUs = this.#boardTimeUs() + (changes.validMs ?? 500) * 1000;
    const head = bytesOf([(changes.cycle ?? this.cycle) >>> 0, 4], [notAfterUs >>> 0, 4], [1, 1]);
    return this.encode(TYPE.process, Buffer.concat([head, benchOutputs(valve, 1200, 1300)]), changes);
  }

  /** Asks who the board is. @returns the payload of its IDENT */
  identify(): Buffer {
    this.put(Buffer.concat([Buffer.of(0), frame(this.#uid, TYPE.hello, 0, 0, HELLO)]));
    const ident = this.take(TYPE.ident).at(-1);
    if (ident === undefined) throw new Error('the board did not answer HELLO');
    return ident.payload;
  }

  /** Opens a new session with the next id, and configures the bench. */
  open(): this {
    const ident = this.identify();
    this.#aheadUs = ident.readUInt32LE(29) - this.board.timeUs;
    this.session += 1;
    this.seq = 0;
    this.put(this.encode(TYPE.open, ident.subarray(33, 37)));
    for (const record of records(BENCH)) this.put(this.encode(TYPE.config, record));
    this.put(this.encode(TYPE.commit, commitPayload(BENCH, this.#leaseMs)));
    const status = this.take(TYPE.committed).at(-1)?.payload.readUInt8(0);
    if (status !== 0) throw new Error(`the board did not take its configuration: status ${status}`);
    return this;
  }

  /** Opens a session and arms the board, with the valve off. */
  arm(): this {
    this.open();
    this.put(this.command(0));
    return this;
  }

  /** Frames of one type since the last call. */
  take(type: number): readonly Received[] {
    const found = this.#frames.filter((received) => received.type === type);
    this.#frames = this.#frames.filter((received) => received.type !== type);
    return found;
  }

  /** The newest image; waits for one. */
  image(): Image {
    this.run(IMAGE_EVERY_US);
    if (this.#image === undefined) throw new Error('the board sends no IMAGE');
    return this.#image;
  }

  /** Puts frames on the line one after the other, and says what came of them. */
  deliver(...lines: readonly Uint8Array[]): Heard {
    const before = this.image();
    this.#frames = [];
    for (const bytes of lines) this.put(bytes);
    const after = this.image();
    return {
      receiptCycle: after.receiptCycle,
      valve: this.board.pin(VALVE).level,
      bad: (after.badFrames - before.badFrames) & 0xff,
      late: (after.lateFrames - before.lateFrames) & 0xff,
      refused: this.take(TYPE.refused).map(({ payload }) => payload.readUInt8(1)),
    };
  }

  /** The board's own time, to within the time of one answer. */
  #boardTimeUs(): number {
    return this.board.timeUs + this.#aheadUs;
  }
}
