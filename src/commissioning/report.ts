// The report of a commissioning: what was seen of each point, by whom and when; what is still missing. Pure; files are the app's.
import type { CellModel } from '../core/cell-model.ts';
import { canonical, fingerprintOf, hashOf } from './fingerprint.ts';
import { type Point, planPoints } from './points.ts';

/** Version of the report's format. */
const FORMAT = 1;

export type PointResult = 'passed' | 'failed' | 'skipped';

/** A value that was measured. `limit`: what it may be at most, where there is such. */
export interface Measured {
  readonly name: string;
  readonly value: number | string;
  readonly unit: string;
  readonly limit?: number;
}

/** A board as it was found. */
export interface FoundBoard {
  readonly name: string;
  /** 16 hex digits; empty for a board that has none. */
  readonly uid: string;
  /** Version of its firmware; empty where it does not tell. */
  readonly firmware: string;
}

export interface PointRecord {
  readonly id: string;
  readonly fingerprint: string;
  readonly result: PointResult;
  readonly by: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** Why it failed or was skipped; empty for a point that passed. */
  readonly reason: string;
  readonly measured: readonly Measured[];
  readonly configHash: string;
  readonly boards: readonly FoundBoard[];
}

export interface CommissionReport {
  readonly format: typeof FORMAT;
  readonly cell: string;
  /** Boards and plant were simulated: such a report says nothing about a real cell. */
  readonly simulated: boolean;
  /** The configuration that somebody has confirmed all of this for. */
  readonly configHash: string;
  readonly confirmedBy: string;
  readonly confirmedAt: string;
  /** The newest of each point, by id. */
  readonly points: readonly PointRecord[];
}

/** What stands of a point: never gone through, by its result, or gone through for another configuration or another board. */
export type PointState = PointResult | 'missing' | 'outdated' | 'other-board';

/** A point of the plan with what the report says of it. */
export interface PointStanding {
  readonly point: Point;
  readonly fingerprint: string;
  readonly state: PointState;
  /** Undefined for a point that was never gone through. */
  readonly record: PointRecord | undefined;
}

export function emptyReport(cell: CellModel, simulated: boolean): CommissionReport {
  const nobody = { configHash: '', confirmedBy: '', confirmedAt: '' };
  return { format: FORMAT, cell: cell.name, simulated, ...nobody, points: [] };
}

/** @returns the report with a newer record of a point */
export function withRecord(report: CommissionReport, record: PointRecord): CommissionReport {
  const others = report.points.filter(({ id }) => id !== record.id);
  return { ...report, points: [...others, record] };
}

/** @returns the report, confirmed by somebody for the configuration of this cell */
export function confirmed(report: CommissionReport, cell: CellModel, by: string, at: string): CommissionReport {
  return { ...report, configHash: cell.configHash, confirmedBy: by, confirmedAt: at };
}

function stateOf(record: PointRecord | undefined, fingerprint: string, found: readonly FoundBoard[]): PointState {
  if (record === undefined) return 'missing';
  if (record.fingerprint !== fingerprint) return 'outdated';
  const isOther = record.boards.some(({ name, uid }) =>
    found.some((board) => board.name === name && board.uid !== uid),
  );
  return isOther ? 'other-board' : record.result;
}

/**
 * @param found boards that are connected now; a point that was seen with another board does not count
 * @returns every point of the cell as it is now, in the order of the plan
 */
export function standings(
  cell: CellModel,
  report: CommissionReport,
  found: readonly FoundBoard[] = [],
): readonly PointStanding[] {
  return planPoints(cell).map((point) => {
    const fingerprint = fingerprintOf(cell, point);
    const record = report.points.find(({ id }) => id === point.id);
    return { point, fingerprint, record, state: stateOf(record, fingerprint, found) };
  });
}

/** Every point has passed, for what the cell is now. */
export function areAllPassed(points: readonly PointStanding[]): boolean {
  return points.every(({ state }) => state === 'passed');
}

/** UIDs of the boards that the points of a cell were seen with, by board: more than one where it was exchanged in between. */
export function boardsSeen(cell: CellModel, report: CommissionReport): ReadonlyMap<string, ReadonlySet<string>> {
  const seen = new Map<string, Set<string>>();
  for (const { record } of standings(cell, report)) {
    for (const { name, uid } of record?.boards ?? []) {
      if (uid !== '') seen.set(name, (seen.get(name) ?? new Set()).add(uid));
    }
  }
  return seen;
}

/** Every point has passed, all with the same boards, and somebody has confirmed it for this very configuration. */
export function isComplete(cell: CellModel, report: CommissionReport): boolean {
  const areSameBoards = [...boardsSeen(cell, report).values()].every(({ size }) => size === 1);
  return report.configHash === cell.configHash && areAllPassed(standings(cell, report)) && areSameBoards;
}

/** The report as it is stored: with a hash over all of it, which shows a change by hand and proves nothing against a forger. */
export function sealed(report: CommissionReport): string {
  return `${JSON.stringify({ ...report, seal: hashOf(canonical(report)) }, null, 2)}\n`;
}

/** @returns the report of a stored text; `damaged`: no report at all; `edited`: not as it was written */
export function unsealed(text: string): CommissionReport | 'damaged' | 'edited' {
  const value = parse(text);
  if (value === undefined || value['format'] !== FORMAT || !Array.isArray(value['points'])) return 'damaged';
  const { seal, ...report } = value;
  return seal === hashOf(canonical(report)) ? (report as unknown as CommissionReport) : 'edited';
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
