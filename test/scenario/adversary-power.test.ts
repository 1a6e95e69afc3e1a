// Goal: a board that lost its power and came back knows nothing of where its servos stand; the reset must not move them.
import { describe, expect, it } from 'vitest';
import { jointsOf, readyCell, setMoving, travelDeg } from '../support/scenario.ts';

/** A servo is behind its command by its lag, and what it was told last may be as old as an image and a cycle, degrees. */
const BEHIND_DEG_MAX = 6;

describe('a board that loses its power while the arm is away from its park position', () => {
  it.each([0, 600])('gets back, by the reset, the positions at which the arm stands (%i ms on)', async (ms) => {
    using cell = await readyCell();
    await setMoving(cell);
    await cell.advance(ms);
    cell.inject('uno-1', 'power-loss');
    await cell.advance(300);
    cell.clearFault();
    await cell.advance(1000);
    const where = jointsOf(cell);
    await cell.reset();
    await cell.advance(1000);
    expect(cell.unit).toBe('Idle');
    expect(travelDeg(cell, where)).toBeLessThan(BEHIND_DEG_MAX);
  });
});
