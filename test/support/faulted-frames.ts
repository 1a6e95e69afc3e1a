// Faults of a serial line, each put into a stream of whole frames: what arrives in place of what was sent.

export const FAULT_KINDS = [
  'flipped bit',
  'burst',
  'dropped bytes',
  'inserted bytes',
  'repeated frame',
  'swapped frames',
  'truncated frame',
  'replayed from an older session',
  'frame of a foreign board',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A number from 0 to `below` - 1. */
export type Draw = (below: number) => number;

export interface Sent {
  /** Two frames of this session, in the order of the sender. */
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  /** A right frame of a session before, for this receiver. */
  readonly older: Uint8Array;
  /** The first frame as it would be for another board. */
  readonly foreign: Uint8Array;
}

/** What arrives; three frames and some noise at most. One trial at a time: memory per trial would be half of its cost. */
class Arrival {
  readonly #bytes = new Uint8Array(512);
  #length = 0;

  /** Valid until the next `start`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  start(...frames: readonly Uint8Array[]): this {
    this.#length = 0;
    for (const frame of frames) {
      this.#bytes.set(frame, this.#length);
      this.#length += frame.length;
    }
    return this;
  }

  flip(draw: Draw): this {
    this.#flipBit(draw(this.#length * 8));
    return this;
  }

  /** Up to 64 bits in a row, the first and the last of them wrong, those between by chance. */
  burst(draw: Draw): this {
    const length = 2 + draw(63);
    const from = draw(this.#length * 8 - length);
    for (let bit = from; bit < from + length; bit += 1) {
      if (bit === from || bit === from + length - 1 || draw(2) === 1) this.#flipBit(bit);
    }
    return this;
  }

  drop(draw: Draw): this {
    const at = draw(this.#length);
    const count = Math.min(1 + draw(8), this.#length - at);
    this.#bytes.copyWithin(at, at + count, this.#length);
    this.#length -= count;
    return this;
  }

  insert(draw: Draw): this {
    const at = draw(this.#length + 1);
    const count = 1 + draw(8);
    this.#bytes.copyWithin(at + count, at, this.#length);
    for (let index = 0; index < count; index += 1) this.#bytes[at + index] = draw(256);
    this.#length += count;
    return this;
  }

  #flipBit(bit: number): void {
    this.#bytes[bit >> 3] = (this.#bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  }
}

const arrival = new Arrival();

/** @returns what arrives in place of `first` followed by `second`; valid until the next call */
export function arriving(kind: FaultKind, sent: Sent, draw: Draw): Uint8Array {
  return arrivalOf(kind, sent, draw).bytes;
}

function arrivalOf(kind: FaultKind, { first, second, older, foreign }: Sent, draw: Draw): Arrival {
  switch (kind) {
    case 'flipped bit':
      return arrival.start(first, second).flip(draw);
    case 'burst':
      return arrival.start(first, second).burst(draw);
    case 'dropped bytes':
      return arrival.start(first, second).drop(draw);
    case 'inserted bytes':
      return arrival.start(first, second).insert(draw);
    case 'repeated frame':
      return draw(2) === 0 ? arrival.start(first, first, second) : arrival.start(first, second, first);
    case 'swapped frames':
      return arrival.start(second, first);
    case 'truncated frame':
      return arrival.start(first.subarray(0, draw(first.length)), second);
    case 'replayed from an older session':
      return draw(2) === 0 ? arrival.start(older, first, second) : arrival.start(first, older, second);
    case 'frame of a foreign board':
      return draw(2) === 0 ? arrival.start(foreign, second) : arrival.start(first, foreign, second);
    default:
      return kind satisfies never;
  }
}

/** Whether `bytes[from..to)` is the frame, without its leading zero and its terminating one. */
export function isWhole(bytes: Uint8Array, from: number, to: number, frame: Uint8Array): boolean {
  const start = frame[0] === 0 ? 1 : 0;
  const length = frame.length - 1 - start;
  if (to - from !== length) return false;
  for (let at = 0; at < length; at += 1) if (bytes[from + at] !== frame[start + at]) return false;
  return true;
}

/**
 * Which of two frames a right receiver takes: those that arrive whole, byte for byte, between two zeros and in order.
 * @returns 0 for the first, 1 for the second, in the order in which they are taken
 */
export function taken(bytes: Uint8Array, { first, second }: Sent): readonly (0 | 1)[] {
  const result: (0 | 1)[] = [];
  for (let from = 0, to = bytes.indexOf(0); to >= 0; from = to + 1, to = bytes.indexOf(0, from)) {
    if (isWhole(bytes, from, to, second) && !result.includes(1)) result.push(1);
    else if (isWhole(bytes, from, to, first) && result.length === 0) result.push(0);
  }
  return result;
}

/** Repeatable numbers (xorshift32). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0 || 0x9e3779b9;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
