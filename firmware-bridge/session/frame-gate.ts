// Sends and receives frames of one session: sequence numbers, session id, salt. What may not pass is counted.
import { decodeBoardMessage } from '../wire/board-codec.ts';
import { type BoardUid, encodeFrame, type Frame, type FrameError, isUnsalted } from '../wire/frame.ts';
import { FrameDecoder } from '../wire/frame-decoder.ts';
import { encodeHostMessage } from '../wire/host-codec.ts';
import { BOARD_TYPES, type BoardMessage, HOST_TYPES, type HostMessage } from '../wire/messages.ts';
import { isNewerSeq, nextSeq } from '../wire/sequence.ts';

/** Why a frame from the board was dropped. */
export type DropReason = FrameError | 'session' | 'sequence' | 'malformed';

/** A sender that was quiet this long puts a zero in front, so that noise on the line cannot cost the frame, ms. */
const QUIET_MS = 5;

const NO_UID: BoardUid = new Uint8Array(8);

export class FrameGate {
  readonly #decoder: FrameDecoder;
  readonly #drops = { session: 0, sequence: 0, malformed: 0 };
  readonly #onMessage: (message: BoardMessage) => void;
  #session = 0;
  #sentSeq = 0;
  #receivedSeq = 0;
  #missed = 0;
  #lastSentMs = Number.NEGATIVE_INFINITY;

  /** @param onMessage called inside `receive` for each message that is right, of this session and newer than the last */
  constructor(onMessage: (message: BoardMessage) => void) {
    this.#onMessage = onMessage;
    this.#decoder = new FrameDecoder((frame) => this.#admit(frame));
  }

  get drops(): Readonly<Record<DropReason, number>> {
    return { ...this.#decoder.drops, ...this.#drops };
  }

  /** Frames of another session so far. */
  get foreignFrames(): number {
    return this.#drops.session;
  }

  /** Frames so far that were right but for their type or their content. */
  get unknownFrames(): number {
    return this.#drops.malformed;
  }

  /** Frames of the board's sessions that were sent and did not arrive, so far. */
  get missedFrames(): number {
    return this.#missed;
  }

  /** Starts a session: sequence numbers begin anew in both directions. */
  openSession(session: number, uid: BoardUid): void {
    this.#session = session;
    this.#decoder.uid = uid;
    this.#sentSeq = 0;
    this.#receivedSeq = 0;
  }

  /** From now on only the messages that need no session pass. The UID stays: it tells the board from a foreign one. */
  closeSession(): void {
    this.#session = 0;
  }

  /** Forgets a frame under way; for a line that was just opened. */
  resetLine(): void {
    this.#decoder.reset();
    this.#lastSentMs = Number.NEGATIVE_INFINITY;
  }

  receive(bytes: Uint8Array): void {
    this.#decoder.push(bytes);
  }

  /** @returns the bytes for the line. */
  encode(message: HostMessage, nowMs: number): Uint8Array {
    const { type, payload } = encodeHostMessage(message);
    const isOutside = isUnsalted(type);
    if (!isOutside) this.#sentSeq = nextSeq(this.#sentSeq);
    const seq = isOutside ? 0 : this.#sentSeq;
    const session = isOutside ? 0 : this.#session;
    const wasQuiet = nowMs - this.#lastSentMs >= QUIET_MS;
    this.#lastSentMs = nowMs;
    return encodeFrame({ type, seq, session, payload }, this.#decoder.uid ?? NO_UID, wasQuiet);
  }

  #admit(frame: Frame): void {
    if (!isUnsalted(frame.type)) {
      if (this.#session === 0 || frame.session !== this.#session) {
        this.#drops.session += 1;
        return;
      }
      if (!isRefusedOpen(frame)) {
        if (!isNewerSeq(frame.seq, this.#receivedSeq)) {
          this.#drops.sequence += 1;
          return;
        }
        this.#missed += (frame.seq - this.#receivedSeq - 1) & 0xffff;
        this.#receivedSeq = frame.seq;
      }
    }
    const message = decodeBoardMessage(frame);
    if (message === undefined) this.#drops.malformed += 1;
    else this.#onMessage(message);
  }
}

/** The refusal of an OPEN belongs to no session yet: it carries the id asked for, and no sequence number counts. */
function isRefusedOpen(frame: Frame): boolean {
  return frame.type === BOARD_TYPES.refused && frame.payload[0] === HOST_TYPES.open;
}
