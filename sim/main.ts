// Entry of the simulator for the command line: a whole cell (`celda sim`), or its boards alone (`celda board`).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLoopback, type Loopback } from '../firmware-bridge/transport/loopback.ts';
import { openingBaud } from '../src/app/board-ports.ts';
import { linkedJournal } from '../src/app/journal-place.ts';
import { loadCheckedCell } from '../src/app/load-checked-cell.ts';
import { loadPrograms } from '../src/app/load-programs.ts';
import { startInOneProcess } from '../src/app/one-process.ts';
import { EXIT_CODES } from '../src/app/operator-error.ts';
import { createRealClock } from '../src/app/real-clock.ts';
import type {
  BoardOptions,
  SimulationEntry,
  SimulationLevel,
  SimulationOptions,
} from '../src/app/simulation-options.ts';
import { runSupervisor } from '../src/app/supervisor.ts';
import { createSystemRandom } from '../src/app/system-random.ts';
import type { CellModel } from '../src/core/cell-model.ts';
import type { Clock } from '../src/ports/clock.ts';
import { startBoardProcess } from './board-process-message.ts';
import { openTerminals, serveBoards } from './boards.ts';
import { type Replayed, replay } from './replay.ts';
import { simulateCell } from './testing.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first request to end. */
function untilAsked(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const name of SIGNALS) process.off(name, end);
      resolve();
    };
    for (const name of SIGNALS) process.on(name, end);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * Runs a simulated cell until it is asked to end: supervisor, control and gateway as in production, and a process that
 * plays the boards behind pseudo-terminals; or all of it in this process.
 * @throws OperatorError when it cannot start
 */
export const runSimulation: SimulationEntry['runSimulation'] = (options) =>
  options.inProcess ? simulateInProcess(options) : simulateInProcesses(options);

async function simulateInProcesses(options: SimulationOptions): Promise<number> {
  const { cellPath, grpc, simulation, seed, level, firmataImage, log, locale, signal, onReady } = options;
  loadCheckedCell(cellPath, locale);
  const boards = await startBoardProcess({ cellPath, simulation, seed, level, firmataImage, locale }, log);
  const lost = new AbortController();
  let isStopping = false;
  void boards.ended.then(() => {
    if (isStopping) return;
    log('error', 'the process that plays the boards ended: the simulation is over');
    lost.abort();
  });
  const journal = journalOf(options);
  try {
    const code = await runSupervisor({
      cellPath,
      ports: boards.ports,
      grpc,
      journal: journal.path,
      push: options.push,
      // A simulation may run beside the real cell and beside others: it has its own ports and its own board.
      instance: `sim-${process.pid}`,
      log,
      locale,
      signal: AbortSignal.any([signal, lost.signal]),
      onReady: (ready) => onReady({ ...ready, simulation: boards.simulation, ports: boards.ports }),
    });
    return lost.signal.aborted ? EXIT_CODES.failed : code;
  } finally {
    isStopping = true;
    await boards.stop();
    journal.release();
  }
}

/** A simulation forgets its orders with its end, unless it was given a file to remember them in. */
function journalOf({ journal }: SimulationOptions): { readonly path: string; readonly release: () => void } {
  if (journal !== undefined) return { path: linkedJournal(journal), release: () => undefined };
  const directory = mkdtempSync(join(tmpdir(), 'celda-sim-'));
  return {
    path: join(directory, 'journal.db'),
    release: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** One line per board. An emulated board takes its own time for each byte; nothing else may then pace the line. */
function loopbacks(cell: CellModel, clock: Clock, level: SimulationLevel): ReadonlyMap<string, Loopback> {
  const isPaced = level !== 3;
  return new Map(
    cell.boards.map((board) => [board.name, createLoopback({ clock, baud: openingBaud(board), isPaced })]),
  );
}

async function simulateInProcess(options: SimulationOptions): Promise<number> {
  const { cellPath, grpc, seed, level, log, locale, signal, onReady } = options;
  const cell = loadCheckedCell(cellPath, locale);
  const programs = await loadPrograms(cell);
  const clock = createRealClock();
  const lines = loopbacks(cell, clock, level);
  const boards = await serveBoards({
    cell,
    lines: new Map([...lines].map(([name, line]) => [name, line.board])),
    simulation: options.simulation,
    seed,
    level,
    firmataImage: options.firmataImage,
    log,
    locale,
  });
  const journal = journalOf(options);
  try {
    const running = await startInOneProcess({
      cell,
      programs,
      transports: new Map([...lines].map(([name, line]) => [name, line.host])),
      grpc,
      clock,
      random: createSystemRandom(),
      log,
      locale,
      journal: journal.path,
      push: options.push,
    });
    const asked = untilAsked(signal);
    const pids = { controlPid: process.pid, gatewayPid: process.pid };
    onReady({
      cell,
      grpc: running.grpc,
      interrupted: running.interrupted,
      ...pids,
      simulation: boards.simulation,
      ports: {},
    });
    await Promise.race([asked, running.ended]);
    await running.stop();
    return EXIT_CODES.ok;
  } finally {
    await boards.stop();
    journal.release();
  }
}

/**
 * Plays boards and plant behind pseudo-terminals until it is asked to end.
 * @throws OperatorError when it cannot start
 */
export const runBoard: SimulationEntry['runBoard'] = async (options: BoardOptions) => {
  const { cellPath, board, link, simulation, seed, level, log, locale, signal, onReady } = options;
  const cell = loadCheckedCell(cellPath, locale);
  const terminals = openTerminals(
    cell,
    board === undefined ? cell.boards.map(({ name }) => name) : [board],
    link,
    locale,
  );
  try {
    const served = await serveBoards({
      cell,
      lines: terminals,
      simulation,
      seed,
      level,
      firmataImage: options.firmataImage,
      log,
      locale,
    });
    const asked = untilAsked(signal);
    const ports = Object.fromEntries([...terminals].map(([name, terminal]) => [name, terminal.path]));
    onReady({ simulation: served.simulation, ports });
    await asked;
    await served.stop();
    return EXIT_CODES.ok;
  } finally {
    for (const terminal of terminals.values()) terminal.close();
  }
};

/** @throws OperatorError when the boards cannot be simulated, and what `use` throws */
export const withBoards: SimulationEntry['withBoards'] = async (options, use) => {
  const { cellPath, simulation, seed, log, locale } = options;
  const cell = loadCheckedCell(cellPath, locale);
  const lines = loopbacks(cell, createRealClock(), 1);
  const ends = new Map([...lines].map(([name, line]) => [name, line.board]));
  const boards = await serveBoards({ cell, lines: ends, simulation, seed, level: 1, log, locale });
  try {
    const transports = new Map([...lines].map(([name, line]) => [name, line.host]));
    return await use({ simulation: boards.simulation, reach: { transports, seeks: new Map() } });
  } finally {
    await boards.stop();
  }
};

/** Powers a cell up in virtual time and replays a counter-example in it. */
export async function replayInSimulation(
  cellPath: string,
  seed: number,
  ...[finding, hooks]: [Parameters<typeof replay>[1], Parameters<typeof replay>[2]]
): Promise<Replayed> {
  const cell = await simulateCell(cellPath, { seed });
  try {
    return await replay(cell, finding, hooks);
  } finally {
    cell.shutdown();
  }
}
