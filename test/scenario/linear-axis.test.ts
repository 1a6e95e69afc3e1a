// A step axis from cell.yaml to its pulses: homing, moves, and what a stop, a dead controller and a restart leave of it.
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { alarmCodes, jobOf } from '../support/scenario.ts';

const AXIS_CELL = 'cells/linear-axis/cell.yaml';
const STEPS_PER_MM = 40;
const STEP_PIN = 5;

async function readyAxis(level: 1 | 3 = 1): Promise<SimulatedCell> {
  const cell = await simulateCell(AXIS_CELL, { level });
  // A button that is pressed when the board is first heard is no edge.
  await cell.advance(100);
  await cell.reset();
  return cell;
}

function positionMm(cell: SimulatedCell): number {
  return cell.plant.axes[0]?.positionMm ?? Number.NaN;
}

/** As the cell publishes it; undefined: not homed. */
function published(cell: SimulatedCell): number | undefined {
  const device = cell.snapshot?.devices.find(({ name }) => name === 'slide');
  return device?.valid === true ? device.value : undefined;
}

/** Times of the pulses, ms, from now on. */
function pulsesOf(cell: SimulatedCell): readonly number[] {
  const pulses: number[] = [];
  cell.onPinChange(({ pin, state, boardTimeUs }) => {
    if (pin === STEP_PIN && state.level === 1) pulses.push(boardTimeUs / 1_000);
  });
  return pulses;
}

async function shuttle(cell: SimulatedCell): Promise<string> {
  const { order } = await cell.order('shuttle', { count: 1 });
  return order.jobOrderId;
}

/** On its way to unloading at full speed, homed. */
async function carrying(cell: SimulatedCell): Promise<JobRecord> {
  const id = await shuttle(cell);
  await cell.until(() => positionMm(cell) > 100 && published(cell) !== undefined, 60_000);
  return jobOf(cell, id);
}

/** Presses the emergency stop, waits, and releases it. */
async function demandStop(cell: SimulatedCell): Promise<void> {
  cell.press('estop');
  await cell.advance(2_000);
  cell.release('estop');
  await cell.advance(100);
}

describe('a step axis of a cell', () => {
  it('finds its home switch and goes to the very step of each position', async () => {
    const cell = await readyAxis();
    expect(published(cell)).toBeUndefined();
    const id = await shuttle(cell);
    await cell.until(() => jobOf(cell, id).state === 'Ended', 60_000);
    await cell.advance(200);
    expect(jobOf(cell, id).goodQuantity).toBe(1);
    // The place where the switch opens is known to what the axis travels in one cycle at a tenth of its homing speed.
    expect(Math.abs(positionMm(cell) - 250)).toBeLessThanOrEqual(2.5 * 0.02 + 1 / STEPS_PER_MM);
    expect(published(cell)).toBe(250);
    expect(cell.plant.axes[0]?.lostSteps).toBe(0);
  });

  it('finds its home switch with the image that is flashed, in its emulator', { timeout: 120_000 }, async () => {
    const cell = await readyAxis(3);
    await shuttle(cell);
    await cell.until(() => published(cell) !== undefined, 60_000);
    await cell.until(() => published(cell) === 5, 5_000);
    await cell.advance(200);
    expect(Math.abs(positionMm(cell) - 5)).toBeLessThanOrEqual(2.5 * 0.02 + 1 / STEPS_PER_MM);
    expect(cell.plant.axes[0]?.lostSteps).toBe(0);
  });

  it('is refused a position before it is homed, and does not move', async () => {
    const cell = await readyAxis();
    const pulses = pulsesOf(cell);
    const { order } = await cell.order('unload');
    await cell.advance(500);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ state: 'Interrupted', reason: { code: 2004 } });
    expect(alarmCodes(cell)).toContain(2004);
    expect(pulses).toHaveLength(0);
  });

  it('brakes on its ramp when its emergency stop is pressed, still knows where it stands, and moves only when resumed', async () => {
    const cell = await readyAxis();
    const { order } = await carrying(cell);
    const pulses = pulsesOf(cell);
    const pressedMs = cell.board().timeUs / 1_000;
    await demandStop(cell);
    // The ramp, what the board is behind it, and the permit of the board at the very latest.
    expect(pulses.length).toBeGreaterThan(100);
    expect((pulses.at(-1) ?? 0) - pressedMs).toBeLessThan(600);
    const stoodMm = positionMm(cell);
    expect(published(cell)).toBeCloseTo(stoodMm, 1);
    expect(alarmCodes(cell)).not.toContain(2007);
    const made = pulses.length;
    await cell.reset();
    await cell.advance(3_000);
    expect(cell.unit).toBe('Idle');
    expect(pulses).toHaveLength(made);
    await cell.resume(order.jobOrderId);
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', 60_000);
    expect(Math.abs(positionMm(cell) - 250)).toBeLessThan(0.1);
  });

  it('stands within lease and 1 ms after its controller was killed, and is not homed when another one has taken over', async () => {
    const cell = await readyAxis();
    await carrying(cell);
    const pulses = pulsesOf(cell);
    const killedMs = cell.board().timeUs / 1_000;
    cell.crashControl();
    await cell.advance(1_000);
    expect((pulses.at(-1) ?? 0) - killedMs).toBeGreaterThan(50);
    // The last command may just have been written.
    expect((pulses.at(-1) ?? 0) - killedMs).toBeLessThanOrEqual(101 + 3);
    const made = pulses.length;
    await cell.startControl();
    await cell.advance(100);
    await cell.reset();
    await cell.advance(2_000);
    expect(cell.unit).toBe('Idle');
    expect(pulses).toHaveLength(made);
    expect(published(cell)).toBeUndefined();
  });

  it('is not homed any more, and says so, after its pulses were cut off at speed', async () => {
    const cell = await readyAxis();
    const { order } = await carrying(cell);
    const pulses = pulsesOf(cell);
    cell.line().unplug();
    await cell.advance(1_000);
    cell.line().restore();
    await cell.advance(2_000);
    expect(alarmCodes(cell)).toContain(2007);
    expect(published(cell)).toBeUndefined();
    const made = pulses.length;
    await cell.reset();
    await cell.advance(1_000);
    expect(pulses).toHaveLength(made);
    await cell.resume(order.jobOrderId);
    await cell.advance(500);
    expect(jobOf(cell, order.jobOrderId)).toMatchObject({ state: 'Interrupted', reason: { code: 2004 } });
    expect(pulses).toHaveLength(made);
  });

  it('gives up homing when the switch never closes, within its search', async () => {
    const cell = await readyAxis();
    cell.inject('slide-home', 'broken-wire');
    const id = await shuttle(cell);
    await cell.until(() => jobOf(cell, id).state === 'Interrupted', 60_000);
    expect(jobOf(cell, id).reason).toMatchObject({ code: 2005, detail: { axis: 'slide', device: 'slide-home' } });
    expect(published(cell)).toBeUndefined();
  });

  it('gives up homing when the switch is closed already and does not open, within its release', async () => {
    const cell = await readyAxis();
    cell.inject('slide-home', 'stuck-closed');
    const id = await shuttle(cell);
    await cell.until(() => jobOf(cell, id).state === 'Interrupted', 60_000);
    expect(jobOf(cell, id).reason).toMatchObject({ code: 2006, detail: { axis: 'slide', device: 'slide-home' } });
    expect(positionMm(cell)).toBeCloseTo(68, 6);
  });

  it('gives up homing when the axis does not move', async () => {
    const cell = await readyAxis();
    cell.inject('slide', 'stalled');
    const id = await shuttle(cell);
    await cell.until(() => jobOf(cell, id).state === 'Interrupted', 60_000);
    expect(jobOf(cell, id).reason?.code).toBe(2005);
    expect(positionMm(cell)).toBe(60);
  });
});
