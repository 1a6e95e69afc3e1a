// A firmware that lets go of its outputs too late, played between the line and a right one: it is told a longer lease than
// the host asked for, and the host hears what it wants to hear.
import { decodeBoardMessage, encodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { type ConfigRecord, configHash } from '../../firmware-bridge/wire/config-records.ts';
import { decodeFrame, encodeFrame, type Frame, parseUid } from '../../firmware-bridge/wire/frame.ts';
import { decodeHostMessage, encodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';

/** The longest lease that a board takes, ms. */
const LEASE_MS_MAX = 2000;

/** Cuts a stream of bytes behind each zero and hands the pieces on, changed where they are frames to be changed. */
class FrameFilter {
  readonly #uid: Uint8Array;
  readonly #change: (frame: Frame) => Frame | undefined;
  #piece: number[] = [];

  constructor(uid: Uint8Array, change: (frame: Frame) => Frame | undefined) {
    this.#uid = uid;
    this.#change = change;
  }

  push(bytes: Uint8Array): Uint8Array {
    const out: number[] = [];
    for (const byte of bytes) {
      this.#piece.push(byte);
      if (byte !== 0) continue;
      out.push(...this.#filtered());
      this.#piece = [];
    }
    return Uint8Array.from(out);
  }

  #filtered(): Iterable<number> {
    const frame = decodeFrame(Uint8Array.from(this.#piece.slice(0, -1)), this.#uid);
    const changed = typeof frame === 'string' ? undefined : this.#change(frame);
    return changed === undefined ? this.#piece : encodeFrame(changed, this.#uid);
  }
}

/** Sits on the line of one board from its power-up; without a delay it changes nothing. */
export class LateLease {
  /** How much too late the board lets go, ms; from the next session on. 0: in time. */
  lateMs = 0;
  readonly #toBoard: FrameFilter;
  readonly #toHost: FrameFilter;
  #records: ConfigRecord[] = [];
  /** Hash that the host expects in the answer to its COMMIT. */
  #expectedHash: number | undefined = undefined;

  /** @param uid of the board, 16 hex digits */
  constructor(uid: string) {
    const salt = parseUid(uid) ?? new Uint8Array(8);
    this.#toBoard = new FrameFilter(salt, (frame) => this.#toldTo(frame));
    this.#toHost = new FrameFilter(salt, (frame) => this.#toldBy(frame));
  }

  toBoard(bytes: Uint8Array): Uint8Array {
    return this.#toBoard.push(bytes);
  }

  toHost(bytes: Uint8Array): Uint8Array {
    return this.#toHost.push(bytes);
  }

  #toldTo(frame: Frame): Frame | undefined {
    const message = decodeHostMessage(frame);
    if (message?.kind === 'open') this.#records = [];
    if (message?.kind === 'config') this.#records[message.record.index] = message.record;
    if (message?.kind !== 'commit') return undefined;
    this.#expectedHash = undefined;
    if (this.lateMs === 0) return undefined;
    this.#expectedHash = message.configHash;
    const leaseMs = Math.min(LEASE_MS_MAX, message.leaseMs + this.lateMs);
    const late = encodeHostMessage({ ...message, leaseMs, configHash: configHash(leaseMs, this.#records) });
    return { ...frame, ...late };
  }

  #toldBy(frame: Frame): Frame | undefined {
    if (this.#expectedHash === undefined) return undefined;
    const message = decodeBoardMessage(frame);
    if (message?.kind !== 'committed') return undefined;
    return { ...frame, ...encodeBoardMessage({ ...message, configHash: this.#expectedHash }) };
  }
}
