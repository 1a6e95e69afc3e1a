// A session, a line and a scripted board in virtual time, with everything the session says recorded.

import type { Subscription } from 'rxjs';
import { createSession } from '../../firmware-bridge/session/session.ts';
import type { BoardSession } from '../../firmware-bridge/session/session-options.ts';
import { createLoopback, type Disturbance, type Loopback } from '../../firmware-bridge/transport/loopback.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { BoardModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardCommand, BoardEvent } from '../../src/ports/board-port.ts';
import type { RandomSource } from '../../src/ports/random-source.ts';
import { goingClock } from './going-clock.ts';
import { ScriptedBoard, type ScriptedBoardOptions } from './scripted-board.ts';
import { VirtualClock } from './virtual-clock.ts';
import { samplePlan } from './wire-samples.ts';

/** A small repeatable generator (Numerical Recipes' LCG); good enough to tell nonces apart and to lose frames. */
export function testRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return {
    nextUint32: () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state ^ (state >>> 16)) >>> 0;
    },
  };
}

export interface BenchOptions {
  readonly model?: Partial<BoardModel>;
  readonly plan?: BoardPlan;
  readonly disturb?: Disturbance;
  readonly board?: Partial<ScriptedBoardOptions>;
  readonly seed?: number;
  /** @defaultValue false: most stories are about something else */
  readonly provesLease?: boolean;
  /** The session's readings of the clock differ within one turn, as those of a real clock do. @defaultValue false */
  readonly readsGoingClock?: boolean;
}

export interface Logged {
  readonly atMs: number;
  readonly event: BoardEvent;
}

export class SessionBench {
  readonly clock = new VirtualClock();
  readonly plan: BoardPlan;
  readonly line: Loopback;
  readonly board: ScriptedBoard;
  readonly session: BoardSession;
  readonly events: Logged[] = [];
  /** UIDs of the boards that the session accepted, in order. */
  readonly met: string[] = [];
  cycle = 0;
  subscription: Subscription | undefined = undefined;
  #cancelCycles: (() => void) | undefined = undefined;

  constructor(options: BenchOptions = {}) {
    this.plan = options.plan ?? samplePlan(options.model);
    const { clock, plan } = this;
    const disturb = options.disturb === undefined ? {} : { disturb: options.disturb };
    this.line = createLoopback({ clock, baud: BOOT_BAUD, ...disturb });
    this.board = new ScriptedBoard({ plan, clock, line: this.line.board, ...options.board });
    this.session = createSession({
      plan,
      clock: options.readsGoingClock === true ? goingClock(clock) : clock,
      factory: this.line.host,
      random: testRandom(options.seed ?? 1),
      provesLease: options.provesLease ?? false,
      met: (uid) => this.met.push(uid),
    });
  }

  /** Subscribes, as the composition does. */
  start(onEvent?: (event: BoardEvent) => void): this {
    this.subscription = this.session.port.events$.subscribe({
      next: (event) => {
        this.events.push({ atMs: this.clock.now(), event });
        onEvent?.(event);
      },
      error: (error: unknown) => {
        throw error;
      },
    });
    return this;
  }

  /** Starts and runs until the session is open. */
  connect(): this {
    this.start();
    this.clock.advance(400);
    return this;
  }

  /** Link states since the start, in order. */
  get links(): string[] {
    return this.events.flatMap(({ event }) => (event.kind === 'link' ? [event.state] : []));
  }

  /** The newest link event. */
  get link(): Extract<BoardEvent, { kind: 'link' }> | undefined {
    return this.events.map(({ event }) => event).findLast((event) => event.kind === 'link');
  }

  get lastImage(): Extract<BoardEvent, { kind: 'image' | 'edge' }> | undefined {
    return this.events.map(({ event }) => event).findLast((event) => event.kind === 'image' || event.kind === 'edge');
  }

  /** Time of the first link event with this state at or after `fromMs`. */
  linkAt(state: string, fromMs = 0): number {
    return (
      this.events.find(({ atMs, event }) => atMs >= fromMs && event.kind === 'link' && event.state === state)?.atMs ??
      Number.NaN
    );
  }

  write(changes: Partial<BoardCommand> = {}): void {
    this.cycle += 1;
    this.session.port.write({ cycle: this.cycle, arm: true, outputs: [1500, 1, 1200], ...changes });
  }

  /** Writes one command per period until `endCycles`. */
  runCycles(periodMs = 10, changes: Partial<BoardCommand> = {}): void {
    const next = (): void => {
      this.write(changes);
      this.#cancelCycles = this.clock.schedule(monotonicMs(this.clock.now() + periodMs), next);
    };
    next();
  }

  endCycles(): void {
    this.#cancelCycles?.();
    this.#cancelCycles = undefined;
  }
}
