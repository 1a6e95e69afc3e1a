// Goal: the board is safe without the controller. Method: the control side dies at many phases of a move, as by kill -9, and
// the pins of the board are watched in the board's own time.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../sim/kernel/random.ts';
import type { SimulatedCell } from '../../sim/testing.ts';
import {
  alarmCodes,
  HazardWatch,
  jointsOf,
  LAG_DEG_MAX,
  PART_MS_MAX,
  partsIn,
  readyCell,
  setMoving,
  travelDeg,
  unsafeOutputs,
} from '../support/scenario.ts';

const PHASES = 220;
/** While the arm travels fast every command changes a pulse: the last change of a pin is the last byte that counted. */
const FAST = { fromMs: 60, spanMs: 300 } as const;
/** Between two commands, with what else the line carries, microseconds. */
const COMMAND_GAP_US_MAX = 25_000;
/** Half of the way that the base turns between its park position and the belt, degrees. */
const HALF_WAY_DEG = 22.5;

/** Lets the control side die, and the lease run out. @returns how long the outputs outlived the last command, ms */
async function crash(cell: SimulatedCell): Promise<number> {
  const watch = new HazardWatch(cell);
  await cell.advance(30);
  cell.crashControl();
  const lastCommandUs = watch.lastChangeUs;
  expect(cell.board().timeUs - lastCommandUs).toBeLessThanOrEqual(COMMAND_GAP_US_MAX);
  const { leaseMs = 0 } = cell.cell.boards[0] ?? {};
  await cell.advance(leaseMs + 1);
  expect(unsafeOutputs(cell)).toEqual([]);
  await cell.advance(50);
  expect(watch.unsafeSinceUs).toEqual([]);
  return ((watch.safeAtUs ?? Number.POSITIVE_INFINITY) - lastCommandUs) / 1000;
}

describe('a control process that dies while the arm moves', () => {
  it(`[P1] leaves the board to drive every safe value within lease + 1 ms, at ${PHASES} random phases`, async () => {
    const phases = createRandom('crash').stream('phase');
    const cell = await readyCell('crash');
    const leaseMs = cell.cell.boards[0]?.leaseMs ?? 0;
    let longestMs = 0;
    for (let count = 0; count < PHASES; count += 1) {
      const isNearBelt = (jointsOf(cell)[0] ?? 0) > HALF_WAY_DEG;
      await cell.order(isNearBelt ? 'park' : 'pick-and-place', { speed: 100 });
      await cell.advance(FAST.fromMs + phases.uniform() * FAST.spanMs);
      longestMs = Math.max(longestMs, await crash(cell));
      await cell.startControl();
      await cell.reset();
    }
    expect(longestMs).toBeGreaterThan(leaseMs - 1);
    expect(longestMs).toBeLessThanOrEqual(leaseMs + 1);
  });

  it('[P1] comes back Stopped: nothing moves, the part stays in the gripper, and a reset alone moves nothing', async () => {
    const cell = await readyCell();
    await setMoving(cell, true);
    expect(partsIn(cell, 'held')).toBe(1);
    await crash(cell);
    const where = jointsOf(cell);
    await cell.startControl();
    await cell.advance(3000);
    expect([cell.unit, unsafeOutputs(cell), partsIn(cell, 'held')]).toEqual(['Stopped', [], 1]);
    await expect(cell.order('park')).rejects.toMatchObject({ fault: { code: 6008 } });
    expect(jointsOf(cell)).toEqual(where);

    await cell.reset();
    await cell.advance(2000);
    expect([cell.unit, alarmCodes(cell), partsIn(cell, 'held')]).toEqual(['Idle', [], 1]);
    expect(travelDeg(cell, where)).toBeLessThan(LAG_DEG_MAX);

    const { order } = await cell.order('park');
    await cell.until(() => cell.jobs.get(order.jobOrderId)?.state === 'Ended', PART_MS_MAX);
    expect(partsIn(cell, 'held')).toBe(1);
  });

  it('[P10] and is back before the lease has run out: the board is safe at once, and nothing goes on', async () => {
    const cell = await readyCell();
    await setMoving(cell);
    const leaseMs = cell.cell.boards[0]?.leaseMs ?? 0;
    const watch = new HazardWatch(cell);
    await cell.advance(30);
    cell.crashControl();
    const crashedUs = cell.board().timeUs;
    await cell.advance(5);
    await cell.startControl();
    // Safe by the new session, not by the lease.
    expect(((watch.safeAtUs ?? Number.NaN) - crashedUs) / 1000).toBeLessThan(leaseMs / 2);
    await cell.advance(3000);
    expect([cell.unit, unsafeOutputs(cell), watch.unsafeSinceUs]).toEqual(['Stopped', [], []]);
    expect(cell.snapshot?.job).toBeUndefined();
  });
});
