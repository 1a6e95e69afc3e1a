// Goal: orders are paused, stopped and cancelled in a whole simulated cell without a part lost or a move that nobody asked for.
import { expect, it } from 'vitest';
import type { SimulatedCell } from '../../sim/testing.ts';
import {
  alarmCodes,
  eventsOf,
  jobOf,
  jointsOf,
  PART_MS_MAX,
  partsIn,
  readyCell,
  setMoving,
  travelDeg,
} from '../support/scenario.ts';

async function carrying(): Promise<{ readonly cell: SimulatedCell; readonly id: string }> {
  const cell = await readyCell();
  const { order } = await setMoving(cell, true, 2);
  expect(partsIn(cell, 'held')).toBe(1);
  return { cell, id: order.jobOrderId };
}

it('a pause with a part in the gripper holds the arm with the part, and the order goes on with it after the resume', async () => {
  const { cell, id } = await carrying();
  await cell.command('pause', id);
  expect(jobOf(cell, id)).toMatchObject({ state: 'Interrupted', substate: 'Suspended' });
  await cell.until(() => cell.unit === 'Held', 2000);
  await cell.advance(1000);
  const held = jointsOf(cell);
  await cell.advance(30_000);
  expect([cell.unit, partsIn(cell, 'held'), partsIn(cell, 'dropped'), alarmCodes(cell)]).toEqual(['Held', 1, 0, []]);
  expect(travelDeg(cell, held)).toBeLessThan(0.5);

  await cell.resume(id);
  await cell.until(() => jobOf(cell, id).state === 'Ended', 3 * PART_MS_MAX);
  expect([partsIn(cell, 'in-tray'), partsIn(cell, 'dropped')]).toEqual([2, 0]);
  expect(jobOf(cell, id)).toMatchObject({ result: 'Successful', goodQuantity: 2, runs: { started: 1, completed: 1 } });
  expect(jobOf(cell, id).times.interruptedMs).toBeGreaterThan(30_000);
});

it('a stop with a part in the gripper ends the order with what was produced, keeps the part, and lets the next order come', async () => {
  const { cell, id } = await carrying();
  await cell.command('stop', id);
  expect(jobOf(cell, id)).toMatchObject({ state: 'Ended', substate: 'Completed', result: 'Unsuccessful' });
  await cell.until(() => cell.unit === 'Idle', 3000);
  expect([partsIn(cell, 'held'), partsIn(cell, 'dropped'), eventsOf(cell, 'reset').length]).toEqual([1, 0, 1]);
});

it('a stop while the order is paused lets the unit go back to Idle', async () => {
  const { cell, id } = await carrying();
  await cell.command('pause', id);
  await cell.until(() => cell.unit === 'Held', 2000);
  await cell.command('stop', id);
  await cell.until(() => cell.unit === 'Idle', 3000);
  expect(jobOf(cell, id).state).toBe('Ended');
});

it('an order that is cancelled while another runs is gone, and the other goes on', async () => {
  const cell = await readyCell();
  const { order } = await cell.order('pick-and-place', { count: 1 });
  const second = await cell.order('pick-and-place', { count: 1 });
  await cell.advance(500);
  await cell.command('cancel', second.order.jobOrderId);
  await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', 2 * PART_MS_MAX);
  await cell.advance(5000);
  expect([cell.jobs.has(second.order.jobOrderId), cell.unit, partsIn(cell, 'in-tray')]).toEqual([false, 'Idle', 1]);
});

it('an order with two runs planned does its work twice', async () => {
  const cell = await readyCell();
  const runs = { id: 'RunsPlanned', value: { kind: 'integer' as const, value: '2' } };
  const predefined = [{ ...runs, descriptions: [], units: undefined, subparameters: [] }];
  const { order } = await cell.order('pick-and-place', { count: 1 }, 'twice', { predefined });
  await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', 4 * PART_MS_MAX);
  expect(jobOf(cell, 'twice')).toMatchObject({ goodQuantity: 2, runs: { started: 2, completed: 2 } });
  expect(partsIn(cell, 'in-tray')).toBe(2);
});
