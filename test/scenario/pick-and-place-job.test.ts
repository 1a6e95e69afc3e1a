// Goal: a job order moves real parts, and its response says what happened; the same seed tells the same story.
import { describe, expect, it } from 'vitest';
import { simulateCell } from '../../sim/testing.ts';
import {
  alarmCodes,
  EXAMPLE,
  eventsOf,
  jobOf,
  levelAt,
  PART_MS_MAX,
  partsIn,
  readyCell,
  setMoving,
  unsafeOutputs,
} from '../support/scenario.ts';

const LAMPS = { red: 'A4', amber: 'A5', green: 'D13' } as const;

describe('a job of three parts', () => {
  it('moves three parts to the tray and reports them, in the time it took', async () => {
    const cell = await readyCell();
    const { order } = await cell.order('pick-and-place', { count: 3 });
    const orderedAt = cell.clock.wall();
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', 3 * PART_MS_MAX);

    expect([partsIn(cell, 'in-tray'), partsIn(cell, 'dropped'), partsIn(cell, 'held')]).toEqual([3, 0, 0]);
    const record = jobOf(cell, order.jobOrderId);
    expect(record).toMatchObject({ substate: 'Completed', result: 'Successful', workMasterVersion: '1.0.0' });
    expect([record.producedQuantity, record.goodQuantity, record.reason]).toEqual([3, 3, undefined]);
    expect(record.order.parameters).toEqual({ count: 3, speed: 80 });

    const { startTime = 0, endTime = 0 } = record;
    expect(Math.abs(startTime - orderedAt)).toBeLessThanOrEqual(20);
    expect(endTime).toBe(cell.clock.wall());
    expect(endTime - startTime).toBeGreaterThan(10_000);

    const sealedKpa = cell.plant.parts.slice(0, 3).map((part) => part.sealedKpa);
    expect(record.measurements.map(({ id, unit }) => `${id} ${unit}`)).toEqual(Array(3).fill('grip-pressure kPa'));
    record.measurements.forEach(({ value, timeMs }, index) => {
      expect(Math.abs(value - (sealedKpa[index] ?? 0))).toBeLessThan(3);
      expect(timeMs).toBeGreaterThan(startTime);
      expect(timeMs).toBeLessThan(endTime);
    });
    expect(eventsOf(cell, 'produced')).toHaveLength(3);
    expect(eventsOf(cell, 'overrun')).toEqual([]);
    expect(alarmCodes(cell)).toEqual([]);
  });

  it('passes the states of PackML in their order and ends Idle', async () => {
    const cell = await readyCell();
    const { order } = await cell.order('park');
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
    await cell.until(() => cell.unit === 'Idle', 1000);
    expect(eventsOf(cell, 'unit').map(({ to }) => to)).toEqual([
      'Resetting',
      'Idle',
      'Starting',
      'Execute',
      'Completing',
      'Complete',
      'Resetting',
      'Idle',
    ]);
  });

  it('is followed by the next order without a reset', async () => {
    const cell = await readyCell();
    const orders = [await cell.order('park'), await cell.order('park')].map(({ order }) => order.jobOrderId);
    await cell.until(() => orders.every((id) => jobOf(cell, id).state === 'Ended'), PART_MS_MAX);
    expect(eventsOf(cell, 'reset')).toHaveLength(1);
  });

  it('that is aborted while the arm moves stops under control and leaves the cell Idle', async () => {
    const cell = await readyCell();
    const { order } = await setMoving(cell);
    await cell.abort(order.jobOrderId);
    await cell.until(() => cell.unit === 'Idle', 3000);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ state: 'Aborted', reason: { code: 6009 } });
    await expect(cell.resume(order.jobOrderId)).rejects.toMatchObject({ fault: { code: 6005 } });
  });
});

describe('the stack light, at the pins of the board', () => {
  it('is red while the cell is stopped, flashes green when it is ready, and is green while it works', async () => {
    const cell = await simulateCell(EXAMPLE);
    await cell.advance(500);
    const lamps = (): number[] => Object.values(LAMPS).map((pin) => levelAt(cell, pin));
    expect(lamps()).toEqual([1, 0, 0]);

    await cell.reset();
    const greens = new Set<number>();
    for (let count = 0; count < 30; count += 1) {
      await cell.advance(100);
      greens.add(levelAt(cell, LAMPS.green));
      expect([levelAt(cell, LAMPS.red), levelAt(cell, LAMPS.amber)]).toEqual([0, 0]);
    }
    expect([...greens].sort()).toEqual([0, 1]);

    await setMoving(cell);
    expect(lamps()).toEqual([0, 0, 1]);
    cell.press('estop');
    await cell.advance(3000);
    expect([levelAt(cell, LAMPS.amber), levelAt(cell, LAMPS.green)]).toEqual([0, 0]);
  });
});

describe('a shutdown while the arm moves', () => {
  it('[P5] ends with every hazardous output safe and the order Interrupted', async () => {
    const cell = await readyCell();
    const { order } = await setMoving(cell);
    cell.shutdown();
    await cell.until(() => cell.hasEnded, 3000);
    expect(unsafeOutputs(cell)).toEqual([]);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ state: 'Interrupted', reason: { code: 4004 } });
  });
});

describe('a run in virtual time', () => {
  async function traceOf(seed: number): Promise<string> {
    const cell = await readyCell(seed);
    const { order } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => jobOf(cell, order.jobOrderId).measurements.length > 0, PART_MS_MAX);
    cell.press('estop');
    await cell.advance(700);
    return cell.traceHash;
  }

  it('is the same ten times for the same seed', async () => {
    const hashes = new Set<string>();
    for (let count = 0; count < 10; count += 1) hashes.add(await traceOf(7));
    expect(hashes.size).toBe(1);
  });

  it('differs for seeds whose parts differ', async () => {
    expect(new Set([await traceOf(1), await traceOf(2), await traceOf(3)]).size).toBe(3);
  });
});
