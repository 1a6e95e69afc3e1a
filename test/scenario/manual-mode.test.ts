// A person steps into the cell: manual with the door open, an enabling device in one hand and the jog in the other, and back again.
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import type { JogSpeeds } from '../../src/core/jog.ts';
import { toolMmPerUnit, toolSpeedBoundMmPerS } from '../../src/core/tool-speed.ts';
import { alarmCodes, eventsOf, jobOf, jointsOf, setMoving, travelDeg } from '../support/scenario.ts';

const GUARDED = 'cells/guarded-cell/cell.yaml';
const POWER_PIN = 22;
const BELT_PIN = 24;

async function readyCell(): Promise<SimulatedCell> {
  const cell = await simulateCell(GUARDED);
  await cell.advance(100);
  await cell.reset();
  expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  return cell;
}

async function select(cell: SimulatedCell, contact: 'mode-automatic' | 'mode-manual'): Promise<void> {
  cell.set(contact, true);
  await cell.advance(2_000);
}

/** Reset in manual, with the door open. */
async function manualCell(): Promise<SimulatedCell> {
  const cell = await readyCell();
  await select(cell, 'mode-manual');
  cell.press('arm-door-a');
  cell.press('arm-door-b');
  await cell.advance(100);
  await cell.reset();
  await cell.advance(1_500);
  return cell;
}

async function jogFor(cell: SimulatedCell, ms: number, speeds: JogSpeeds): Promise<void> {
  const until = cell.clock.now() + ms;
  while (cell.clock.now() < until) await cell.jog(speeds);
}

/** Holds the enabling device, and begins with a jog at rest. */
async function enable(cell: SimulatedCell): Promise<void> {
  cell.set('enabling-a', true);
  await cell.advance(1_000);
  await jogFor(cell, 100, {});
}

function isPowerOn(cell: SimulatedCell): boolean {
  return cell.board().pin(POWER_PIN).level === 1;
}

/** Runs and watches the fastest that the tool can have been, mm/s, by what the servos are told. */
async function fastestMmPerS(cell: SimulatedCell, ms: number, speeds: JogSpeeds): Promise<number> {
  const mmPerUnit = cell.cell.devices.flatMap((device) => (device.kind === 'servo' ? [toolMmPerUnit(device)] : []));
  let fastest = 0;
  for (let at = 0; at < ms; at += 100) {
    const before = jointsOf(cell);
    const since = cell.clock.now();
    await jogFor(cell, 100, speeds);
    const passedS = (cell.clock.now() - since) / 1000;
    const speedsDeg = jointsOf(cell).map((deg, joint) => (deg - (before[joint] ?? Number.NaN)) / passedS);
    fastest = Math.max(fastest, toolSpeedBoundMmPerS(speedsDeg, mmPerUnit));
  }
  return fastest;
}

describe('a cell in manual', () => {
  it('is jogged with its door open, slowly, while the enabling device is held, and then runs orders in automatic again', async () => {
    using cell = await manualCell();
    expect([cell.unit, cell.snapshot?.mode, alarmCodes(cell)]).toEqual(['Idle', 'Manual', []]);
    expect([isPowerOn(cell), await cell.jog({})]).toEqual([false, 'enabling']);

    await enable(cell);
    expect([isPowerOn(cell), await cell.jog({})]).toEqual([true, undefined]);
    const start = jointsOf(cell);
    const fastest = await fastestMmPerS(cell, 1_500, { base: 100, shoulder: -100 });
    expect(travelDeg(cell, start)).toBeGreaterThan(10);
    expect(fastest).toBeGreaterThan(150);
    expect(fastest).toBeLessThanOrEqual(260);

    cell.set('enabling-a', false);
    await cell.advance(600);
    expect([isPowerOn(cell), cell.unit, alarmCodes(cell)]).toEqual([false, 'Idle', []]);

    cell.release('arm-door-a');
    cell.release('arm-door-b');
    await select(cell, 'mode-automatic');
    expect([cell.unit, isPowerOn(cell)]).toEqual(['Stopped', false]);
    await cell.reset();
    await cell.advance(1_500);
    expect([cell.unit, cell.snapshot?.mode, alarmCodes(cell)]).toEqual(['Idle', 'Production', []]);
    await cell.order('park', {}, 'after');
    await cell.until(() => jobOf(cell, 'after').state === 'Ended', 60_000);
  });

  it('stands when the jog is let go, and when its client says nothing any more', async () => {
    using cell = await manualCell();
    await enable(cell);
    await jogFor(cell, 500, { base: 50 });
    await jogFor(cell, 500, {});
    const stood = jointsOf(cell);
    await jogFor(cell, 300, {});
    expect(travelDeg(cell, stood)).toBeLessThan(0.1);
    await jogFor(cell, 500, { base: -50 });
    await cell.advance(800);
    const left = jointsOf(cell);
    await cell.advance(1_000);
    expect(travelDeg(cell, left)).toBeLessThan(0.1);
    expect([cell.unit, isPowerOn(cell)]).toEqual(['Idle', true]);
  });

  it('stops at once, and moves nothing when the enabling device comes back before the jog was let go', async () => {
    using cell = await manualCell();
    await enable(cell);
    await jogFor(cell, 500, { base: 50 });
    cell.set('enabling-a', false);
    await jogFor(cell, 600, { base: 50 });
    const stood = jointsOf(cell);
    cell.set('enabling-a', true);
    await jogFor(cell, 1_500, { base: 50 });
    expect(travelDeg(cell, stood)).toBeLessThan(1);
    expect(await cell.jog({ base: 50 })).toBe('rest');
    await jogFor(cell, 100, {});
    await jogFor(cell, 500, { base: 50 });
    expect(travelDeg(cell, stood)).toBeGreaterThan(3);
  });

  it('raises no alarm and gives no power while a contact of the enabling device bounces, however long its bounces are', async () => {
    using cell = await manualCell();
    // Closed for less and for more than the filter of the input, open for less and for more than a cycle.
    for (let bounce = 0; bounce < 60; bounce += 1) {
      cell.set('enabling-a', true);
      await cell.advance(3 + ((bounce * 7) % 55));
      expect(isPowerOn(cell)).toBe(false);
      cell.set('enabling-a', false);
      await cell.advance(1 + ((bounce * 5) % 40));
    }
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
    await enable(cell);
    expect([isPowerOn(cell), await cell.jog({})]).toEqual([true, undefined]);
  });

  it('is stopped by its emergency stop, door open or not', async () => {
    using cell = await manualCell();
    await enable(cell);
    await jogFor(cell, 300, { base: 50 });
    cell.press('estop');
    await cell.advance(1_000);
    expect([cell.unit, isPowerOn(cell), alarmCodes(cell)[0]]).toEqual(['Aborted', false, 4001]);
  });

  it('refuses orders, and has its belt stand', async () => {
    using cell = await manualCell();
    await enable(cell);
    await expect(cell.order('park')).rejects.toMatchObject({ fault: { code: 6032 } });
    expect(cell.board().pin(BELT_PIN).level).toBe(0);
  });
});

describe('the mode selector', () => {
  it('[O7] stops the cell when it is turned while an order runs, and nothing goes on when it is turned back', async () => {
    using cell = await readyCell();
    const order = await setMoving(cell);
    await select(cell, 'mode-manual');
    expect([cell.unit, cell.snapshot?.mode, isPowerOn(cell)]).toEqual(['Stopped', 'Manual', false]);
    await select(cell, 'mode-automatic');
    const stood = jointsOf(cell);
    await cell.advance(5_000);
    expect([cell.unit, isPowerOn(cell)]).toEqual(['Stopped', false]);
    expect(travelDeg(cell, stood)).toBeLessThan(0.1);
    expect(jobOf(cell, order.order.jobOrderId).state).toBe('Interrupted');
    expect(eventsOf(cell, 'mode').map(({ to }) => to)).toEqual(['Manual', 'Production']);
  });

  it('that is turned to manual while the door is opened has nobody sent to the door', async () => {
    using cell = await simulateCell(GUARDED);
    cell.set('mode-manual', true);
    for (const contact of ['arm-door-a', 'arm-door-b']) cell.set(contact, false);
    await cell.advance(2_000);
    expect([cell.unit, cell.snapshot?.mode, alarmCodes(cell)]).toEqual(['Stopped', 'Manual', []]);
    expect(eventsOf(cell, 'stop')).toEqual([]);
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  });

  it('means nothing without its key', async () => {
    using cell = await readyCell();
    cell.set('mode-key', false);
    await cell.advance(100);
    await select(cell, 'mode-manual');
    expect([cell.unit, cell.snapshot?.mode]).toEqual(['Idle', 'Production']);
  });

  it('has the board watch the enabling device instead of the door, without proving its lease again', async () => {
    using cell = await manualCell();
    const proofs = eventsOf(cell, 'lease-proof').length;
    await enable(cell);
    expect(cell.snapshot?.boards[0]?.link).toBe('armed');
    expect(eventsOf(cell, 'lease-proof').length).toBe(proofs);
    cell.set('enabling-b', false);
    await cell.advance(1_000);
    expect(isPowerOn(cell)).toBe(false);
  });
});
