// Goal: what goes wrong with parts holds the cell and names its cause; a person resumes it.
import { describe, expect, it } from 'vitest';
import {
  alarmCodes,
  changedExample,
  eventsOf,
  jobOf,
  levelAt,
  PART_MS_MAX,
  partsIn,
  readyCell,
  setMoving,
} from '../support/scenario.ts';

const HELD = { state: 'Interrupted', substate: 'Held' } as const;
/** Switches the motor of the belt. */
const BELT_PIN = 'D11';

describe('a belt that brings no part', () => {
  it('holds the cell after the time limit of the step; resumed when parts come, the job ends', async () => {
    const cell = await readyCell();
    cell.inject('belt', 'jammed');
    const { order } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => cell.unit === 'Held', PART_MS_MAX);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ ...HELD, reason: { code: 3003 } });
    expect(jobOf(cell, order.jobOrderId).reason?.detail).toMatchObject({ device: 'part-at-pick', timeoutMs: 8000 });
    await cell.advance(1000);
    expect([alarmCodes(cell), levelAt(cell, BELT_PIN)]).toEqual([[3003], 0]);

    cell.clearFault();
    await cell.resume(order.jobOrderId);
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
    await cell.advance(100);
    expect([partsIn(cell, 'in-tray'), alarmCodes(cell)]).toEqual([1, []]);
    expect(eventsOf(cell, 'reset')).toHaveLength(1);
  });

  it('because it is empty holds the cell with what has been produced so far', async () => {
    const cell = await readyCell(1, changedExample('parts: 60', 'parts: 1'));
    const { order } = await cell.order('pick-and-place', { count: 3 });
    await cell.until(() => cell.unit === 'Held', 3 * PART_MS_MAX);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ ...HELD, goodQuantity: 1, reason: { code: 3003 } });
    await cell.abort(order.jobOrderId);
    await cell.until(() => cell.unit === 'Idle', 3000);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ state: 'Aborted', goodQuantity: 1 });
  });
});

describe('a gripper without vacuum', () => {
  it('while it carries a part drops it, and holds the cell at once', async () => {
    const cell = await readyCell();
    const { order } = await setMoving(cell, true, 1);
    cell.inject('gripper', 'no-vacuum');
    await cell.until(() => cell.unit === 'Held', 3000);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ ...HELD, reason: { code: 3002 } });
    expect([partsIn(cell, 'dropped'), partsIn(cell, 'held')]).toEqual([1, 0]);

    await cell.resume(order.jobOrderId);
    await cell.until(() => cell.unit === 'Held', 1000);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ ...HELD, reason: { code: 3002 } });

    cell.clearFault();
    await cell.abort(order.jobOrderId);
    await cell.until(() => cell.unit === 'Idle', 3000);
    const { order: again } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => jobOf(cell, again.jobOrderId).state === 'Ended', PART_MS_MAX);
    expect(partsIn(cell, 'in-tray')).toBe(1);
  });

  it('does not grip: the cell holds with the part on the belt, and grips when it is resumed', async () => {
    const cell = await readyCell();
    cell.inject('gripper', 'no-vacuum');
    const { order } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => cell.unit === 'Held', PART_MS_MAX);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ ...HELD, reason: { code: 3001 } });
    expect(partsIn(cell, 'held')).toBe(0);
    cell.clearFault();
    await cell.resume(order.jobOrderId);
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
    expect([partsIn(cell, 'in-tray'), partsIn(cell, 'dropped')]).toEqual([1, 0]);
  });
});

describe('a sensor that cannot be believed', () => {
  it('holds the cell when the pressure cannot be read while a part is carried', async () => {
    const cell = await readyCell();
    const { order } = await setMoving(cell, true, 1);
    cell.inject('vacuum-pressure', 'broken-wire');
    await cell.until(() => cell.unit === 'Held', 3000);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ ...HELD, reason: { code: 3005 } });
    expect(partsIn(cell, 'held')).toBe(1);
    cell.clearFault();
    await cell.advance(100);
    await cell.resume(order.jobOrderId);
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
    expect(partsIn(cell, 'in-tray')).toBe(1);
  });
});

describe('a stalled servo', () => {
  it('is found by what follows from it: the cup is not where the part is, so nothing is gripped', async () => {
    const cell = await readyCell();
    const baseDeg = cell.plant.joints[0]?.positionDeg;
    cell.inject('base', 'stalled');
    const { order } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => cell.unit === 'Held', 2 * PART_MS_MAX);
    expect(cell.plant.joints[0]?.positionDeg).toBe(baseDeg);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ ...HELD, reason: { code: 3001 } });
  });
});

describe('an emergency stop while the cell is held', () => {
  it('stops it; after the reset the order is resumed as from any stop', async () => {
    const cell = await readyCell();
    cell.inject('belt', 'jammed');
    const { order } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => cell.unit === 'Held', PART_MS_MAX);
    cell.press('estop');
    await cell.advance(600);
    cell.release('estop');
    cell.clearFault();
    await cell.advance(100);
    expect(cell.unit).toBe('Aborted');
    await cell.reset();
    await cell.resume(order.jobOrderId);
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
    expect(partsIn(cell, 'in-tray')).toBe(1);
  });
});
