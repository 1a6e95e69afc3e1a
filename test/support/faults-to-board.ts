// An armed board that is sent two frames with one fault per trial: commands, stops and stream. After each frame its pins are
// compared with what the frames that arrived whole, in order and in this session make of them.
import { encodeFrame, type Frame } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { arriving, type Draw, type FaultKind, isWhole } from './faulted-frames.ts';
import {
  AXIS_PINS,
  after,
  drawKind,
  drawWish,
  faultedSlots,
  SERVO_PINS,
  type Shown,
  STREAM_PIN,
  VALVE_PIN,
  type Wish,
  wishBytes,
} from './faulted-plan.ts';
import { commitPayload, records, STATE, TYPE, UID } from './firmware-rig.ts';
import { bytesOf } from './firmware-wire.ts';

/** What a trial found: nothing is wrong when `wrong` is undefined. */
export interface Outcome {
  readonly wrong: string | undefined;
  /** From the end of the fault to the first command that the board executed and reported again. */
  readonly recoveredMs: number;
}

const FOREIGN_UID = Buffer.from('c3e1da0000000002', 'hex');
/** Command period, as in a cell. */
const PERIOD_US = 10_000;
/** Until the board has said in an image what its axes stand at. */
const IMAGE_US = 16_000;
const RECOVERY_MS_MAX = 200;
const HELLO = Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [7, 4])]);
/** Firmata: the pin of the stream is an output. */
const USE_STREAM_PIN = Uint8Array.of(0, 0xf4, STREAM_PIN, 1);
const RECORDED_MAX = 4096;

interface Command {
  readonly frame: Uint8Array;
  readonly cycle: number;
  readonly wish: Wish;
}

export class FaultedBoard {
  readonly #kind: BoardKind;
  readonly #board: WasmBoard;
  readonly #draw: Draw;
  readonly #decoder: FrameDecoder;
  #reply: Frame | undefined;
  #image: DataView | undefined;
  #session = 0;
  #seq = 0;
  #cycle = 0;
  #shown: Shown;
  /** Of the axes, by the pulses that have been seen. */
  #positions: number[];
  #wrong: string | undefined;
  /** Of the present trial; none of these may be taken again once it is clear that it was. */
  #due: readonly Command[] = [];
  /** What was heard since the last zero. */
  #heardBytes = new Uint8Array(0);
  #older: readonly Uint8Array[] = [];
  #recorded: Uint8Array[] = [];

  constructor(draw: Draw, kind: BoardKind = 'uno') {
    this.#draw = draw;
    this.#kind = kind;
    this.#positions = AXIS_PINS[kind].map(() => 0);
    this.#shown = this.#safe();
    this.#decoder = new FrameDecoder((frame) => this.#heard(frame));
    this.#decoder.uid = UID;
    this.#board = WasmBoard.load({
      kind,
      uid: UID.toString('hex'),
      world: { digitalLevel: () => 0, analogCounts: () => 0 },
      onTransmit: (bytes) => this.#decoder.push(bytes),
      onPinChange: (pin, { level }) => {
        if (level === 1) this.#rise(pin);
      },
    });
    // Two sessions, so that there is an older one to replay from.
    this.openSession();
    for (let count = 0; count < 64; count += 1) this.#sendWhole();
    this.openSession();
  }

  /** Ends the session and opens the next; the frames of this one become those of an older session. */
  openSession(): void {
    const slots = faultedSlots(this.#kind);
    this.#older = this.#recorded;
    this.#recorded = [];
    this.#due = [];
    this.#board.receive(encodeFrame({ type: TYPE.hello, seq: 0, session: 0, payload: HELLO }, UID, true));
    const challenge = this.#reply?.payload.slice(33, 37) ?? new Uint8Array(4);
    this.#session += 1;
    this.#seq = 0;
    this.#cycle = 0;
    this.#board.receive(this.#encode(TYPE.open, challenge));
    for (const record of records(slots)) this.#board.receive(this.#encode(TYPE.config, record));
    this.#board.receive(this.#encode(TYPE.commit, commitPayload(slots, 100)));
    this.#board.advance(this.#board.timeUs + IMAGE_US);
    this.#readPositions();
    this.#board.receive(this.#encode(TYPE.stream, USE_STREAM_PIN));
    this.#shown = { ...this.#safe(), pulses: this.#present().pulses, streamSeq: 1 };
    if (!this.#sendWhole()) throw new Error('the board did not take its first command');
  }

  trial(kind: FaultKind): Outcome {
    this.#wrong = undefined;
    const first = this.#make(drawKind(this.#draw));
    const foreign = this.#encodeWish(this.#wish(first.wish.kind), FOREIGN_UID);
    const second = this.#make(drawKind(this.#draw), first.wish);
    const older = this.#older[this.#draw(this.#older.length)] ?? new Uint8Array(1);
    this.#due = [first, second];
    this.#deliver(arriving(kind, { first: first.frame, second: second.frame, older, foreign }, this.#draw));
    const recoveredMs = this.#recover();
    return { wrong: this.#wrong, recoveredMs };
  }

  /** Frame by frame, so that each is judged by itself. */
  #deliver(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const zero = bytes.indexOf(0, from);
      const to = zero < 0 ? bytes.length : zero + 1;
      const part = bytes.subarray(from, to);
      this.#heardBytes = Buffer.concat([this.#heardBytes, part]);
      this.#board.receive(part);
      if (zero >= 0) this.#judgeLine();
      from = to;
    }
    this.#compare();
  }

  /** The line has just been ended by a zero. */
  #judgeLine(): void {
    const bytes = this.#heardBytes;
    this.#heardBytes = new Uint8Array(0);
    const index = this.#due.findLastIndex(({ frame }) => isWhole(bytes, 0, bytes.length - 1, frame));
    const command = this.#due[index];
    // A STREAM whose turn it is not is left alone, and may come again.
    if (command !== undefined && this.#isTurnOf(command.wish)) {
      this.#due = this.#due.slice(index + 1);
      this.#shown = after(command.wish, this.#shown, this.#positions);
    }
    this.#compare();
  }

  #isTurnOf(wish: Wish): boolean {
    return wish.kind !== 'stream' || wish.streamSeq === this.#shown.streamSeq;
  }

  #compare(): void {
    const { valve, pulses, streamLevel } = this.#present();
    const wanted = this.#shown;
    const isRight =
      valve === wanted.valve &&
      pulses[0] === wanted.pulses[0] &&
      pulses[1] === wanted.pulses[1] &&
      streamLevel === wanted.streamLevel;
    if (isRight) return;
    this.#wrong ??= `pins ${valve},${pulses.join()},${streamLevel} instead of ${wanted.valve},${wanted.pulses.join()},${wanted.streamLevel}`;
  }

  #present(): Pick<Shown, 'valve' | 'pulses' | 'streamLevel'> {
    const [first, second] = SERVO_PINS;
    return {
      valve: this.#board.pin(VALVE_PIN).level,
      pulses: [this.#board.pin(first).pulseUs, this.#board.pin(second).pulseUs],
      streamLevel: this.#board.pin(STREAM_PIN).level,
    };
  }

  /** A pulse of an axis goes towards its target, or is wrong. */
  #rise(pin: number): void {
    const axis = AXIS_PINS[this.#kind].findIndex(([step]) => step === pin);
    const pins = AXIS_PINS[this.#kind][axis];
    if (pins === undefined) return;
    const way = this.#board.pin(pins[1]).level === 1 ? 1 : -1;
    const position = this.#positions[axis] ?? 0;
    if (((this.#shown.targets[axis] ?? 0) - position) * way <= 0) this.#wrong ??= `axis ${axis} left ${position}`;
    this.#positions[axis] = position + way;
  }

  /** From the last image: the end of its read-back. Afterwards only pulses count. */
  #readPositions(): void {
    const image = this.#image;
    if (image === undefined) throw new Error('the board did not say what it stands at');
    const start = image.byteLength - 6 * this.#positions.length;
    this.#positions = this.#positions.map((_, axis) => image.getInt32(start + 6 * axis, true));
  }

  #safe(): Shown {
    const targets = this.#positions.slice();
    return { valve: 0, pulses: [0, 0], streamLevel: 0, targets, isArmed: false, streamSeq: 0 };
  }

  /** Whole commands at the period of a cell until one is executed. */
  #recover(): number {
    const fromUs = this.#board.timeUs;
    for (;;) {
      const isExecuted = this.#sendWhole();
      const ms = (this.#board.timeUs - fromUs) / 1000;
      if (isExecuted || ms > RECOVERY_MS_MAX) return isExecuted ? ms : Number.POSITIVE_INFINITY;
    }
  }

  /** @returns whether the command was executed and reported */
  #sendWhole(): boolean {
    this.#board.advance(this.#board.timeUs + PERIOD_US);
    const stray = this.#positions.findIndex((position, axis) => position !== this.#shown.targets[axis]);
    if (stray >= 0) this.#wrong ??= `axis ${stray} is at ${this.#positions[stray] ?? 0}`;
    const { frame, cycle, wish } = this.#make('process');
    // A frame that has lost its end is whole with the zero in front of this one.
    const zeros = frame[0] === 0 ? 1 : 0;
    this.#deliver(frame.subarray(0, zeros));
    this.#heardBytes = new Uint8Array(0);
    this.#image = undefined;
    this.#board.receive(frame.subarray(zeros));
    const image = this.#image as DataView | undefined;
    const isExecuted = image?.getUint32(0, true) === cycle && image.getUint8(8) === STATE.armed;
    if (isExecuted) this.#shown = after(wish, this.#shown, this.#positions);
    this.#compare();
    return isExecuted;
  }

  #wish(kind: Wish['kind'], before?: Wish): Wish {
    return drawWish(this.#draw, kind, before, this.#shown, this.#positions);
  }

  #make(kind: Wish['kind'], before?: Wish): Command {
    this.#cycle += 1;
    const wish = this.#wish(kind, before);
    this.#seq = (this.#seq + 1) % 65_536;
    const frame = this.#encodeWish(wish, UID);
    if (this.#recorded.length < RECORDED_MAX) this.#recorded.push(frame);
    return { frame, cycle: this.#cycle, wish };
  }

  /** With and without the zero in front that a sender puts there after a pause. */
  #encodeWish(wish: Wish, uid: Uint8Array): Uint8Array {
    const frame = { type: TYPE[wish.kind], seq: this.#seq, session: this.#session, payload: this.#payloadOf(wish) };
    return encodeFrame(frame, uid, this.#draw(2) === 0);
  }

  #payloadOf(wish: Wish): Uint8Array {
    const bytes = wishBytes(wish, this.#draw);
    if (wish.kind === 'stream') return bytes;
    const cycle = bytesOf([this.#cycle, 4]);
    if (wish.kind === 'stop') return cycle;
    return Buffer.concat([cycle, bytesOf([(this.#board.timeUs + 200_000) >>> 0, 4], [1, 1]), bytes]);
  }

  #encode(type: number, payload: Uint8Array): Uint8Array {
    this.#seq = (this.#seq + 1) % 65_536;
    return encodeFrame({ type, seq: this.#seq, session: this.#session, payload }, UID, true);
  }

  #heard(frame: Frame): void {
    this.#reply = frame;
    if (frame.type !== TYPE.image) return;
    this.#image = new DataView(frame.payload.buffer, frame.payload.byteOffset, frame.payload.byteLength);
  }
}
