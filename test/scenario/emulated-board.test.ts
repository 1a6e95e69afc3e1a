// Goal: the whole cell does its work with the image that is flashed instead of the core in process.
import { describe, expect, it } from 'vitest';
import { simulateCell } from '../../sim/testing.ts';
import { EXAMPLE, jobOf, PART_MS_MAX, partsIn, unsafeOutputs } from '../support/scenario.ts';

const FREE_PINS = Array.from({ length: 18 }, (_, at) => at + 2);

describe('a cell whose board is emulated', () => {
  it('moves a part to the tray', { timeout: 120_000 }, async () => {
    using cell = await simulateCell(EXAMPLE, { level: 3 });
    await cell.reset();
    const { order } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', 2 * PART_MS_MAX);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ substate: 'Completed', producedQuantity: 1 });
    expect([partsIn(cell, 'in-tray'), partsIn(cell, 'dropped')]).toEqual([1, 0]);
  });

  it('is safe when its controller is killed while the arm moves, and when its loop hangs', {
    timeout: 120_000,
  }, async () => {
    using cell = await simulateCell(EXAMPLE, { level: 3 });
    await cell.reset();
    await cell.order('pick-and-place', { count: 1 });
    await cell.advance(1500);
    expect(unsafeOutputs(cell)).not.toEqual([]);
    cell.crashControl();
    await cell.advance(200);
    expect(unsafeOutputs(cell)).toEqual([]);
    const boots = cell.board().bootCount;
    cell.inject('uno-1', 'hang');
    await cell.advance(250);
    expect(cell.board().bootCount).toBe(boots + 1);
    const modes = FREE_PINS.map((pin) => cell.board().pin(pin).mode);
    expect(new Set(modes)).toEqual(new Set(['high-impedance']));
  });
});
