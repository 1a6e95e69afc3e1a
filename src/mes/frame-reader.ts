// Finds the frames of HTTP/2 in bytes of any chunking, without keeping their payloads. Source: RFC 9113, 3.4, 4.1 and 6.

export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** Of DATA and HEADERS. */
export const END_STREAM = 0x1;
/** Of HEADERS and CONTINUATION. */
export const END_HEADERS = 0x4;

export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const HEADER_BYTES = 9;

export interface FrameHeader {
  /** Of the payload, bytes. */
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
}

export class FrameReader {
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerBytes = 0;
  #payloadLeft = 0;
  #prefaceLeft: string;

  /** @param from `client`: the preface comes first */
  constructor(from: 'client' | 'server') {
    this.#prefaceLeft = from === 'client' ? PREFACE : '';
  }

  /**
   * @param visit called with each frame as soon as its header is whole
   * @returns false when this is not HTTP/2: the bytes do not begin with the preface
   */
  read(bytes: Uint8Array, visit: (frame: FrameHeader) => void): boolean {
    let at = this.#readPreface(bytes);
    if (at === undefined) return false;
    while (at < bytes.length) {
      if (this.#payloadLeft > 0) {
        const skipped = Math.min(this.#payloadLeft, bytes.length - at);
        this.#payloadLeft -= skipped;
        at += skipped;
        continue;
      }
      const taken = Math.min(HEADER_BYTES - this.#headerBytes, bytes.length - at);
      this.#header.set(bytes.subarray(at, at + taken), this.#headerBytes);
      this.#headerBytes += taken;
      at += taken;
      if (this.#headerBytes < HEADER_BYTES) break;
      this.#headerBytes = 0;
      const frame = parse(this.#header);
      this.#payloadLeft = frame.length;
      visit(frame);
    }
    return true;
  }

  #readPreface(bytes: Uint8Array): number | undefined {
    if (this.#prefaceLeft === '') return 0;
    const taken = Math.min(this.#prefaceLeft.length, bytes.length);
    if (Buffer.from(bytes.subarray(0, taken)).toString('latin1') !== this.#prefaceLeft.slice(0, taken))
      return undefined;
    this.#prefaceLeft = this.#prefaceLeft.slice(taken);
    return taken;
  }
}

function parse(header: Buffer): FrameHeader {
  return {
    length: header.readUIntBE(0, 3),
    type: header.readUInt8(3),
    flags: header.readUInt8(4),
    streamId: header.readUInt32BE(5) & 0x7fff_ffff,
  };
}
