// Goal: of two zones on two boards each stops in its own way, by the category and the time limit of its own door.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { alarmCodes, eventsOf } from '../support/scenario.ts';
import { smallCellText } from '../support/small-cell.ts';

const BELT_BOARD = 'uno-2';
const ARM = ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'power'];
/** Age of a sample, what it takes to the controller, a cycle and the way back. */
const REACTION_MS_MAX = 120;
const RAMP_MS_MAX = 800;

/** The arm behind its door (category 1) on one board, the belt under its cover (category 0) on another. */
async function twoZones(): Promise<SimulatedCell> {
  const path = join(mkdtempSync(join(tmpdir(), 'celda-zones-')), 'cell.yaml');
  writeFileSync(
    path,
    smallCellText({
      'boards.uno-2': { kind: 'uno', leaseMs: 100, validityMs: 50 },
      'devices.motor.board': BELT_BOARD,
      'devices.cover-contact': { kind: 'digital-input', board: BELT_BOARD, pin: 'D2', closedWhen: 'low' },
      'safety.zones': {
        arm: { description: 'The arm behind its door', outputs: ARM },
        infeed: { description: 'The belt under its cover', outputs: ['motor'] },
      },
      'safety.blocks.cover': {
        type: 'SF_Guard',
        switch1: 'cover-contact',
        switch2: 'cover-contact',
        discrepancyTimeMs: 500,
        reset: 'reset',
      },
      'safety.stopFunctions.guard-stop': {
        permission: 'guard',
        category: 1,
        timeLimitMs: 800,
        role: 'protective-stop',
        zones: ['arm'],
      },
      'safety.stopFunctions.cover-stop': {
        permission: 'cover',
        category: 0,
        role: 'protective-stop',
        zones: ['infeed'],
      },
      programs: undefined,
    }),
  );
  const cell = await simulateCell(path);
  cell.set('cover-contact', true);
  await cell.until(() => cell.snapshot?.boards.every(({ link }) => link === 'stopped') === true, 10_000);
  await cell.advance(200);
  await cell.reset();
  expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  return cell;
}

function levelOf(cell: SimulatedCell, board: string, pin: number): number | undefined {
  return cell.board(board).pin(pin).level;
}

const power = (cell: SimulatedCell): number | undefined => levelOf(cell, 'uno-1', 12);
const motor = (cell: SimulatedCell): number | undefined => levelOf(cell, BELT_BOARD, 11);

function stops(cell: SimulatedCell): readonly unknown[] {
  return eventsOf(cell, 'stop').map(({ stopFunction, category }) => [stopFunction, category]);
}

async function msUntil(cell: SimulatedCell, isDone: () => boolean): Promise<number> {
  const since = cell.clock.now();
  await cell.until(isDone, 2000);
  return cell.clock.now() - since;
}

it('the door ramps the arm down on its own board, with its power on until it stands', async () => {
  using cell = await twoZones();
  await cell.order('work', { count: 1 });
  await cell.advance(300);
  cell.press('door');
  await cell.advance(REACTION_MS_MAX);
  expect([stops(cell), power(cell)]).toEqual([[['guard-stop', 1]], 1]);
  const darkMs = await msUntil(cell, () => power(cell) === 0);
  expect(darkMs).toBeLessThanOrEqual(RAMP_MS_MAX);
  expect([motor(cell), alarmCodes(cell)]).toEqual([0, [4002]]);
});

it('the cover takes the power from the belt at once on the other board', async () => {
  using cell = await twoZones();
  await cell.order('work', { count: 1 });
  await cell.until(() => motor(cell) === 1, 10_000);
  cell.set('cover-contact', false);
  expect(await msUntil(cell, () => motor(cell) === 0)).toBeLessThanOrEqual(REACTION_MS_MAX);
  await cell.advance(REACTION_MS_MAX);
  expect([stops(cell), alarmCodes(cell)]).toEqual([[['cover-stop', 0]], [4002]]);
});
