// `celda commission`, without its words: the cell, its boards, its report, and who is led through them.
import { planPoints } from '../../commissioning/points.ts';
import { type CommissionReport, type FoundBoard, isComplete } from '../../commissioning/report.ts';
import { reportHtml } from '../../commissioning/report-html.ts';
import type { Language } from '../../commissioning/words.ts';
import type { CellModel } from '../../core/cell-model.ts';
import type { Clock } from '../../ports/clock.ts';
import { missingPorts, portOf } from '../board-ports.ts';
import { probeBoard } from '../board-probe.ts';
import { recordCommand } from '../command-record.ts';
import { journalPath } from '../journal-place.ts';
import { loadCheckedCell } from '../load-checked-cell.ts';
import { acquireLock } from '../lock-file.ts';
import { EXIT_CODES, OperatorError } from '../operator-error.ts';
import { heldPort, portTrouble } from '../port-trouble.ts';
import { portUser } from '../port-user.ts';
import { type BoardReach, reachBoards } from '../reach-boards.ts';
import { createRealClock } from '../real-clock.ts';
import { prepareRuntime } from '../runtime-dir.ts';
import { createSystemRandom } from '../system-random.ts';
import { commissionRecord } from './commission-record.ts';
import { Commissioner } from './commissioner.ts';
import type { Dialogue } from './dialogue.ts';
import { type ReportPaths, readReport, reportPaths, setAside, storedReport, writeReport } from './report-files.ts';

export interface CommissionOptions {
  readonly cellPath: string;
  readonly ports: Readonly<Record<string, string>>;
  /** How simulated boards are reached; undefined for real ones. */
  readonly simulated: BoardReach | undefined;
  readonly by: string | undefined;
  readonly only: string | undefined;
  /** Puts the report that there is aside. */
  readonly isNew: boolean;
  readonly language: Language;
  readonly dialogue: Dialogue;
  /** Told one line of what could not be recorded. */
  readonly note: (line: string) => void;
  /** Ends it with every output safe; what was seen until then is kept. */
  readonly signal: AbortSignal;
}

export interface CommissionOutcome {
  readonly cell: CellModel;
  readonly report: CommissionReport;
  readonly paths: ReportPaths;
  readonly isComplete: boolean;
}

/**
 * @returns the report as it stands
 * @throws OperatorError for a bad cell file, an unknown point or missing port (2), a cell or port in use (4), a board that
 *   does not answer or a report that was changed by hand (1)
 */
export async function commissionCell(options: CommissionOptions): Promise<CommissionOutcome> {
  const { cellPath, language, simulated } = options;
  const cell = loadCheckedCell(cellPath, language);
  refuseUnknownPoint(cell, options.only);
  const instance = simulated === undefined ? '' : `commission-${process.pid}`;
  if (simulated === undefined) {
    const missing = missingPorts(cell, options.ports, { locale: language, mayLook: true });
    if (missing !== undefined) throw missing;
  }
  const lock = acquireLock(prepareRuntime(cellPath, instance).lock);
  try {
    return await commissionLocked(cell, options);
  } finally {
    lock.release();
  }
}

async function commissionLocked(cell: CellModel, options: CommissionOptions): Promise<CommissionOutcome> {
  const { cellPath, ports, simulated, language } = options;
  const clock = createRealClock();
  if (simulated === undefined) refuseHeldPorts(cell, options);
  const reach = simulated ?? reachBoards(cell, ports, { clock, log: () => undefined });
  const paths = reportPaths(cellPath, simulated !== undefined);
  if (options.isNew && readReport(paths.json) !== 'none') setAside(paths);
  const before = storedReport(cell, paths, simulated !== undefined, language);
  const found = await findBoards(cell, reach, clock, language);
  let kept = before;
  const save = (report: CommissionReport): void => {
    writeReport(paths, report, reportHtml(cell, report, language));
    kept = report;
  };
  const commissioner = new Commissioner(
    { ...options, cell, reach, found, clock, random: createSystemRandom(), save },
    before,
  );
  try {
    const report = await commissioner.run();
    return { cell, report, paths, isComplete: isComplete(cell, report) };
  } finally {
    // Also of one that a board or a defect has ended: what was seen until then counts.
    const told = simulated === undefined ? commissionRecord(cell, before, kept) : undefined;
    if (told !== undefined) recordCommand(journalPath(cellPath), told, { locale: language, note: options.note });
  }
}

function refuseUnknownPoint(cell: CellModel, only: string | undefined): void {
  const ids = planPoints(cell).map(({ id }) => id);
  if (only === undefined || ids.includes(only)) return;
  throw new OperatorError(
    { en: `the cell has no point ${only}`, es: `la celda no tiene el punto ${only}` },
    { en: `its points are: ${ids.join(' ')}`, es: `sus puntos son: ${ids.join(' ')}` },
  );
}

function refuseHeldPorts(cell: CellModel, { ports, language }: CommissionOptions): void {
  for (const board of cell.boards) {
    const path = portOf(board, ports) ?? '';
    const holder = path.startsWith('tcp:') ? undefined : portUser(path);
    if (holder === undefined) continue;
    const { text, remedy } = heldPort(path, holder);
    throw new OperatorError(text[language], remedy[language], EXIT_CODES.occupied);
  }
}

/** Asks each board who it is. Stock Firmata has no UID. */
async function findBoards(
  cell: CellModel,
  reach: BoardReach,
  clock: Clock,
  language: Language,
): Promise<readonly FoundBoard[]> {
  const found: FoundBoard[] = [];
  for (const { name, firmware } of cell.boards) {
    const factory = reach.transports.get(name);
    if (firmware !== 'celda' || factory === undefined) {
      found.push({ name, uid: '', firmware });
      continue;
    }
    const outcome = await probeBoard({ factory, clock, random: createSystemRandom(), exchanges: 0 });
    if (outcome.kind === 'failed') {
      const { text, remedy } = portTrouble(outcome.fault, name);
      throw new OperatorError(text[language], remedy[language], EXIT_CODES.failed);
    }
    found.push({ name, uid: outcome.ident.uid, firmware: outcome.ident.firmware.join('.') });
  }
  return found;
}
