// One number for a whole run: two runs with the same hash saw the same things at the same times.
import type { MonotonicMs } from '../../src/core/units.ts';
import { Fnv64 } from './fnv.ts';

/** What a record may carry. */
export type TraceData = string | number | boolean | Uint8Array | readonly number[];

const TAG = { text: 1, number: 2, boolean: 3, bytes: 4, numbers: 5 } as const;

/**
 * Running FNV-1a (64 bit) over typed records. Lengths and types go in as well, so that no two different sequences of
 * records give the same bytes. It finds accidents, not forgeries.
 */
export class TraceHash {
  readonly #hash = new Fnv64();
  readonly #encoder = new TextEncoder();
  readonly #scratch = new DataView(new ArrayBuffer(8));
  readonly #kinds = new Map<string, Uint8Array>();
  #records = 0;

  /** Records so far. */
  get records(): number {
    return this.#records;
  }

  /** 16 hex digits over all records so far. */
  get value(): string {
    return this.#hash.hex();
  }

  add(at: MonotonicMs, kind: string, data: TraceData): void {
    this.#records += 1;
    this.#number(at);
    this.#bytes(this.#kindBytes(kind));
    if (typeof data === 'string') {
      this.#hash.byte(TAG.text);
      this.#bytes(this.#encoder.encode(data));
    } else if (typeof data === 'number') {
      this.#hash.byte(TAG.number);
      this.#number(data);
    } else if (typeof data === 'boolean') {
      this.#hash.byte(TAG.boolean);
      this.#hash.byte(data ? 1 : 0);
    } else if (data instanceof Uint8Array) {
      this.#hash.byte(TAG.bytes);
      this.#bytes(data);
    } else {
      this.#hash.byte(TAG.numbers);
      this.#number(data.length);
      for (const item of data) this.#number(item);
    }
  }

  #kindBytes(kind: string): Uint8Array {
    let bytes = this.#kinds.get(kind);
    if (bytes === undefined) {
      bytes = this.#encoder.encode(kind);
      this.#kinds.set(kind, bytes);
    }
    return bytes;
  }

  #bytes(values: Uint8Array): void {
    this.#number(values.length);
    this.#hash.bytes(values);
  }

  #number(value: number): void {
    this.#scratch.setFloat64(0, value, true);
    for (let index = 0; index < 8; index += 1) this.#hash.byte(this.#scratch.getUint8(index));
  }
}
