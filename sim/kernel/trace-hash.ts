// One number for a whole run: two runs with the same hash saw the same things at the same times.
import type { MonotonicMs } from '../../src/core/units.ts';

const TAG = { text: 1, number: 2, yes: 3, no: 4, nothing: 5, bytes: 6, list: 7, record: 8, whole: 9 } as const;

/** Behind the last member: no length of a name. */
const RECORD_END = -1;

/** Odd, with bits all over: the golden ratio, and a factor of MurmurHash3. */
const HIGH_FACTOR = 0x9e3779b1;
const LOW_FACTOR = 0x85ebca6b;

/**
 * Running hash, 64 bit, over plain data. Lengths, types and names of members go in as well, so that no two different
 * sequences of records give the same words. It finds accidents, not forgeries.
 *
 * Two lanes of `(rotate(hash) ^ word) * odd` over 32-bit words, the step of Firefox's HashGeneric: a few operations for
 * two characters, since all messages of a run go through it.
 */
export class TraceHash {
  readonly #scratch = new DataView(new ArrayBuffer(8));
  #high = 0;
  #low = 0;
  #records = 0;

  /** Records so far. */
  get records(): number {
    return this.#records;
  }

  /** 16 hex digits over all records so far. */
  get value(): string {
    return hex(this.#high) + hex(this.#low);
  }

  /** @param data plain: texts, numbers, booleans, bytes, nothing, and lists and records of them, without circles */
  add(at: MonotonicMs, kind: string, data: unknown): void {
    this.#records += 1;
    this.#number(at);
    this.#text(kind);
    this.#value(data);
  }

  #value(data: unknown): void {
    if (typeof data === 'string') {
      this.#word(TAG.text);
      this.#text(data);
    } else if (typeof data === 'number') {
      this.#anyNumber(data);
    } else if (typeof data === 'boolean') {
      this.#word(data ? TAG.yes : TAG.no);
    } else if (typeof data !== 'object' || data === null) {
      this.#word(TAG.nothing);
    } else if (data instanceof Uint8Array) {
      this.#word(TAG.bytes);
      this.#word(data.length);
      for (const byte of data) this.#word(byte);
    } else if (Array.isArray(data)) {
      this.#word(TAG.list);
      this.#word(data.length);
      for (const item of data) this.#value(item);
    } else {
      this.#record(data as Readonly<Record<string, unknown>>);
    }
  }

  /** Most numbers are whole and small: those are one word. */
  #anyNumber(data: number): void {
    const isWhole = Object.is(data | 0, data);
    this.#word(isWhole ? TAG.whole : TAG.number);
    if (isWhole) this.#word(data);
    else this.#number(data);
  }

  /** Members that are undefined count as absent. */
  #record(data: Readonly<Record<string, unknown>>): void {
    this.#word(TAG.record);
    for (const name in data) {
      const member = data[name];
      if (member === undefined) continue;
      this.#text(name);
      this.#value(member);
    }
    this.#word(RECORD_END);
  }

  #word(value: number): void {
    this.#high = Math.imul(((this.#high << 5) | (this.#high >>> 27)) ^ value, HIGH_FACTOR);
    this.#low = Math.imul(((this.#low << 13) | (this.#low >>> 19)) ^ value, LOW_FACTOR);
  }

  /**
   * Two UTF-16 units to a word; behind the last, `charCodeAt` gives NaN, which counts as 0. The steps of `#word` on local
   * numbers: a snapshot has thousands of them, and a member is written to memory each time.
   */
  #text(text: string): void {
    this.#word(text.length);
    let high = this.#high;
    let low = this.#low;
    for (let at = 0; at < text.length; at += 2) {
      const word = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
      high = Math.imul(((high << 5) | (high >>> 27)) ^ word, HIGH_FACTOR);
      low = Math.imul(((low << 13) | (low >>> 19)) ^ word, LOW_FACTOR);
    }
    this.#high = high;
    this.#low = low;
  }

  #number(value: number): void {
    this.#scratch.setFloat64(0, value, true);
    this.#word(this.#scratch.getInt32(0, true));
    this.#word(this.#scratch.getInt32(4, true));
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
