// Goal: the program in its whole cell, in virtual time: real firmware, real steps, parts that differ.
import { fileURLToPath } from 'node:url';
import { type SimulatedCell, simulateCell } from 'celda/testing';
import { expect, test } from 'vitest';
import { GOOD_BELOW_KPA } from './sort-by-pressure.ts';

const CELL = fileURLToPath(new URL('cell.yaml', import.meta.url));

async function readyCell(seed = 1): Promise<SimulatedCell> {
  const cell = await simulateCell(CELL, { seed });
  await cell.reset();
  return cell;
}

/** Lets the cell work until so many orders have ended. */
async function untilEnded(cell: SimulatedCell, orders: number): Promise<void> {
  await cell.until(() => [...cell.jobs.values()].filter(({ state }) => state === 'Ended').length >= orders, 60_000);
}

function trayOf(cell: SimulatedCell, part: number): string | undefined {
  return cell.plant.parts[part]?.tray;
}

test('one order sorts four parts: each lies in the tray that its vacuum asks for', async () => {
  const cell = await readyCell();
  await cell.order('pick-and-measure', { parts: 4 });
  await untilEnded(cell, 8);
  await cell.advance(5000);

  const parts = cell.plant.parts.slice(0, 4);
  expect(parts.map(({ tray }) => tray)).toEqual(
    parts.map(({ sealedKpa }) => (sealedKpa <= GOOD_BELOW_KPA ? 'good-parts' : 'rejects')),
  );
  expect(new Set(parts.map(({ tray }) => tray)).size).toBe(2);
  expect(cell.plant.parts.filter(({ state }) => state !== 'on-belt')).toHaveLength(4);
  expect([cell.unit, cell.snapshot?.alarms]).toEqual(['Idle', []]);
});

test('the orders of the program say who asked for them and what came of it', async () => {
  const cell = await readyCell();
  const { order } = await cell.order('pick-and-measure');
  await untilEnded(cell, 2);
  const placed = [...cell.jobs.values()].find(({ order: { jobOrderId } }) => jobOrderId !== order.jobOrderId);
  expect(placed?.order.jobOrderId).toMatch(/^program\/sort-by-pressure\//);
  expect(placed).toMatchObject({ result: 'Successful', producedQuantity: 1 });
  expect(placed?.goodQuantity).toBe(trayOf(cell, 0) === 'good-parts' ? 1 : 0);
});

test('nothing moves before somebody orders, however long the cell is ready', async () => {
  const cell = await readyCell();
  await cell.advance(20_000);
  expect([cell.unit, cell.jobs.size]).toEqual(['Idle', 0]);
});

test('an emergency stop ends the sorting: after the reset nothing moves until a new order', async () => {
  const cell = await readyCell();
  await cell.order('pick-and-measure', { parts: 3 });
  await untilEnded(cell, 3);
  await cell.advance(1000);
  cell.press('estop');
  await cell.advance(1000);
  cell.release('estop');
  await cell.advance(500);
  await cell.reset();

  const joints = cell.plant.joints.map(({ positionDeg }) => Math.round(positionDeg));
  const orders = cell.jobs.size;
  await cell.advance(20_000);
  expect(cell.plant.joints.map(({ positionDeg }) => Math.round(positionDeg))).toEqual(joints);
  expect([cell.unit, cell.jobs.size]).toEqual(['Idle', orders]);

  const interrupted = [...cell.jobs.values()].find(({ state }) => state === 'Interrupted');
  await cell.resume(interrupted?.order.jobOrderId ?? '');
  await untilEnded(cell, 6);
  expect(cell.plant.parts.filter(({ state }) => state === 'in-tray')).toHaveLength(3);
});

test('a belt that is empty holds the cell with the part count so far; the program waits', async () => {
  const cell = await readyCell();
  await cell.order('pick-and-measure', { parts: 2 });
  await untilEnded(cell, 2);
  cell.inject('belt', 'jammed');
  await cell.until(() => cell.unit === 'Held', 20_000);
  await cell.advance(100);
  expect(cell.snapshot?.alarms.map(({ code }) => code)).toEqual([3003]);
  cell.clearFault();
  const held = [...cell.jobs.values()].find(({ state }) => state === 'Interrupted');
  await cell.resume(held?.order.jobOrderId ?? '');
  await untilEnded(cell, 4);
  expect(cell.plant.parts.filter(({ state }) => state === 'in-tray')).toHaveLength(2);
});
