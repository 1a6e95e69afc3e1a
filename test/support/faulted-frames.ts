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

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function flip(bytes: Uint8Array, draw: Draw): Uint8Array {
  const out = bytes.slice();
  const at = draw(out.length);
  out[at] = (out[at] ?? 0) ^ (1 << draw(8));
  return out;
}

/** Up to 64 bits in a row, the first and the last of them wrong, those between by chance. */
function burst(bytes: Uint8Array, draw: Draw): Uint8Array {
  const out = bytes.slice();
  const length = 2 + draw(63);
  const from = draw(out.length * 8 - length);
  for (let bit = from; bit < from + length; bit += 1) {
    const isWrong = bit === from || bit === from + length - 1 || draw(2) === 1;
    if (isWrong) out[bit >> 3] = (out[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  }
  return out;
}

function drop(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw(bytes.length);
  return join(bytes.subarray(0, at), bytes.subarray(at + 1 + draw(8)));
}

function insert(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw(bytes.length + 1);
  const noise = Uint8Array.from({ length: 1 + draw(8) }, () => draw(256));
  return join(bytes.subarray(0, at), noise, bytes.subarray(at));
}

/** @returns what arrives in place of `first` followed by `second` */
export function arriving(kind: FaultKind, sent: Sent, draw: Draw): Uint8Array {
  const { first, second, older, foreign } = sent;
  switch (kind) {
    case 'flipped bit':
      return flip(join(first, second), draw);
    case 'burst':
      return burst(join(first, second), draw);
    case 'dropped bytes':
      return drop(join(first, second), draw);
    case 'inserted bytes':
      return insert(join(first, second), draw);
    case 'repeated frame':
      return draw(2) === 0 ? join(first, first, second) : join(first, second, first);
    case 'swapped frames':
      return join(second, first);
    case 'truncated frame':
      return join(first.subarray(0, draw(first.length)), second);
    case 'replayed from an older session':
      return draw(2) === 0 ? join(older, first, second) : join(first, older, second);
    case 'frame of a foreign board':
      return draw(2) === 0 ? join(foreign, second) : join(first, foreign, second);
    default:
      return kind satisfies never;
  }
}

/** Whether `bytes[from..to)` is the frame, without its leading zero and its terminating one. */
function isWhole(bytes: Uint8Array, from: number, to: number, frame: Uint8Array): boolean {
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
