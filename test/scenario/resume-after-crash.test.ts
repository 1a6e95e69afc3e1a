// Goal: a job that the loss of control has interrupted ends with the parts that were ordered, whatever became of the cell meanwhile, and
// whoever resumes it is told of that before anything moves. Method: the example cell with its physics; control dies in a step of the
// round, somebody changes the plant while it is dead, and the order is given back as a gateway does.
import { describe, expect, it } from 'vitest';
import { type RefusedError, type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import type { Fault } from '../../src/core/faults.ts';
import { jobOf, jointsOf, LAG_DEG_MAX, PART_MS_MAX, partsIn, readyCell, travelDeg } from '../support/scenario.ts';

const COUNT = 2;
const CARRY = 'carry the part to the tray';

function isInStep(cell: SimulatedCell, label: string): boolean {
  const body = cell.events.findLast((event) => event.body.kind === 'step')?.body;
  return body?.kind === 'step' && body.phase === 'started' && body.label === label;
}

/** The control side dies some time after a step of the first part has begun. */
async function diedIn(label: string, afterMs = 120): Promise<SimulatedCell> {
  const cell = await readyCell();
  await cell.order('pick-and-place', { count: COUNT }, 'a');
  await cell.until(() => isInStep(cell, label), 2 * PART_MS_MAX);
  await cell.advance(afterMs);
  cell.crashControl();
  await cell.advance(500);
  return cell;
}

/** Control is there again with its orders, and somebody has pressed the reset: nothing moves. */
async function isBack(cell: SimulatedCell): Promise<void> {
  await cell.startControl();
  await cell.giveBack();
  const where = jointsOf(cell);
  await cell.reset();
  await cell.advance(1_000);
  expect([cell.unit, jobOf(cell, 'a').state]).toEqual(['Idle', 'Interrupted']);
  expect(travelDeg(cell, where)).toBeLessThan(LAG_DEG_MAX);
}

/** What a resume is refused with; undefined: it goes on. */
async function fault(cell: SimulatedCell, acknowledges?: string): Promise<Fault | undefined> {
  try {
    await cell.resume('a', acknowledges);
    return undefined;
  } catch (error) {
    return (error as RefusedError).fault;
  }
}

/** The same; nothing has moved when it was refused. */
async function refusal(cell: SimulatedCell, acknowledges?: string): Promise<Fault | undefined> {
  const where = jointsOf(cell);
  const refused = await fault(cell, acknowledges);
  if (refused === undefined) return undefined;
  await cell.advance(500);
  expect(travelDeg(cell, where)).toBeLessThan(LAG_DEG_MAX);
  return refused;
}

async function acknowledgeOf(cell: SimulatedCell): Promise<string> {
  const refused = await refusal(cell);
  expect(refused?.code).toBe(6513);
  return String(refused?.detail['acknowledge']);
}

/** How the order ended, and what was made. */
async function finish(cell: SimulatedCell) {
  await cell.until(() => jobOf(cell, 'a').state !== 'Running', 3 * PART_MS_MAX);
  const { state, goodQuantity, producedQuantity } = jobOf(cell, 'a');
  return { state, producedQuantity, goodQuantity, inTray: partsIn(cell, 'in-tray'), dropped: partsIn(cell, 'dropped') };
}

const ALL_MADE = { state: 'Ended', producedQuantity: COUNT, goodQuantity: COUNT, inTray: COUNT, dropped: 0 };

/** The part comes off the cup, and falls where the arm stands. */
async function takePart(cell: SimulatedCell): Promise<void> {
  cell.inject('gripper', 'no-vacuum');
  await cell.until(() => partsIn(cell, 'held') === 0, 5_000);
  await cell.advance(1_000);
  cell.clearFault('gripper');
  await cell.advance(500);
}

describe('an order that control has lost in a step of its work', () => {
  it.each([
    'go to the belt',
    'bring the next part',
    'go down to the part',
    'let the vacuum build up',
    'lift the part',
    CARRY,
    'lower the part',
    'let go of the part',
    'return to the belt',
  ])('(%s) is resumed without a question where nothing has changed, and makes what was ordered', async (label) => {
    const cell = await diedIn(label);
    await isBack(cell);
    expect(await refusal(cell)).toBeUndefined();
    expect(await finish(cell)).toEqual(ALL_MADE);
  });

  it('carrying a part that is gone makes another in its place', async () => {
    const cell = await diedIn(CARRY);
    await takePart(cell);
    await isBack(cell);
    const first = await acknowledgeOf(cell);
    expect(await refusal(cell, first)).toBeUndefined();
    expect(await finish(cell)).toEqual({ ...ALL_MADE, dropped: 1 });
  });

  it('is told anew of a difference that was acknowledged at the loss before', async () => {
    const cell = await diedIn(CARRY);
    await takePart(cell);
    await isBack(cell);
    const first = await acknowledgeOf(cell);
    await refusal(cell, first);
    await cell.until(() => partsIn(cell, 'held') === 1 && isInStep(cell, CARRY), 2 * PART_MS_MAX);
    await cell.advance(120);
    cell.crashControl();
    await cell.advance(500);
    await takePart(cell);
    await isBack(cell);
    const second = await refusal(cell, first);
    expect(second).toMatchObject({ code: 6513, detail: { differences: 'gripper: expected a part, seen no part' } });
    expect(await refusal(cell, String(second?.detail['acknowledge']))).toBeUndefined();
    expect(await finish(cell)).toEqual({ ...ALL_MADE, dropped: 2 });
  });

  it('whose board has lost its power too is told of the part that fell and of the arm that is elsewhere', async () => {
    const cell = await diedIn(CARRY);
    cell.inject('uno-1', 'power-loss');
    await cell.advance(2_000);
    cell.clearFault('uno-1');
    await cell.advance(3_000);
    await cell.startControl();
    await cell.giveBack();
    await cell.reset();
    await cell.advance(2_000);
    const refused = await refusal(cell);
    expect(refused?.detail['differences']).toMatch(
      /^gripper: expected a part, seen no part; shoulder: .* seen at 70 deg/,
    );
    expect(await refusal(cell, String(refused?.detail['acknowledge']))).toBeUndefined();
    expect(await finish(cell)).toEqual({ ...ALL_MADE, dropped: 1 });
  });

  it('and into whose gripper a part has come is resumed when it is out', async () => {
    const cell = await diedIn('go down to the part');
    cell.inject('part-present', 'stuck-closed');
    await isBack(cell);
    const refused = await refusal(cell);
    expect(refused).toMatchObject({
      detail: { differences: 'gripper: expected no part, seen a part', mend: 'gripper' },
    });
    expect(refused?.detail).not.toHaveProperty('acknowledge');
    cell.clearFault('part-present');
    await cell.advance(500);
    expect(await refusal(cell)).toBeUndefined();
    expect(await finish(cell)).toEqual(ALL_MADE);
  });

  it('and that differs otherwise when it is acknowledged is told of that', async () => {
    const cell = await diedIn(CARRY);
    await takePart(cell);
    await isBack(cell);
    const first = await acknowledgeOf(cell);
    cell.inject('vacuum-pressure', 'broken-wire');
    await cell.advance(500);
    const changed = await refusal(cell, first);
    expect(changed).toMatchObject({ code: 6513, detail: { mend: 'gripper' } });
    expect(changed?.detail).not.toHaveProperty('acknowledge');
  });

  it.each([
    ['part-present', 'broken-wire', 'gripper: expected a part, seen no part'],
    ['vacuum-pressure', 'broken-wire', 'gripper: expected a part, seen unreadable'],
  ])('keeps the part that it carries through the reset, though %s has a %s', async (sensor, kind, differences) => {
    const cell = await diedIn(CARRY);
    cell.inject(sensor, kind);
    await isBack(cell);
    expect(partsIn(cell, 'held')).toBe(1);
    expect(await refusal(cell)).toMatchObject({ code: 6513, detail: { differences } });
    cell.clearFault(sensor);
    await cell.advance(500);
    expect(await refusal(cell)).toBeUndefined();
    expect(await finish(cell)).toEqual(ALL_MADE);
  });
});

describe('an order that control has lost with a homed axis', () => {
  it.each(['carry the part', 'leave the part'])(
    '(%s) goes on when another order has homed the axis, and both make what was ordered',
    async (label) => {
      const cell = await simulateCell('cells/linear-axis/cell.yaml');
      await cell.advance(100);
      await cell.reset();
      await cell.order('shuttle', { count: COUNT }, 'a');
      await cell.until(() => isInStep(cell, label), 4 * PART_MS_MAX);
      await cell.advance(120);
      cell.crashControl();
      await cell.advance(500);
      await cell.startControl();
      await cell.giveBack();
      await cell.reset();
      const refused = await fault(cell);
      expect(refused).toMatchObject({
        code: 6513,
        detail: { differences: 'slide: expected homed, seen not homed', mend: 'slide' },
      });
      await cell.order('shuttle', { count: 1 }, 'homing');
      await cell.until(() => jobOf(cell, 'homing').state === 'Ended' && cell.unit === 'Idle', 8 * PART_MS_MAX);
      expect(await fault(cell)).toBeUndefined();
      await cell.until(() => jobOf(cell, 'a').state === 'Ended', 8 * PART_MS_MAX);
      const made = ['homing', 'a'].map((id) => jobOf(cell, id).goodQuantity);
      expect(made).toEqual([1, COUNT]);
    },
  );
});
