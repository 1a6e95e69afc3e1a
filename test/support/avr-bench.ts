// A board at level 3 on the bench: the shipped image in the emulator, levels to set, a host's side of the link, and
// exact times of every character and every edge.
import { AvrBoard } from '../../sim/board/avr-board.ts';
import type { BoardWorld, PinState } from '../../sim/board/board-pins.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { benchOf, commitPayload, records, SESSION, type Slot, TYPE, UID } from './firmware-rig.ts';
import { bytesOf, frame, type Image, Line, type Received, readImage } from './firmware-wire.ts';

/** Long enough for the slowest boot: the EEPROM takes 3.4 ms for each byte that changes. */
const BOOT_US = 50_000;
const HELLO = Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [0xdeadbeef, 4])]);
const CHARACTER_US = 85;

export interface PinEdge {
  readonly pin: number;
  readonly level: 0 | 1;
  readonly atUs: number;
}

/** A frame from the board, with the times at which its first start bit began and its last stop bit ended. */
export interface TimedFrame extends Received {
  readonly startUs: number;
  readonly endUs: number;
}

export class AvrBench {
  readonly levels = new Map<number, 0 | 1>();
  readonly counts = new Map<number, number>();
  /** Output pins that something holds at a level, whatever the chip drives. */
  readonly held = new Map<number, 0 | 1>();
  readonly edges: PinEdge[] = [];
  readonly changes: { readonly pin: number; readonly state: PinState; readonly atUs: number }[] = [];
  readonly frames: TimedFrame[] = [];
  readonly board: AvrBoard;
  readonly kind: BoardKind;
  #line = new Line(UID);
  #frameStartUs = 0;
  #bootUs: number | undefined;
  #mayBeCut = false;
  seq = 0;
  cycle = 0;

  /** @param buses what is on the buses of the board @defaultValue nothing */
  constructor(kind: BoardKind = 'uno', buses: Pick<BoardWorld, 'i2c' | 'oneWire'> = {}) {
    this.kind = kind;
    this.board = AvrBoard.load({
      kind: this.kind,
      uid: UID.toString('hex'),
      world: {
        ...buses,
        digitalLevel: (pin, pullUp) => this.levels.get(pin) ?? (pullUp ? 1 : 0),
        outputLevel: (pin, driven) => this.held.get(pin) ?? driven,
        analogCounts: (channel) => this.counts.get(channel) ?? 0,
      },
      onTransmit: () => undefined,
      onCharacter: (byte, startUs, endUs) => this.#character(byte, startUs, endUs),
      onEdge: (pin, level, atUs) => this.edges.push({ pin, level, atUs }),
      onPinChange: (pin, state, atUs) => this.changes.push({ pin, state, atUs }),
    });
    this.run(BOOT_US);
  }

  get timeUs(): number {
    return this.board.timeUs;
  }

  run(us: number): void {
    this.board.advance(this.board.timeUs + us);
  }

  /** Everything the board has sent since the last call. */
  take(): readonly TimedFrame[] {
    return this.frames.splice(0);
  }

  takeOf(type: number): readonly TimedFrame[] {
    return this.take().filter((received) => received.type === type);
  }

  images(): readonly Image[] {
    return this.takeOf(TYPE.image).map(({ payload }) => readImage(payload));
  }

  frame(type: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
    this.seq = (this.seq + 1) % 65_536;
    return frame(UID, type, this.seq, SESSION, payload);
  }

  /** Puts bytes on the line and runs until `waitUs` after the last of them has arrived. */
  raw(bytes: Uint8Array, waitUs = 20_000): void {
    this.board.receive(bytes);
    this.run(bytes.length * CHARACTER_US + waitUs);
  }

  send(type: number, payload?: Uint8Array, waitUs?: number): void {
    this.raw(this.frame(type, payload), waitUs);
  }

  identify(): Buffer {
    this.raw(Buffer.concat([Buffer.of(0), frame(UID, TYPE.hello, 0, 0, HELLO)]));
    const ident = this.take().find(({ type }) => type === TYPE.ident);
    if (ident === undefined) throw new Error('the board did not answer HELLO');
    return ident.payload;
  }

  /** Opens a session and commits; leaves the board stopped with nothing unread. */
  configure(slots: readonly Slot[] = benchOf(this.kind), leaseMs = 100): this {
    return this.openOnly().commit(slots, leaseMs);
  }

  /** Opens a session; the board is configuring. */
  openOnly(): this {
    const challenge = this.identify().subarray(33, 37);
    this.seq = 0;
    this.send(TYPE.open, challenge);
    return this;
  }

  commit(slots: readonly Slot[] = benchOf(this.kind), leaseMs = 100): this {
    for (const record of records(slots)) this.send(TYPE.config, record, 5_000);
    this.send(TYPE.commit, commitPayload(slots, leaseMs));
    const status = this.take()
      .find(({ type }) => type === TYPE.committed)
      ?.payload.readUInt8(0);
    if (status !== 0) throw new Error(`the board did not take its configuration: status ${status}`);
    return this;
  }

  /** A command that arms the board, valid for 100 ms from the time when it is made unless told otherwise. */
  processFrame(outputs: Uint8Array, notAfterUs = this.boardTimeUs() + 100_000): Buffer {
    this.cycle += 1;
    const head = bytesOf([this.cycle, 4], [notAfterUs >>> 0, 4], [1, 1]);
    return this.frame(TYPE.process, Buffer.concat([head, outputs]));
  }

  process(outputs: Uint8Array, waitUs?: number): void {
    this.raw(this.processFrame(outputs), waitUs);
  }

  /** The board's own time, to some 20 ms: it begins at the end of the boot, and is asked for when it is not known. */
  boardTimeUs(): number {
    this.#bootUs ??= this.timeUs - this.identify().readUInt32LE(29);
    return this.timeUs - this.#bootUs;
  }

  /** To be called where the board resets: its time begins anew, and the frame that it was sending ends anywhere. */
  expectReset(): void {
    this.#bootUs = undefined;
    this.#mayBeCut = true;
  }

  #character(byte: number, startUs: number, endUs: number): void {
    if (this.#frameStartUs === 0) this.#frameStartUs = startUs;
    try {
      this.#line.push(Buffer.of(byte));
    } catch (error) {
      if (!this.#mayBeCut) throw error;
      this.#mayBeCut = false;
      this.#line = new Line(UID);
    }
    if (byte !== 0) return;
    for (const received of this.#line.frames.splice(0)) {
      this.frames.push({ ...received, startUs: this.#frameStartUs, endUs });
    }
    this.#frameStartUs = 0;
  }
}
