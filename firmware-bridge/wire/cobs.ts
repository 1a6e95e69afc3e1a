// Consistent Overhead Byte Stuffing (Cheshire and Baker 1999): bytes without zeros, so that a zero can end a frame.
// Both directions write into memory of the caller.

/** Longest run of non-zero bytes behind one code byte. */
const RUN_MAX = 254;

/**
 * Encodes the first `length` of `bytes`; never writes a zero, nor a terminating one.
 * @param out takes the result from `from` on: one byte more than `length`, and one more for each 254 bytes
 * @returns where the result ends in `out`
 */
export function encodeCobsInto(out: Uint8Array, from: number, bytes: Uint8Array, length: number): number {
  let codeAt = from;
  let end = from + 1;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (end - codeAt === RUN_MAX + 1) {
      out[codeAt] = RUN_MAX + 1;
      codeAt = end;
      end += 1;
    }
    if (byte === 0) {
      out[codeAt] = end - codeAt;
      codeAt = end;
    } else {
      out[end] = byte;
    }
    end += 1;
  }
  out[codeAt] = end - codeAt;
  return end;
}

/**
 * @param out takes the result from 0 on; as long as `encoded`
 * @returns length of the result, or undefined when `encoded` is no COBS text (empty, holds a zero, or is cut short)
 */
export function decodeCobsInto(out: Uint8Array, encoded: Uint8Array): number | undefined {
  let length = 0;
  let at = 0;
  while (at < encoded.length) {
    const code = encoded[at] ?? 0;
    const end = at + code;
    if (code === 0 || end > encoded.length) return undefined;
    for (let from = at + 1; from < end; from += 1) {
      const byte = encoded[from] ?? 0;
      if (byte === 0) return undefined;
      out[length] = byte;
      length += 1;
    }
    if (code <= RUN_MAX && end < encoded.length) {
      out[length] = 0;
      length += 1;
    }
    at = end;
  }
  return encoded.length === 0 ? undefined : length;
}
