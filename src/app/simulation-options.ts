// What the command line asks of the simulator's entry (`sim/main.ts`), and what that hands back. Types only.
import type { Locale } from '../config/problem.ts';
import type { Log } from './process-message.ts';
import type { BoardReach } from './reach-boards.ts';
import type { PushSettings } from './response-push.ts';
import type { CellReady } from './supervisor.ts';

/** What plays the boards: 1 the firmware's core in process, 3 its image for the board in an emulator of the chip. */
export type SimulationLevel = 1 | 3;

export interface SimulationOptions {
  readonly cellPath: string;
  readonly grpc: Endpoint;
  /** Where the simulation's own interface is served. */
  readonly simulation: Endpoint;
  /** Every random choice comes from it. */
  readonly seed: number;
  readonly level: SimulationLevel;
  /** Image of a stock Firmata for boards that have such; level 3 only. */
  readonly firmataImage?: string | undefined;
  /** Both halves of the cell and the board in this process, without pseudo-terminal and socket. */
  readonly inProcess: boolean;
  /** File that remembers job orders. @defaultValue one for this run only */
  readonly journal?: string | undefined;
  /** The MES that job responses are pushed to. @defaultValue they are only fetched */
  readonly push?: PushSettings | undefined;
  readonly log: Log;
  readonly locale: Locale;
  /** Ends the run as SIGTERM does. */
  readonly signal: AbortSignal;
  /** Called once, when the cell and the simulation's interface can be used. */
  readonly onReady: (ready: SimulationReady) => void;
}

export interface SimulationReady extends CellReady {
  /** Address of the simulation's interface, `host:port`. */
  readonly simulation: string;
  /** Path of each board's pseudo-terminal by board name; empty when all is in one process. */
  readonly ports: Readonly<Record<string, string>>;
}

export interface BoardOptions {
  readonly cellPath: string;
  /** Undefined: all boards of the cell. */
  readonly board: string | undefined;
  /** Path of a symbolic link to the pseudo-terminal; only with one board. */
  readonly link: string | undefined;
  readonly simulation: Endpoint;
  readonly seed: number;
  readonly level: SimulationLevel;
  readonly firmataImage?: string | undefined;
  readonly log: Log;
  readonly locale: Locale;
  readonly signal: AbortSignal;
  readonly onReady: (ready: Pick<SimulationReady, 'simulation' | 'ports'>) => void;
}

export interface Endpoint {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** Simulated boards and plant in the process that asks for them. */
export interface LentBoards {
  /** Address of the simulation's interface, `host:port`. */
  readonly simulation: string;
  readonly reach: BoardReach;
}

export type LentBoardsOptions = Pick<SimulationOptions, 'cellPath' | 'simulation' | 'seed' | 'locale' | 'log'>;

/** Exports of `sim/main.ts`. `withBoards` lends boards for as long as `use` takes. The others resolve with an exit code, and end on SIGINT, SIGTERM or `signal`. */
export interface SimulationEntry {
  runSimulation(options: SimulationOptions): Promise<number>;
  runBoard(options: BoardOptions): Promise<number>;
  withBoards<T>(options: LentBoardsOptions, use: (boards: LentBoards) => Promise<T>): Promise<T>;
}
