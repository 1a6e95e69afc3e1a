// Goal: a board that lost its power and came back knows nothing of where its servos stand; the reset must not move them.
import { describe, expect, it } from 'vitest';
import { jointsOf, LAG_DEG_MAX, readyCell, setMoving, travelDeg } from '../support/scenario.ts';

describe('a board that loses its power while the arm is away from its park position', () => {
  it('gets back, by the reset, the positions at which the arm stands', async () => {
    using cell = await readyCell();
    await setMoving(cell);
    await cell.advance(600);
    cell.inject('uno-1', 'power-loss');
    await cell.advance(300);
    cell.clearFault();
    await cell.advance(1000);
    const where = jointsOf(cell);
    await cell.reset();
    await cell.advance(1000);
    expect(cell.unit).toBe('Idle');
    expect(travelDeg(cell, where)).toBeLessThan(LAG_DEG_MAX);
  });
});
