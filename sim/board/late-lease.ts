// A firmware that lets go of its outputs too late, played between the line and a right one: it is told a longer lease than
// the host asked for, and the host hears what it wants to hear.
import { decodeBoardMessage, encodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { type ConfigRecord, configHash } from '../../firmware-bridge/wire/config-records.ts';
import { decodeFrame, encodeFrame, type Frame, parseUid } from '../../firmware-bridge/wire/frame.ts';
import { decodeHostMessage, encodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import { BOARD_TYPES, HOST_TYPES } from '../../firmware-bridge/wire/messages.ts';

/** The longest lease that a board takes, ms. */
const LEASE_MS_MAX = 2000;

/** Cuts a stream of bytes behind each zero and hands the pieces on, changed where they are frames to be changed. */
class FrameFilter {
  readonly #uid: Uint8Array;
  readonly #types: ReadonlySet<number>;
  readonly #change: (frame: Frame) => Frame | undefined;
  /** Behind the last zero. */
  #held = new Uint8Array();

  /** @param types of the frames that `change` is to see: the others pass undecoded, since they are nearly all */
  constructor(uid: Uint8Array, types: readonly number[], change: (frame: Frame) => Frame | undefined) {
    this.#uid = uid;
    this.#types = new Set(types);
    this.#change = change;
  }

  push(bytes: Uint8Array): Uint8Array {
    if (this.#held.length === 0 && this.#passesWhole(bytes)) return bytes;
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const out: Uint8Array[] = [];
    let from = 0;
    for (let zero = all.indexOf(0); zero >= 0; zero = all.indexOf(0, from)) {
      out.push(this.#filtered(all.subarray(from, zero + 1)));
      from = zero + 1;
    }
    this.#held = all.slice(from);
    return out.length === 1 && out[0] !== undefined ? out[0] : Buffer.concat(out);
  }

  /** Nothing is to be held back, and nothing to be looked at. */
  #passesWhole(bytes: Uint8Array): boolean {
    let from = 0;
    for (let zero = bytes.indexOf(0); zero >= 0; zero = bytes.indexOf(0, from)) {
      if (this.#isSeen(bytes[from + 1])) return false;
      from = zero + 1;
    }
    return from === bytes.length;
  }

  /** @param type the second byte of a piece: in front of it, which is never zero, is the code byte of COBS */
  #isSeen(type: number | undefined): boolean {
    return type !== undefined && this.#types.has(type);
  }

  #filtered(piece: Uint8Array): Uint8Array {
    if (!this.#isSeen(piece[1])) return piece;
    const frame = decodeFrame(piece.subarray(0, -1), this.#uid);
    const changed = typeof frame === 'string' ? undefined : this.#change(frame);
    return changed === undefined ? piece : encodeFrame(changed, this.#uid);
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
    const { open, config, commit } = HOST_TYPES;
    this.#toBoard = new FrameFilter(salt, [open, config, commit], (frame) => this.#toldTo(frame));
    this.#toHost = new FrameFilter(salt, [BOARD_TYPES.committed], (frame) => this.#toldBy(frame));
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
