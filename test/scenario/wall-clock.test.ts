// Goal: the date of the machine moves nothing and holds nothing up. Method: the same story with a date that goes on and with one that is set
// while an order runs; every pin of the board must do the same at the same time.
import { beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedCell } from '../../sim/testing.ts';
import { type EpochMs, epochMs } from '../../src/core/units.ts';
import { eventsOf, jobOf, PART_MS_MAX, readyCell, setMoving } from '../support/scenario.ts';

const YEAR_MS = 365 * 86_400_000;

interface Story {
  /** Every change of every pin, with its time. */
  readonly pins: readonly string[];
  readonly stops: number;
  readonly goodQuantity: number;
  readonly runningMs: number;
  /** By the date, of the last event, and by the clock of the cell, ms. */
  readonly endedAt: { readonly wall: number; readonly now: number };
}

/** Two parts are ordered; the date is set while the arm moves, and is back on the way to the tray. */
async function storyWith(stepMs: number): Promise<Story> {
  const cell = await readyCell();
  const wall = cell.clock.wall.bind(cell.clock);
  const setDate = (ms: number): void => {
    cell.clock.wall = () => epochMs(wall() + ms);
  };
  const pins: string[] = [];
  cell.onPinChange((change) => pins.push(JSON.stringify(change)));
  const { order } = await setMoving(cell);
  setDate(stepMs);
  await cell.advance(3_000);
  setDate(0);
  await cell.advance(1_000);
  setDate(stepMs);
  await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', 2 * PART_MS_MAX);
  const { goodQuantity, times } = jobOf(cell, order.jobOrderId);
  const last = cell.events.at(-1);
  const endedAt = { wall: last?.time ?? 0, now: last?.at ?? 0 };
  return { pins, stops: eventsOf(cell, 'stop').length, goodQuantity, runningMs: times.runningMs, endedAt };
}

let still: Story;

beforeAll(async () => {
  still = await storyWith(0);
});

it.each([
  ['[T1]', 'by 20 years forwards', 20 * YEAR_MS],
  ['[T1]', 'by 20 years back', -20 * YEAR_MS],
  ['[T2]', 'by an hour, as if summer time ended', -3_600_000],
  ['[T2]', 'by a second, as a leap second does', -1_000],
])('%s a date that is set %s changes nothing that moves, and is told as it is', async (_row, _how, stepMs) => {
  const stepped = await storyWith(stepMs);
  expect(stepped.pins.length).toBeGreaterThan(100);
  expect(stepped.pins).toEqual(still.pins);
  expect([stepped.stops, stepped.goodQuantity]).toEqual([0, 2]);
  expect(still.runningMs).toBeGreaterThan(5_000);
  expect(Math.abs(stepped.runningMs - still.runningMs)).toBeLessThan(10);
  expect(stepped.endedAt).toEqual({ wall: still.endedAt.wall + stepMs, now: still.endedAt.now });
});

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Sets the date of the machine: `ms` away from what it was at first. */
function dateOf(cell: SimulatedCell): (ms: number) => void {
  const wall = cell.clock.wall.bind(cell.clock);
  return (ms) => {
    cell.clock.wall = (): EpochMs => epochMs(wall() + ms);
  };
}

const begins = (cell: SimulatedCell, id: string): number =>
  eventsOf(cell, 'job').filter(({ record }) => record.order.jobOrderId === id && record.state === 'Running').length;

describe('an order with a start time', () => {
  async function scheduled(afterMs: number) {
    const cell = await readyCell();
    const setDate = dateOf(cell);
    const startTime = epochMs(cell.clock.wall() + afterMs);
    await cell.order('park', {}, 'later', { startTime });
    return { cell, setDate };
  }

  it('[T1] begins when the date says so, and once, however the date is set', async () => {
    const { cell, setDate } = await scheduled(MINUTE_MS);
    setDate(-DAY_MS);
    await cell.advance(2 * MINUTE_MS);
    expect([jobOf(cell, 'later').state, begins(cell, 'later')]).toEqual(['AllowedToStart', 0]);
    setDate(365 * DAY_MS);
    await cell.until(() => jobOf(cell, 'later').state === 'Ended', PART_MS_MAX);
    setDate(0 - cell.clock.wall());
    await cell.advance(MINUTE_MS);
    setDate(0);
    await cell.advance(MINUTE_MS);
    expect(begins(cell, 'later')).toBe(1);
    expect(jobOf(cell, 'later')).toMatchObject({ state: 'Ended', runs: { started: 1, completed: 1 } });
  });

  it('[T1] holds up nobody: one without goes first, and keeps its turn when the date is set back', async () => {
    const { cell, setDate } = await scheduled(DAY_MS);
    await setMoving(cell);
    setDate(-365 * DAY_MS);
    await cell.order('park', {}, 'second');
    await cell.order('park', {}, 'third');
    await cell.until(() => jobOf(cell, 'third').state === 'Ended', 4 * PART_MS_MAX);
    const order = eventsOf(cell, 'job').filter(({ record }) => record.state === 'Running' && record.runs.started === 1);
    expect([...new Set(order.map(({ record }) => record.order.jobOrderId))].slice(-2)).toEqual(['second', 'third']);
    expect(jobOf(cell, 'later').state).toBe('AllowedToStart');
  });
});
