// Goal: a cell works with boards whose clocks are as wrong as a resonator can be, and more, without a needless stop.
import { expect, it } from 'vitest';
import { alarmCodes, eventsOf, jobOf, PART_MS_MAX, readyCell } from '../support/scenario.ts';

const BOARD = 'uno-1';
const PARTS = 12;

it.each([5, -5])('[M5] makes parts for minutes with a board whose clock is %i percent off', async (percent) => {
  const cell = await readyCell();
  cell.inject(BOARD, 'drift', percent);
  // The clocks part for a minute before anything moves: what was learnt at the old rate is forgotten.
  await cell.advance(60_000);
  const { order } = await cell.order('pick-and-place', { count: PARTS });
  await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PARTS * PART_MS_MAX);
  expect([alarmCodes(cell), eventsOf(cell, 'stop')]).toEqual([[], []]);
  expect(jobOf(cell, order.jobOrderId).goodQuantity).toBe(PARTS);
  expect(cell.clock.now()).toBeGreaterThan(120_000);
});

it('[M5] goes on while the clock of the board changes its rate by 5 % at once, in the middle of a move', async () => {
  const cell = await readyCell();
  const { order } = await cell.order('pick-and-place', { count: 2 });
  for (const percent of [5, 0.001, -5, 0.001, 5]) {
    await cell.advance(2000);
    cell.inject(BOARD, 'drift', percent);
  }
  await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', 2 * PART_MS_MAX);
  expect([alarmCodes(cell), eventsOf(cell, 'stop')]).toEqual([[], []]);
});
