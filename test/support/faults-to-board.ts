// An armed board that is sent two commands with one fault per trial; what it does is compared with what it may do.
import { encodeFrame, type Frame } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { arriving, type Draw, type FaultKind, type Sent, taken } from './faulted-frames.ts';
import { BENCH, benchOutputs, commitPayload, records, STATE, TYPE, UID } from './firmware-rig.ts';
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
const RECOVERY_MS_MAX = 200;
const PINS = [4, 9, 10] as const;
const HELLO = Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [7, 4])]);

/** What a command makes of the pins, in the order of `PINS`. */
interface Command {
  readonly frame: Uint8Array;
  readonly cycle: number;
  readonly pins: readonly [number, number, number];
}

export class FaultedBoard {
  readonly #board: WasmBoard;
  readonly #draw: Draw;
  readonly #decoder: FrameDecoder;
  readonly #changes: { readonly pin: number; readonly value: number }[] = [];
  #reply: Frame | undefined;
  #image: DataView | undefined;
  #session = 0;
  #seq = 0;
  #cycle = 0;
  #pins: readonly number[] = [0, 0, 0];
  #older: readonly Uint8Array[] = [];
  #recorded: Uint8Array[] = [];

  constructor(draw: Draw) {
    this.#draw = draw;
    this.#decoder = new FrameDecoder((frame) => this.#heard(frame));
    this.#decoder.uid = UID;
    this.#board = WasmBoard.load({
      uid: UID.toString('hex'),
      world: { digitalLevel: () => 0, analogCounts: () => 0 },
      onTransmit: (bytes) => this.#decoder.push(bytes),
      onPinChange: (pin, { level, pulseUs }) => this.#changes.push({ pin, value: pin === 4 ? level : pulseUs }),
    });
    // Two sessions, so that there is an older one to replay from.
    this.openSession();
    for (let count = 0; count < 64; count += 1) this.#sendWhole();
    this.openSession();
  }

  /** Ends the session and opens the next; the frames of this one become those of an older session. */
  openSession(): void {
    this.#older = this.#recorded;
    this.#recorded = [];
    this.#put(encodeFrame({ type: TYPE.hello, seq: 0, session: 0, payload: HELLO }, UID, true));
    const challenge = this.#reply?.payload.slice(33, 37) ?? new Uint8Array(4);
    this.#session += 1;
    this.#seq = 0;
    this.#cycle = 0;
    this.#put(this.#encode(TYPE.open, challenge));
    for (const record of records(BENCH)) this.#put(this.#encode(TYPE.config, record));
    this.#put(this.#encode(TYPE.commit, commitPayload(BENCH, 100)));
    this.#board.advance(this.#board.timeUs + 3_000);
    if (this.#sendWhole() !== undefined) throw new Error('the board did not take its first command');
  }

  trial(kind: FaultKind): Outcome {
    const first = this.#command();
    const second = this.#command();
    const older = this.#older[this.#draw(this.#older.length)] ?? new Uint8Array(1);
    const sent: Sent = { first: first.frame, second: second.frame, older, foreign: this.#foreign(first) };
    const bytes = arriving(kind, sent, this.#draw);
    const executed = taken(bytes, sent).map((index) => (index === 0 ? first : second));
    this.#changes.length = 0;
    this.#board.receive(bytes);
    return { wrong: this.#judge(executed), recoveredMs: this.#recover() };
  }

  #judge(executed: readonly Command[]): string | undefined {
    for (const { pin, value } of this.#changes) {
      const slot = PINS.indexOf(pin as 4);
      if (!executed.some(({ pins }) => pins[slot] === value)) return `pin ${pin} went to ${value}`;
    }
    const last = executed.at(-1);
    if (last !== undefined) this.#pins = last.pins;
    return this.#compare();
  }

  #compare(): string | undefined {
    const [valve, base, wrist] = this.#present();
    const [wantedValve, wantedBase, wantedWrist] = this.#pins;
    if (valve === wantedValve && base === wantedBase && wrist === wantedWrist) return undefined;
    return `pins ${String(this.#present())} instead of ${String(this.#pins)}`;
  }

  #present(): readonly [number, number, number] {
    return [this.#board.pin(4).level, this.#board.pin(9).pulseUs, this.#board.pin(10).pulseUs];
  }

  /** Whole commands at the period of a cell until one is executed. */
  #recover(): number {
    const fromUs = this.#board.timeUs;
    for (;;) {
      const problem = this.#sendWhole();
      const ms = (this.#board.timeUs - fromUs) / 1000;
      if (problem === undefined || ms > RECOVERY_MS_MAX) return problem === undefined ? ms : Number.POSITIVE_INFINITY;
    }
  }

  /** @returns what is wrong when the command is not executed and reported */
  #sendWhole(): string | undefined {
    const command = this.#command();
    this.#board.advance(this.#board.timeUs + PERIOD_US);
    this.#image = undefined;
    this.#put(command.frame);
    const image = this.#image as DataView | undefined;
    if (image?.getUint32(0, true) !== command.cycle || image.getUint8(8) !== STATE.armed) return 'not executed';
    this.#pins = command.pins;
    return this.#compare();
  }

  #command(): Command {
    this.#cycle += 1;
    const pins = [this.#draw(2) as 0 | 1, 500 + this.#draw(2001), 500 + this.#draw(2001)] as const;
    const head = bytesOf([this.#cycle, 4], [(this.#board.timeUs + 200_000) >>> 0, 4], [1, 1]);
    // With and without the zero in front that a sender puts there after a pause.
    const frame = this.#encode(TYPE.process, Buffer.concat([head, benchOutputs(...pins)]), this.#draw(2) === 0);
    if (this.#recorded.length < 4096) this.#recorded.push(frame);
    return { frame, cycle: this.#cycle, pins };
  }

  #foreign({ cycle }: Command): Uint8Array {
    const payload = Buffer.concat([
      bytesOf([cycle, 4], [(this.#board.timeUs + 200_000) >>> 0, 4], [1, 1]),
      benchOutputs(1, 777, 888),
    ]);
    return encodeFrame(
      { type: TYPE.process, seq: (this.#seq + 1) % 65_536, session: this.#session, payload },
      FOREIGN_UID,
    );
  }

  #encode(type: number, payload: Uint8Array, afterPause = true): Uint8Array {
    this.#seq = (this.#seq + 1) % 65_536;
    return encodeFrame({ type, seq: this.#seq, session: this.#session, payload }, UID, afterPause);
  }

  #put(bytes: Uint8Array): void {
    this.#board.receive(bytes);
  }

  #heard(frame: Frame): void {
    this.#reply = frame;
    if (frame.type !== TYPE.image) return;
    this.#image = new DataView(frame.payload.buffer, frame.payload.byteOffset, frame.payload.byteLength);
  }
}
