// The process data to one board: what may be sent, when, and what the board has said of it.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { wireCycle } from '../../src/core/cycle-number.ts';
import type { BoardCommand } from '../../src/ports/board-port.ts';
import { type BoardClock, foldUs } from '../wire/board-clock.ts';
import { isOutputCommand, packImage } from '../wire/images.ts';
import type { LineBudget } from '../wire/line-budget.ts';
import type { HostMessage } from '../wire/messages.ts';
import { ReadBackWatch } from './read-back-watch.ts';
import { Receipts } from './receipts.ts';

/** The board refuses a `notAfterUs` more than 1 s ahead; some of it is left for the error of the estimate. */
const VALIDITY_MS_MAX = 900;

/** What the lane writes by, and how it learns that the line is full. */
export interface CommandLaneOptions {
  readonly plan: BoardPlan;
  readonly line: LineBudget;
  readonly boardClock: BoardClock;
  readonly send: (message: HostMessage) => void;
  /** Bytes that the operating system has not accepted. */
  readonly pendingBytes: () => number;
}

/**
 * `refused`: a value or the cycle number was not allowed; nothing was sent, but a STOP where the command disarmed. `skipped`: the line is still busy with
 * earlier commands; a STOP was sent all the same.
 */
export type CommandOutcome = 'sent' | 'refused' | 'skipped';

/** Takes one command per finished cycle. Nothing throws: what may not be sent comes back as an outcome. */
export class CommandLane {
  readonly receipts = new Receipts();
  readonly readBack: ReadBackWatch;
  readonly #options: CommandLaneOptions;
  #lastCycle = 0;
  #wasArmed = false;

  constructor(options: CommandLaneOptions) {
    this.#options = options;
    this.readBack = new ReadBackWatch(options.plan);
  }

  /** A new session: cycles may begin anew, nothing is armed, no receipt is owed. */
  reset(): void {
    this.receipts.reset();
    this.readBack.reset();
    this.#lastCycle = 0;
    this.#wasArmed = false;
  }

  /** Refused while board time is not known. */
  write(command: BoardCommand, nowMs: number): CommandOutcome {
    const { plan, line, boardClock, send, pendingBytes } = this.#options;
    const { cycle, arm, outputs } = command;
    // A STOP goes first, so that it has nothing of this turn in front of it, and even when the command itself is refused.
    if (this.#wasArmed && !arm) send({ kind: 'stop', cycle: wireCycle(this.#lastCycle + 1) });
    this.#wasArmed &&= arm;
    const notAfterUs = boardClock.deadlineUs(nowMs, Math.min(plan.board.validityMs, VALIDITY_MS_MAX));
    if (notAfterUs === undefined || !this.#isAllowed(command)) return 'refused';
    this.#lastCycle = cycle;
    if (!line.mayProcess(pendingBytes(), nowMs)) return 'skipped';
    this.#wasArmed = arm;
    const onWire = wireCycle(cycle);
    const image = packImage(plan.outputs, outputs);
    send({ kind: 'process', cycle: onWire, notAfterUs: foldUs(notAfterUs), arm, image });
    line.processSent(nowMs);
    this.receipts.written(onWire, nowMs);
    this.readBack.commanded(onWire, outputs);
    return 'sent';
  }

  #isAllowed({ cycle, outputs }: BoardCommand): boolean {
    if (!Number.isSafeInteger(cycle) || cycle <= this.#lastCycle) return false;
    return isOutputCommand(this.#options.plan.outputs, outputs);
  }
}
