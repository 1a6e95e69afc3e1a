// What a UART reads when the other end of the line runs at another speed: the same waveform, sampled at the wrong times.

/** A UART in the middle of its bits tolerates a little less than half a bit in ten. */
const TOLERANCE = 0.04;
/** Start bit, eight data bits, stop bit. */
const FRAME_BITS = 10;
/** Idle time behind the last byte, in bits of the sender. */
const TAIL_BITS = 20;

/**
 * @param bytes as they were sent, one behind the other, 8N1
 * @param fromBaud speed of the sender
 * @param toBaud speed of the receiver, which takes a byte at each falling edge and does not look at the stop bit
 * @returns what is received: the same array when the speeds are near enough
 */
export function resample(bytes: Uint8Array, fromBaud: number, toBaud: number): Uint8Array {
  if (Math.abs(fromBaud / toBaud - 1) <= TOLERANCE) return bytes;
  const ratio = fromBaud / toBaud;
  const end = bytes.length * FRAME_BITS + TAIL_BITS;
  const received: number[] = [];
  for (let at = nextStart(bytes, 0, end); at < end; ) {
    let byte = 0;
    for (let bit = 0; bit < 8; bit += 1) byte |= levelAt(bytes, at + (bit + 1.5) * ratio) << bit;
    received.push(byte);
    at = nextStart(bytes, at + (FRAME_BITS - 0.5) * ratio, end);
  }
  return Uint8Array.from(received);
}

/** @param time in bits of the sender since the first start bit began */
function levelAt(bytes: Uint8Array, time: number): 0 | 1 {
  const byte = bytes[Math.floor(time / FRAME_BITS)];
  const bit = Math.floor(time) % FRAME_BITS;
  if (byte === undefined || bit === FRAME_BITS - 1) return 1;
  if (bit === 0) return 0;
  return ((byte >> (bit - 1)) & 1) as 0 | 1;
}

/** Where the line falls from 1 to 0 next; levels change at whole bits only. */
function nextStart(bytes: Uint8Array, from: number, end: number): number {
  for (let at = Math.ceil(from); at < end; at += 1) {
    if (levelAt(bytes, at) === 0 && (at === 0 || levelAt(bytes, at - 0.5) === 1)) return at;
  }
  return end;
}
