// How the control process reaches its boards: each on its port, or by its UID wherever it is plugged in.
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PortSeek } from '../../firmware-bridge/session/session-options.ts';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import type { BoardModel, CellModel } from '../core/cell-model.ts';
import type { Clock } from '../ports/clock.ts';
import type { TransportFactory } from '../ports/transport.ts';
import { isLookedFor, openingBaud, portOf } from './board-ports.ts';
import { BOARD_VENDORS } from './doctor/check-ports.ts';
import { listSerialPorts } from './doctor/serial-ports.ts';
import { type PortCandidate, PortFinder } from './port-finder.ts';
import { portHolder } from './port-holder.ts';
import { isOfRun, portUser } from './port-user.ts';
import type { Log } from './process-message.ts';

export interface BoardReach {
  readonly transports: ReadonlyMap<string, TransportFactory>;
  readonly seeks: ReadonlyMap<string, PortSeek>;
}

/** A board whose cell names its UID is looked for; any other is on its port or nowhere. */
export function reachBoards(
  cell: CellModel,
  ports: Readonly<Record<string, string>>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): BoardReach {
  const transports = new Map<string, TransportFactory>();
  const seeks = new Map<string, PortSeek>();
  const finder = new PortFinder({
    open: (path) => openTransport(path, { clock, baud: BOOT_BAUD })(),
    candidates: (name) => candidatesOf(cell, ports, name),
    log: (text) => log('warn', text),
  });
  for (const board of cell.boards) {
    // The supervisor has checked this; a board without a port shows as fault 1006.
    const path = portOf(board, ports) ?? '';
    if (board.uid === undefined || !isLookedFor(board) || path.startsWith('tcp:')) {
      transports.set(board.name, openTransport(path, { clock, baud: openingBaud(board) }));
      continue;
    }
    const { factory, seek } = finder.seek({ name: board.name, uid: board.uid.toLowerCase(), path });
    transports.set(board.name, factory);
    seeks.set(board.name, seek);
  }
  return { transports, seeks };
}

/**
 * Where a board may be: the ports of the cell, those of its `searchPorts`, and what looks like a board on USB. A modem or
 * an unknown device is none, and a port that a program holds is left alone. So is one that another running cell was started
 * with, also while that has it closed to connect again: opening it would restart its board.
 */
export function candidatesOf(
  cell: CellModel,
  ports: Readonly<Record<string, string>>,
  name: string,
): readonly PortCandidate[] {
  const board = cell.boards.find((each) => each.name === name);
  const own = board === undefined ? [] : [board, ...cell.boards.filter((each) => each !== board)];
  const configured = own.flatMap((each) => (each.firmware === 'celda' ? (portOf(each, ports) ?? []) : []));
  const asked = (board?.searchPorts ?? []).flatMap(matching);
  const usb = listSerialPorts().filter(
    ({ vendorId, isPermitted }) => isPermitted && vendorId !== undefined && Object.hasOwn(BOARD_VENDORS, vendorId),
  );
  const taken = new Set(cell.boards.flatMap((each) => (each.firmware === 'firmata' ? keyOf(portOf(each, ports)) : [])));
  const byKey = new Map<string, PortCandidate>();
  for (const path of [...configured, ...asked, ...usb.map((port) => port.byId ?? port.path)]) {
    for (const key of keyOf(path)) if (!byKey.has(key) && !taken.has(key)) byKey.set(key, { path, key });
  }
  const ours = new Set(configured);
  return [...byKey.values()].filter(({ path }) => (ours.has(path) ? isLetGo(path) : isNobodyElses(path)));
}

/** The device behind a path and the node that the kernel made for it; none when there is nothing there. */
function keyOf(path: BoardModel['port']): readonly string[] {
  if (path === undefined || path.startsWith('tcp:')) return [];
  try {
    const device = realpathSync(path);
    const { ino, ctimeMs } = statSync(device);
    return [`${device} ${ino} ${ctimeMs}`];
  } catch {
    return [];
  }
}

/** What this process holds itself is kept apart by the finder. */
function isLetGo(path: string): boolean {
  const holder = portHolder(path);
  return holder === undefined || holder === process.pid;
}

function isNobodyElses(path: string): boolean {
  const user = portUser(path);
  return user === undefined || user.pid === process.pid || (user.isCell && isOfRun(process.pid, user.pid));
}

/** @param pattern a path whose last part may have `*` for any letters */
function matching(pattern: string): readonly string[] {
  const folder = dirname(pattern);
  const parts = basename(pattern)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const name = new RegExp(`^${parts.join('.*')}$`);
  try {
    return readdirSync(folder)
      .filter((each) => name.test(each))
      .sort()
      .map((each) => join(folder, each));
  } catch {
    return [];
  }
}
