// Goal: faults of switches, wires and actuators end in a stop that cannot be reset while they last, and nothing twitches.
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import {
  alarmCodes,
  drivenOutputs,
  EXAMPLE,
  HazardWatch,
  hazardsOf,
  readyCell,
  setMoving,
  travelDeg,
} from '../support/scenario.ts';

const SAFETY_INPUTS = ['estop-a', 'estop-b', 'guard-door'] as const;
const RAMP_MS_MAX = 700;

async function stopsFor(cell: SimulatedCell): Promise<void> {
  await cell.until(() => cell.unit === 'Stopped' || cell.unit === 'Aborted', RAMP_MS_MAX);
  // The last command is on its way to the board.
  await cell.advance(50);
  expect(drivenOutputs(cell)).toEqual([]);
}

describe('a wire of a safety input', () => {
  it.each(SAFETY_INPUTS)(
    '[N1] of %s that breaks stops the cell, and keeps it stopped while it is broken',
    async (input) => {
      using cell = await readyCell();
      await setMoving(cell);
      cell.inject(input, 'broken-wire');
      await stopsFor(cell);
      await cell.reset();
      expect(drivenOutputs(cell)).toEqual([]);
      expect(alarmCodes(cell)).toContain(4013);
    },
  );

  it.each([
    ['estop-a', 'estop'],
    ['estop-b', 'estop'],
  ])(
    '[N2] of %s that is shorted to ground shows at the next demand, which stops all the same',
    async (input, control) => {
      using cell = await readyCell();
      await setMoving(cell);
      cell.inject(input, 'stuck-closed');
      await cell.advance(1000);
      expect(alarmCodes(cell)).toEqual([]);
      cell.press(control);
      await stopsFor(cell);
      await cell.advance(600);
      expect(alarmCodes(cell)).toEqual([4001, 4007]);
    },
  );
});

describe('a channel', () => {
  it('[N3] that is stuck keeps the cell stopped: no reset while the two have not switched together', async () => {
    using cell = await readyCell();
    cell.inject('estop-b', 'stuck-closed');
    cell.press('estop');
    await cell.advance(1000);
    cell.release('estop');
    await cell.advance(500);
    await cell.reset();
    expect(['Aborted', 'Stopped']).toContain(cell.unit);
    expect(drivenOutputs(cell)).toEqual([]);
    cell.clearFault('estop-b');
    cell.press('estop');
    await cell.advance(200);
    cell.release('estop');
    await cell.advance(200);
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  });

  it.each([1, 2, 5, 10, 20])('[N4] that opens for %i ms stops the cell as one that stays open', async (ms) => {
    using cell = await readyCell();
    await setMoving(cell);
    // A level shorter than a tick of the board may fall between two looks; from 1 ms on it is seen.
    cell.set('guard-door', false);
    await cell.advance(ms);
    cell.set('guard-door', true);
    await cell.until(() => cell.unit === 'Stopped', RAMP_MS_MAX);
    expect(alarmCodes(cell)[0]).toBe(4002);
  });

  it('[N4] that chatters as it closes is not closed: a reset waits for a quiet contact', async () => {
    using cell = await readyCell();
    cell.press('guard');
    await cell.advance(1500);
    cell.press('reset');
    for (let turn = 0; turn < 40; turn += 1) {
      cell.set('guard-door', turn % 2 === 0);
      await cell.advance(5);
    }
    expect(drivenOutputs(cell)).toEqual([]);
    expect(cell.unit).toBe('Stopped');
  });
});

describe('an actuator', () => {
  it('[A4] gets nothing before it is enabled at the cell: no pulse, no level, through power-up, linking and lease proof', async () => {
    using cell = await simulateCell(EXAMPLE);
    const watch = new HazardWatch(cell);
    for (const { pin, kind } of hazardsOf(cell)) {
      if (kind === 'servo') expect(cell.board().pin(pin).pulseUs).toBe(0);
    }
    await cell.advance(5000);
    expect(drivenOutputs(cell)).toEqual([]);
    expect(watch.unsafeSinceUs).toEqual([]);
  });

  it('[A4] gets its first pulse for the place where the arm stands', async () => {
    using cell = await simulateCell(EXAMPLE);
    const before = cell.plant.joints.map(({ positionDeg }) => positionDeg);
    await cell.reset();
    await cell.advance(500);
    expect(cell.unit).toBe('Idle');
    expect(travelDeg(cell, before)).toBeLessThan(0.5);
  });

  it('[A5] without a ramp, such as a brake, is at its safe value while the arm still ramps down with power on', async () => {
    using cell = await readyCell();
    await setMoving(cell);
    const order: string[] = [];
    const [brake, supply] = ['vacuum-valve', 'actuator-power'].map((name) =>
      hazardsOf(cell).find(({ device }) => device === name),
    );
    expect(drivenOutputs(cell)).toContain('vacuum-valve');
    cell.onPinChange(({ pin, state }) => {
      if (pin === brake?.pin && state.level === brake.safeValue) order.push('brake');
      if (pin === supply?.pin && state.level === supply.safeValue) order.push('supply');
    });
    cell.press('estop');
    await stopsFor(cell);
    expect(order).toEqual(['brake', 'supply']);
  });
});
