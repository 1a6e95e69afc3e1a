// Byte stuffing of whole arrays, as tests look at it.
import { decodeCobsInto, encodeCobsInto } from '../../firmware-bridge/wire/cobs.ts';

/** The result's memory is full of ones before, so that a byte that is not written shows. */
function filled(length: number): Uint8Array {
  return new Uint8Array(length).fill(0xff);
}

export function encodeCobs(bytes: Uint8Array): Uint8Array {
  const out = filled(bytes.length + Math.ceil((bytes.length + 1) / 254));
  return out.subarray(0, encodeCobsInto(out, 0, bytes, bytes.length));
}

export function decodeCobs(encoded: Uint8Array): Uint8Array | undefined {
  const out = filled(encoded.length);
  const length = decodeCobsInto(out, encoded);
  return length === undefined ? undefined : out.subarray(0, length);
}
