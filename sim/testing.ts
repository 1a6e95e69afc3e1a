// The test library of Celda (`celda/testing`): a whole cell in virtual time, for tests of cells and programs.

import { loadPrograms } from '../src/app/load-programs.ts';
import { loadCell } from '../src/config/load.ts';
import { formatProblem } from '../src/config/problem.ts';
import type { CellProgram } from '../src/ports/program.ts';
import type { BoardLevel } from './board/board-engine.ts';
import { boardOfLevel } from './board/load-board.ts';
import { SimulatedCell } from './simulated-cell.ts';

export { type PinChange, RefusedError, type SimulatedCell } from './simulated-cell.ts';

export interface SimulateOptions {
  /** What plays the boards: 1 the firmware's core, 3 the image for the board in an emulator, slower. @defaultValue 1 */
  readonly level?: BoardLevel;
  /** All chance of the run comes from it. @defaultValue 1 */
  readonly seed?: number | string;
  /** Programs by name, instead of those that the cell's file names. */
  readonly programs?: Readonly<Record<string, CellProgram>>;
}

/**
 * Builds a cell from its file and powers it up, in virtual time: nothing happens but in `advance` and the methods that wait.
 * Resolves when all boards are linked; the unit is Stopped, as after every power-up.
 * @throws Error with all problems of the file, one per line
 */
export async function simulateCell(path: string, options: SimulateOptions = {}): Promise<SimulatedCell> {
  const loaded = loadCell(path);
  if (!loaded.ok) throw new Error(loaded.error.map((problem) => formatProblem(problem, 'en')).join('\n'));
  const programs =
    options.programs === undefined
      ? await loadPrograms(loaded.value)
      : Object.entries(options.programs).map(([name, program]) => ({ name, program }));
  const load = await boardOfLevel(options.level ?? 1);
  const simulated = new SimulatedCell({
    cell: loaded.value,
    seed: String(options.seed ?? 1),
    programs,
    load,
    // An emulated board takes its own time for each byte.
    isLinePaced: options.level !== 3,
  });
  await simulated.startControl();
  return simulated;
}
