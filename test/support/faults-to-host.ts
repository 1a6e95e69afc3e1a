// The host's gate of a session that is sent two frames with one fault per trial, images, edges and stream; what passes is
// compared with what may.
import { FrameGate } from '../../firmware-bridge/session/frame-gate.ts';
import { BOARD_STATES } from '../../firmware-bridge/wire/codes.ts';
import { encodeFrame } from '../../firmware-bridge/wire/frame.ts';
import { BOARD_TYPES, type BoardMessage } from '../../firmware-bridge/wire/messages.ts';
import { arriving, type Draw, type FaultKind, type Sent, taken } from './faulted-frames.ts';
import type { Outcome } from './faults-to-board.ts';
import { UID } from './wire-samples.ts';

const FOREIGN_UID = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const IMAGE_PERIOD_MS = 15;
const RECOVERY_MS_MAX = 200;

/** An IMAGE as on the wire: receipt and board time, armed, no trip, nothing late or bad, 8 bytes of inputs and read-back. */
const payload = new Uint8Array(20);
const payloadView = new DataView(payload.buffer);
payload[8] = BOARD_STATES.indexOf('armed');

/** A STREAM whose bytes are the mark, by its number. */
function streamPayload(mark: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = mark;
  new DataView(bytes.buffer).setUint32(1, mark, true);
  return bytes;
}

function markOf(message: BoardMessage): number {
  if (message.kind === 'image' || message.kind === 'edge') return message.receiptCycle;
  if (message.kind !== 'stream') return -1;
  const { data } = message;
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
}

export class FaultedHost {
  readonly #draw: Draw;
  readonly #gate: FrameGate;
  readonly #passed: BoardMessage[] = [];
  #session = 1;
  #seq = 0;
  #count = 0;
  #older: readonly Uint8Array[] = [];
  #recorded: Uint8Array[] = [];

  constructor(draw: Draw) {
    this.#draw = draw;
    this.#gate = new FrameGate((message) => this.#passed.push(message));
    this.#gate.openSession(this.#session, UID);
    for (let count = 0; count < 64; count += 1) this.#frame(BOARD_TYPES.image);
    this.openSession();
  }

  openSession(): void {
    this.#older = this.#recorded;
    this.#recorded = [];
    this.#session += 1;
    this.#seq = 0;
    this.#gate.openSession(this.#session, UID);
  }

  trial(kind: FaultKind): Outcome {
    const [first, firstMark, firstType] = this.#frame(this.#drawType());
    const [second, secondMark] = this.#frame(this.#drawType());
    const older = this.#older[this.#draw(this.#older.length)] ?? new Uint8Array(1);
    const sent: Sent = { first, second, older, foreign: this.#encode(firstType, firstMark, FOREIGN_UID) };
    const bytes = arriving(kind, sent, this.#draw);
    const wanted = taken(bytes, sent).map((index) => (index === 0 ? firstMark : secondMark));
    const passed = this.#deliver(bytes);
    const isRight = passed.length === wanted.length && passed.every((mark, index) => mark === wanted[index]);
    const wrong = isRight ? undefined : `frames ${passed.join()} instead of ${wanted.join()}`;
    return { wrong, recoveredMs: this.#recover() };
  }

  #recover(): number {
    for (let ms = IMAGE_PERIOD_MS; ms <= RECOVERY_MS_MAX; ms += IMAGE_PERIOD_MS) {
      const [bytes, mark] = this.#frame(BOARD_TYPES.image);
      if (this.#deliver(bytes).at(-1) === mark) return ms;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Half of the frames are images, as many edges as stream. */
  #drawType(): number {
    const { image, edge, stream } = BOARD_TYPES;
    return [image, image, edge, stream][this.#draw(4)] ?? image;
  }

  /** @returns the marks of the frames that passed; -1 for anything else */
  #deliver(bytes: Uint8Array): readonly number[] {
    this.#passed.length = 0;
    this.#gate.receive(bytes);
    return this.#passed.map(markOf);
  }

  #frame(type: number): readonly [Uint8Array, number, number] {
    this.#seq = (this.#seq + 1) % 65_536;
    this.#count = (this.#count + 1) >>> 0;
    const bytes = this.#encode(type, this.#count, UID);
    if (this.#recorded.length < 4096) this.#recorded.push(bytes);
    return [bytes, this.#count, type];
  }

  #encode(type: number, mark: number, uid: Uint8Array): Uint8Array {
    payloadView.setUint32(0, mark, true);
    payloadView.setUint32(4, Math.imul(mark, 10_000), true);
    for (let at = 12; at < payload.length; at += 1) payload[at] = this.#draw(256);
    return encodeFrame(
      {
        type,
        payload: type === BOARD_TYPES.stream ? streamPayload(mark) : payload,
        seq: this.#seq,
        session: this.#session,
      },
      uid,
      this.#draw(2) === 0,
    );
  }
}
