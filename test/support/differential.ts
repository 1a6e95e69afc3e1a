// One story told to two boards, the core in process and the image in the emulator, and what each of them did.
// The stories keep to a grid of 10 ms on which frames end, and nothing else is due near it: what a board does within its
// reaction time may then not change the outcome, and any difference is one of behaviour.
import { isDeepStrictEqual } from 'node:util';
import { AvrBoard } from '../../sim/board/avr-board.ts';
import type { BoardEngine, BoardEngineOptions } from '../../sim/board/board-engine.ts';
import type { PinState } from '../../sim/board/board-pins.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { commitPayload, records, SESSION, type Slot, TYPE, UID } from './firmware-rig.ts';
import { bytesOf, frame, Line, type Received, readImage } from './firmware-wire.ts';

export const GRID_MS = 10;
/** Frames end this far apart at least, so that the longest of them finds the line free. */
const SLOT_MS = 20;
const BOOT_MS = 60;
const CHARACTER_US = 85;
/** Long enough for the longest answer, the capabilities of 70 pins in frames of 32 bytes. */
const DRAIN_SLOTS = 30;
const HELLO_STEP_MS = 0.25;
/** On the line: payload 37, header 7, checksum 4, stuffing 1, zeros 2. */
const IDENT_BYTES = 51;

/** What happens to a frame on its way. */
export type Damage =
  | { readonly kind: 'none' }
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'truncate'; readonly keep: number }
  | { readonly kind: 'insert'; readonly at: number; readonly byte: number }
  | { readonly kind: 'twice' };

export type Step =
  | { readonly kind: 'configure'; readonly slots: readonly Slot[]; readonly leaseMs: number }
  | {
      readonly kind: 'process';
      readonly outputs: readonly number[];
      readonly validMs: number;
      readonly arm: boolean;
      readonly ahead: number;
      readonly damage: Damage;
    }
  | { readonly kind: 'message'; readonly type: number; readonly payload: readonly number[]; readonly damage: Damage }
  | { readonly kind: 'open'; readonly session: number; readonly isRight: boolean }
  | { readonly kind: 'foreign'; readonly type: number }
  | { readonly kind: 'noise'; readonly bytes: readonly number[] }
  | { readonly kind: 'stream'; readonly bytes: readonly number[] }
  | { readonly kind: 'pin'; readonly pin: number; readonly level: 0 | 1; readonly pulse: boolean }
  | { readonly kind: 'analog'; readonly channel: number; readonly counts: number }
  | { readonly kind: 'silence'; readonly slots: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

/** Driven low, high or by a timer, or not driven. */
type Level = 0 | 1 | 'pwm' | 'z';

export interface Edge {
  readonly pin: number;
  readonly level: Level;
  readonly atMs: number;
}

export interface Told {
  /** How the host's bytes fall into pieces between zeros. */
  readonly sent: readonly number[];
  /** Everything but process data and edges, in order, without board times. */
  readonly answers: readonly string[];
  /** Firmata bytes from the board. */
  readonly stream: readonly number[];
  /** By slot of a digital input: its levels as they were reported, each change once. */
  readonly inputs: readonly string[];
  /** The newest image, without board time. */
  readonly last: object | undefined;
  readonly edges: readonly Edge[];
  /** Pulses at the step pins, and where the newest image says the axes are. */
  readonly steps: readonly number[];
  readonly positions: readonly number[];
  /** Width of the servo pulses at the end, by pin. */
  readonly pulsesUs: readonly number[];
}

/** A timer at either end of its range drives as an output does, and on the chip is one. */
function drivenLevel({ mode, level, dutyPercent }: PinState): Level {
  if (mode === 'output') return level;
  if (mode !== 'pwm') return 'z';
  return dutyPercent === 0 ? 0 : dutyPercent === 100 ? 1 : 'pwm';
}

function damaged(bytes: Buffer, damage: Damage): Buffer {
  switch (damage.kind) {
    case 'none':
      return bytes;
    case 'flip': {
      const copy = Buffer.from(bytes);
      const at = damage.at % copy.length;
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << damage.bit), at);
      return copy;
    }
    case 'truncate':
      return bytes.subarray(0, 1 + (damage.keep % bytes.length));
    case 'insert': {
      const at = damage.at % bytes.length;
      return Buffer.concat([bytes.subarray(0, at), Buffer.of(damage.byte), bytes.subarray(at)]);
    }
    case 'twice':
      return Buffer.concat([bytes, bytes]);
    default:
      return damage satisfies never;
  }
}

const STEP_PIN = 2;
/** Position and state. */
const AXIS_BYTES = 6;

class Station {
  readonly #board: BoardEngine;
  readonly #isPaced: boolean;
  #heard = Buffer.alloc(0);
  /** Resets that the story has had: each may cut one frame off. */
  #resets = 0;
  readonly #levels = new Map<number, 0 | 1>();
  readonly #counts = new Map<number, number>();
  readonly #sent: number[] = [];
  readonly #answers: string[] = [];
  readonly #stream: number[] = [];
  readonly #inputs: string[] = [];
  readonly #edges: Edge[] = [];
  readonly #servoPins = new Set<number>();
  /** Pulses by step pin. */
  readonly #steps = new Map<number, number>();
  #axes = 0;
  #positions: readonly number[] = [];
  #digitalInputs = 0;
  #last: object | undefined;
  #atMs = BOOT_MS;
  #seq = 0;
  #cycle = 0;
  #streamSeq = 0;
  #streamNext = 0;
  #isAckOwed = false;
  #challenge = 0;
  #timeOffsetUs = 0;

  constructor(load: (options: BoardEngineOptions) => BoardEngine, isPaced: boolean) {
    this.#isPaced = isPaced;
    const levels = new Map<number, Level>();
    this.#board = load({
      uid: UID.toString('hex'),
      world: {
        digitalLevel: (pin, pullUp) => this.#levels.get(pin) ?? (pullUp ? 1 : 0),
        analogCounts: (channel) => this.#counts.get(channel) ?? 0,
      },
      onTransmit: (bytes) => this.#hear(bytes),
      onPinChange: (pin, state, atUs) => {
        const level = drivenLevel(state);
        if (this.#servoPins.has(pin) || level === (levels.get(pin) ?? 'z')) return;
        levels.set(pin, level);
        const steps = this.#steps.get(pin);
        if (steps !== undefined && level !== 'z') {
          this.#steps.set(pin, steps + Number(level === 1));
          return;
        }
        this.#edges.push({ pin, level, atMs: atUs / 1000 });
      },
    });
    this.#board.advance(BOOT_MS * 1000);
    this.#hello();
  }

  tell(steps: readonly Step[]): Told {
    for (const step of steps) this.#do(step);
    this.#run(5 * SLOT_MS);
    this.#hello();
    const pulsesUs = [...this.#servoPins].map((pin) => this.#board.pin(pin).pulseUs);
    return {
      sent: this.#sent,
      answers: this.#answers,
      stream: this.#stream,
      inputs: this.#inputs,
      last: this.#last,
      edges: this.#edges,
      steps: [...this.#steps.values()],
      positions: this.#positions,
      pulsesUs,
    };
  }

  #do(step: Step): void {
    switch (step.kind) {
      case 'configure':
        this.#configure(step.slots, step.leaseMs);
        return;
      case 'process':
        this.#process(step);
        return;
      case 'message':
        this.#send(damaged(this.#frame(step.type, Buffer.from(step.payload)), step.damage));
        return;
      case 'open':
        this.#open(step.session, step.isRight);
        return;
      case 'foreign':
        this.#send(frame(Buffer.alloc(8, 7), step.type, this.#seq + 1, SESSION, Buffer.alloc(4)));
        return;
      case 'noise':
        this.#send(Buffer.from(step.bytes));
        return;
      case 'stream':
        this.#talk(step.bytes);
        return;
      case 'pin':
        this.#change(step.pin, step.level, step.pulse);
        return;
      case 'analog':
        this.#counts.set(step.channel, step.counts);
        return;
      case 'silence':
        this.#run(step.slots * GRID_MS);
        return;
      case 'reset':
        this.#run(SLOT_MS);
        this.#resets += 1;
        this.#board.reset('external');
        // What was said last before it was said while the axes moved.
        this.#positions = [];
        this.#run(BOOT_MS);
        this.#hello();
        return;
      case 'hang':
        this.#run(SLOT_MS);
        this.#resets += 1;
        this.#board.hang(true);
        this.#run(300);
        this.#hello();
        return;
      default:
        step satisfies never;
    }
  }

  /** Lets the last byte arrive on the grid: in process a frame comes whole, at the chip one character after the other. */
  #send(bytes: Buffer): void {
    if (bytes.length === 0) return;
    for (let at = 0; at >= 0; at = bytes.indexOf(0, at) + 1 || -1) this.#sent.push(bytes.indexOf(0, at) - at);
    const lineUs = bytes.length * CHARACTER_US;
    const slots = Math.max(1, Math.ceil((lineUs / 1000 + GRID_MS) / SLOT_MS));
    this.#atMs += slots * SLOT_MS;
    this.#board.advance(this.#atMs * 1000 - (this.#isPaced ? lineUs : 0));
    this.#board.receive(bytes);
    this.#board.advance(this.#atMs * 1000);
  }

  #run(ms: number): void {
    this.#atMs += ms;
    this.#board.advance(this.#atMs * 1000);
  }

  #frame(type: number, payload: Buffer, session = SESSION): Buffer {
    this.#seq = (this.#seq + 1) % 65_536;
    return frame(UID, type, this.#seq, session, payload);
  }

  #hello(): void {
    this.#send(frame(UID, TYPE.hello, 0, 0, Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [1, 4])])));
    // In small steps, so that the answer's time of arrival tells the board's own time.
    for (let part = 0; part < SLOT_MS / HELLO_STEP_MS; part += 1) this.#run(HELLO_STEP_MS);
  }

  #open(session: number, isRight: boolean): void {
    if (isRight) this.#seq = 0;
    const challenge = isRight ? this.#challenge : ~this.#challenge >>> 0;
    this.#send(this.#frame(TYPE.open, bytesOf([challenge, 4]), session));
    if (isRight) this.#streamSeq = 0;
    if (isRight) this.#streamNext = 0;
    this.#run(SLOT_MS);
  }

  #configure(slots: readonly Slot[], leaseMs: number): void {
    this.#hello();
    this.#open(SESSION, true);
    for (const record of records(slots)) this.#send(this.#frame(TYPE.config, record));
    for (const { pin, output, second } of slots) {
      if (output === true && second === true) this.#servoPins.add(pin);
    }
    for (const { pin, kind } of slots) if (kind === STEP_PIN) this.#steps.set(pin, this.#steps.get(pin) ?? 0);
    this.#axes = slots.filter(({ kind }) => kind === STEP_PIN).length;
    this.#positions = [];
    this.#cycle = 0;
    this.#digitalInputs = slots.filter(({ output, second }) => output !== true && second !== true).length;
    this.#send(this.#frame(TYPE.commit, commitPayload(slots, leaseMs)));
    this.#run(SLOT_MS);
  }

  #process(step: Extract<Step, { readonly kind: 'process' }>): void {
    this.#cycle += step.ahead;
    const arrivesUs = (this.#atMs + SLOT_MS) * 1000;
    const notAfterUs = (arrivesUs + step.validMs * 1000 - this.#timeOffsetUs) >>> 0;
    const head = bytesOf([this.#cycle, 4], [notAfterUs, 4], [Number(step.arm), 1]);
    this.#send(damaged(this.#frame(TYPE.process, Buffer.concat([head, Buffer.from(step.outputs)])), step.damage));
  }

  #talk(bytes: readonly number[]): void {
    this.#send(this.#frame(TYPE.stream, Buffer.from([this.#streamSeq, ...bytes])));
    this.#streamSeq = (this.#streamSeq + 1) % 256;
    for (let slot = 0; slot < DRAIN_SLOTS; slot += 1) {
      const isOwed = this.#isAckOwed;
      this.#isAckOwed = false;
      if (isOwed) this.#send(this.#frame(TYPE.streamAck, Buffer.of(this.#streamNext)));
      else this.#run(SLOT_MS);
    }
  }

  #change(pin: number, level: 0 | 1, pulse: boolean): void {
    this.#run(GRID_MS / 2);
    const before = this.#levels.get(pin);
    this.#levels.set(pin, level);
    // Only an opening is reported however short it was, and high is open on pin 2.
    this.#run(pulse && pin === 2 && level === 1 ? GRID_MS : 3 * GRID_MS);
    if (pulse) {
      if (before === undefined) this.#levels.delete(pin);
      else this.#levels.set(pin, before);
      this.#run(3 * GRID_MS);
    }
    this.#run(GRID_MS / 2);
  }

  #hear(bytes: Uint8Array): void {
    this.#heard = Buffer.concat([this.#heard, bytes]);
    for (let end = this.#heard.indexOf(0); end >= 0; end = this.#heard.indexOf(0)) {
      const piece = this.#heard.subarray(0, end + 1);
      this.#heard = this.#heard.subarray(end + 1);
      for (const received of this.#decode(piece)) this.#take(received);
    }
  }

  #decode(piece: Buffer): readonly Received[] {
    const line = new Line(UID);
    try {
      line.push(piece);
    } catch (error) {
      this.#resets -= 1;
      if (this.#resets < 0) throw error;
    }
    return line.frames;
  }

  #take({ type, payload }: Received): void {
    if (type === TYPE.image || type === TYPE.edge) {
      this.#takeImage(payload);
    } else if (type === TYPE.streamOut) {
      this.#isAckOwed = true;
      if (payload.readUInt8(0) !== this.#streamNext) return;
      this.#streamNext = (this.#streamNext + 1) % 256;
      this.#stream.push(...payload.subarray(1));
    } else if (type === TYPE.ident) {
      this.#challenge = payload.readUInt32LE(33);
      const lineUs = this.#isPaced ? IDENT_BYTES * CHARACTER_US : 0;
      this.#timeOffsetUs = this.#board.timeUs - lineUs - payload.readUInt32LE(29);
      this.#answers.push(`ident ${payload.toString('hex', 0, 29)}`);
    } else if (type === TYPE.opened) {
      this.#answers.push('opened');
    } else {
      this.#answers.push(`${type.toString(16)} ${payload.toString('hex')}`);
    }
  }

  #takeImage(payload: Buffer): void {
    const { rest: whole, ...image } = readImage(payload);
    // Axes come last in a configuration of a story, and where one is cannot be the same to the step at every moment.
    const rest = whole.subarray(0, whole.length - AXIS_BYTES * this.#axes);
    const axes = whole.subarray(rest.length);
    this.#positions = Array.from({ length: this.#axes }, (_, axis) => axes.readInt32LE(AXIS_BYTES * axis));
    this.#last = { ...image, boardTimeUs: undefined, rest: rest.toString('hex') };
    for (let slot = 0; slot < this.#digitalInputs; slot += 1) {
      const bit = String((rest.readUInt8(slot >> 3) >> (slot & 7)) & 1);
      const reported = this.#inputs[slot] ?? '';
      if (!reported.endsWith(bit)) this.#inputs[slot] = reported + bit;
    }
  }
}

/** Largest difference in time that two boards may show for an edge, ms: a turn of the loop and a tick. */
export const EDGE_TOLERANCE_MS = 4;
/** Pulses that an axis of 500 steps/s gives in that time: a stop comes so much sooner at one board than at the other. */
const STEP_TOLERANCE = 2;
/** When a pin is let go by the watchdog: it was last fed when the idle loop last turned, up to 16 ms before the hang. */
const RELEASE_TOLERANCE_MS = 20;
const PULSE_TOLERANCE_US = 3;

function edgesByPin(edges: readonly Edge[]): string {
  return [...new Set(edges.map(({ pin }) => pin))]
    .toSorted((a, b) => a - b)
    .map((pin) => {
      const levels = edges.filter((edge) => edge.pin === pin).map(({ level }) => level);
      return `${pin}:${levels.join(',')}`;
    })
    .join(' ');
}

/** Largest distance in time of an edge at one board to the same edge at the other: pins driven, and pins let go. */
export function edgeSkewMs(one: Told, other: Told): { readonly driven: number; readonly released: number } {
  const order = (a: Edge, b: Edge): number => a.pin - b.pin || a.atMs - b.atMs;
  const others = other.edges.toSorted(order);
  const skews = one.edges.toSorted(order).map(({ level, atMs }, at) => ({
    level,
    ms: Math.abs(atMs - (others[at]?.atMs ?? 0)),
  }));
  const worst = (isReleased: boolean): number =>
    Math.max(0, ...skews.filter(({ level }) => (level === 'z') === isReleased).map(({ ms }) => ms));
  return { driven: worst(false), released: worst(true) };
}

/**
 * The first difference in what two boards did, in words; undefined when there is none. Commands name a time of the board
 * they are for, so that damage may rarely cut them in two at one board alone: then there is nothing to compare.
 */
export function differenceOf(core: Told, chip: Told): string | undefined {
  if (!isDeepStrictEqual(core.sent, chip.sent)) return undefined;
  for (const field of ['answers', 'stream', 'inputs', 'last'] as const) {
    if (!isDeepStrictEqual(core[field], chip[field])) {
      return `${field}: core ${JSON.stringify(core[field])} chip ${JSON.stringify(chip[field])}`;
    }
  }
  const edges = [edgesByPin(core.edges), edgesByPin(chip.edges)] as const;
  if (edges[0] !== edges[1]) return `edges: core ${edges[0]} chip ${edges[1]}`;
  const skew = edgeSkewMs(core, chip);
  if (skew.driven > EDGE_TOLERANCE_MS || skew.released > RELEASE_TOLERANCE_MS) {
    return `edges ${skew.driven} and ${skew.released} ms apart: ${JSON.stringify(core.edges)} ${JSON.stringify(chip.edges)}`;
  }
  for (const field of ['steps', 'positions'] as const) {
    if (core[field].some((steps, at) => Math.abs(steps - (chip[field][at] ?? 0)) > STEP_TOLERANCE)) {
      return `${field}: core ${core[field].join(',')} chip ${chip[field].join(',')}`;
    }
  }
  const isOff = core.pulsesUs.some((us, at) => Math.abs(us - (chip.pulsesUs[at] ?? 0)) > PULSE_TOLERANCE_US);
  return isOff ? `pulses: core ${core.pulsesUs.join(',')} chip ${chip.pulsesUs.join(',')}` : undefined;
}

export function tellBoth(
  steps: readonly Step[],
  kind: BoardKind = 'uno',
): { readonly core: Told; readonly chip: Told } {
  return {
    core: new Station((options) => WasmBoard.load({ ...options, kind }), false).tell(steps),
    chip: new Station((options) => AvrBoard.load({ ...options, kind }), true).tell(steps),
  };
}
