// All chance of a simulation: one seed, one stream of numbers for each purpose.
import type { RandomSource } from '../../src/ports/random-source.ts';
import { Fnv64 } from './fnv.ts';

const TWO_32 = 0x1_0000_0000;

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Spreads a 32-bit state over many outputs. Source: Steele and others, SplitMix; 32-bit constants of MurmurHash3. */
function splitMix(state: number): () => number {
  let current = state;
  return () => {
    current = (current + 0x9e3779b9) | 0;
    let mixed = Math.imul(current ^ (current >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

function seedState(seed: string, name: string): readonly [number, number, number, number] {
  const hash = new Fnv64();
  const encoder = new TextEncoder();
  hash.bytes(encoder.encode(seed));
  hash.byte(0);
  hash.bytes(encoder.encode(name));
  const high = splitMix(hash.high);
  const low = splitMix(hash.low);
  // The state must not be all zero.
  return [high(), low(), high(), low() | 1];
}

/** xoshiro128**. Source: Blackman and Vigna 2018, "Scrambled linear pseudorandom number generators". */
export class RandomStream implements RandomSource {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(state: readonly [number, number, number, number]) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  nextUint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return result;
  }

  /** Uniform in 0 (included) to 1 (excluded). */
  uniform(): number {
    return this.nextUint32() / TWO_32;
  }

  /** Uniform in `min` (included) to `max` (excluded). */
  between(min: number, max: number): number {
    return min + this.uniform() * (max - min);
  }

  /**
   * Uniform integer in 0 to `count` - 1, without bias.
   * @throws RangeError when `count` is not an integer in 1..2^32
   */
  below(count: number): number {
    if (!Number.isInteger(count) || count < 1 || count > TWO_32) {
      throw new RangeError(`expected an integer in 1..${TWO_32}, got ${count}`);
    }
    const limit = TWO_32 - (TWO_32 % count);
    for (;;) {
      const value = this.nextUint32();
      if (value < limit) return value % count;
    }
  }

  /** True with the given probability, 0..1. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }
}

export interface Random {
  /** What it was made from; printed when a run fails, so that it can be repeated. */
  readonly seed: string;
  /** The stream of this name; asked again, the same stream goes on. What other streams exist changes nothing in it. */
  stream(name: string): RandomStream;
}

/** @param seed any number or text; 1 and '1' are the same seed */
export function createRandom(seed: number | string): Random {
  const text = String(seed);
  const streams = new Map<string, RandomStream>();
  return {
    seed: text,
    stream(name) {
      let stream = streams.get(name);
      if (stream === undefined) {
        stream = new RandomStream(seedState(text, name));
        streams.set(name, stream);
      }
      return stream;
    },
  };
}
