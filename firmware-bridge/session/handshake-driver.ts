// Drives the handshake state machine: carries out what each of its steps asks for, and judges what the machine cannot see,
// such as a board that is reset again and again, or that is to be looked for on another port.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { RandomSource } from '../../src/ports/random-source.ts';
import {
  type Handshake,
  type HandshakeEvent,
  type HandshakePlan,
  type HandshakeStep,
  handshakePlan,
  stepHandshake,
} from '../wire/handshake.ts';
import type { HostMessage, IdentMessage } from '../wire/messages.ts';
import { ResetWatch } from './reset-watch.ts';
import type { PortSeek } from './session-options.ts';

/** A bootloader may be listening for up to 2 s: a board that has said nothing right for so long is none, ms. */
const STRANGER_MS = 4000;

/** Nothing on the line for this long since the board was greeted: the port is opened anew, ms. */
const SILENT_PORT_MS = 10_000;

/** A board that says who it is and yet does not get as far as a session within this time: people are told why, ms. */
const UNFINISHED_MS = 2_000;

/** A board that is refused for its resets is asked again this seldom, ms. */
const REFUSED_REPEAT_MS = 2_000;

const ENDED: Handshake = { kind: 'failed', retryAt: Number.POSITIVE_INFINITY };

/** What a step asks for, in this order. */
export interface HandshakeListener {
  /** A session begins: what is sent from now on belongs to it. */
  opening(ident: IdentMessage, session: number): void;
  send(message: HostMessage): void;
  /** @param done to be called in a later turn with whether the port took the speed */
  changeSpeed(baud: number, done: (taken: boolean) => void): void;
  /** The machine is in another state; may step it again. */
  changed(state: Handshake): void;
  /** There is no link, for this reason. */
  down(cause: Fault): void;
  wakeBy(atMs: number): void;
  /** The board may be on another port: this one is to be closed. */
  leavePort(): void;
}

export interface HandshakeDriverOptions {
  readonly plan: BoardPlan;
  readonly clock: Clock;
  /** Nonces and session ids. */
  readonly random: RandomSource;
  readonly seek: PortSeek | undefined;
  readonly listener: HandshakeListener;
}

/** One per session object, over all its connections. */
export class HandshakeDriver {
  readonly #options: HandshakeDriverOptions;
  #plan: HandshakePlan;
  readonly #resets = new ResetWatch();
  #state: Handshake = ENDED;
  #connectedAt = 0;
  /** When a board first said who it is since the last session; undefined: it has not. */
  #metAt: number | undefined = undefined;

  constructor(options: HandshakeDriverOptions) {
    this.#options = options;
    this.#plan = handshakePlan(options.plan);
  }

  /** The board is configured, and nothing has ended the session. */
  get isOpen(): boolean {
    return this.#state.kind === 'open';
  }

  /** The board answers, but every try to open a session with it ends half way: people have been told. */
  get isUnfinished(): boolean {
    return this.#metAt !== undefined && this.#options.clock.now() - this.#metAt >= UNFINISHED_MS;
  }

  /** The handshake failed, and is to be started again now. */
  get isRetryDue(): boolean {
    return this.#state.kind === 'failed' && this.#options.clock.now() >= this.#state.retryAt;
  }

  /** A port that never said a byte may be a stale one: USB adapters come back as another device. */
  get isPortSilent(): boolean {
    if (this.#state.kind !== 'greeting' || this.#state.hasHeardBytes) return false;
    return this.#options.clock.now() - this.#state.since >= SILENT_PORT_MS;
  }

  /** A port was opened. */
  connected(): void {
    this.#connectedAt = this.#options.clock.now();
    this.#metAt = undefined;
  }

  /**
   * From the next start on it is this plan that the board gets.
   * @returns whether a start is due: something is under way, or open, with the plan before. What failed begins again by itself
   */
  configure(plan: BoardPlan): boolean {
    this.#plan = handshakePlan(plan);
    return this.#state.kind !== 'failed' && this.#state.kind !== 'refused';
  }

  /** @param baud present speed of the line, bits per second */
  start(baud: number): void {
    const { random } = this.#options;
    const nonce = random.nextUint32();
    // 0 stands for "no session" on the wire.
    const session = random.nextUint32() || 1;
    this.step({ kind: 'start', nonce, session, baud });
  }

  /** Nothing more is asked until the next start. */
  end(): void {
    this.#state = ENDED;
  }

  step(event: HandshakeEvent): void {
    const { clock, listener } = this.#options;
    const before = this.#state;
    const { state, send, baud } = this.#refuseLoop(stepHandshake(this.#plan, before, event, clock.now()));
    this.#state = state;
    if (state.kind === 'opening' && before.kind !== 'opening') listener.opening(state.ident, state.session);
    for (const message of send) listener.send(message);
    if (baud !== undefined) listener.changeSpeed(baud, (taken) => this.step({ kind: 'line', taken }));
    this.#timeOf(state, before);
    if (state.kind !== before.kind) listener.changed(state);
    const cause = 'fault' in state ? state.fault : undefined;
    if (cause !== undefined) listener.down(cause);
    if ('retryAt' in state) listener.wakeBy(state.retryAt);
    if (cause !== undefined && this.#isElsewhere(state)) listener.leavePort();
  }

  /** Each try alone is short and begins anew by itself: only their sum shows that none of them gets anywhere. */
  #timeOf(state: Handshake, before: Handshake): void {
    if (state.kind === 'open' || state.kind === 'refused') this.#metAt = undefined;
    else if (state.kind === 'asking-pins') this.#metAt ??= this.#options.clock.now();
    else if (state.kind === 'failed' && before.kind !== 'failed' && this.isUnfinished) {
      const { plan, listener } = this.#options;
      listener.down(fault(1004, { board: plan.board.name, step: before.kind }));
    }
  }

  /** A board that its watchdog resets again and again is refused where it has just said who it is. */
  #refuseLoop(step: HandshakeStep): HandshakeStep {
    const { state } = step;
    if (state.kind !== 'asking-pins' || this.#state.kind !== 'greeting') return step;
    const { clock, plan } = this.#options;
    const now = clock.now();
    if (!this.#resets.isLooping(state.ident, now)) return step;
    const cause = fault(1012, { board: plan.board.name, bootCount: state.ident.bootCount });
    return { state: { kind: 'refused', fault: cause, retryAt: now + REFUSED_REPEAT_MS }, send: [] };
  }

  /** Whether the board is to be looked for on another port: this one has another board, or none. */
  #isElsewhere(state: Handshake): boolean {
    const { seek, clock } = this.#options;
    if (seek === undefined) return false;
    if (state.kind === 'refused') {
      const { what, found } = state.fault.detail;
      return what === 'uid' && seek.isElsewhere(String(found));
    }
    return clock.now() - this.#connectedAt >= STRANGER_MS && seek.isElsewhere(undefined);
  }
}
