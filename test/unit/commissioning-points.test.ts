// The plan of a commissioning and what each point of it depends on.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demandsOf } from '../../src/commissioning/demands.ts';
import { fingerprintOf } from '../../src/commissioning/fingerprint.ts';
import { type Point, planPoints } from '../../src/commissioning/points.ts';
import { loadCell } from '../../src/config/load.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { type Changes, smallModel } from '../support/small-cell.ts';

const EXAMPLES = readdirSync('cells', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [`cells/${entry.name}/cell.yaml`] : [],
);

function cellAt(path: string): CellModel {
  const loaded = loadCell(path);
  if (!loaded.ok) throw new Error(`${path} has problems`);
  return loaded.value;
}

/** What a person can see change or act: all but what is made of other devices. */
function seenDevices(cell: CellModel): readonly string[] {
  return cell.devices.flatMap(({ kind, name }) => (kind === 'vacuum-gripper' || kind === 'conveyor' ? [] : [name]));
}

describe.each(EXAMPLES)('the plan of %s', (path) => {
  const cell = cellAt(path);
  const points = planPoints(cell);
  const ids = points.map(({ id }) => id);

  it('has one point for every device that reads or acts', () => {
    const devices = points.flatMap((point) => {
      if (!('device' in point) || point.kind === 'reset') return [];
      return point.kind === 'forced' ? [point.device, ...point.feedback] : [point.device];
    });
    expect(devices.toSorted()).toEqual(seenDevices(cell).toSorted());
  });

  it('trips every stop function by each of its demands, and tries every reset button and every lease', () => {
    for (const stop of cell.safety.stopFunctions) {
      const demands = demandsOf(cell, stop);
      expect(demands.length).toBeGreaterThan(0);
      for (const { name } of demands) expect(ids).toContain(`stop/${stop.name}/${name}`);
    }
    expect(ids).toContain(`reset/${cell.safety.reset}`);
    for (const { name, firmware } of cell.boards) expect(ids.includes(`lease/${name}`)).toBe(firmware === 'celda');
  });

  it('names each point once, and asks for the hard-wired stop before anything is energised', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe('hard-wired-stop');
  });
});

describe('the points of a cell', () => {
  const points = planPoints(smallModel());
  const point = (id: string): Point | undefined => points.find((each) => each.id === id);

  it('know which channels of one button have to stay while another changes', () => {
    expect(point('input/estop-a')).toMatchObject({ rest: 'closed', siblings: ['estop-b'] });
    expect(point('input/door')).toMatchObject({ rest: 'closed', siblings: [] });
    expect(point('input/reset')).toMatchObject({ rest: 'open', siblings: [] });
  });

  it('trip an emergency stop by both of its contacts at once, through the block that reads them', () => {
    expect(point('stop/emergency-stop/channels')).toMatchObject({
      demand: {
        inputs: [
          { device: 'estop-a', demandsWhen: 'open' },
          { device: 'estop-b', demandsWhen: 'open' },
        ],
      },
    });
  });

  it('force what one board stops by itself, and see the rest act in the enabled cell', () => {
    expect(point('output/motor')?.kind).toBe('forced');
    expect(point('output/base')?.kind).toBe('forced');
    expect(point('output/lamps')?.kind).toBe('acting');
  });
});

/** Ids of the points that have to be gone through again after a change. */
function fallen(changes: Changes): readonly string[] {
  const [before, after] = [smallModel(), smallModel(changes)];
  const old = new Map(planPoints(before).map((point) => [point.id, fingerprintOf(before, point)]));
  return planPoints(after).flatMap((point) => (old.get(point.id) === fingerprintOf(after, point) ? [] : [point.id]));
}

const BOTH_STOPS = ['stop/emergency-stop/channels', 'stop/guard-stop/guard', 'reset/reset'];

describe('a changed configuration needs the affected points again, and only those:', () => {
  it.each<[string, Changes, readonly string[]]>([
    ['a text for people', { 'devices.motor.description': 'belt' }, []],
    ['the port of a board', { 'boards.uno-1.port': '/dev/ttyACM3' }, []],
    ['a work master', { 'workMasters.work.steps[0].move.speedPercent': 60 }, []],
    [
      'the pin of an input that no stop reads',
      { 'devices.held.pin': 'A5', 'devices.lamps': undefined },
      ['input/held'],
    ],
    [
      'the pin of an output',
      { 'devices.motor.pin': 'A5', 'devices.lamps': undefined },
      ['lease/uno-1', 'output/motor', ...BOTH_STOPS],
    ],
    ['the filter time of the door', { 'devices.door.closeFilterMs': 20 }, ['input/door', 'stop/guard-stop/guard']],
    ['the filter time of the reset button', { 'devices.reset.closeFilterMs': 20 }, ['input/reset', 'reset/reset']],
    [
      'the time limit of one stop function',
      { 'safety.stopFunctions.guard-stop.timeLimitMs': 400 },
      ['stop/guard-stop/guard'],
    ],
    [
      'the discrepancy time of the emergency stop',
      { 'safety.blocks.channels.discrepancyTimeMs': 400 },
      ['stop/emergency-stop/channels', 'reset/reset'],
    ],
    [
      'the supply of the servos',
      { 'devices.power.activeHigh': false },
      ['lease/uno-1', 'output/base', 'output/shoulder', 'output/elbow', 'output/wrist', 'output/power', ...BOTH_STOPS],
    ],
    ['how long a board goes on by itself', { 'boards.uno-1.leaseMs': 120 }, ['lease/uno-1', ...BOTH_STOPS]],
    ['the period of the cycle', { 'cell.cyclePeriodMs': 20 }, BOTH_STOPS],
    [
      'a second channel for the door',
      {
        'safety.blocks.guard.switch2': 'held',
        'devices.held.closedWhen': 'low',
        'devices.gripper.partPresent': 'at-pick',
      },
      ['input/door', 'input/held', 'stop/guard-stop/guard', 'reset/reset'],
    ],
  ])('%s', (_what, changes, expected) => {
    expect(fallen(changes).toSorted()).toEqual([...expected].toSorted());
  });

  it('a board of another kind or with a named UID, every point that is on it', () => {
    const all = fallen({ 'boards.uno-1.uid': '0123456789abcdef' });
    const points = planPoints(smallModel()).map(({ id }) => id);
    expect(all.toSorted()).toEqual(points.filter((id) => id !== 'hard-wired-stop').toSorted());
  });
});
