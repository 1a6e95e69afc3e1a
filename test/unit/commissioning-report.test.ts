// The report of a commissioning: when it is complete, what a change takes away, and that a change by hand shows.
import { expect, it } from 'vitest';
import { fingerprintOf } from '../../src/commissioning/fingerprint.ts';
import { planPoints } from '../../src/commissioning/points.ts';
import {
  areAllPassed,
  type CommissionReport,
  confirmed,
  emptyReport,
  isComplete,
  type PointRecord,
  type PointResult,
  sealed,
  standings,
  unsealed,
  withRecord,
} from '../../src/commissioning/report.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { smallModel } from '../support/small-cell.ts';

const cell = smallModel();
const BOARD = { name: 'uno-1', uid: '0123456789abcdef', firmware: '1.0.0' };

function recordOf(model: CellModel, id: string, result: PointResult = 'passed'): PointRecord {
  const point = planPoints(model).find((each) => each.id === id);
  if (point === undefined) throw new Error(`no point ${id}`);
  const fingerprint = fingerprintOf(model, point);
  const reason = result === 'passed' ? '' : 'no action';
  return {
    id,
    fingerprint,
    result,
    by: 'Ana',
    at: '2026-01-02T03:04:05.000Z',
    reason,
    measured: [],
    configHash: model.configHash,
    boards: [BOARD],
  };
}

/** Everything passed and confirmed. */
function completeReport(model = cell): CommissionReport {
  const records = planPoints(model).map(({ id }) => recordOf(model, id));
  const report = records.reduce(withRecord, emptyReport(model, false));
  return confirmed(report, model, 'Ana', '2026-01-02T03:05:00.000Z');
}

function openPoints(model: CellModel, report: CommissionReport): readonly string[] {
  return standings(model, report).flatMap(({ point, state }) => (state === 'passed' ? [] : [`${point.id} ${state}`]));
}

it('is complete when every point has passed and somebody has confirmed it', () => {
  expect(isComplete(cell, completeReport())).toBe(true);
  expect(isComplete(cell, emptyReport(cell, false))).toBe(false);
  expect(isComplete(cell, { ...completeReport(), configHash: '' })).toBe(false);
});

it.each(['failed', 'skipped'] as const)('is not complete with one point that was %s', (result) => {
  const report = withRecord(completeReport(), recordOf(cell, 'output/motor', result));
  expect(openPoints(cell, report)).toEqual([`output/motor ${result}`]);
  expect(isComplete(cell, report)).toBe(false);
});

it('keeps what a changed configuration leaves alone, and is not valid for it before somebody has confirmed it', () => {
  const changed = smallModel({ 'devices.door.closeFilterMs': 20 });
  expect(openPoints(changed, completeReport())).toEqual(['input/door outdated', 'stop/guard-stop/guard outdated']);
  const retold = smallModel({ 'devices.door.description': 'the door' });
  expect(openPoints(retold, completeReport())).toEqual([]);
  expect(isComplete(retold, completeReport())).toBe(false);
  expect(isComplete(retold, confirmed(completeReport(), retold, 'Eva', '2026-01-03T00:00:00.000Z'))).toBe(true);
});

it('misses the points of a device that was added', () => {
  const grown = smallModel({
    'devices.extra': { kind: 'digital-input', board: 'uno-1', pin: 'A5', closedWhen: 'low' },
    'devices.lamps': undefined,
  });
  expect(openPoints(grown, completeReport())).toEqual(['input/extra missing']);
});

it('takes no point of another board for one of this', () => {
  const other = [{ ...BOARD, uid: 'fedcba9876543210' }];
  const points = standings(cell, completeReport(), other);
  expect(areAllPassed(points)).toBe(false);
  expect(new Set(points.map(({ state }) => state))).toEqual(new Set(['other-board']));
  expect(areAllPassed(standings(cell, completeReport(), [BOARD]))).toBe(true);
});

it('comes back from its file as it was', () => {
  expect(unsealed(sealed(completeReport()))).toEqual(completeReport());
});

it('shows a change by hand, and what is no report at all', () => {
  const text = sealed(withRecord(completeReport(), recordOf(cell, 'output/motor', 'failed')));
  expect(unsealed(text.replace('"failed"', '"passed"'))).toBe('edited');
  expect(unsealed(text.replace('"Ana"', '"Eva"'))).toBe('edited');
  expect(unsealed(text.slice(0, 50))).toBe('damaged');
  expect(unsealed('[]')).toBe('damaged');
});
