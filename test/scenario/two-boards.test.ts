// Goal: an emergency stop whose two channels are wired to two boards stops both of them, whichever channel or board says so.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { alarmCodes } from '../support/scenario.ts';
import { smallCellText } from '../support/small-cell.ts';

const DISCREPANCY_MS = 500;
const SECOND = 'uno-2';

/** The small cell with one channel of its emergency stop, and the motor, on a second board. */
async function twoBoards(): Promise<SimulatedCell> {
  const path = join(mkdtempSync(join(tmpdir(), 'celda-two-')), 'cell.yaml');
  writeFileSync(
    path,
    smallCellText({
      'boards.uno-2': { kind: 'uno', leaseMs: 100, validityMs: 50 },
      'devices.estop-b.board': SECOND,
      'devices.motor.board': SECOND,
      programs: undefined,
    }),
  );
  const cell = await simulateCell(path);
  await cell.reset();
  expect(cell.unit).toBe('Idle');
  expect(armed(cell)).toEqual(['armed', 'armed']);
  return cell;
}

function armed(cell: SimulatedCell): readonly string[] {
  return (cell.snapshot?.boards ?? []).map(({ link }) => link);
}

function pair(cell: SimulatedCell): { readonly diagCode?: string; readonly error?: boolean } {
  return cell.snapshot?.safety.find(({ name }) => name === 'channels') ?? {};
}

/** A reset alone does not help; the button, pressed so that both channels open, does. */
async function endsByThePressedButton(cell: SimulatedCell): Promise<void> {
  await cell.reset();
  expect([cell.unit, pair(cell).error]).toEqual(['Aborted', true]);
  expect(cell.snapshot?.alarms.find(({ code }) => code === 4007)?.detail).toMatchObject({
    block: 'channels',
    channels: 'estop-a, estop-b',
  });
  cell.press('estop');
  await cell.advance(200);
  cell.release('estop');
  await cell.advance(200);
  await cell.reset();
  expect([cell.unit, pair(cell).error, alarmCodes(cell)]).toEqual(['Idle', false, []]);
}

describe('two boards that disagree on the emergency stop', () => {
  it.each(['estop-a', 'estop-b'])(
    '[M10] (%s opens only) are both stopped, and say so in the discrepancy time',
    async (channel) => {
      const cell = await twoBoards();
      cell.press(channel);
      await cell.advance(150);
      expect(armed(cell)).toEqual(['stopped', 'stopped']);
      await cell.advance(DISCREPANCY_MS);
      expect(pair(cell)).toMatchObject({ error: true, diagCode: 'C030' });
      cell.release(channel);
      await cell.advance(200);
      await endsByThePressedButton(cell);
    },
  );

  it('[M10] because one of them was lost are both stopped; a person is told that the button must be pressed', async () => {
    const cell = await twoBoards();
    cell.line(SECOND).cut();
    await cell.advance(200);
    expect(armed(cell)[0]).toBe('stopped');
    await cell.advance(2000);
    cell.line(SECOND).restore();
    await cell.until(() => armed(cell).every((link) => link === 'stopped'), 10_000);
    await cell.advance(200);
    expect([1001, 1007]).toContain(alarmCodes(cell)[0]);
    await endsByThePressedButton(cell);
  });
});
