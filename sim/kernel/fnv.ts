// FNV-1a, 64 bit, in two 32-bit halves: turns seeds and names into the first state of a random stream.
// Source: Fowler, Noll, Vo; draft-eastlake-fnv, section 2. The prime is 2^40 + 0x1b3.

const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
const PRIME_LOW = 0x1b3;
const TWO_32 = 0x1_0000_0000;

export class Fnv64 {
  #high = OFFSET_HIGH;
  #low = OFFSET_LOW;

  byte(value: number): void {
    const low = (this.#low ^ (value & 0xff)) >>> 0;
    const product = low * PRIME_LOW;
    const carry = Math.floor(product / TWO_32);
    // (high * 2^32 + low) * (2^40 + 0x1b3), modulo 2^64
    this.#high = (Math.imul(this.#high, PRIME_LOW) + carry + (low << 8)) >>> 0;
    this.#low = product >>> 0;
  }

  bytes(values: Uint8Array): void {
    for (const value of values) this.byte(value);
  }

  get high(): number {
    return this.#high;
  }

  get low(): number {
    return this.#low;
  }

  /** 16 hex digits. */
  hex(): string {
    return this.#high.toString(16).padStart(8, '0') + this.#low.toString(16).padStart(8, '0');
  }
}
