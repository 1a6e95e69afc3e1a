// A simulated board in real time: what `celda board` and `celda sim` put behind a port.
import type { CellModel } from '../../src/core/cell-model.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { PacedClock } from '../kernel/paced-clock.ts';
import type { Random } from '../kernel/random.ts';
import type { LoadBoard } from './board-engine.ts';
import type { BoardLine } from './line.ts';
import { SimBoard, type SimBoardOptions } from './sim-board.ts';
import { SimWorld } from './sim-world.ts';

export interface RunningBoards {
  readonly world: SimWorld;
  /** By name. */
  readonly boards: ReadonlyMap<string, SimBoard>;
  /** How often the machine was too slow for real time, and by how much the simulation is behind for it. */
  readonly slips: { readonly count: number; readonly ms: number };
  /** Stops time; lines stay open. */
  stop(): void;
}

export interface RunSimBoardsOptions {
  readonly cell: CellModel;
  /** The boards to run and the board's end of the line of each. All share one plant. */
  readonly lines: ReadonlyMap<string, BoardLine>;
  /** Real time. */
  readonly clock: Clock;
  readonly random: Random;
  /** @defaultValue the board of level 1 */
  readonly load?: LoadBoard;
  readonly onTransmit?: (board: string, bytes: Uint8Array) => void;
  readonly onPinChange?: (board: string, ...change: Parameters<NonNullable<SimBoardOptions['onPinChange']>>) => void;
}

/**
 * Powers boards and their common plant up, and runs them by the real clock, in steps of 1 ms.
 *
 * After a stall of the machine at most 20 ms are caught up; the rest is counted as a slip.
 * @throws Error when the cell has no plant or no board of that name (a defect: the cell model was not checked)
 */
export function runSimBoards(options: RunSimBoardsOptions): RunningBoards {
  const { cell, lines, random, load, onPinChange, onTransmit } = options;
  const clock = new PacedClock(options.clock);
  const world = new SimWorld(cell, random, clock.now());
  const boards = new Map<string, SimBoard>();
  for (const [board, line] of lines) {
    const watch: Pick<SimBoardOptions, 'onPinChange' | 'onTransmit'> = {
      ...(onPinChange === undefined ? {} : { onPinChange: (...change) => onPinChange(board, ...change) }),
      ...(onTransmit === undefined ? {} : { onTransmit: (bytes) => onTransmit(board, bytes) }),
    };
    boards.set(
      board,
      new SimBoard({ cell, board, world, clock, line, random, ...(load === undefined ? {} : { load }), ...watch }),
    );
  }
  return {
    world,
    boards,
    get slips() {
      return { count: clock.slips, ms: clock.slippedMs };
    },
    stop() {
      for (const board of boards.values()) board.stop();
    },
  };
}
