// Simulated boards in real time, with their plant and the simulation interface: in whatever process asks for them.

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
  readonly log: Log;
}

/** @throws OperatorError when the cell has no plant, or the port of the interface is taken */
export async function serveBoards(options: ServeBoardsOptions): Promise<ServedBoards> {
  const { cell, lines, seed, log } = options;
  if (cell.plant === undefined) {
    throw new OperatorError(`cell ${cell.name} has no plant to simulate`, 'add a simulation: section to its file');
  }
  const load = await boardOfLevel(options.level);
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

/** A machine that is too slow makes the simulated world go slower, not wrong; whoever measures must know. */
function saySlips({ slips }: RunningBoards, log: Log): void {
  if (slips.count === 0) return;
  log('warn', `this machine was too slow for real time ${slips.count} times, by ${Math.round(slips.ms)} ms in all`);
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
  const terminals = new Map<string, PseudoTerminal>();
  for (const name of names) {
    const opened = openPseudoTerminal(link === undefined ? {} : { link });
    if (!opened.ok) {
      for (const terminal of terminals.values()) terminal.close();
      throw new OperatorError(describeFault(opened.error), 'use --in-process, which needs no pseudo-terminal');
    }
    terminals.set(name, opened.value);
  }
  return terminals;
}
