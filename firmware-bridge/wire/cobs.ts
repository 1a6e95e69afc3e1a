// Consistent Overhead Byte Stuffing (Cheshire and Baker 1999): bytes without zeros, so that a zero can end a frame.

/** Longest run of non-zero bytes behind one code byte. */
const RUN_MAX = 254;

/** @returns the encoded bytes, without the terminating zero; never contains a zero. */
export function encodeCobs(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + Math.ceil((bytes.length + 1) / RUN_MAX));
  let codeAt = 0;
  let length = 1;
  for (const byte of bytes) {
    if (length - codeAt === RUN_MAX + 1) {
      out[codeAt] = RUN_MAX + 1;
      codeAt = length;
      length += 1;
    }
    if (byte === 0) {
      out[codeAt] = length - codeAt;
      codeAt = length;
    } else {
      out[length] = byte;
    }
    length += 1;
  }
  out[codeAt] = length - codeAt;
  return out.subarray(0, length);
}

/** @returns the decoded bytes, or undefined when `encoded` is no COBS text (empty, holds a zero, or is cut short). */
export function decodeCobs(encoded: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(encoded.length);
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
    if (code <= RUN_MAX && end < encoded.length) length += 1;
    at = end;
  }
  return encoded.length === 0 ? undefined : out.subarray(0, length);
}
