// Goal: a stop of category 2 brakes and holds with power on; what moves then, or cannot be seen, takes the power away at once.
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { alarmCodes, eventsOf, jobOf, jointsOf, setMoving, travelDeg } from '../support/scenario.ts';

const GUARDED = 'cells/guarded-cell/cell.yaml';
const POWER_PIN = 22;
/** Age of a sample, what it takes to the controller, a cycle and the way back. */
const REACTION_MS_MAX = 120;

async function movingCell(): Promise<SimulatedCell> {
  const cell = await simulateCell(GUARDED);
  await cell.advance(100);
  await cell.reset();
  expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  await setMoving(cell);
  return cell;
}

function openDoor(cell: SimulatedCell): void {
  cell.press('arm-door-a');
  cell.press('arm-door-b');
}

async function closeDoor(cell: SimulatedCell): Promise<void> {
  cell.release('arm-door-a');
  cell.release('arm-door-b');
  await cell.advance(100);
}

/** Stopped by the door, the arm held with power on. */
async function heldCell(): Promise<SimulatedCell> {
  const cell = await movingCell();
  openDoor(cell);
  await cell.advance(1500);
  expect(cell.unit).toBe('Stopped');
  return cell;
}

function isPowerOn(cell: SimulatedCell): boolean {
  return cell.board().pin(POWER_PIN).level === 1;
}

async function msUntilDark(cell: SimulatedCell): Promise<number> {
  const since = cell.clock.now();
  await cell.until(() => !isPowerOn(cell), 2000);
  return cell.clock.now() - since;
}

describe('a stop of category 2', () => {
  it('ramps down, then holds the arm where it stands with power on for as long as the door is open', async () => {
    using cell = await movingCell();
    openDoor(cell);
    await cell.advance(800);
    const held = jointsOf(cell);
    await cell.advance(10_000);
    expect([cell.unit, isPowerOn(cell), alarmCodes(cell)]).toEqual(['Stopped', true, [4002]]);
    expect(travelDeg(cell, held)).toBeLessThan(0.5);
    expect(cell.snapshot?.boards[0]?.link).toBe('armed');
  });

  it('goes on with its order after the door is closed, a reset at the cell and a resume, and not before', async () => {
    using cell = await heldCell();
    const held = jointsOf(cell);
    await closeDoor(cell);
    await cell.advance(2000);
    expect([cell.unit, isPowerOn(cell)]).toEqual(['Stopped', true]);
    await cell.reset();
    await cell.advance(2000);
    expect([cell.unit, isPowerOn(cell), alarmCodes(cell)]).toEqual(['Idle', true, []]);
    expect(travelDeg(cell, held)).toBeLessThan(0.5);
    await cell.resume('job-1');
    await cell.until(() => jobOf(cell, 'job-1').state === 'Ended', 60_000);
  });

  it.each([
    ['moved by force', (cell: SimulatedCell) => cell.override('base-angle', 80)],
    ['cannot be measured any more', (cell: SimulatedCell) => cell.inject('shoulder-angle', 'broken-wire')],
  ])('becomes category 0 at once when a joint is %s', async (_title, disturb) => {
    using cell = await heldCell();
    disturb(cell);
    expect(await msUntilDark(cell)).toBeLessThanOrEqual(REACTION_MS_MAX);
    await cell.advance(100);
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Aborted', [4002, 4110, 4014]]);
    expect(eventsOf(cell, 'stop-record').map(({ record }) => record.cause.code)).toEqual([4002, 4110]);
    await closeDoor(cell);
    await cell.advance(2000);
    expect([cell.unit, isPowerOn(cell)]).toEqual(['Aborted', false]);
  });

  it.each([
    ['an emergency stop', (cell: SimulatedCell) => cell.press('estop'), 'Aborted'],
    ['the end of the controller', (cell: SimulatedCell) => cell.shutdown(), 'Stopped'],
  ])('gives way to %s', async (_title, act, unit) => {
    using cell = await heldCell();
    act(cell);
    expect(await msUntilDark(cell)).toBeLessThanOrEqual(REACTION_MS_MAX);
    await cell.advance(100);
    expect(cell.unit).toBe(unit);
  });

  it('ends with a change of mode, which leaves a record of its own with its own cause', async () => {
    using cell = await heldCell();
    cell.set('mode-manual', true);
    await cell.advance(500);
    expect([cell.unit, isPowerOn(cell)]).toEqual(['Stopped', false]);
    const records = eventsOf(cell, 'stop-record').map(({ record }) => [
      record.cause.code,
      record.unit,
      record.category,
    ]);
    expect(records).toEqual([
      [4002, 'Execute', 2],
      [4302, 'Stopped', 1],
    ]);
  });

  it('takes the power away when motion has not ended within the time limit', async () => {
    using cell = await movingCell();
    // The potentiometer of an arm that swings: it never stays in its window.
    cell.inject('base-angle', 'noise', 200);
    openDoor(cell);
    await cell.advance(1200);
    expect(isPowerOn(cell)).toBe(false);
    expect(alarmCodes(cell)).toContain(4014);
  });
});

describe('a joint that is measured', () => {
  it('[A2] stops the cell when it is blocked, with the joint as the cause', async () => {
    using cell = await movingCell();
    cell.inject('base', 'stalled');
    await cell.until(() => alarmCodes(cell).length > 0, 3000);
    await cell.advance(1500);
    expect([cell.unit, isPowerOn(cell), alarmCodes(cell)]).toEqual(['Stopped', false, [2003]]);
    expect(eventsOf(cell, 'alarm')[0]?.fault.detail).toMatchObject({ joint: 'base', unit: 'deg' });
    cell.clearFault('base');
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  });

  it('is driven from where it stands when power comes back, not from where it was driven last', async () => {
    using cell = await movingCell();
    cell.inject('base', 'stalled');
    await cell.until(() => cell.unit === 'Stopped', 5000);
    const stuck = jointsOf(cell);
    cell.clearFault('base');
    await cell.reset();
    await cell.advance(1000);
    expect(cell.unit).toBe('Idle');
    expect(travelDeg(cell, stuck)).toBeLessThan(1);
  });
});
