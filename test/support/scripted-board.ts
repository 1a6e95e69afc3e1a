// The board's side of docs/reference/wire.md in the smallest form that the session's tests need: it obeys the page and
// records what it did. The simulator runs the real firmware; this one can be made to misbehave.

import { encodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { type BoardState, type TripCause, WIRE_VERSION } from '../../firmware-bridge/wire/codes.ts';
import { type ConfigRecord, configHash } from '../../firmware-bridge/wire/config-records.ts';
import { encodeFrame, type Frame, isUnsalted, parseUid } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { decodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import { packBoardImage, unpackImage } from '../../firmware-bridge/wire/images.ts';
import type { BoardMessage, HostMessage, IdentMessage } from '../../firmware-bridge/wire/messages.ts';
import { isNewerSeq, nextSeq } from '../../firmware-bridge/wire/sequence.ts';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { UID_TEXT } from './wire-samples.ts';

const IMAGE_PERIOD_MS = 15;

export interface ScriptedBoardOptions {
  readonly plan: BoardPlan;
  readonly clock: Clock;
  readonly line: { onData(receive: (bytes: Uint8Array) => void): void; write(bytes: Uint8Array): void };
  /** What the board says of itself, where it differs from a board that fits the plan. */
  readonly ident?: Partial<IdentMessage>;
  /** Board time at the clock's zero, µs. */
  readonly bootedAtUs?: number;
}

export class ScriptedBoard {
  readonly uidText: string;
  state: BoardState = 'boot';
  tripCause: TripCause = 'none';
  tripInput: number | undefined = undefined;
  bootCount = 7;
  challenge = 1000;
  inputs: number[];
  outputs: number[];
  lastCycle = 0;
  lateFrames = 0;
  /** Messages taken, in order. */
  readonly taken: HostMessage[] = [];
  /** Bytes of the stream lane, in order, once each. */
  readonly streamed: number[] = [];
  /** The board answers nothing. */
  isMute = false;
  readonly #options: ScriptedBoardOptions;
  readonly #decoder: FrameDecoder;
  #session = 0;
  #seqIn = 0;
  #seqOut = 0;
  #records = new Map<number, ConfigRecord>();
  #leaseMs = 100;
  #leaseUntilMs = 0;
  #streamExpected = 0;
  #streamSeq = 0;
  #streamQueue: Uint8Array[] = [];
  #streamSentMs: number | undefined = undefined;

  constructor(options: ScriptedBoardOptions) {
    this.#options = options;
    this.uidText = options.ident?.uid ?? UID_TEXT;
    this.inputs = options.plan.inputs.map(() => 0);
    this.outputs = options.plan.outputs.map(() => 0);
    this.#decoder = new FrameDecoder((frame) => this.#onFrame(frame));
    this.#decoder.uid = parseUid(this.uidText);
    options.line.onData((bytes) => this.#decoder.push(bytes));
    this.#every(1, () => this.#watchLease());
    this.#every(IMAGE_PERIOD_MS, () => this.#sendImage('image'));
  }

  timeUs(): number {
    return Math.floor(this.#options.clock.now() * 1000 + (this.#options.bootedAtUs ?? 0)) % 2 ** 32;
  }

  countTaken(kind: HostMessage['kind']): number {
    return this.taken.filter((message) => message.kind === kind).length;
  }

  /** Changes an input with the edge flag: the board tells at once. */
  edge(slot: number, level: number): void {
    this.inputs[slot] = level;
    this.#sendImage('edge');
  }

  reboot(): void {
    this.state = 'boot';
    this.bootCount += 1;
    this.challenge += 17;
    this.#session = 0;
    this.#records = new Map();
  }

  trip(cause: TripCause, input?: number): void {
    if (this.state === 'tripped') return;
    this.state = 'tripped';
    this.tripCause = cause;
    this.tripInput = input;
    this.outputs = this.outputs.map(() => 0);
    this.#sendImage('image');
  }

  /** Queues bytes for the host on the stream lane. */
  stream(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 32) this.#streamQueue.push(bytes.slice(at, at + 32));
    this.#pumpStream();
  }

  send(message: BoardMessage, changes: Partial<Frame> = {}, uid = this.uidText): void {
    this.#options.line.write(this.encode(message, changes, uid));
  }

  /** The bytes of the next frame, to be damaged, repeated or delayed by a test. */
  encode(message: BoardMessage, changes: Partial<Frame> = {}, uid = this.uidText): Uint8Array {
    const { type, payload } = encodeBoardMessage(message);
    const isOutside = isUnsalted(type);
    if (!isOutside) this.#seqOut = nextSeq(this.#seqOut);
    const header = isOutside ? { seq: 0, session: 0 } : { seq: this.#seqOut, session: this.#session };
    return encodeFrame({ type, payload, ...header, ...changes }, parseUid(uid) ?? new Uint8Array(8));
  }

  imageMessage(kind: 'image' | 'edge'): BoardMessage {
    const driven = this.outputs.map((value) => value !== 0);
    return {
      kind,
      receiptCycle: this.lastCycle,
      boardTimeUs: this.timeUs(),
      state: this.state,
      tripCause: this.tripCause,
      tripInput: this.tripInput,
      lateFrames: this.lateFrames,
      badFrames: 0,
      image: packBoardImage(this.#options.plan, { inputs: this.inputs, outputs: this.outputs, driven }),
    };
  }

  #every(periodMs: number, task: () => void): void {
    const { clock } = this.#options;
    const run = (): void => {
      task();
      clock.schedule(monotonicMs(clock.now() + periodMs), run);
    };
    clock.schedule(monotonicMs(clock.now() + periodMs), run);
  }

  #watchLease(): void {
    const now = this.#options.clock.now();
    if (this.state === 'armed' && now >= this.#leaseUntilMs) this.trip('lease');
    if (this.#streamSentMs !== undefined && now >= this.#streamSentMs + 60) this.#sendStream();
  }

  #sendImage(kind: 'image' | 'edge'): void {
    if (this.#session === 0 || this.isMute || this.state === 'configuring' || this.state === 'boot') return;
    this.send(this.imageMessage(kind));
  }

  #onFrame(frame: Frame): void {
    const message = decodeHostMessage(frame);
    if (message === undefined || this.isMute) return;
    if (message.kind === 'open') {
      this.#onOpen(frame, message.challenge);
      return;
    }
    if (!isUnsalted(frame.type)) {
      if (frame.session !== this.#session || !isNewerSeq(frame.seq, this.#seqIn)) return;
      this.#seqIn = frame.seq;
    }
    this.taken.push(message);
    this.#obey(message);
  }

  #onOpen(frame: Frame, challenge: number): void {
    const isRepeated = frame.session === this.#session && this.lastCycle === 0;
    if (!isRepeated && challenge !== this.challenge) {
      this.send({ kind: 'refused', type: frame.type, reason: 'challenge' }, { session: frame.session, seq: 0 });
      return;
    }
    this.taken.push({ kind: 'open', challenge });
    this.#seqIn = frame.seq;
    if (!isRepeated) this.#beginSession(frame.session);
    this.send({ kind: 'opened', boardTimeUs: this.timeUs() });
  }

  #beginSession(session: number): void {
    this.#session = session;
    this.#seqOut = 0;
    this.challenge += 17;
    this.state = 'configuring';
    this.tripCause = 'none';
    this.lastCycle = 0;
    this.lateFrames = 0;
    this.#records = new Map();
    this.#streamExpected = 0;
    this.#streamSeq = 0;
    this.#streamQueue = [];
    this.#streamSentMs = undefined;
    this.outputs = this.outputs.map(() => 0);
  }

  #obey(message: HostMessage): void {
    switch (message.kind) {
      case 'hello':
        this.send(this.#ident(message.nonce));
        return;
      case 'get-pins':
        this.#sendPins(message.first);
        return;
      case 'config':
        this.#records.set(message.record.index, message.record);
        this.send({ kind: 'config-ack', index: message.record.index, status: 'ok' });
        return;
      case 'commit':
        this.#commit(message);
        return;
      case 'process':
        this.#process(message);
        return;
      case 'stop':
        if (this.state === 'armed') this.state = 'stopped';
        this.outputs = this.outputs.map(() => 0);
        this.#sendImage('image');
        return;
      case 'close':
        this.trip('closed');
        return;
      case 'speed':
        this.send({ kind: 'speed-ack', baud: message.baud, status: this.state === 'configuring' ? 'ok' : 'state' });
        return;
      case 'stream':
        this.#onStream(message.streamSeq, message.data);
        return;
      case 'stream-ack':
        this.#onStreamAck(message.next);
        return;
      case 'open':
        return;
      default:
        message satisfies never;
    }
  }

  #ident(nonce: number): IdentMessage {
    return {
      kind: 'ident',
      wireVersion: WIRE_VERSION,
      uid: this.uidText,
      bootCount: this.bootCount,
      resetCause: 'power-on',
      firmware: [1, 0, 0],
      boardKind: 'uno',
      pinCount: 20,
      inputSlotsMax: 24,
      outputSlotsMax: 24,
      state: this.state,
      tripCause: this.tripCause,
      tripInput: this.tripInput,
      configHash: 0,
      boardTimeUs: this.timeUs(),
      challenge: this.challenge,
      ...this.#options.ident,
      nonce,
    };
  }

  #sendPins(first: number): void {
    const pins = Array.from({ length: 20 }, (_, pin) => ({
      digitalIn: pin >= 2,
      digitalOut: pin >= 2,
      analog: pin >= 14,
      pwm: [3, 5, 6, 9, 10, 11].includes(pin),
      servo: pin >= 2,
      tone: false,
      i2c: pin >= 18,
    }));
    // Fewer than fit, so that the host has to ask twice.
    this.send({ kind: 'pins', first, total: pins.length, pins: pins.slice(first, first + 12) });
  }

  #commit(message: Extract<HostMessage, { kind: 'commit' }>): void {
    const hash = configHash(message.leaseMs, [...this.#records.values()]);
    const isRight = hash === message.configHash && message.count === this.#records.size;
    if (isRight) {
      this.#leaseMs = message.leaseMs;
      this.state = 'stopped';
    }
    this.send({ kind: 'committed', status: isRight ? 'ok' : 'hash', configHash: hash });
  }

  #process(message: Extract<HostMessage, { kind: 'process' }>): void {
    if (this.state !== 'stopped' && this.state !== 'armed') return;
    const aheadUs = (message.notAfterUs - this.timeUs()) | 0;
    if (aheadUs < 0) {
      this.lateFrames = (this.lateFrames + 1) & 0xff;
      return;
    }
    const values = unpackImage(this.#options.plan.outputs, message.image);
    const isNewer = this.lastCycle === 0 ? message.cycle !== 0 : ((message.cycle - this.lastCycle) | 0) > 0;
    if (!isNewer || aheadUs > 1_000_000 || values === undefined) return;
    this.lastCycle = message.cycle;
    this.#leaseUntilMs = this.#options.clock.now() + this.#leaseMs;
    this.state = message.arm ? 'armed' : 'stopped';
    this.outputs = message.arm ? [...values] : values.map(() => 0);
    this.#sendImage('image');
  }

  #onStream(streamSeq: number, data: Uint8Array): void {
    if (streamSeq === this.#streamExpected) {
      this.#streamExpected = (this.#streamExpected + 1) & 0xff;
      this.streamed.push(...data);
    }
    this.send({ kind: 'stream-ack', next: this.#streamExpected });
  }

  #onStreamAck(next: number): void {
    if (next !== ((this.#streamSeq + 1) & 0xff) || this.#streamSentMs === undefined) return;
    this.#streamSeq = next;
    this.#streamQueue.shift();
    this.#streamSentMs = undefined;
    this.#pumpStream();
  }

  #pumpStream(): void {
    if (this.#streamSentMs === undefined && this.#streamQueue.length > 0) this.#sendStream();
  }

  #sendStream(): void {
    const data = this.#streamQueue[0];
    if (data === undefined) return;
    this.#streamSentMs = this.#options.clock.now();
    this.send({ kind: 'stream', streamSeq: this.#streamSeq, data });
  }
}
