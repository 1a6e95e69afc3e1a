// A guard door with two switches that do not agree. SF_Guard measures the discrepancy time while the door closes (PLCopen
// Safety, part 1); one that opens alone stops the cell at once.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { alarmCodes, drivenOutputs } from '../support/scenario.ts';

const DISCREPANCY_MS = 500;
const SECOND_SWITCH = `  guard-door-b:
    kind: digital-input
    board: uno-1
    pin: D10
    closedWhen: low
  reset-button:`;

const folder = mkdtempSync(join(tmpdir(), 'celda-guard-'));
afterAll(() => rmSync(folder, { recursive: true }));

function twoSwitches(): string {
  const text = readFileSync('cells/linear-axis/cell.yaml', 'utf8')
    .replace('  reset-button:', SECOND_SWITCH)
    .replace('switch2: guard-door', 'switch2: guard-door-b')
    .replace('guard: [guard-door]', 'guard: [guard-door, guard-door-b]');
  const path = join(folder, 'cell.yaml');
  writeFileSync(path, text);
  return path;
}

async function readyCell(): Promise<SimulatedCell> {
  const cell = await simulateCell(twoSwitches());
  await cell.advance(100);
  await cell.reset();
  expect(cell.unit).toBe('Idle');
  return cell;
}

const SWITCHES = ['guard-door', 'guard-door-b'] as const;

describe('a guard door with two switches', () => {
  it.each(SWITCHES)(
    'of which %s alone opens stops the cell, which is not reset before both were open',
    async (input) => {
      using cell = await readyCell();
      cell.inject(input, 'broken-wire');
      await cell.advance(100);
      expect(drivenOutputs(cell)).toEqual([]);
      expect(alarmCodes(cell)).toContain(4002);
      cell.clearFault(input);
      await cell.advance(100);
      await cell.reset();
      expect(cell.unit).not.toBe('Idle');
      cell.press('guard');
      await cell.advance(100);
      cell.release('guard');
      await cell.advance(100);
      await cell.reset();
      expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
    },
  );

  it.each(SWITCHES)(
    'of which %s stays open when it is closed is told as 4007 after the discrepancy time',
    async (input) => {
      using cell = await readyCell();
      cell.press('guard');
      await cell.advance(100);
      cell.inject(input, 'broken-wire');
      cell.release('guard');
      await cell.advance(DISCREPANCY_MS - 100);
      expect(alarmCodes(cell)).not.toContain(4007);
      await cell.advance(200);
      const alarm = cell.snapshot?.alarms.find(({ code }) => code === 4007);
      expect(alarm?.detail).toMatchObject({ block: 'door', channels: 'guard-door, guard-door-b' });
      expect(drivenOutputs(cell)).toEqual([]);
      // Mended, it takes both switches open and closed again.
      cell.clearFault(input);
      await cell.advance(100);
      await cell.reset();
      expect(cell.unit).not.toBe('Idle');
      cell.press('guard');
      await cell.advance(100);
      cell.release('guard');
      await cell.advance(100);
      await cell.reset();
      expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
    },
  );
});
