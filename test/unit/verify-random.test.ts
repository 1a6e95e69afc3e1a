// A slice of `npm run campaign:verify`: random simulation agrees with what was proved and with what was refuted.
import { describe, expect, it } from 'vitest';
import { verifyCell } from '../../src/verify/verify.ts';
import { cellWith, faultyCell, PLANTED } from '../support/planted-cells.ts';
import { largeCell, randomWalk } from '../support/verify-campaign.ts';

const STEPS = 20_000;
const SEED = 4711;

describe('random simulation', () => {
  it('finds no violation in a cell that is proved, and every stop function permits in it many times', () => {
    const { violation, permissions } = randomWalk(cellWith([]), STEPS, SEED);
    expect(violation).toBeUndefined();
    expect(permissions).toBeGreaterThan(100);
  });

  it('finds none in a cell with 24 inputs, which is proved as a whole', () => {
    const result = verifyCell(largeCell(), { statesMax: 1_000_000, memoryMib: 256 }, () => 0);
    expect(result.verdict).toBe('proved');
    const { violation, permissions } = randomWalk(largeCell(), STEPS, SEED);
    expect(violation).toBeUndefined();
    expect(permissions).toBeGreaterThan(10);
  });

  it('finds what is refuted of outputs and resets', () => {
    const cells = PLANTED.filter(({ rule }) => rule === 'output-safe' || rule === 'no-restart');
    expect(cells.length).toBeGreaterThan(5);
    const missed = cells.filter((planted) => randomWalk(faultyCell(planted), STEPS, SEED).violation === undefined);
    expect(missed.map(({ title }) => title)).toEqual([]);
  });
});
