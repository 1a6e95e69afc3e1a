// Goal: whatever happens to the line or to the board, nothing wrong moves, the cell stops, and a reset brings it back.
import { describe, expect, it } from 'vitest';
import type { SimulatedCell } from '../../sim/testing.ts';
import {
  alarmCodes,
  eventsOf,
  HazardWatch,
  hazardsOf,
  jobOf,
  PART_MS_MAX,
  partsIn,
  readyCell,
  setMoving,
  unsafeOutputs,
} from '../support/scenario.ts';

const BOARD = 'uno-1';
/** Loss of receipts stops the host within this time, ms. */
const HOST_STOP_MS_MAX = 150;
/** The example's servos: 120 deg/s at 10 µs per degree, and a microsecond of rounding at either end. */
const PULSE_US_PER_MS_MAX = 1.2;
const ROUNDING_US = 2;
const PULSE_US = { min: 600, max: 2400 } as const;
/** The longest that a pulse can have come too late and still be carried out, ms. */
const VALIDITY_MS = 50;

/** Watches every servo pulse: inside its range, and never farther from the last than the joint may travel in the time. */
function watchPulses(cell: SimulatedCell): { readonly wrong: string[] } {
  const wrong: string[] = [];
  const last = new Map<number, { readonly pulseUs: number; readonly atMs: number }>();
  const servos = new Map(hazardsOf(cell).flatMap((slot) => (slot.kind === 'servo' ? [[slot.pin, slot.device]] : [])));
  cell.onPinChange(({ pin, state: { mode, pulseUs } }) => {
    const device = servos.get(pin);
    if (device === undefined || mode !== 'servo' || pulseUs === 0) return;
    const before = last.get(pin);
    const atMs = cell.clock.now();
    last.set(pin, { pulseUs, atMs });
    if (pulseUs < PULSE_US.min || pulseUs > PULSE_US.max) wrong.push(`${device} ${pulseUs} us`);
    const mayUs = (atMs - (before?.atMs ?? 0) + VALIDITY_MS) * PULSE_US_PER_MS_MAX + ROUNDING_US;
    if (before !== undefined && Math.abs(pulseUs - before.pulseUs) > mayUs)
      wrong.push(`${device} jumps to ${pulseUs} us`);
  });
  return { wrong };
}

/** When the host's unit left operation after `sinceMs`, ms later; infinite when it did not. */
function stoppedAfterMs(cell: SimulatedCell, sinceMs: number): number {
  const stop = cell.events.find(
    ({ at, body }) => at >= sinceMs && body.kind === 'unit' && (body.to === 'Aborting' || body.to === 'Stopping'),
  );
  return stop === undefined ? Number.POSITIVE_INFINITY : stop.at - sinceMs;
}

/** The board is linked again, nothing has moved by itself, a reset brings the cell back, the order can go on. */
async function comesBack(cell: SimulatedCell, jobOrderId: string): Promise<void> {
  await cell.until(() => cell.snapshot?.boards.every(({ link }) => link === 'stopped') === true, 10_000);
  const watch = new HazardWatch(cell);
  await cell.advance(3000);
  expect([cell.unit, unsafeOutputs(cell), watch.unsafeSinceUs]).toEqual(['Aborted', [], []]);
  expect(jobOf(cell, jobOrderId).state).toBe('Interrupted');
  await cell.reset();
  expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  await cell.resume(jobOrderId);
  await cell.until(() => jobOf(cell, jobOrderId).state === 'Ended', 2 * PART_MS_MAX);
  expect([jobOf(cell, jobOrderId).goodQuantity, partsIn(cell, 'in-tray')]).toEqual([1, 1]);
}

interface Disturbance {
  readonly name: string;
  readonly begin: (cell: SimulatedCell) => void;
  readonly end: (cell: SimulatedCell) => void;
  readonly causes: readonly number[];
}

function injected(kind: string, causes: readonly number[], amount?: number): Disturbance {
  const begin = (cell: SimulatedCell): void => cell.inject(BOARD, kind, amount);
  return { name: kind, begin, end: (cell) => cell.clearFault(BOARD), causes };
}

const LOSSES: readonly Disturbance[] = [
  injected('cut', [1001, 1007]),
  injected('mute', [1001, 1007]),
  injected('hang', [1001, 1007]),
  injected('power-loss', [1001, 1007]),
  injected('delay', [1001, 1002, 1007], 400),
  {
    name: 'unplugged',
    begin: (cell) => cell.line().unplug(),
    end: (cell) => cell.line().restore(),
    causes: [1001],
  },
  {
    name: 'silent without the system noticing',
    begin: (cell) => cell.line().cut(),
    end: (cell) => cell.line().restore(),
    causes: [1001, 1007],
  },
];

describe.each(LOSSES)('a board that is lost while the arm moves: $name', ({ name, begin, end, causes }) => {
  it('stops the host within 150 ms, drives no wrong pulse, and comes back by a reset', async () => {
    const cell = await readyCell(name);
    const { order } = await setMoving(cell, false, 1);
    const pulses = watchPulses(cell);
    const sinceMs = cell.clock.now();
    begin(cell);
    await cell.advance(1500);
    expect(stoppedAfterMs(cell, sinceMs)).toBeLessThanOrEqual(HOST_STOP_MS_MAX);
    expect(causes).toContain(alarmCodes(cell)[0]);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ state: 'Interrupted' });
    if (name !== 'power-loss') expect(unsafeOutputs(cell)).toEqual([]);
    end(cell);
    await comesBack(cell, order.jobOrderId);
    expect(pulses.wrong).toEqual([]);
  });
});

describe('a board without power', () => {
  it('[M1] drives no pin, and boots into safe values when power is back', async () => {
    const cell = await readyCell();
    await setMoving(cell);
    const boots = cell.board().bootCount;
    cell.inject(BOARD, 'power-loss');
    await cell.advance(20);
    for (const { pin } of hazardsOf(cell)) expect(cell.board().pin(pin).mode).toBe('high-impedance');
    cell.clearFault(BOARD);
    await cell.until(() => cell.snapshot?.boards[0]?.link === 'stopped', 10_000);
    expect([cell.board().bootCount, unsafeOutputs(cell)]).toEqual([boots + 1, []]);
  });
});

describe('a line that damages a fifth of what it carries', () => {
  it.each([1, 2, 3])('never makes a wrong motion, and after it the cell comes back (seed %i)', async (seed) => {
    const cell = await readyCell(`corrupt ${seed}`);
    const { order } = await setMoving(cell, false, 1);
    const pulses = watchPulses(cell);
    cell.inject(BOARD, 'corrupt', 0.2);
    for (let round = 0; round < 4; round += 1) {
      await cell.advance(3000);
      await cell.reset();
      if (cell.unit === 'Idle') await cell.resume(order.jobOrderId).catch(() => undefined);
    }
    cell.clearFault(BOARD);
    await cell.advance(3000);
    if (cell.unit === 'Execute') {
      cell.press('estop');
      await cell.advance(1000);
      cell.release('estop');
    }
    await cell.advance(1000);
    expect(pulses.wrong).toEqual([]);
    await cell.reset();
    expect(cell.unit).toBe('Idle');
    if (jobOf(cell, order.jobOrderId).state === 'Interrupted') await cell.resume(order.jobOrderId);
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', 2 * PART_MS_MAX);
    expect([partsIn(cell, 'in-tray'), partsIn(cell, 'dropped')]).toEqual([1, 0]);
    expect(pulses.wrong).toEqual([]);
  });
});

describe('a link that is lost again and again', () => {
  it('never restarts motion by itself', async () => {
    const cell = await readyCell();
    await setMoving(cell);
    for (let round = 0; round < 10; round += 1) {
      cell.line().unplug();
      await cell.advance(170);
      cell.line().restore();
      await cell.advance(400);
    }
    const watch = new HazardWatch(cell);
    await cell.advance(3000);
    expect([cell.unit, unsafeOutputs(cell), watch.unsafeSinceUs]).toEqual(['Aborted', [], []]);
    expect(eventsOf(cell, 'reset')).toHaveLength(1);
  });
});

describe('a board whose program hangs again and again', () => {
  it('[M3] is refused from the third time on, with a fault of its own, until it was switched off and on', async () => {
    const cell = await readyCell();
    for (let round = 0; round < 3; round += 1) {
      expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
      cell.inject(BOARD, 'hang');
      await cell.advance(600);
      cell.clearFault(BOARD);
      await cell.advance(5000);
      await cell.reset();
    }
    expect(cell.snapshot?.boards[0]).toMatchObject({ link: 'down', cause: { code: 1012 } });
    expect([cell.unit, alarmCodes(cell).includes(1012)]).toEqual(['Aborted', true]);
    await cell.advance(20_000);
    expect(cell.snapshot?.boards[0]?.link).toBe('down');
    for (const { pin } of hazardsOf(cell)) expect(cell.board().pin(pin).mode).toBe('high-impedance');

    cell.inject(BOARD, 'power-loss');
    await cell.advance(1000);
    cell.clearFault(BOARD);
    await cell.advance(5000);
    expect(cell.snapshot?.boards[0]?.link).toBe('stopped');
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  });
});
