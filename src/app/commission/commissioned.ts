// Whether a cell is commissioned as it is configured now: shown at every start, and required where its file says so.
import { boardsSeen, isComplete } from '../../commissioning/report.ts';
import type { Language } from '../../commissioning/words.ts';
import type { CellModel } from '../../core/cell-model.ts';
import { describeFault, FAULTS, fault } from '../../core/faults.ts';
import { EXIT_CODES, OperatorError } from '../operator-error.ts';
import { readReport, reportPaths } from './report-files.ts';

/** What stands of the report of a real cell; a simulated commissioning never counts. */
export interface Commissioned {
  readonly state: 'complete' | 'incomplete' | 'none' | 'damaged' | 'edited';
  /** One line for the person who starts the cell. */
  readonly line: string;
}

const LINES = {
  en: {
    complete: 'commissioned: complete for this configuration, confirmed by',
    incomplete: 'commissioned: NOT complete for this configuration (celda commission --list shows what is missing)',
    none: 'commissioned: NO (celda commission leads through it)',
    damaged: 'commissioned: NO, its report cannot be read',
    edited: 'commissioned: NO, its report was changed by hand',
  },
  es: {
    complete: 'puesta en marcha: completa para esta configuración, confirmada por',
    incomplete: 'puesta en marcha: NO completa para esta configuración (celda commission --list muestra lo que falta)',
    none: 'puesta en marcha: NO (celda commission guía paso a paso)',
    damaged: 'puesta en marcha: NO, su reporte no se puede leer',
    edited: 'puesta en marcha: NO, su reporte fue cambiado a mano',
  },
} as const satisfies Record<Language, Record<Commissioned['state'], string>>;

export function commissioned(cell: CellModel, cellPath: string, language: Language): Commissioned {
  const report = readReport(reportPaths(cellPath, false).json);
  const words = LINES[language];
  if (typeof report === 'string') return { state: report, line: words[report] };
  if (report.simulated || !isComplete(cell, report)) return { state: 'incomplete', line: words.incomplete };
  return { state: 'complete', line: `${words.complete} ${report.confirmedBy}, ${report.confirmedAt.slice(0, 10)}` };
}

/**
 * @returns the UIDs that boards must have, by name: another board was not commissioned; none where the cell requires nothing
 * @throws OperatorError (fault 4511) when the cell requires a commissioning and has none for this configuration
 */
export function requireCommissioning(
  cell: CellModel,
  cellPath: string,
  language: Language,
): Readonly<Record<string, string>> {
  if (cell.safety.requireCommissioned !== true) return {};
  const { state, line } = commissioned(cell, cellPath, language);
  if (state === 'complete') return uidsOf(cell, cellPath);
  const entry = FAULTS[4511];
  const response = language === 'es' ? entry.responseEs : entry.response;
  const text = describeFault(fault(4511, { report: state }), language);
  throw new OperatorError(`${text}\n  ${line}`, response, EXIT_CODES.failed);
}

function uidsOf(cell: CellModel, cellPath: string): Readonly<Record<string, string>> {
  const report = readReport(reportPaths(cellPath, false).json);
  if (typeof report === 'string') return {};
  return Object.fromEntries(
    [...boardsSeen(cell, report)].flatMap(([name, uids]) => [...uids].map((uid) => [name, uid])),
  );
}

/** UIDs by the name of the board: more than one where it was exchanged during the commissioning. */
export type SeenUids = Readonly<Record<string, readonly string[]>>;

/** @returns the boards that the points of a cell were seen with, required or not; none where there is no report to believe */
export function commissionedBoards(cell: CellModel, cellPath: string): SeenUids {
  const report = readReport(reportPaths(cellPath, false).json);
  if (typeof report === 'string' || report.simulated) return {};
  return Object.fromEntries([...boardsSeen(cell, report)].map(([name, uids]) => [name, [...uids]]));
}

/**
 * Makes what says once of each board that it is not the one that the cell was commissioned with. It only warns: a cell that requires
 * its commissioning refuses such a board with fault 1003.
 */
export function exchangedBoards(
  seen: SeenUids,
  language: Language,
): (board: string, uid: string) => string | undefined {
  const told = new Set<string>();
  return (board, uid) => {
    const uids = seen[board];
    if (uids === undefined || uids.includes(uid) || told.has(`${board} ${uid}`)) return undefined;
    told.add(`${board} ${uid}`);
    const known = uids.join(', ');
    return language === 'es'
      ? `tarjeta ${board}: se cambió desde la puesta en marcha (UID ${uid}, se hizo con ${known}); pruebe de nuevo lo que tiene conectado: celda commission`
      : `board ${board}: exchanged since the commissioning (UID ${uid}, it was done with ${known}); try again what is wired to it: celda commission`;
  };
}

/** @returns the cell with boards that only those with these UIDs are taken for */
export function withBoards(cell: CellModel, uids: Readonly<Record<string, string>>): CellModel {
  return { ...cell, boards: cell.boards.map((board) => ({ ...board, uid: board.uid ?? uids[board.name] })) };
}
