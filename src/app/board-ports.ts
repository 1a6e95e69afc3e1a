// Which port each board of a cell is on: the command line wins over the cell's file.
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import type { Locale } from '../config/problem.ts';
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

/** A board with the Celda firmware whose cell names its UID is looked for on the ports of this machine. */
export function isLookedFor({ firmware, uid }: BoardModel): boolean {
  return firmware === 'celda' && uid !== undefined;
}

export interface PortRules {
  readonly locale: Locale;
  /** A board that is looked for needs no port of its own. */
  readonly mayLook: boolean;
}

/** @returns what is wrong with the ports given for this cell, undefined when each board has one and no other is named */
export function missingPorts(
  cell: CellModel,
  ports: Readonly<Record<string, string>>,
  { locale, mayLook }: PortRules,
): OperatorError | undefined {
  const names = cell.boards.map(({ name }) => name);
  const unknown = Object.keys(ports).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    return locale === 'es'
      ? new OperatorError(`la celda no tiene la tarjeta ${unknown}`, `sus tarjetas son: ${names.join(', ')}`)
      : new OperatorError(`the cell has no board ${unknown}`, `its boards are: ${names.join(', ')}`);
  }
  const without = cell.boards.find((board) => portOf(board, ports) === undefined && !(mayLook && isLookedFor(board)));
  if (without === undefined) return undefined;
  const { name } = without;
  return locale === 'es'
    ? new OperatorError(
        `la tarjeta ${name} no tiene puerto`,
        `indique --port ${name}=/dev/ttyACM0 (ls /dev/serial/by-id/ muestra lo conectado) o ponga su port en el archivo de la celda`,
      )
    : new OperatorError(
        `board ${name} has no port`,
        `give --port ${name}=/dev/ttyACM0 (ls /dev/serial/by-id/ shows what is connected), or set its port in the cell's file`,
      );
}
