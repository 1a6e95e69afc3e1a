// CRC-32C (Castagnoli) as RFC 3720 appendix B.4 defines it: reflected, initial value and final xor 0xFFFFFFFF.

const POLYNOMIAL_REFLECTED = 0x82f63b78;

const TABLE: Uint32Array = buildTable();

function buildTable(): Uint32Array {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL_REFLECTED : crc >>> 1;
    table[byte] = crc >>> 0;
  }
  return table;
}

/** State of a checksum before the first byte. */
export const CRC32C_INITIAL = 0xffffffff;

/** Feeds the first `length` bytes into a running checksum; the result is not final until `finishCrc32c`. */
export function updateCrc32c(state: number, bytes: Uint8Array, length: number): number {
  let crc = state;
  for (let at = 0; at < length; at += 1) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return crc >>> 0;
}

/** @returns the unsigned 32-bit checksum of all bytes that went into `state` */
export function finishCrc32c(state: number): number {
  return (state ^ 0xffffffff) >>> 0;
}

/** @returns the unsigned 32-bit checksum of `bytes`; of the ASCII digits `123456789` it is 0xE3069283. */
export function crc32c(bytes: Uint8Array): number {
  return finishCrc32c(updateCrc32c(CRC32C_INITIAL, bytes, bytes.length));
}
