// Sequence numbers of frames, which wrap at 16 bits: a receiver takes only newer ones.

const SEQ_MODULUS = 65_536;

/** @returns the sequence number after `seq`; 65535 is followed by 0. */
export function nextSeq(seq: number): number {
  return (seq + 1) % SEQ_MODULUS;
}

/** Whether `seq` is newer than `last`: 1..32767 ahead, modulo 65536. Repeated and overtaken frames are not. */
export function isNewerSeq(seq: number, last: number): boolean {
  const ahead = (seq - last + SEQ_MODULUS) % SEQ_MODULUS;
  return ahead >= 1 && ahead <= 32_767;
}
