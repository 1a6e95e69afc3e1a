// Goal: an output that does not do what it is told is seen at its pin, and stops the cell for good until it does.
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { alarmCodes, EXAMPLE, eventsOf, setMoving } from '../support/scenario.ts';

const BOARD = 'uno-1';
const POWER = 'actuator-power';
/** Monitoring time, what an image takes, and a cycle. */
const NOTICED_MS_MAX = 80;

async function untilStopped(cell: SimulatedCell): Promise<number> {
  const since = cell.clock.now();
  await cell.until(() => alarmCodes(cell).includes(1013), 1000);
  return cell.clock.now() - since;
}

describe.each([1, 3] as const)('an output that is stuck, at level %i', (level) => {
  it('[M8] stops the cell while it is low and told high, and a reset works again when it is free', {
    timeout: 120_000,
  }, async () => {
    using cell = await simulateCell(EXAMPLE, { level });
    await cell.reset();
    await setMoving(cell);
    cell.inject(POWER, 'output-stuck-low');
    expect(await untilStopped(cell)).toBeLessThanOrEqual(NOTICED_MS_MAX);
    expect(alarmCodes(cell)[0]).toBe(1013);
    await cell.advance(1000);
    expect(cell.unit).toBe('Aborted');
    cell.clearFault(POWER);
    await cell.until(() => cell.snapshot?.boards[0]?.link === 'stopped', 5000);
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  });

  it('[M8] is told by its name while it is high and must be low, and keeps the board unusable for so long', {
    timeout: 120_000,
  }, async () => {
    using cell = await simulateCell(EXAMPLE, { level });
    await cell.reset();
    await setMoving(cell);
    cell.press('estop');
    cell.inject(POWER, 'output-stuck-high');
    await untilStopped(cell);
    const told = eventsOf(cell, 'link').find(({ cause }) => cause?.code === 1013);
    expect(told).toMatchObject({ board: BOARD, state: 'down' });
    expect(told?.cause?.detail).toEqual({ board: BOARD, output: POWER, expected: 0, readBack: 1 });
    cell.release('estop');
    for (let turn = 0; turn < 20; turn += 1) {
      await cell.advance(250);
      expect(cell.snapshot?.boards[0]?.link).toBe('down');
    }
    cell.clearFault(POWER);
    await cell.until(() => cell.snapshot?.boards[0]?.link === 'stopped', 5000);
  });
});
