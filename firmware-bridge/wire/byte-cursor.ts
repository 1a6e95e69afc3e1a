// Little-endian reading and writing of message payloads. Reading past the end is remembered, not thrown.

/** A read past the end gives 0 and leaves `isExhausted` false for good: check once, at the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #failed = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** True when every read so far found its bytes and none are left. */
  get isExhausted(): boolean {
    return !this.#failed && this.#at === this.#bytes.length;
  }

  u8(): number {
    return this.#take(1) ? this.#byte(1) : 0;
  }

  u16(): number {
    return this.#take(2) ? this.#byte(2) | (this.#byte(1) << 8) : 0;
  }

  u32(): number {
    if (!this.#take(4)) return 0;
    return (this.#byte(4) | (this.#byte(3) << 8) | (this.#byte(2) << 16) | (this.#byte(1) << 24)) >>> 0;
  }

  bytes(count: number): Uint8Array {
    return this.#take(count) ? this.#bytes.slice(this.#at - count, this.#at) : new Uint8Array(count);
  }

  rest(): Uint8Array {
    return this.bytes(this.#bytes.length - this.#at);
  }

  /** The byte that many before the present place. */
  #byte(back: number): number {
    return this.#bytes[this.#at - back] ?? 0;
  }

  #take(count: number): boolean {
    if (this.#failed || this.#at + count > this.#bytes.length) {
      this.#failed = true;
      return false;
    }
    this.#at += count;
    return true;
  }
}

/** Room at first: every message of the cycle fits, and memory this small is cheap to get. */
const ROOM_BYTES = 64;

/** Values are taken modulo their width. */
export class ByteWriter {
  #bytes = new Uint8Array(ROOM_BYTES);
  #length = 0;

  u8(value: number): this {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  u16(value: number): this {
    return this.u8(value).u8(value >>> 8);
  }

  u32(value: number): this {
    return this.u16(value).u16(value >>> 16);
  }

  bytes(values: ArrayLike<number>): this {
    this.#reserve(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
    return this;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * needed);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
