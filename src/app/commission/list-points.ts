// What stands of every point of a cell, read from its report alone.
import { isComplete, type PointStanding, standings } from '../../commissioning/report.ts';
import type { Language } from '../../commissioning/words.ts';
import { loadCheckedCell } from '../load-checked-cell.ts';
import { type ReportPaths, reportPaths, storedReport } from './report-files.ts';

export interface PointList {
  readonly points: readonly PointStanding[];
  readonly isComplete: boolean;
  readonly paths: ReportPaths;
}

/** @throws OperatorError for a bad cell file, or a report that is not as it was written */
export function listPoints(cellPath: string, simulated: boolean, language: Language): PointList {
  const cell = loadCheckedCell(cellPath, language);
  const paths = reportPaths(cellPath, simulated);
  const report = storedReport(cell, paths, simulated, language);
  return { points: standings(cell, report), isComplete: isComplete(cell, report), paths };
}
