// A second reading of docs/reference/wire.md, written for the firmware's tests only: shares no code with the bridge.

export interface Received {
  readonly type: number;
  readonly seq: number;
  readonly session: number;
  readonly payload: Buffer;
}

export interface Image {
  readonly receiptCycle: number;
  readonly boardTimeUs: number;
  readonly state: number;
  readonly tripCause: number;
  readonly lateFrames: number;
  readonly badFrames: number;
  /** Input image followed by the read-back. */
  readonly rest: Buffer;
}

/** CRC-32C, bit by bit. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function stuff(bytes: Uint8Array): Buffer {
  const groups: number[][] = [[]];
  for (const byte of bytes) {
    if (byte === 0) groups.push([]);
    else groups.at(-1)?.push(byte);
  }
  return Buffer.from(groups.flatMap((group) => [group.length + 1, ...group]));
}

function unstuff(bytes: Uint8Array): Buffer {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const code = bytes[at] ?? 0;
    out.push(...bytes.subarray(at + 1, at + code));
    at += code;
    if (at < bytes.length) out.push(0);
  }
  return Buffer.from(out);
}

const BEFORE_UID = [0x01, 0x02, 0x81, 0x82];

function salted(type: number, uid: Uint8Array, body: Uint8Array): number {
  return crc32c(Buffer.concat([BEFORE_UID.includes(type) ? Buffer.alloc(8) : uid, body]));
}

export function frame(uid: Uint8Array, type: number, seq: number, session: number, payload: Uint8Array): Buffer {
  const body = Buffer.alloc(7 + payload.length);
  body.writeUInt8(type, 0);
  body.writeUInt16LE(seq, 1);
  body.writeUInt32LE(session, 3);
  body.set(payload, 7);
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(salted(type, uid, body));
  return Buffer.concat([stuff(Buffer.concat([body, crc])), Buffer.of(0)]);
}

/** Splits what a board sent and throws on anything that is not a right frame of this board. */
export class Line {
  readonly frames: Received[] = [];
  #rest = Buffer.alloc(0);
  readonly #uid: Uint8Array;

  constructor(uid: Uint8Array) {
    this.#uid = uid;
  }

  push(bytes: Uint8Array): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let end = this.#rest.indexOf(0); end >= 0; end = this.#rest.indexOf(0)) {
      if (end > 0) this.frames.push(this.#decode(this.#rest.subarray(0, end)));
      this.#rest = this.#rest.subarray(end + 1);
    }
  }

  #decode(encoded: Uint8Array): Received {
    const bytes = unstuff(encoded);
    const body = bytes.subarray(0, -4);
    const type = body.readUInt8(0);
    if (bytes.readUInt32LE(body.length) !== salted(type, this.#uid, body)) throw new Error('wrong checksum from board');
    return { type, seq: body.readUInt16LE(1), session: body.readUInt32LE(3), payload: Buffer.from(body.subarray(7)) };
  }
}

export function readImage(payload: Buffer): Image {
  return {
    receiptCycle: payload.readUInt32LE(0),
    boardTimeUs: payload.readUInt32LE(4),
    state: payload.readUInt8(8),
    tripCause: payload.readUInt8(9),
    lateFrames: payload.readUInt8(10),
    badFrames: payload.readUInt8(11),
    rest: payload.subarray(12),
  };
}

export function bytesOf(...fields: readonly (readonly [value: number, size: 1 | 2 | 4])[]): Buffer {
  const out = Buffer.alloc(fields.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  for (const [value, size] of fields) at = out.writeUIntLE(value, at, size);
  return out;
}
