// Looks a machine, its ports and a cell's boards over, one finding at a time, and changes nothing that runs.

import { tmpdir } from 'node:os';
import { openTransport } from '../../../firmware-bridge/transport/open-transport.ts';
import { BOOT_BAUD } from '../../../firmware-bridge/wire/speeds.ts';
import type { Locale } from '../../config/problem.ts';
import { planBoards } from '../../core/board-plan.ts';
import type { BoardModel, CellModel } from '../../core/cell-model.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RandomSource } from '../../ports/random-source.ts';
import { openingBaud, portOf } from '../board-ports.ts';
import { loadCheckedCell } from '../load-checked-cell.ts';
import { acquireLock, type Lock, lockOwner } from '../lock-file.ts';
import { EXIT_CODES, OperatorError } from '../operator-error.ts';
import { type PortUser, portUser } from '../port-user.ts';
import { askHighPriority } from '../process-priority.ts';
import { createRealClock } from '../real-clock.ts';
import { prepareRuntime } from '../runtime-dir.ts';
import { createSystemRandom } from '../system-random.ts';
import { type BoardToCheck, checkBoard, leftAlone } from './check-board.ts';
import { askTimeSync, checkMemoryHere, checkMonotonic, checkNode, checkPriority, judgeDate } from './check-machine.ts';
import { checkPorts } from './check-ports.ts';
import { checkStockBoard, withoutLease } from './check-stock-board.ts';
import { checkDisk } from './disk-sync.ts';
import type { Finding } from './finding.ts';
import { proveLease } from './lease-proof.ts';
import { judgeJitter, measureJitter } from './loop-jitter.ts';
import { seekBoard, withoutPort } from './seek-board.ts';

export interface DoctorOptions {
  /** The cell to look after; undefined: the machine and the ports given. */
  readonly cellPath: string | undefined;
  /** Ports by board name; they win over the cell's file. */
  readonly ports: Readonly<Record<string, string>>;
  /** 1 s of jitter instead of 5, 100 exchanges instead of 500. */
  readonly isQuick: boolean;
  /** Also prove the lease of every board. */
  readonly provesLease: boolean;
  readonly locale: Locale;
}

/** Of a board that no cell describes. */
const UNDESCRIBED = { validityMs: 50, cyclePeriodMs: 10 } as const;

interface Visit extends DoctorOptions {
  readonly cell: CellModel | undefined;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/**
 * Findings as they are made; the slow ones last.
 * @throws OperatorError when the cell's file has problems, a port is given for a board that it does not have, or a proof
 *   is asked for without a cell
 */
export async function* runDoctor(options: DoctorOptions): AsyncGenerator<Finding> {
  const cell = options.cellPath === undefined ? undefined : loadCheckedCell(options.cellPath, options.locale);
  refuseUnknown(cell, options);
  const visit: Visit = { ...options, cell, clock: createRealClock(), random: createSystemRandom() };
  yield checkNode(process.version);
  yield checkMemoryHere();
  yield checkPriority(askHighPriority());
  yield checkMonotonic(visit.clock);
  yield judgeDate(await askTimeSync(), new Date(visit.clock.wall()).getUTCFullYear());
  yield* checkPorts();
  yield* checkCell(visit);
}

/** The cell's lock is held meanwhile: no cell starts on a board that is being looked at. */
async function* checkCell(visit: Visit): AsyncGenerator<Finding> {
  const runtime = visit.cellPath === undefined ? undefined : prepareRuntime(visit.cellPath, '');
  const lock = runtime === undefined ? undefined : lockUnlessHeld(runtime.lock);
  try {
    const periodMs = visit.cell?.cyclePeriodMs ?? UNDESCRIBED.cyclePeriodMs;
    yield judgeJitter(await measureJitter(visit.clock, periodMs, visit.isQuick ? 1_000 : 5_000), periodMs);
    yield checkDisk(runtime?.directory ?? process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), visit.isQuick ? 10 : 50);
    yield* checkBoards(visit, lock !== undefined && 'pid' in lock ? lock : undefined);
  } finally {
    if (lock !== undefined && 'release' in lock) lock.release();
  }
}

/** @param holder whoever runs the cell or looks at its boards already */
async function* checkBoards(visit: Visit, holder: PortUser | undefined): AsyncGenerator<Finding> {
  for (const board of boardsOf(visit)) yield* checkOne(board, visit, holder);
  const { cell, ports } = visit;
  if (cell === undefined) return;
  for (const model of cell.boards.filter((board) => portOf(board, ports) === undefined)) {
    if (holder !== undefined) {
      yield leftAlone({ name: model.name, path: cell.name }, holder);
      continue;
    }
    const sought = await seekBoard(model, { ...visit, cell });
    if (sought.kind === 'found')
      yield* checkOne(describe(model.name, sought.path, model, visit.clock), visit, undefined);
    else yield withoutPort(model, sought);
  }
}

async function* checkOne(board: BoardToCheck, visit: Visit, holder: PortUser | undefined): AsyncGenerator<Finding> {
  const findings =
    holder === undefined ? await lookAt(board, visit) : [leftAlone(board, portUser(board.path) ?? holder)];
  yield* findings;
  if (!visit.provesLease) return;
  // What did not answer, or somebody uses, is not armed.
  if (board.firmware === 'firmata') yield withoutLease(board);
  else yield findings.some(({ check }) => check === 'link') ? await prove(board, visit) : unproven(board);
}

async function lookAt(board: BoardToCheck, { clock, random, isQuick }: Visit): Promise<readonly Finding[]> {
  if (board.firmware === 'firmata') return [await checkStockBoard(board, clock)];
  return checkBoard(board, { clock, random, exchanges: isQuick ? 100 : 500 });
}

async function prove(board: BoardToCheck, { cell, clock, random }: Visit): Promise<Finding> {
  const plan = cell && planBoards(cell).find((each) => each.board.name === board.name);
  if (plan === undefined) return unproven(board);
  return proveLease({ plan, path: board.path, factory: board.factory, clock, random });
}

function unproven({ name, path }: BoardToCheck): Finding {
  return {
    check: 'lease-proof',
    subject: name,
    level: 'fail',
    text: { en: 'not proven: the board was left alone', es: 'sin probar: no se tocó la tarjeta' },
    remedy: {
      en: `see what is said of the board; stop the cell that uses ${path}`,
      es: `vea lo que se dice de la tarjeta; detenga la celda que usa ${path}`,
    },
    values: { proven: false },
  };
}

function describe(name: string, path: string, model: BoardModel | undefined, clock: Clock): BoardToCheck {
  return {
    name,
    path,
    factory: openTransport(path, { clock, baud: model === undefined ? BOOT_BAUD : openingBaud(model) }),
    firmware: model?.firmware ?? 'celda',
    kind: model?.kind,
    uid: model?.uid,
    validityMs: model?.validityMs ?? UNDESCRIBED.validityMs,
  };
}

function boardsOf({ cell, ports, clock }: Visit): readonly BoardToCheck[] {
  if (cell === undefined) return Object.entries(ports).map(([name, path]) => describe(name, path, undefined, clock));
  return cell.boards.flatMap((board) => {
    const path = portOf(board, ports);
    return path === undefined ? [] : [describe(board.name, path, board, clock)];
  });
}

function refuseUnknown(cell: CellModel | undefined, { ports, provesLease, locale }: DoctorOptions): void {
  if (provesLease && cell === undefined) {
    throw locale === 'es'
      ? new OperatorError('un plazo se prueba con la configuración de una celda', 'indique también el cell.yaml')
      : new OperatorError('a lease is proven with the configuration of a cell', 'name the cell.yaml too');
  }
  const names = cell?.boards.map(({ name }) => name);
  const unknown = Object.keys(ports).find((name) => names?.includes(name) === false);
  if (unknown === undefined) return;
  const known = names?.join(', ') ?? '';
  throw locale === 'es'
    ? new OperatorError(`la celda no tiene la tarjeta ${unknown}`, `sus tarjetas son: ${known}`)
    : new OperatorError(`the cell has no board ${unknown}`, `its boards are: ${known}`);
}

function lockUnlessHeld(path: string): Lock | PortUser {
  try {
    return acquireLock(path);
  } catch (error) {
    const owner = lockOwner(path);
    if (owner === undefined || !(error instanceof OperatorError && error.exitCode === EXIT_CODES.occupied)) throw error;
    return { pid: owner.pid, isCell: owner.ports.length > 0 };
  }
}
