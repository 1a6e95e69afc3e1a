// Simulated boards in real time, with their plant and the simulation interface: in whatever process asks for them.

import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { EXIT_CODES, OperatorError } from '../src/app/operator-error.ts';
import type { Log } from '../src/app/process-message.ts';
import { createRealClock } from '../src/app/real-clock.ts';
import { serveSimulation } from '../src/app/serve-simulation.ts';
import type { Endpoint } from '../src/app/simulation-options.ts';
import type { CellModel } from '../src/core/cell-model.ts';
import { describeFault } from '../src/core/faults.ts';
import type { BoardLevel } from './board/board-engine.ts';
import type { BoardLine } from './board/line.ts';
import { boardOfLevel } from './board/load-board.ts';
import { openPseudoTerminal, type PseudoTerminal } from './board/pseudo-terminal.ts';
import { type RunningBoards, runSimBoards } from './board/run-sim-board.ts';
import { createRandom } from './kernel/random.ts';
import { PinWatch } from './pin-watch.ts';
import { SimulationService } from './simulation-service.ts';

export interface ServedBoards {
  /** Address of the simulation interface, `host:port`. */
  readonly simulation: string;
  stop(): Promise<void>;
}

export interface ServeBoardsOptions {
  readonly cell: CellModel;
  /** The board's end of the line, by board name. */
  readonly lines: ReadonlyMap<string, BoardLine>;
  readonly simulation: Endpoint;
  readonly seed: number;
  readonly level: BoardLevel;
  /** Intel HEX of a stock Firmata, for boards that have such. */
  readonly firmataImage?: string | undefined;
  readonly log: Log;
}

/** @throws OperatorError when the cell has no plant, the image is of no use, or the port of the interface is taken */
export async function serveBoards(options: ServeBoardsOptions): Promise<ServedBoards> {
  const { cell, lines, seed, log } = options;
  if (cell.plant === undefined) {
    throw new OperatorError(`cell ${cell.name} has no plant to simulate`, 'add a simulation: section to its file');
  }
  refuseImage(options);
  saySubstitutes(options);
  const load = await boardOfLevel(options.level, options.firmataImage);
  const clock = createRealClock();
  const pins = new PinWatch(cell);
  const running = runSimBoards({
    cell,
    lines,
    clock,
    random: createRandom(String(seed)),
    load,
    onTransmit: (board, bytes) => pins.transmitted(board, bytes),
    onPinChange: (board, pin, state, boardTimeUs) => pins.changed(board, pin, state, boardTimeUs),
  });
  const { world, boards } = running;
  const handlers = new SimulationService({ cell, seed, clock, world, boards, pins });
  const server = await serveSimulation({ ...options.simulation, handlers, clock, log: (line) => log('error', line) });
  if (!server.ok) {
    running.stop();
    throw new OperatorError(server.error.message, `${server.error.hint} (--sim-port)`, EXIT_CODES.occupied);
  }
  return {
    simulation: `${options.simulation.host}:${server.value.port}`,
    stop: async () => {
      await server.value.stop();
      running.stop();
      saySlips(running, log);
    },
  };
}

function refuseImage({ cell, level, firmataImage }: ServeBoardsOptions): void {
  if (firmataImage === undefined) return;
  if (level !== 3) throw new OperatorError('an image of a stock Firmata needs the emulator', 'add --level 3');
  if (!cell.boards.some(({ firmware }) => firmware === 'firmata')) {
    throw new OperatorError(`cell ${cell.name} has no board with stock Firmata`, 'leave --firmata-image out');
  }
  if (isIntelHex(firmataImage)) return;
  throw new OperatorError(
    `${firmataImage} is no image of a firmware`,
    'give the Intel HEX file of StandardFirmata for the Uno',
  );
}

function isIntelHex(path: string): boolean {
  try {
    return readFileSync(path, 'latin1').startsWith(':');
  } catch {
    return false;
  }
}

/** Nobody shall believe that his own StandardFirmata has been tried. */
function saySubstitutes({ cell, lines, firmataImage, log }: ServeBoardsOptions): void {
  for (const { name, firmware, kind } of cell.boards) {
    if (firmware !== 'firmata' || !lines.has(name) || (firmataImage !== undefined && kind === 'uno')) continue;
    log('info', `board ${name} is played by the Firmata of Celda's own firmware, not by StandardFirmata itself`);
  }
}

/** A machine that is too slow makes the simulated world go slower, not wrong; whoever measures must know. */
function saySlips({ slips }: RunningBoards, log: Log): void {
  if (slips.count === 0) return;
  log('warn', `this machine was too slow for real time ${slips.count} times, by ${Math.round(slips.ms)} ms in all`);
}

const OTHER_LINK = 'give --link a path in a directory of yours where nothing is yet';
const NO_TERMINAL = 'celda sim --in-process simulates a cell without pseudo-terminals';

/** A link to a terminal that is gone is what a killed simulation leaves; any other is in use. */
function refuseTakenLink(link: string): void {
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() !== true || !existsSync(link)) return;
  throw new OperatorError(
    `the link ${link} is in use: it leads to ${readlinkSync(link)}`,
    'end the celda board that made it, remove it when no board did, or give --link another path',
    EXIT_CODES.occupied,
  );
}

/** One pseudo-terminal per board. @throws OperatorError when there is none to be had; nothing stays open then */
export function openTerminals(
  cell: CellModel,
  names: readonly string[],
  link: string | undefined,
): ReadonlyMap<string, PseudoTerminal> {
  if (link !== undefined && names.length !== 1) {
    throw new OperatorError('--link needs a single board', `name it with --board: ${names.join(', ')}`);
  }
  const unknown = names.find((name) => !cell.boards.some((board) => board.name === name));
  if (unknown !== undefined) {
    const known = cell.boards.map(({ name }) => name).join(', ');
    throw new OperatorError(`the cell has no board ${unknown}`, `its boards are: ${known}`);
  }
  if (link !== undefined) refuseTakenLink(link);
  const terminals = new Map<string, PseudoTerminal>();
  for (const name of names) {
    const opened = openPseudoTerminal(link === undefined ? {} : { link });
    if (!opened.ok) {
      for (const terminal of terminals.values()) terminal.close();
      const isLink = opened.error.detail['path'] === link;
      throw new OperatorError(describeFault(opened.error), isLink ? OTHER_LINK : NO_TERMINAL);
    }
    terminals.set(name, opened.value);
  }
  return terminals;
}
