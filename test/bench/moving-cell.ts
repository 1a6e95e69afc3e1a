// A whole running controller (supervisor, control, gateway) over a pseudo-terminal whose other end is the firmware core in
// this process: its arm can be set moving, stopped by the emergency stop, and set moving again.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobClient } from '../../src/app/job-client.ts';
import { PluggableTerminal } from '../support/pluggable-terminal.ts';
import { smallCellText } from '../support/small-cell.ts';
import { CeldaProcess } from './celda-process.ts';
import { PtyBoard } from './pty-board.ts';

export const PINS = { estopA: 2, estopB: 4, door: 7, reset: 8, servo: 3, power: 12 } as const;
const CLOSED = 0;
const OPEN = 1;
/** A reset that comes too early has no effect: it is pressed again, for so long. A busy machine takes its time to restart. */
const READY_MS_MAX = 60_000;
const ENABLE_MS = 150;
const MOVES_MS = 3_000;
/** What counts for a stop that does not come within this. */
const STOP_MS_MAX = 500;
const SEEN_MS = 50;
/** A board that is not safe so long after its controller has died is not made safe by its lease, ms. */
const SAFE_MS_MAX = 10_000;
const PROGRAMS = new URL('../support/programs/', import.meta.url);

/**
 * The cell of the tests with a category 0 stop, so that one frame is the whole stop, and a long move. The lease is
 * long: a stall of the machine should show as a late stop, not as a lost event.
 */
function cellText({ leaseMs, category, program }: Required<MovingCellOptions>): string {
  const move = (base: number): object => ({ move: { to: { base }, speedPercent: 50, timeoutMs: 20_000 } });
  return smallCellText({
    'cell.onSafetyStop': 'abort',
    'boards.uno-1': { kind: 'uno', baud: 500_000, leaseMs, validityMs: leaseMs / 2 },
    'devices.reset.closeFilterMs': 2,
    'devices.estop-a.closeFilterMs': 2,
    'devices.estop-b.closeFilterMs': 2,
    'devices.door.closeFilterMs': 2,
    'safety.stopFunctions.emergency-stop.category': category,
    'safety.stopFunctions.emergency-stop.timeLimitMs': category === 0 ? undefined : 1_000,
    // A slow stop on the same button: the board leaves the stop to the host for so long, and the host is what is timed.
    'safety.stopFunctions.slow-stop': {
      permission: 'estop',
      category: 1,
      timeLimitMs: 1_000,
      role: 'protective-stop',
      outputs: ['power'],
    },
    'workMasters.work': { version: '1.0.0', steps: [{ repeat: { times: 50, steps: [move(80), move(-80)] } }] },
    programs: program === '' ? undefined : { program: new URL(program, PROGRAMS).pathname },
  });
}

export interface MovingCellOptions {
  /** @defaultValue 500 */
  readonly leaseMs?: number;
  /** Of its emergency stop. @defaultValue 0 */
  readonly category?: 0 | 1;
  /** Module of `test/support/programs` that runs in the cell. @defaultValue none */
  readonly program?: string;
}

/** Of one stop: ms from the EDGE frame's way out to the arrival of the frame that carried out the stop. */
export type StopTime = number | undefined;

export class MovingCell {
  readonly board: PtyBoard;
  readonly jobs: JobClient;
  readonly process: CeldaProcess;
  /** The order that was last set going. */
  jobOrderId = '';
  readonly #terminal: PluggableTerminal;
  readonly #folder: string;
  #orders = 0;
  #refusal = 'nothing was refused';

  private constructor(
    terminal: PluggableTerminal,
    board: PtyBoard,
    folder: string,
    process: CeldaProcess,
    address: string,
  ) {
    this.#terminal = terminal;
    this.board = board;
    this.#folder = folder;
    this.process = process;
    this.jobs = new JobClient(address);
  }

  static async start(options: MovingCellOptions = {}): Promise<MovingCell> {
    const { leaseMs = 500, category = 0, program = '' } = options;
    const folder = mkdtempSync(join(tmpdir(), 'celda-bench-'));
    const terminal = new PluggableTerminal(join(folder, 'port'));
    const board = newBoard(terminal);
    const path = join(folder, 'cell.yaml');
    writeFileSync(path, cellText({ leaseMs, category, program }));
    const process = new CeldaProcess('run', path, '--port', `uno-1=${board.path}`, '--grpc-port', '0');
    try {
      const address = await process.says(/is ready: gRPC on (\S+)/);
      await process.says(/link stopped/);
      return new MovingCell(terminal, board, folder, process, address);
    } catch (error) {
      await process.stop();
      board.close();
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  get address(): string {
    return this.jobs.address;
  }

  /** Pulls the cable out, at the controller's end: the board runs on. */
  unplug(): void {
    this.#terminal.close();
  }

  plugIn(): void {
    this.#terminal.plugIn();
  }

  async stop(): Promise<void> {
    this.jobs.close();
    await this.process.stop();
    this.board.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** Emergency stop released, reset, an order under way, pulses changing. @throws Error when the cell does not come to it */
  async setMoving(): Promise<void> {
    const deadline = performance.now() + READY_MS_MAX;
    while (performance.now() < deadline) {
      this.#setStops(CLOSED);
      if ((await this.#enable()) && (await this.#order())) return;
    }
    throw new Error(`the cell cannot be set moving (${this.#refusal}); it said last:\n${this.process.lastWords}`);
  }

  /** Opens both contacts of the emergency stop. @returns undefined when the cell had stopped for another reason */
  measureStop(): Promise<StopTime> {
    const { board } = this;
    if (!isMoving(board)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      let sentAt: number | undefined;
      let isStopped = false;
      const end = (time: StopTime): void => {
        clearTimeout(timer);
        board.watch = {};
        resolve(time);
      };
      // A stop that never comes is no lost event but the worst one.
      const giveUp = (): void => end(sentAt === undefined ? undefined : STOP_MS_MAX);
      const timer = setTimeout(giveUp, STOP_MS_MAX);
      board.watch = {
        onEdgeSent: (at) => {
          sentAt ??= at;
        },
        onPinChange: (pin, state, byHost) => {
          if (pin !== PINS.power || state.level === 1) return;
          if (byHost) isStopped = true;
          else giveUp();
        },
        onTaken: (at) => {
          if (isStopped) end(sentAt === undefined || board.pin(PINS.servo).pulseUs > 0 ? undefined : at - sentAt);
        },
      };
      this.#setStops(OPEN);
    });
  }

  /**
   * Lets the controller die and waits for the board to make itself safe.
   * @returns board time from the last executed command to the safe outputs, ms, infinite when they are not safe after 10 s;
   *   undefined when the controller stopped it, in which case it may be living still
   */
  timeToSafe(die: () => void): Promise<number | undefined> {
    const { board } = this;
    return new Promise((resolve) => {
      let heardUs = 0;
      let timer: NodeJS.Timeout | undefined;
      const end = (ms: number | undefined): void => {
        board.watch = {};
        clearTimeout(timer);
        resolve(ms);
      };
      board.watch = {
        onExecuted: (boardTimeUs) => {
          heardUs = boardTimeUs;
        },
        onPinChange: (pin, state, byHost, boardTimeUs) => {
          if (pin !== PINS.power || state.level === 1) return;
          end(byHost || heardUs === 0 ? undefined : (boardTimeUs - heardUs) / 1000);
        },
      };
      // A few commands first, so that the last one has been seen.
      timer = setTimeout(() => {
        die();
        timer = setTimeout(() => end(Number.POSITIVE_INFINITY), SAFE_MS_MAX);
      }, SEEN_MS);
      if (!isMoving(board)) end(undefined);
    });
  }

  #setStops(level: 0 | 1): void {
    this.board.levels.set(PINS.estopA, level);
    this.board.levels.set(PINS.estopB, level);
  }

  /** Presses the reset button until the unit is enabled. */
  async #enable(): Promise<boolean> {
    const { board } = this;
    if (isMoving(board)) return true;
    await pause(40);
    board.levels.set(PINS.reset, CLOSED);
    const enabled = await this.#until(ENABLE_MS, () => isMoving(board));
    board.levels.set(PINS.reset, OPEN);
    return enabled;
  }

  async #order(): Promise<boolean> {
    this.#orders += 1;
    this.jobOrderId = `bench-${this.#orders}`;
    const order = { jobOrderId: this.jobOrderId, workMasterId: 'work', description: '', priority: 0, parameters: {} };
    const pulseUs = this.board.pin(PINS.servo).pulseUs;
    const answer = await this.jobs.submit(order);
    if (!answer.ok) {
      this.#refusal = answer.error.message;
      return false;
    }
    return this.#until(MOVES_MS, () => {
      const now = this.board.pin(PINS.servo).pulseUs;
      return now !== 0 && now !== pulseUs;
    });
  }

  async #until(withinMs: number, isDone: () => boolean): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    while (!isDone()) {
      if (performance.now() > deadline) return false;
      await pause(2);
    }
    return true;
  }
}

function newBoard(terminal: PluggableTerminal): PtyBoard {
  const board = new PtyBoard({ terminal });
  for (const pin of [PINS.estopA, PINS.estopB, PINS.door]) board.levels.set(pin, CLOSED);
  // 0 kPa of the vacuum sensor, 25 degrees of the thermometer.
  board.counts.set(0, 100).set(1, 153);
  return board;
}

/** The supply of the servos is on exactly while the unit is enabled. */
function isMoving(board: PtyBoard): boolean {
  return board.pin(PINS.power).level === 1;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
