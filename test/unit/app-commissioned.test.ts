// What a start of a cell says of its commissioning, and when it is refused.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import {
  commissioned,
  commissionedBoards,
  exchangedBoards,
  requireCommissioning,
  withBoards,
} from '../../src/app/commission/commissioned.ts';
import { reportPaths } from '../../src/app/commission/report-files.ts';
import { fingerprintOf } from '../../src/commissioning/fingerprint.ts';
import { planPoints } from '../../src/commissioning/points.ts';
import { type CommissionReport, confirmed, emptyReport, sealed, withRecord } from '../../src/commissioning/report.ts';
import { smallModel } from '../support/small-cell.ts';

const cell = smallModel({ 'safety.requireCommissioned': true });
const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
afterEach(() => rmSync(join(directory, '.celda'), { recursive: true, force: true }));
const CELL_PATH = join(directory, 'cell.yaml');

function completeReport(): CommissionReport {
  const at = '2026-01-02T03:04:05.000Z';
  const seen = { result: 'passed', by: 'Ana', at, reason: '', measured: [], configHash: '', boards: [] } as const;
  const report = planPoints(cell).reduce(
    (before, point) => withRecord(before, { id: point.id, fingerprint: fingerprintOf(cell, point), ...seen }),
    emptyReport(cell, false),
  );
  return confirmed(report, cell, 'Ana', at);
}

function write(text: string): void {
  const { json } = reportPaths(CELL_PATH, false);
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, text);
}

const check = (model = cell) => requireCommissioning(model, CELL_PATH, 'es');

it('lets a cell run that has a complete report of this configuration, and says by whom', () => {
  write(sealed(completeReport()));
  expect(check).not.toThrow();
  expect(commissioned(cell, CELL_PATH, 'es')).toMatchObject({
    state: 'complete',
    line: expect.stringContaining('Ana, 2026-01-02') as string,
  });
});

it.each<[string, () => string | undefined]>([
  ['no report', () => undefined],
  ['a report of another configuration', () => sealed({ ...completeReport(), configHash: 'other' })],
  ['a report with a point that failed', () => sealed(withFailure(completeReport()))],
  ['a report that was changed by hand', () => sealed(withFailure(completeReport())).replace('"failed"', '"passed"')],
  ['a report that was made in a simulation', () => sealed({ ...completeReport(), simulated: true })],
  ['what is no report', () => '{}'],
])('refuses a cell with %s, where its file requires one', (_what, text) => {
  const stored = text();
  if (stored !== undefined) write(stored);
  expect(() => check()).toThrow(
    expect.objectContaining({ exitCode: 1, message: expect.stringContaining('[4511]') as string }),
  );
  expect(() => check(smallModel())).not.toThrow();
});

/** Every point seen with one board, and the last with another if that is given. */
function seenWith(uid: string, lastUid = uid): string {
  const report = completeReport();
  const points = report.points.map((point, index) => ({
    ...point,
    boards: [{ name: 'uno-1', uid: index === report.points.length - 1 ? lastUid : uid, firmware: '' }],
  }));
  return sealed({ ...report, points });
}

it('accepts the boards only that were commissioned, and refuses a report of a board that was exchanged half way', () => {
  const [one, other] = ['00000000000000a1', '00000000000000b2'];
  write(seenWith(one));
  expect(check()).toEqual({ 'uno-1': one });
  expect(check(smallModel())).toEqual({});
  expect(withBoards(cell, check()).boards.find(({ name }) => name === 'uno-1')?.uid).toBe(one);
  write(seenWith(one, other));
  expect(check).toThrow(expect.objectContaining({ message: expect.stringContaining('[4511]') as string }));
});

it('knows the boards of the commissioning where none is required, and warns of another, once, in the chosen language', () => {
  const [one, other] = ['00000000000000a1', '00000000000000b2'];
  expect(commissionedBoards(smallModel(), CELL_PATH)).toEqual({});
  write(seenWith(one));
  const seen = commissionedBoards(smallModel(), CELL_PATH);
  expect(seen).toEqual({ 'uno-1': [one] });
  const warning = exchangedBoards(seen, 'es');
  expect(warning('uno-1', one)).toBeUndefined();
  expect(warning('uno-1', other)).toMatch(/^tarjeta uno-1: se cambió.*00000000000000b2.*00000000000000a1/);
  expect(warning('uno-1', other)).toBeUndefined();
  expect(exchangedBoards(seen, 'en')('uno-1', other)).toContain('board uno-1: exchanged');
  expect(exchangedBoards({}, 'en')('uno-1', other)).toBeUndefined();
});

it('warns neither of a board that was exchanged half way and tried, nor by a report that is not to be believed', () => {
  const [one, other] = ['00000000000000a1', '00000000000000b2'];
  write(seenWith(one, other));
  const seen = commissionedBoards(cell, CELL_PATH);
  expect([one, other].map((uid) => exchangedBoards(seen, 'en')('uno-1', uid))).toEqual([undefined, undefined]);
  write(seenWith(one).replace('"failed"', '"passed"').replace('"Ana"', '"Eva"'));
  expect(commissionedBoards(cell, CELL_PATH)).toEqual({});
});

function withFailure(report: CommissionReport): CommissionReport {
  const [first] = report.points;
  if (first === undefined) throw new Error('a report has points');
  return withRecord(report, { ...first, result: 'failed', reason: 'no' });
}
