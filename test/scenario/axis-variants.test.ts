// Step axes in the variants that a cell file allows: two of them, the other direction, a driver with a switch of its own, and
// a stop of category 0 at speed. Each is the cell of cells/linear-axis with some lines changed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { stepsOf, sumOf } from '../support/axis-bench.ts';
import { alarmCodes, jobOf, levelAt } from '../support/scenario.ts';

const STEPS_PER_MM = 40;
const SLIDE_PINS = { stepPin: 5, directionPin: 6 };
/** The place of the home switch, by what the axis travels in one cycle at a tenth of its homing speed, and a step. */
const HOMING_MM = 2.5 * 0.02 + 1 / STEPS_PER_MM;

const folder = mkdtempSync(join(tmpdir(), 'celda-axes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** @param changes lines of the cell file and what stands in their place */
async function readyCell(name: string, changes: readonly (readonly [string, string])[]): Promise<SimulatedCell> {
  let text = readFileSync('cells/linear-axis/cell.yaml', 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the cell has no ${from}`);
    text = text.replaceAll(from, to);
  }
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, text);
  const cell = await simulateCell(path);
  // A button that is pressed when the board is first heard is no edge.
  await cell.advance(100);
  await cell.reset();
  return cell;
}

function positionsMm(cell: SimulatedCell): readonly number[] {
  return cell.plant.axes.map(({ positionMm }) => positionMm);
}

/** As the cell publishes it; undefined: not homed. */
function published(cell: SimulatedCell, axis = 'slide'): number | undefined {
  const device = cell.snapshot?.devices.find(({ name }) => name === axis);
  return device?.valid === true ? device.value : undefined;
}

function edgesOf(cell: SimulatedCell): { readonly pin: number; readonly level: 0 | 1; readonly atUs: number }[] {
  const edges: { pin: number; level: 0 | 1; atUs: number }[] = [];
  cell.onPinChange(({ pin, state, boardTimeUs }) => edges.push({ pin, level: state.level, atUs: boardTimeUs }));
  return edges;
}

async function shuttle(cell: SimulatedCell): Promise<string> {
  const { order } = await cell.order('shuttle', { count: 1 });
  return order.jobOrderId;
}

async function carry(cell: SimulatedCell): Promise<string> {
  const id = await shuttle(cell);
  await cell.until(() => (positionsMm(cell)[0] ?? 0) > 100 && published(cell) !== undefined, 60_000);
  return id;
}

const LIFT = `  lift:
    kind: stepper-axis
    board: uno-1
    stepPin: D11
    directionPin: D12
    stepsPerMm: 100
    minMm: -50
    maxMm: 0
    velocityMaxMmPerS: 20
    accelerationMaxMmPerS2: 100
    invertDirection: true
    homing: { switch: lift-home, towards: max, speedMmPerS: 10, positionMm: 0, searchMm: 60 }

  lift-home:
    kind: digital-input
    board: uno-1
    pin: D10
    closedWhen: low

  slide-home:`;

const TWO_AXES = [
  ['  slide-home:', LIFT],
  ['outputs: [slide]', 'outputs: [slide, lift]'],
  ['axes: [slide]', 'axes: [slide, lift]'],
  ['load: { slide: 5 }', 'load: { slide: 5, lift: -2 }'],
  ['unload: { slide: 250 }', 'unload: { slide: 250, lift: -45.5 }'],
  [
    '    slide: { startMm: 60,',
    '    lift: { startMm: -20, endStopMinMm: -55, endStopMaxMm: 5 }\n    slide: { startMm: 60,',
  ],
] as const;

describe('two step axes of one cell', () => {
  it('find their own switches, at either end, and arrive together at the very steps', async () => {
    const cell = await readyCell('two', TWO_AXES);
    const id = await shuttle(cell);
    const edges = edgesOf(cell);
    await cell.until(() => jobOf(cell, id).state === 'Ended', 90_000);
    await cell.advance(200);
    expect([published(cell, 'slide'), published(cell, 'lift')]).toEqual([250, -45.5]);
    const [slideMm, liftMm] = ['slide', 'lift'].map(
      (axis) => cell.plant.axes.find(({ name }) => name === axis)?.positionMm ?? Number.NaN,
    );
    expect(Math.abs((slideMm ?? 0) - 250)).toBeLessThanOrEqual(HOMING_MM);
    expect(Math.abs((liftMm ?? 0) + 45.5)).toBeLessThanOrEqual(0.02 + 0.01);
    expect(cell.plant.axes.map(({ lostSteps }) => lostSteps)).toEqual([0, 0]);
    const lasts = [SLIDE_PINS, { stepPin: 11, directionPin: 12 }].map((pins) => stepsOf(edges, pins).at(-1)?.atUs ?? 0);
    expect(Math.abs((lasts[0] ?? 0) - (lasts[1] ?? 0))).toBeLessThan(100_000);
  });

  it('both stand, and both are not homed, after their pulses were cut off at speed', async () => {
    const cell = await readyCell('two-cut', TWO_AXES);
    await carry(cell);
    cell.line().unplug();
    await cell.advance(1_000);
    const stood = positionsMm(cell);
    cell.line().restore();
    await cell.advance(2_000);
    await cell.reset();
    await cell.advance(1_000);
    expect(positionsMm(cell)).toEqual(stood);
    expect([published(cell, 'slide'), published(cell, 'lift')]).toEqual([undefined, undefined]);
  });
});

describe('a step axis with invertDirection', () => {
  it.each([
    ['true', 1],
    ['false', -1],
  ])('%s: goes the same way by the other level of its direction pin', async (inverted, way) => {
    const cell = await readyCell(`inverted-${inverted}`, [
      ['    # invertDirection: true ', `    invertDirection: ${inverted} `],
    ]);
    const edges = edgesOf(cell);
    const id = await shuttle(cell);
    await cell.until(() => published(cell) !== undefined, 60_000);
    const from = positionsMm(cell)[0] ?? 0;
    await cell.until(() => jobOf(cell, id).state === 'Ended', 60_000);
    await cell.advance(200);
    expect(Math.abs((positionsMm(cell)[0] ?? 0) - 250)).toBeLessThanOrEqual(HOMING_MM);
    const travelled = Math.round(((positionsMm(cell)[0] ?? 0) - from) * STEPS_PER_MM);
    const lastWay = stepsOf(edges, SLIDE_PINS).at(-1)?.way;
    expect(travelled).toBeGreaterThan(9_000);
    expect(lastWay).toBe(way);
    expect(Math.abs(sumOf(stepsOf(edges, SLIDE_PINS).slice(-1_000)))).toBe(1_000);
  });
});

const DRIVER = `  driver-enable:
    kind: digital-output
    board: uno-1
    pin: D10
    activeHigh: true
    hazardous: true
    safe: off
    onWhileEnabled: true

  slide-home:`;

describe('a step axis whose driver has a switch', () => {
  const changes = [
    ['  slide-home:', DRIVER],
    ['    # driver: driver-enable ', '    driver: driver-enable '],
    ['outputs: [slide]', 'outputs: [slide, driver-enable]'],
  ] as const;

  it('is fed while the cell is enabled, and must be homed anew when it was not', async () => {
    const cell = await readyCell('driver', changes);
    const id = await carry(cell);
    expect(levelAt(cell, 'D10')).toBe(1);
    cell.press('estop');
    await cell.advance(2_000);
    expect(levelAt(cell, 'D10')).toBe(0);
    expect(published(cell)).toBeUndefined();
    cell.release('estop');
    await cell.advance(100);
    await cell.reset();
    await cell.advance(1_000);
    expect(levelAt(cell, 'D10')).toBe(1);
    const stoodMm = positionsMm(cell)[0];
    await cell.resume(id);
    await cell.advance(500);
    expect(jobOf(cell, id)).toMatchObject({ state: 'Interrupted', reason: { code: 2004, detail: { axis: 'slide' } } });
    expect(positionsMm(cell)[0]).toBe(stoodMm);
  });
});

describe('a step axis that is stopped with category 0 at speed', () => {
  it('gives no pulse more after a cycle and the line, and is not homed any more', async () => {
    const cell = await readyCell('category-0', [
      ['      category: 1\n      timeLimitMs: 600\n', '      category: 0\n'],
    ]);
    const id = await carry(cell);
    const edges = edgesOf(cell);
    const pressedUs = cell.board().timeUs;
    cell.press('estop');
    await cell.advance(1_000);
    const steps = stepsOf(edges, SLIDE_PINS);
    // At 3,600 steps/s: the emergency stop is a permit of the board, which acts within 1 ms.
    expect((steps.at(-1)?.atUs ?? 0) - pressedUs).toBeLessThanOrEqual(1_000);
    expect(published(cell)).toBeUndefined();
    expect(alarmCodes(cell)).toContain(2007);
    cell.release('estop');
    await cell.advance(100);
    await cell.reset();
    await cell.resume(id);
    await cell.advance(500);
    expect(jobOf(cell, id)).toMatchObject({ state: 'Interrupted', reason: { code: 2004 } });
    expect(stepsOf(edges, SLIDE_PINS)).toHaveLength(steps.length);
  });
});
