// Numbers of control cycles as boards know them: 32 bits that go round, while the controller counts on.

/** Largest number that a board is told; 1 follows. 0 stands for no cycle. */
const CYCLE_MAX = 0xffff_ffff;

/** @returns the number that a board is told of a cycle, 1..4294967295, going round. @param cycle whole number >= 1 */
export function wireCycle(cycle: number): number {
  return ((cycle - 1) % CYCLE_MAX) + 1;
}

/**
 * Whether a board that has executed `receiptCycle` last has executed `cycle` or a later one.
 * @param receiptCycle number that the board was told, 0: none yet
 * @param cycle whole number >= 1, fewer than 2^31 away
 */
export function isCycleReached(receiptCycle: number, cycle: number): boolean {
  return receiptCycle !== 0 && ((receiptCycle - wireCycle(cycle)) | 0) >= 0;
}
