// Goal: there is no bad moment for a stop. Method: the same job is stopped at random times, by every kind of stop, and
// resumed; whatever step it was in, the part arrives and nothing is dropped.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../sim/kernel/random.ts';
import {
  jobOf,
  jointsOf,
  LAG_DEG_MAX,
  PART_MS_MAX,
  partsIn,
  readyCell,
  travelDeg,
  unsafeOutputs,
} from '../support/scenario.ts';

const TIMES = 24;
/** How long one part takes at full speed, about, ms. */
const JOB_MS = 6500;

const STOPS = {
  estop: [(cell) => cell.press('estop'), (cell) => cell.release('estop')],
  guard: [(cell) => cell.press('guard'), (cell) => cell.release('guard')],
  unplug: [(cell) => cell.line().unplug(), (cell) => cell.line().restore()],
} as const satisfies Record<string, readonly [Act, Act]>;

type Act = (cell: Awaited<ReturnType<typeof readyCell>>) => void;

async function stopAt(seed: string, atMs: number, [begin, end]: readonly [Act, Act]): Promise<void> {
  const cell = await readyCell(seed);
  const { order } = await cell.order('pick-and-place', { count: 1, speed: 100 });
  await cell.advance(atMs);
  const wasRunning = jobOf(cell, order.jobOrderId).state === 'Running';
  begin(cell);
  await cell.advance(800);
  expect(unsafeOutputs(cell)).toEqual([]);
  end(cell);
  await cell.until(() => cell.snapshot?.boards[0]?.link === 'stopped', 10_000);
  await cell.advance(200);
  const where = jointsOf(cell);
  await cell.reset();
  await cell.advance(300);
  expect([cell.unit, travelDeg(cell, where) < LAG_DEG_MAX]).toEqual(['Idle', true]);
  if (wasRunning) await cell.resume(order.jobOrderId);
  await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
  expect([partsIn(cell, 'in-tray'), partsIn(cell, 'dropped'), jobOf(cell, order.jobOrderId).goodQuantity]).toEqual([
    1, 0, 1,
  ]);
}

describe.each(Object.entries(STOPS))('a job that is stopped at any time (%s) and resumed', (name, acts) => {
  const phases = createRandom(name).stream('phase');
  it.each(Array.from({ length: TIMES }, () => Math.round(phases.uniform() * JOB_MS)))(
    'after %i ms brings its part to the tray',
    async (atMs) => {
      await stopAt(`${name} ${atMs}`, atMs, acts);
    },
  );
});
