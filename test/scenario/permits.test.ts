// Goal: the board's own answer to an opened contact and the controller's fit together, seen from the operator's side.
import { describe, expect, it } from 'vitest';
import type { SimulatedCell } from '../../sim/testing.ts';
import {
  alarmCodes,
  changedExample,
  EXAMPLE,
  eventsOf,
  HazardWatch,
  jobOf,
  PART_MS_MAX,
  partsIn,
  readyCell,
  setMoving,
  unsafeOutputs,
} from '../support/scenario.ts';

const RAMP = '      category: 1 # motion ramps down, then power is removed\n      timeLimitMs: 500 #';
const CATEGORY_0 = changedExample(RAMP, '      category: 0\n      #');
const NO_RAMP_TIME = changedExample(RAMP, '      category: 1\n      timeLimitMs: 1 #');

function trips(cell: SimulatedCell): readonly unknown[] {
  return eventsOf(cell, 'link')
    .filter(({ state }) => state === 'tripped')
    .map(({ cause }) => cause?.detail);
}

async function moving(path: string) {
  const cell = await readyCell(1, path);
  const { order } = await setMoving(cell);
  return { cell, id: order.jobOrderId };
}

describe('a category 1 stop', () => {
  it.each([
    { control: 'estop', path: EXAMPLE, what: 'as the example has it', code: 4001 },
    { control: 'guard', path: EXAMPLE, what: 'as the example has it', code: 4002 },
    { control: 'estop', path: NO_RAMP_TIME, what: 'with next to no time for its ramp', code: 4001 },
  ])('($control, $what) is over before the board acts by itself', async ({ control, path, code }) => {
    const { cell } = await moving(path);
    cell.press(control);
    await cell.advance(5000);
    expect(alarmCodes(cell)).toEqual([code]);
    expect(trips(cell)).toEqual([]);
  });
});

describe('a category 0 stop', () => {
  it.each(['estop', 'estop-a', 'estop-b'])('[O1] (%s) is carried out by the board within 1 ms', async (control) => {
    const { cell } = await moving(CATEGORY_0);
    const watch = new HazardWatch(cell);
    const pressedUs = cell.board().timeUs;
    cell.press(control);
    await cell.advance(2);
    expect(unsafeOutputs(cell)).toEqual([]);
    expect((watch.safeAtUs ?? Number.POSITIVE_INFINITY) - pressedUs).toBeLessThanOrEqual(1_000);
    await cell.advance(1000);
    expect(trips(cell)).toEqual([
      { board: 'uno-1', cause: 'permit', input: control === 'estop' ? 'estop-a' : control },
    ]);
  });

  it('is reported as the emergency stop that it is, and not as a trip', async () => {
    const { cell, id } = await moving(CATEGORY_0);
    cell.press('estop');
    await cell.advance(3000);
    expect(alarmCodes(cell)).toEqual([4001]);
    expect(eventsOf(cell, 'stop')[0]?.cause).toMatchObject({ code: 4001, detail: { block: 'estop' } });
    expect(cell.unit).toBe('Aborted');
    expect(jobOf(cell, id)).toMatchObject({ state: 'Interrupted', reason: { code: 4001 } });
  });

  it('ends by the reset as any other, and the order goes on', async () => {
    const { cell, id } = await moving(CATEGORY_0);
    cell.press('estop');
    await cell.advance(1000);
    cell.release('estop');
    await cell.advance(3000);
    expect([cell.unit, unsafeOutputs(cell)]).toEqual(['Aborted', []]);
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
    await cell.resume(id);
    await cell.until(() => jobOf(cell, id).state === 'Ended', 2 * PART_MS_MAX);
    expect(partsIn(cell, 'in-tray')).toBe(2);
  });
});
