// Goal: the campaign's figure is right about cycles of which it knows how late they were.
import { describe, expect, it } from 'vitest';
import { latenessOf, p999 } from '../support/cycle-lateness.ts';

const PERIOD_MS = 10;

/** Cycles on a grid that begins at 3.7 ms; one that is late by a period or more swallows those that it covers. */
function cycles(lateMs: readonly number[]): readonly number[] {
  let due = 3.7;
  return lateMs.map((late) => {
    const at = due + late;
    due += PERIOD_MS * (1 + Math.floor(late / PERIOD_MS));
    return at;
  });
}

describe('how late cycles were', () => {
  it.each([
    ['a little', [0, 0.2, 0.1, 0.3, 0, 0.2]],
    ['at first', [4, 0, 0.1, 0.2, 0]],
    ['by more than a period', [0, 0.1, 23.5, 0.2, 0, 12, 0]],
  ])('is known when they are late %s', (_what, lateMs) => {
    const found = latenessOf(cycles(lateMs), PERIOD_MS);
    expect(found).toHaveLength(lateMs.length);
    for (const [index, late] of lateMs.entries()) expect(found[index]).toBeCloseTo(late, 6);
  });

  it('is the worst but one of 1,000 at p99.9, and no figure at all of no cycle', () => {
    const lateMs = Array.from({ length: 1_000 }, (_, index) => (index < 2 ? 9 - index : 1));
    expect([p999(lateMs), p999(lateMs.slice(1)), p999([2])]).toEqual([8, 8, 2]);
    expect(() => p999([])).toThrow('no cycle');
  });
});
