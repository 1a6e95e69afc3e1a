// Simulated boards in real time, with their plant and the simulation interface: in whatever process asks for them.

import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT_CODES, OperatorError } from '../src/app/operator-error.ts';
import type { Log } from '../src/app/process-message.ts';
import { createRealClock } from '../src/app/real-clock.ts';
import { hintWith, serveSimulation } from '../src/app/serve-simulation.ts';
import type { Endpoint } from '../src/app/simulation-options.ts';
import type { Locale } from '../src/config/problem.ts';
import type { CellModel } from '../src/core/cell-model.ts';
import type { BoardLevel } from './board/board-engine.ts';
import type { BoardLine } from './board/line.ts';
import { boardOfLevel } from './board/load-board.ts';
import { openPseudoTerminal, type PseudoTerminal } from './board/pseudo-terminal.ts';
import { type RunningBoards, runSimBoards } from './board/run-sim-board.ts';
import {
  imageNeedsEmulator,
  linkInUse,
  linkNeedsOneBoard,
  noDirectoryForLink,
  noImage,
  noPlant,
  noStockBoard,
  noTerminal,
  unknownBoard,
} from './board-refusals.ts';
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
  /** Of refusals. */
  readonly locale: Locale;
}

/** @throws OperatorError when the cell has no plant, the image is of no use, or the port of the interface is taken */
export async function serveBoards(options: ServeBoardsOptions): Promise<ServedBoards> {
  const { cell, lines, seed, log } = options;
  if (cell.plant === undefined) throw noPlant(cell.name, options.locale);
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
    throw new OperatorError(server.error.message, hintWith(server.error, '--sim-port'), EXIT_CODES.occupied);
  }
  return {
    simulation: `${options.simulation.host}:${server.value.port}`,
    stop: async () => {
      await server.value.stop();
      running.stop();
      saySlips(running, options.locale, log);
    },
  };
}

function refuseImage({ cell, level, firmataImage, locale }: ServeBoardsOptions): void {
  if (firmataImage === undefined) return;
  if (level !== 3) throw imageNeedsEmulator(locale);
  if (!cell.boards.some(({ firmware }) => firmware === 'firmata')) throw noStockBoard(cell.name, locale);
  if (!isIntelHex(firmataImage)) throw noImage(firmataImage, locale);
}

function isIntelHex(path: string): boolean {
  try {
    return readFileSync(path, 'latin1').startsWith(':');
  } catch {
    return false;
  }
}

const LINES = {
  en: {
    substitute: (board: string) =>
      `board ${board} is played by the Firmata of Celda's own firmware, not by StandardFirmata itself`,
    slips: (count: number, ms: number) => `this machine was too slow for real time ${count} times, by ${ms} ms in all`,
  },
  es: {
    substitute: (board: string) =>
      `la tarjeta ${board} la hace el Firmata del firmware propio de Celda, no StandardFirmata mismo`,
    slips: (count: number, ms: number) =>
      `esta máquina fue demasiado lenta para el tiempo real ${count} veces, por ${ms} ms en total`,
  },
} as const satisfies Record<Locale, object>;

/** Nobody shall believe that his own StandardFirmata has been tried. */
function saySubstitutes({ cell, lines, firmataImage, log, locale }: ServeBoardsOptions): void {
  for (const { name, firmware, kind } of cell.boards) {
    if (firmware !== 'firmata' || !lines.has(name) || (firmataImage !== undefined && kind === 'uno')) continue;
    log('info', LINES[locale].substitute(name));
  }
}

/** A machine that is too slow makes the simulated world go slower, not wrong; whoever measures must know. */
function saySlips({ slips }: RunningBoards, locale: Locale, log: Log): void {
  if (slips.count === 0) return;
  log('warn', LINES[locale].slips(slips.count, Math.round(slips.ms)));
}

/** A link to a terminal that is gone is what a killed simulation leaves; any other is in use. */
function refuseLink(link: string, locale: Locale): void {
  const directory = dirname(link);
  if (!existsSync(directory)) throw noDirectoryForLink(link, directory, locale);
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() !== true || !existsSync(link)) return;
  throw linkInUse(link, readlinkSync(link), locale);
}

/** One pseudo-terminal per board. @throws OperatorError when there is none to be had; nothing stays open then */
export function openTerminals(
  cell: CellModel,
  names: readonly string[],
  link: string | undefined,
  locale: Locale,
): ReadonlyMap<string, PseudoTerminal> {
  if (link !== undefined && names.length !== 1) throw linkNeedsOneBoard(names, locale);
  const known = cell.boards.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownBoard(unknown, known, locale);
  if (link !== undefined) refuseLink(link, locale);
  const terminals = new Map<string, PseudoTerminal>();
  for (const name of names) {
    const opened = openPseudoTerminal(link === undefined ? {} : { link });
    if (!opened.ok) {
      for (const terminal of terminals.values()) terminal.close();
      throw noTerminal(opened.error, opened.error.detail['path'] === link, locale);
    }
    terminals.set(name, opened.value);
  }
  return terminals;
}
