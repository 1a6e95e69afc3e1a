// The link to one board as the control cycle and the catalogue see it: handshake, leases, receipts, reconnection.
import { Observable, type Subscriber } from 'rxjs';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { LinkFigures, LinkState } from '../../src/core/cell-event.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import type { BoardCommand, BoardEvent, BoardImage, BoardPort } from '../../src/ports/board-port.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { BoardClock } from '../wire/board-clock.ts';
import { parseUid } from '../wire/frame.ts';
import {
  type Handshake,
  type HandshakeEvent,
  type HandshakeStep,
  handshakePlan,
  stepHandshake,
} from '../wire/handshake.ts';
import { unpackBoardImage } from '../wire/images.ts';
import { frameSizes, LineBudget } from '../wire/line-budget.ts';
import type { BoardMessage, HostMessage, IdentMessage, ImageMessage } from '../wire/messages.ts';
import { BOOT_BAUD } from '../wire/speeds.ts';
import { CommandLane } from './command-lane.ts';
import { Connection } from './connection.ts';
import { FrameGate } from './frame-gate.ts';
import { LeaseProver, type ProofVerdict } from './lease-prover.ts';
import { KEEP_ALIVE, LineSpeed } from './line-speed.ts';
import { LinkReport } from './link-report.ts';
import { isSameFault, linkStateOf, tripFault } from './link-state.ts';
import type { LinkStats } from './link-stats.ts';
import { LINK_SILENCE_MS, LinkWatch } from './link-watch.ts';
import { ResetWatch } from './reset-watch.ts';
import type { BoardSession, SessionOptions } from './session-options.ts';
import { StreamChannel } from './stream-channel.ts';
import { WakeTimer } from './wake-timer.ts';

/** A bootloader may be listening for up to 2 s: a board that has said nothing right for so long is none, ms. */
const STRANGER_MS = 4000;

/** Nothing on the line for this long after connecting: the port is opened anew, ms. */
const SILENT_PORT_MS = 10_000;

/** A board that is refused for its resets is asked again this seldom, ms. */
const REFUSED_REPEAT_MS = 2_000;

/** Frames of one session that only a defect can have sent, or that the board refuses: with so many the link is lost. */
const STRANGE_FRAMES_MAX = 10;

/**
 * Makes the session of one board; it connects when `port.events$` is subscribed to. All timing comes from `clock`.
 * @throws TypeError from the subscription when `events$` is subscribed to twice at a time (share it)
 */
export function createSession(options: SessionOptions): BoardSession {
  const session = new Session(options);
  return { port: session, stream: session.stream, stats: () => session.stats() };
}

class Session implements BoardPort {
  readonly name: string;
  readonly events$: Observable<BoardEvent>;
  readonly stream: StreamChannel;
  readonly #options: SessionOptions;
  readonly #plan: BoardPlan;
  readonly #clock: Clock;
  readonly #handshakePlan: ReturnType<typeof handshakePlan>;
  readonly #connection: Connection;
  readonly #gate: FrameGate;
  readonly #wake: WakeTimer;
  readonly #commands: CommandLane;
  readonly #watch = new LinkWatch();
  readonly #resets = new ResetWatch();
  #strangeFrames = 0;
  readonly #line: LineBudget;
  readonly #speed: LineSpeed;
  readonly #report: LinkReport;
  readonly #boardClock = new BoardClock();
  readonly #prover: LeaseProver | undefined;
  /** Board time of the newest image of this session, unfolded µs. */
  #newestImageUs = Number.NEGATIVE_INFINITY;
  #subscriber: Subscriber<BoardEvent> | undefined = undefined;
  #handshake: Handshake = { kind: 'failed', retryAt: 0 };
  #isConnected = false;
  #connectedAt = 0;
  /** When the board was first asked with the nonce in use. */
  #greetedAt = 0;
  #sentAt = 0;
  #link: LinkState = 'down';
  #linkCause: Fault | undefined = undefined;
  #ident: IdentMessage | undefined = undefined;

  constructor(options: SessionOptions) {
    const { plan, clock } = options;
    this.#options = options;
    this.#plan = plan;
    this.#clock = clock;
    this.name = plan.board.name;
    this.#handshakePlan = handshakePlan(plan);
    this.#line = new LineBudget({ baud: BOOT_BAUD, ...frameSizes(plan) });
    this.#gate = new FrameGate((message) => this.#onMessage(message));
    this.#wake = new WakeTimer(clock, () => this.#onWake());
    this.#connection = new Connection(options.factory, clock, {
      connected: () => this.#onConnected(),
      data: (bytes) => this.#onData(bytes),
      lost: (cause) => this.#onConnectionLost(cause),
    });
    this.#speed = new LineSpeed({
      setPort: (baud, done) => this.#connection.setBaud(baud, done),
      onBaud: (baud) => this.#onBaud(baud),
    });
    const lane = {
      line: this.#line,
      send: (message: HostMessage) => this.#send(message),
      pendingBytes: () => this.#connection.pendingBytes,
    };
    this.#commands = new CommandLane({ plan, boardClock: this.#boardClock, ...lane });
    this.#prover = options.provesLease === false ? undefined : this.#createProver();
    this.stream = new StreamChannel({
      ...lane,
      clock,
      wakeBy: (atMs) => this.#wake.wakeBy(atMs),
    });
    this.#report = new LinkReport({
      gate: this.#gate,
      receipts: this.#commands.receipts,
      baud: () => this.#speed.baud,
      attempts: () => this.#connection.attempts,
      stream: this.stream,
    });
    this.events$ = new Observable((subscriber) => this.#run(subscriber));
  }

  get roundTripMs(): number {
    return this.#commands.receipts.medianMs(this.#clock.now());
  }

  write(command: BoardCommand): void {
    if (this.#link !== 'stopped' && this.#link !== 'armed') {
      this.#report.commanded('dropped');
      return;
    }
    const now = this.#clock.now();
    const outcome = this.#commands.write(command, now);
    this.#report.commanded(outcome);
    // Only a timer: a lost link must not be reported into the middle of the cycle that writes.
    this.#wake.wakeBy(now + LINK_SILENCE_MS);
    this.stream.pump();
  }

  reopen(): void {
    if (this.#link !== 'tripped') return;
    this.#endSession();
    this.#setLink('connecting', undefined);
    this.#startHandshake();
  }

  stats(): LinkStats {
    return this.#report.stats(this.#ident, this.#clock.now());
  }

  figures(): LinkFigures {
    return this.#report.figures(this.#clock.now());
  }

  #createProver(): LeaseProver {
    return new LeaseProver({
      plan: this.#plan,
      write: (cycle, outputs) => {
        const now = this.#clock.now();
        const outcome = this.#commands.write({ cycle, arm: true, outputs }, now);
        this.#wake.wakeBy(now + LINK_SILENCE_MS);
        return outcome === 'sent';
      },
      ask: () => this.#send({ kind: 'get-pins', first: 0 }),
      wakeBy: (atMs) => this.#wake.wakeBy(atMs),
    });
  }

  #run(subscriber: Subscriber<BoardEvent>): () => void {
    if (this.#subscriber !== undefined) throw new TypeError(`events of board ${this.name}: share one subscription`);
    this.#subscriber = subscriber;
    this.#setLink('connecting', undefined);
    this.#connection.start();
    return () => this.#shutDown();
  }

  #shutDown(): void {
    this.#subscriber = undefined;
    if (this.#handshake.kind === 'open') this.#send({ kind: 'close' });
    this.#endSession();
    this.#isConnected = false;
    this.#connection.stop();
    this.#wake.stop();
    this.#link = 'down';
    this.#linkCause = undefined;
  }

  #send(message: HostMessage): void {
    const now = this.#clock.now();
    const bytes = this.#gate.encode(message, now);
    this.#sentAt = now;
    this.#line.sent(bytes.length, now);
    this.#report.frameSent(bytes.length, now);
    this.#connection.write(bytes);
  }

  #onConnected(): void {
    this.#isConnected = true;
    this.#connectedAt = this.#clock.now();
    this.#gate.resetLine();
    this.#speed.opened();
    this.#startHandshake();
  }

  #onBaud(baud: number): void {
    this.#line.baud = baud;
    this.#gate.resetLine();
  }

  #startHandshake(): void {
    const nonce = this.#options.random.nextUint32();
    // 0 stands for "no session" on the wire.
    const session = this.#options.random.nextUint32() || 1;
    this.#greetedAt = this.#clock.now();
    this.#boardClock.restart();
    this.#stepHandshake({ kind: 'start', nonce, session, baud: this.#speed.baud });
  }

  #onData(bytes: Uint8Array): void {
    this.#report.bytesReceived(bytes.length, this.#clock.now());
    if (this.#handshake.kind !== 'open') this.#stepHandshake({ kind: 'bytes' });
    const { foreignFrames, unknownFrames } = this.#gate;
    this.#gate.receive(bytes);
    if (this.#gate.foreignFrames !== foreignFrames) this.#stepHandshake({ kind: 'frame' });
    this.#onStrangeFrames(this.#gate.unknownFrames - unknownFrames, 'unknown frames');
  }

  /** Frames that are right by their checksum and mean nothing: something else speaks here, or does not understand us. */
  #onStrangeFrames(count: number, reason: string): void {
    this.#strangeFrames += count;
    if (this.#handshake.kind === 'open' && this.#strangeFrames >= STRANGE_FRAMES_MAX) this.#loseLink(reason);
  }

  #stepHandshake(event: HandshakeEvent): void {
    const before = this.#handshake;
    const { state, send, baud } = this.#refuseLoop(
      stepHandshake(this.#handshakePlan, before, event, this.#clock.now()),
    );
    this.#handshake = state;
    if (state.kind === 'opening' && before.kind !== 'opening') this.#openSession(state.ident, state.session);
    for (const message of send) this.#send(message);
    if (baud !== undefined) this.#speed.change(baud, (taken) => this.#stepHandshake({ kind: 'line', taken }));
    if (state.kind !== before.kind) this.#onHandshakeChange(state);
    const cause = 'fault' in state ? state.fault : undefined;
    if (cause !== undefined) this.#setLink('down', cause);
    if ('retryAt' in state) this.#wake.wakeBy(state.retryAt);
    if (cause !== undefined && this.#isElsewhere(state)) this.#leavePort();
  }

  /** Whether the board is to be looked for on another port: this one has another board, or none. */
  #isElsewhere(state: Handshake): boolean {
    const { seek } = this.#options;
    if (seek === undefined) return false;
    if (state.kind === 'refused') {
      const { what, found } = state.fault.detail;
      return what === 'uid' && seek.isElsewhere(String(found));
    }
    return this.#clock.now() - this.#connectedAt >= STRANGER_MS && seek.isElsewhere(undefined);
  }

  #leavePort(): void {
    this.#isConnected = false;
    this.#endSession();
    this.#connection.succeeded();
    this.#connection.restart();
  }

  /** A board that its watchdog resets again and again is refused where it has just said who it is. */
  #refuseLoop(step: HandshakeStep): HandshakeStep {
    const { state } = step;
    if (state.kind !== 'asking-pins' || this.#handshake.kind !== 'greeting') return step;
    const now = this.#clock.now();
    if (!this.#resets.isLooping(state.ident, now)) return step;
    const cause = fault(1012, { board: this.name, bootCount: state.ident.bootCount });
    return { state: { kind: 'refused', fault: cause, retryAt: now + REFUSED_REPEAT_MS }, send: [] };
  }

  #openSession(ident: IdentMessage, session: number): void {
    this.#strangeFrames = 0;
    this.#gate.openSession(session, parseUid(ident.uid) ?? new Uint8Array(8));
    this.#commands.reset();
    this.#report.board.rebase();
    this.#newestImageUs = Number.NEGATIVE_INFINITY;
  }

  #onHandshakeChange(state: Handshake): void {
    if (state.kind === 'asking-pins') {
      this.#rememberIdent(state.ident);
      this.#options.seek?.isElsewhere(state.ident.uid);
      this.#boardClock.sample(state.ident.boardTimeUs, this.#clock.now(), this.#greetedAt);
      // A board that was refused stays refused until all of its configuration is accepted and its lease is proven.
      if (this.#linkCause?.code !== 1003 && this.#linkCause?.code !== 1011 && this.#linkCause?.code !== 1013)
        this.#setLink('connecting', undefined);
      const failure = this.#prover?.failure;
      if (failure !== undefined) this.#stepHandshake({ kind: 'refuse', fault: failure });
    }
    if (state.kind === 'open') {
      this.#prover?.begin(this.#speed.baud);
      this.#report.sessionOpened();
      if (state.baud !== BOOT_BAUD) this.#options.log?.(`board ${this.name}: line at ${state.baud} baud`);
      this.#watch.heard(this.#clock.now());
      this.#superviseLink();
    }
  }

  #rememberIdent(ident: IdentMessage): void {
    const last = this.#ident;
    this.#ident = ident;
    this.#prover?.meet(ident);
    if (last === undefined || (last.uid === ident.uid && last.bootCount === ident.bootCount)) return;
    this.#report.rebooted();
    this.#boardClock.rebooted();
  }

  #onMessage(message: BoardMessage): void {
    if (!this.#isConnected) return;
    this.#report.messageReceived();
    if (this.#handshake.kind !== 'open') this.#stepHandshake({ kind: 'message', message });
    if (this.#handshake.kind !== 'open') return;
    if (message.kind === 'ident' || message.kind === 'pins') this.#prover?.answered();
    switch (message.kind) {
      case 'image':
      case 'edge':
        this.#watch.heard(this.#clock.now());
        this.#onImage(message);
        return;
      case 'refused':
        this.#onStrangeFrames(1, 'refused frames');
        return;
      case 'stream':
      case 'stream-ack':
        this.#watch.heard(this.#clock.now());
        this.stream.receive(message);
        return;
      default:
        return;
    }
  }

  #onImage(message: ImageMessage): void {
    const values = unpackBoardImage(this.#plan, message.image);
    const state = linkStateOf(message);
    if (values === undefined || state === undefined) {
      this.#loseLink(values === undefined ? 'image length' : `board state ${message.state}`);
      return;
    }
    const now = this.#clock.now();
    const isReceipt = state !== 'tripped';
    const writtenMs = isReceipt ? this.#commands.receipts.received(message.receiptCycle, now) : undefined;
    const boardTimeUs = this.#boardClock.sample(message.boardTimeUs, now, writtenMs);
    if (boardTimeUs < this.#newestImageUs) {
      // Sequence numbers come round again; time does not. What is older than what was heard is a repetition.
      this.#loseLink('board time went back');
      return;
    }
    this.#newestImageUs = boardTimeUs;
    this.#report.board.update(message);
    if (!isReceipt) this.#commands.receipts.reset();
    if (this.#prover?.isProven === false) {
      const { missedFrames } = this.#gate;
      const verdict = this.#prover.image({ message, values, boardTimeUs, missedFrames }, now);
      this.#onProof(verdict);
      if (verdict.kind !== 'blocked') return;
    } else {
      const stuck = this.#commands.readBack.image(message, values, boardTimeUs);
      if (stuck !== undefined) {
        this.#refuse(fault(1013, { board: this.name, ...stuck }));
        return;
      }
      // An output that was found stuck must have been right for a while before the board counts as usable again.
      if (this.#linkCause?.code === 1013 && !this.#commands.readBack.isGood(boardTimeUs)) return;
      this.#setLink(state, state === 'tripped' ? tripFault(this.#plan, message) : undefined);
    }
    const image: BoardImage = {
      receivedAt: now,
      boardTimeUs,
      receiptCycle: message.receiptCycle,
      inputs: values.inputs,
      outputs: values.outputs,
      armed: state === 'armed',
    };
    this.#subscriber?.next({ kind: message.kind, image });
    // The subscriber may have ended the session in its turn.
    if (this.#handshake.kind === 'open') this.stream.open();
  }

  #onProof(verdict: ProofVerdict): void {
    switch (verdict.kind) {
      case 'busy':
        if (this.#link === 'unproven') this.#setLink('connecting', undefined);
        return;
      case 'blocked':
        this.#setLink('unproven', undefined);
        return;
      case 'reopen':
        this.#endSession();
        if (verdict.proof !== undefined) this.#subscriber?.next({ kind: 'proof', proof: verdict.proof });
        this.#startHandshake();
        return;
      case 'refuse':
        this.#refuse(verdict.fault);
        return;
      default:
        verdict satisfies never;
    }
  }

  /** The last word: a board that is still armed goes safe by this. */
  #refuse(cause: Fault): void {
    this.#send({ kind: 'close' });
    this.#endSession();
    this.#stepHandshake({ kind: 'refuse', fault: cause });
  }

  #onWake(): void {
    if (!this.#isConnected) return;
    this.#stepHandshake({ kind: 'time' });
    const now = this.#clock.now();
    if (this.#handshake.kind === 'failed' && now >= this.#handshake.retryAt) this.#startHandshake();
    if (this.#handshake.kind === 'greeting' && this.#isPortSilent(this.#handshake.hasHeardBytes)) {
      this.#isConnected = false;
      this.#connection.restart();
      return;
    }
    if (this.#handshake.kind === 'open' && this.#prover?.isProven === false) this.#onProof(this.#prover.time(now));
    this.#superviseLink();
    this.stream.pump();
  }

  /** A port that never said a byte may be a stale one: USB adapters come back as another device. */
  #isPortSilent(hasHeardBytes: boolean): boolean {
    return !hasHeardBytes && this.#clock.now() - this.#connectedAt >= SILENT_PORT_MS;
  }

  #superviseLink(): void {
    if (this.#handshake.kind !== 'open') return;
    if (this.#clock.now() >= this.#speed.quietUntil(this.#sentAt)) this.#send(KEEP_ALIVE);
    this.#wake.wakeBy(this.#speed.quietUntil(this.#sentAt));
    const verdict = this.#watch.check(this.#clock.now(), this.#commands.receipts.oldestOpenMs);
    if (verdict.kind === 'alive') this.#wake.wakeBy(verdict.checkAt);
    else this.#loseLink(verdict.reason);
  }

  #loseLink(reason: string): void {
    this.#isConnected = false;
    this.#endSession();
    this.#connection.restart();
    this.#setLink('down', fault(1001, { board: this.name, reason }));
  }

  #onConnectionLost(cause: Fault | undefined): void {
    this.#isConnected = false;
    this.#endSession();
    this.#setLink('down', this.#connectionFault(cause));
  }

  #connectionFault(cause: Fault | undefined): Fault {
    if (cause === undefined) return fault(1001, { board: this.name, reason: 'closed' });
    return fault(cause.code, { board: this.name, ...cause.detail });
  }

  #endSession(): void {
    this.#handshake = { kind: 'failed', retryAt: Number.POSITIVE_INFINITY };
    this.#gate.closeSession();
    this.#commands.reset();
    this.stream.close();
  }

  #setLink(state: LinkState, cause: Fault | undefined): void {
    if (state === this.#link && isSameFault(cause, this.#linkCause)) return;
    this.#link = state;
    this.#linkCause = cause;
    if (state === 'stopped') this.#connection.succeeded();
    this.#subscriber?.next({ kind: 'link', state, cause });
  }
}
