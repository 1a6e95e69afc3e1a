// One board of a cell that does not run: its newest image, and one output of it held by a person.
import type { Subscription } from 'rxjs';
import type { PortSeek } from '../../firmware-bridge/session/session-options.ts';
import type { BoardPlan } from '../core/board-plan.ts';
import type { LeaseProof, LinkState } from '../core/cell-event.ts';
import type { CellModel } from '../core/cell-model.ts';
import type { Fault } from '../core/faults.ts';
import { monotonicMs } from '../core/units.ts';
import type { BoardEvent, BoardImage, BoardPort } from '../ports/board-port.ts';
import type { Clock } from '../ports/clock.ts';
import type { RandomSource } from '../ports/random-source.ts';
import type { TransportFactory } from '../ports/transport.ts';
import { linkBoard } from './board-link.ts';
import { PinForcing } from './pin-forcing.ts';

/** Between commands while an output is forced, ms: leases are 10 ms or more, and usually 100. */
const COMMAND_EVERY_MS = 5;

export interface HeldBoardOptions {
  readonly cell: CellModel;
  readonly plan: BoardPlan;
  readonly factory: TransportFactory;
  /** @defaultValue the board is on the port of `factory`, or nowhere */
  readonly seek?: PortSeek | undefined;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** Outputs may be forced, so the board has to prove its lease first; else nothing is ever armed. */
  readonly isForced: boolean;
  readonly onLink?: (state: LinkState, cause: Fault | undefined) => void;
  /** A defect: the board is not heard any more. */
  readonly onError: (error: Error) => void;
}

export class HeldBoard {
  /** Undefined where nothing may be forced. */
  readonly forcing: PinForcing | undefined;
  readonly #options: HeldBoardOptions;
  readonly #port: BoardPort;
  #link: LinkState = 'connecting';
  #cause: Fault | undefined = undefined;
  #image: BoardImage | undefined = undefined;
  #proof: LeaseProof | undefined = undefined;
  #subscription: Subscription | undefined = undefined;
  #cycle = 0;
  #isArmed = false;
  #cancelCommand: () => void = () => undefined;

  constructor(options: HeldBoardOptions) {
    const { cell, plan, factory, seek, clock, random, isForced } = options;
    this.#options = options;
    this.forcing = isForced ? new PinForcing(cell, plan) : undefined;
    const link = { cell, plan, factory, seek, devices: [], clock, random, log: () => undefined };
    this.#port = linkBoard({ ...link, provesLease: isForced }).port;
  }

  get link(): LinkState {
    return this.#link;
  }

  /** Why the link is down, undefined while it is not. */
  get cause(): Fault | undefined {
    return this.#cause;
  }

  /** Undefined before the first, and while the link is down: what a board said before is no view of its pins. */
  get image(): BoardImage | undefined {
    return this.#isLive ? this.#image : undefined;
  }

  /** What this session has seen of the board's lease. */
  get proof(): LeaseProof | undefined {
    return this.#proof;
  }

  /** Opens the session; nothing is said to the board while nothing is forced: then it has no lease and stays stopped. */
  start(): void {
    this.#subscription = this.#port.events$.subscribe({
      next: (event) => this.#onEvent(event),
      error: (error: unknown) => this.#options.onError(error instanceof Error ? error : new Error(String(error))),
    });
    if (this.forcing !== undefined) this.#commandAt(this.#options.clock.now());
  }

  /** Lets go of what is forced and closes: a board without a lease would keep it. */
  stop(): void {
    this.#cancelCommand();
    if (this.#isArmed) {
      const outputs = this.#options.plan.outputs.map(({ safeValue }) => safeValue);
      this.#port.write({ cycle: this.#cycle + 1, arm: false, outputs });
    }
    this.#subscription?.unsubscribe();
  }

  /** After a trip: a new session. */
  reopen(): void {
    this.#port.reopen();
  }

  get #isLive(): boolean {
    return this.#link === 'stopped' || this.#link === 'armed' || this.#link === 'unproven';
  }

  #commandAt(atMs: number): void {
    const { clock } = this.#options;
    this.#cancelCommand = clock.schedule(monotonicMs(atMs), () => {
      this.#command();
      this.#commandAt(Math.max(atMs + COMMAND_EVERY_MS, clock.now()));
    });
  }

  #command(): void {
    const outputs = this.forcing?.command(this.#options.clock.now());
    if (!this.#isLive || this.#link === 'unproven' || (outputs === undefined && !this.#isArmed)) return;
    this.#isArmed = outputs !== undefined;
    this.#cycle += 1;
    const safe = this.#options.plan.outputs.map((slot) => (slot.kind === 'servo' ? 0 : slot.safeValue));
    this.#port.write({ cycle: this.#cycle, arm: this.#isArmed, outputs: outputs ?? safe });
  }

  #onEvent(event: BoardEvent): void {
    if (event.kind === 'proof') {
      this.#proof = event.proof;
      return;
    }
    if (event.kind !== 'link') {
      this.#image = event.image;
      this.forcing?.see(event.image);
      // An input that opened has let go of the output: the board hears of it in this turn.
      if (this.#isArmed) this.#command();
      return;
    }
    this.#link = event.state;
    this.#cause = event.cause;
    if (!this.#isLive) {
      this.#isArmed = false;
      this.forcing?.see(undefined);
    }
    this.#options.onLink?.(event.state, event.cause);
  }
}
