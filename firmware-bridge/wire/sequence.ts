// Numbers that wrap on the wire: sequence numbers of frames (16 bit) and of cycles (32 bit); a receiver takes only newer ones.

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

/** Largest number of a cycle on the wire; 1 follows. 0 stands for no receipt. */
const CYCLE_MAX = 0xffff_ffff;

/** @returns the number on the wire of a cycle, 1..4294967295, going round. @param cycle whole number >= 1 */
export function wireCycle(cycle: number): number {
  return ((cycle - 1) % CYCLE_MAX) + 1;
}
