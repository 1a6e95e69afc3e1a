// Which port each board of a cell is on: the command line wins over the cell's file.
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import type { BoardModel, CellModel } from '../core/cell-model.ts';
import { OperatorError } from './operator-error.ts';

/** @returns the port of a board, undefined when nobody gave one */
export function portOf(board: BoardModel, ports: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(ports, board.name) ? ports[board.name] : board.port;
}

/** Speed at which a board's port is opened, Bd: the Celda firmware boots at one speed and is then asked for another. */
export function openingBaud({ firmware, baud }: BoardModel): number {
  return firmware === 'celda' || baud === 'auto' ? BOOT_BAUD : baud;
}

/** @returns what is wrong with the ports given for this cell, undefined when each board has one and no other is named */
export function missingPorts(cell: CellModel, ports: Readonly<Record<string, string>>): OperatorError | undefined {
  const names = cell.boards.map(({ name }) => name);
  const unknown = Object.keys(ports).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    return new OperatorError(`the cell has no board ${unknown}`, `its boards are: ${names.join(', ')}`);
  }
  const without = cell.boards.find((board) => portOf(board, ports) === undefined);
  if (without === undefined) return undefined;
  return new OperatorError(
    `board ${without.name} has no port`,
    `give --port ${without.name}=/dev/ttyACM0 (ls /dev/serial/by-id/ shows what is connected), or set its port in the cell's file`,
  );
}
