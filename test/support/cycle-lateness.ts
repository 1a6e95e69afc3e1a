// How late cycles began, from the moments at which they began: the cycle is due on a grid that it never leaves (src/control/ticks.ts).

/**
 * @param at moments, ms, ascending, of cycles one after another
 * @returns how late each was, ms; the earliest of all counts as being in time
 */
export function latenessOf(at: readonly number[], periodMs: number): readonly number[] {
  const phaseMs = phaseOf(at, periodMs);
  const lateMs: number[] = [];
  let dueMs: number | undefined;
  for (const each of at) {
    const fromGrid = (((each - phaseMs) % periodMs) + periodMs) % periodMs;
    const late = dueMs === undefined ? fromGrid : Math.max(0, each - dueMs);
    lateMs.push(late);
    dueMs = each - late + periodMs * (1 + Math.floor(late / periodMs));
  }
  return lateMs;
}

/** Moments lie behind the grid, most of them closely: the grid is where the widest gap between them, modulo the period, ends. */
function phaseOf(at: readonly number[], periodMs: number): number {
  const parts = at.map((each) => each % periodMs).sort((left, right) => left - right);
  let phaseMs = parts[0] ?? 0;
  let widest = phaseMs + periodMs - (parts.at(-1) ?? 0);
  for (const [index, part] of parts.entries()) {
    const gap = part - (parts[index - 1] ?? part);
    if (gap <= widest) continue;
    widest = gap;
    phaseMs = part;
  }
  return phaseMs;
}

/** @returns the 99.9th percentile by nearest rank. @throws Error when there is nothing to take it of */
export function p999(lateMs: readonly number[]): number {
  const sorted = lateMs.toSorted((left, right) => left - right);
  const found = sorted[Math.ceil(sorted.length * 0.999) - 1];
  if (found === undefined) throw new Error('no cycle was seen');
  return found;
}
