// Goal: what an operator relies on when the cell is stopped while the arm moves, seen at the pins of the board.
import { describe, expect, it } from 'vitest';
import type { SimulatedCell } from '../../sim/testing.ts';
import {
  alarmCodes,
  changedExample,
  EXAMPLE,
  eventsOf,
  HazardWatch,
  jobOf,
  jointsOf,
  LAG_DEG_MAX,
  PART_MS_MAX,
  partsIn,
  readyCell,
  setMoving,
  travelDeg,
  unsafeOutputs,
} from '../support/scenario.ts';

/** Category 1 removes power when the ramp has ended, or here at the latest, ms. */
const RAMP_MS_MAX = 500;
/** From the contact to the cycle that sends the last command, and its way to the board, ms. */
const REACTION_MS_MAX = 30;

const STOPS = [
  { control: 'estop', code: 4001, unit: 'Aborted', block: 'estop' },
  { control: 'guard', code: 4002, unit: 'Stopped', block: 'door' },
] as const;

async function stopped(control: string, carrying = false, path = EXAMPLE) {
  const cell = await readyCell(1, path);
  const { order } = await setMoving(cell, carrying);
  expect(unsafeOutputs(cell)).toContain('actuator-power');
  const watch = new HazardWatch(cell);
  const pressedUs = cell.board().timeUs;
  cell.press(control);
  await cell.advance(RAMP_MS_MAX + REACTION_MS_MAX);
  return { cell, id: order.jobOrderId, watch, pressedUs };
}

/** Time passes and no joint moves. */
async function standsStill(cell: SimulatedCell, ms: number): Promise<void> {
  const where = jointsOf(cell);
  const travelMm = cell.plant.beltTravelMm;
  await cell.advance(ms);
  expect(jointsOf(cell)).toEqual(where);
  expect(cell.plant.beltTravelMm).toBe(travelMm);
}

describe.each(STOPS)('$control while the arm moves', ({ control, code, unit, block }) => {
  it('brings every hazardous output to its safe value within the ramp, and keeps it there', async () => {
    const { cell, id, watch, pressedUs } = await stopped(control);
    expect(unsafeOutputs(cell)).toEqual([]);
    expect((watch.safeAtUs ?? Number.POSITIVE_INFINITY) - pressedUs).toBeLessThanOrEqual(
      (RAMP_MS_MAX + REACTION_MS_MAX) * 1000,
    );
    expect(cell.unit).toBe(unit);
    expect(jobOf(cell, id)).toMatchObject({ state: 'Interrupted', substate: 'Held', reason: { code } });
    expect(eventsOf(cell, 'stop')[0]?.cause).toMatchObject({ code, detail: { block } });
    await standsStill(cell, 2000);
    expect(watch.unsafeSinceUs).toEqual([]);
    expect(alarmCodes(cell)).toEqual([code]);
  });

  it('[O2] stays stopped when it is released; moves nothing by the reset; goes on when the order is resumed', async () => {
    const { cell, id, watch } = await stopped(control);
    cell.release(control);
    await standsStill(cell, 10_000);
    expect([cell.unit, watch.unsafeSinceUs]).toEqual([unit, []]);
    await expect(cell.resume(id)).rejects.toMatchObject({ fault: { code: 6008 } });

    const where = jointsOf(cell);
    await cell.reset();
    await cell.advance(5000);
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
    expect(travelDeg(cell, where)).toBeLessThan(LAG_DEG_MAX);

    await cell.resume(id);
    await cell.until(() => jobOf(cell, id).state === 'Ended', 2 * PART_MS_MAX);
    expect([jobOf(cell, id).goodQuantity, partsIn(cell, 'in-tray'), partsIn(cell, 'dropped')]).toEqual([2, 2, 0]);
  });

  it('[A6] keeps the part that the gripper holds, through stop, reset and resume', async () => {
    const { cell, id } = await stopped(control, true);
    await standsStill(cell, 1000);
    expect(partsIn(cell, 'held')).toBe(1);
    cell.release(control);
    await cell.advance(100);
    await cell.reset();
    await cell.resume(id);
    await cell.until(() => jobOf(cell, id).state === 'Ended', 2 * PART_MS_MAX);
    expect([partsIn(cell, 'in-tray'), partsIn(cell, 'dropped')]).toEqual([2, 0]);
  });

  it('lets the order be aborted and another started anew', async () => {
    const { cell, id } = await stopped(control);
    cell.release(control);
    await cell.advance(100);
    await cell.reset();
    await cell.abort(id);
    const { order } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
    expect([jobOf(cell, id).state, partsIn(cell, 'in-tray')]).toEqual(['Aborted', 1]);
  });

  it('aborts the order instead in a cell that is configured so', async () => {
    const { cell, id } = await stopped(
      control,
      false,
      changedExample('onSafetyStop: interrupt', 'onSafetyStop: abort'),
    );
    expect(jobOf(cell, id)).toMatchObject({ state: 'Aborted', result: 'Unsuccessful', reason: { code } });
    cell.release(control);
    await cell.advance(100);
    await cell.reset();
    await expect(cell.resume(id)).rejects.toMatchObject({ fault: { code: 6005 } });
    await cell.advance(500);
    await standsStill(cell, 2000);
  });

  it('[O3] is not reset by a button that was held down all the time', async () => {
    const { cell } = await stopped(control);
    cell.press('reset');
    await cell.advance(200);
    cell.release(control);
    await standsStill(cell, 3000);
    expect(cell.unit).toBe(unit);
    cell.release('reset');
    await cell.advance(200);
    await cell.reset();
    expect(cell.unit).toBe('Idle');
  });
});

describe('an emergency stop of which one channel opens only', () => {
  it.each(['estop-a', 'estop-b'])(
    '[M10] (%s) stops, is an error of its own, and is not reset until both have switched',
    async (channel) => {
      const { cell, id } = await stopped(channel);
      expect(unsafeOutputs(cell)).toEqual([]);
      await cell.advance(500);
      const channels = (): { diagCode?: string; error?: boolean } =>
        cell.snapshot?.safety.find(({ name }) => name === 'estop-channels') ?? {};
      expect(channels().error).toBe(true);
      expect(channels().diagCode).toMatch(/^C0[0-9A-F]{2}$/);

      cell.release(channel);
      await cell.advance(200);
      await cell.reset();
      expect([cell.unit, channels().error, unsafeOutputs(cell)]).toEqual(['Aborted', true, []]);

      cell.press('estop');
      await cell.advance(200);
      cell.release('estop');
      await cell.advance(200);
      await cell.reset();
      expect([cell.unit, channels().error]).toEqual(['Idle', false]);
      expect(jobOf(cell, id).state).toBe('Interrupted');
    },
  );
});

describe('a guard that is opened while the cell is idle', () => {
  it('stops it, and an order is refused until the reset', async () => {
    const cell = await readyCell();
    cell.press('guard');
    await cell.advance(100);
    cell.release('guard');
    await cell.advance(100);
    await expect(cell.order('park')).rejects.toMatchObject({ fault: { code: 6008 } });
    await cell.reset();
    await expect(cell.order('park')).resolves.toMatchObject({ state: 'AllowedToStart' });
  });
});
