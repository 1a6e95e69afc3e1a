// One frame of docs/reference/wire.md: type, sequence number, session, payload, and a checksum salted with the board's UID.
import { frameBytes } from '../../src/core/process-data.ts';
import { decodeCobsInto, encodeCobsInto } from './cobs.ts';
import { CRC32C_INITIAL, finishCrc32c, updateCrc32c } from './crc32c.ts';

/** Bounds of a decoded frame, bytes. */
const FRAME_BYTES = { header: 7, checksum: 4, min: 11, max: 128, payloadMax: 117 } as const;

/** Longest encoded frame without its terminating zero: one code byte more than the decoded frame. */
export const ENCODED_BYTES_MAX = FRAME_BYTES.max + 1;

/** A frame without its checksum and coding. */
export interface Frame {
  /** 0..255; bit 7 set: board to host. */
  readonly type: number;
  /** 0..65535. */
  readonly seq: number;
  /** Unsigned 32 bit; 0 before a session is open. */
  readonly session: number;
  /** 0..117 bytes. */
  readonly payload: Uint8Array;
}

/** UID of a board, 8 bytes. */
export type BoardUid = Uint8Array;

const NO_UID: BoardUid = new Uint8Array(8);

/** HELLO, GET_PINS, IDENT, PINS: exchanged before the host knows the UID. */
const UNSALTED_TYPES: ReadonlySet<number> = new Set([0x01, 0x02, 0x81, 0x82]);

/** Whether frames of this type are checked without UID, session and sequence number. */
export function isUnsalted(type: number): boolean {
  return UNSALTED_TYPES.has(type);
}

// One frame at a time is encoded or decoded, and nothing of it stays here: no memory is taken per frame but for the result.
const scratch = new Uint8Array(ENCODED_BYTES_MAX);
const scratchView = new DataView(scratch.buffer);

/** Of the first `length` bytes of the scratch. */
function checksum(uid: BoardUid, length: number): number {
  return finishCrc32c(updateCrc32c(updateCrc32c(CRC32C_INITIAL, uid, uid.length), scratch, length));
}

/**
 * @param uid of the board at the other end; ignored for the four types that come before it is known
 * @param afterPause puts a zero in front, so that noise on the line during a pause cannot cost the frame
 * @returns the bytes for the line, the terminating zero included
 * @throws RangeError when the payload is longer than 117 bytes or the UID is not 8 bytes (a defect of the caller)
 */
export function encodeFrame(frame: Frame, uid: BoardUid, afterPause = false): Uint8Array {
  if (frame.payload.length > FRAME_BYTES.payloadMax) {
    throw new RangeError(`payload of ${frame.payload.length} bytes, at most ${FRAME_BYTES.payloadMax}`);
  }
  if (uid.length !== 8) throw new RangeError(`a UID has 8 bytes, got ${uid.length}`);
  const bodyLength = FRAME_BYTES.header + frame.payload.length;
  scratchView.setUint8(0, frame.type);
  scratchView.setUint16(1, frame.seq, true);
  scratchView.setUint32(3, frame.session, true);
  scratch.set(frame.payload, FRAME_BYTES.header);
  scratchView.setUint32(bodyLength, checksum(isUnsalted(frame.type) ? NO_UID : uid, bodyLength), true);
  const from = afterPause ? 1 : 0;
  const line = new Uint8Array(from + frameBytes(frame.payload.length));
  encodeCobsInto(line, from, scratch, bodyLength + FRAME_BYTES.checksum);
  return line;
}

/** Why a received frame was dropped before its content was looked at. */
export type FrameError = 'cobs' | 'too-long' | 'too-short' | 'checksum';

/**
 * @param encoded bytes between two zeros of the line, not empty
 * @param uid of the board at the other end, undefined while unknown: then only the unsalted types can be right
 */
export function decodeFrame(encoded: Uint8Array, uid: BoardUid | undefined): Frame | FrameError {
  if (encoded.length > ENCODED_BYTES_MAX) return 'too-long';
  const length = decodeCobsInto(scratch, encoded);
  if (length === undefined) return 'cobs';
  if (length < FRAME_BYTES.min) return 'too-short';
  if (length > FRAME_BYTES.max) return 'too-long';
  const bodyLength = length - FRAME_BYTES.checksum;
  const type = scratchView.getUint8(0);
  const salt = isUnsalted(type) ? NO_UID : uid;
  if (salt === undefined) return 'checksum';
  if (scratchView.getUint32(bodyLength, true) !== checksum(salt, bodyLength)) return 'checksum';
  return {
    type,
    seq: scratchView.getUint16(1, true),
    session: scratchView.getUint32(3, true),
    payload: scratch.slice(FRAME_BYTES.header, bodyLength),
  };
}

/** @returns the UID as 16 lower-case hex digits, first byte first. */
export function formatUid(uid: BoardUid): string {
  return Array.from(uid, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @returns the 8 bytes, or undefined when `text` is not 16 hex digits. */
export function parseUid(text: string): BoardUid | undefined {
  if (!/^[0-9a-f]{16}$/i.test(text)) return undefined;
  return Uint8Array.from({ length: 8 }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}
