// The link to one board as the control cycle and the catalogue see it: handshake, leases, receipts, reconnection.
import { Observable, type Subscriber } from 'rxjs';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { LinkFigures } from '../../src/core/cell-event.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import type { BoardCommand, BoardEvent, BoardPort } from '../../src/ports/board-port.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { BoardClock } from '../wire/board-clock.ts';
import { parseUid } from '../wire/frame.ts';
import type { Handshake } from '../wire/handshake.ts';
import { frameSizes, LineBudget } from '../wire/line-budget.ts';
import type { BoardMessage, HostMessage, IdentMessage, ImageMessage } from '../wire/messages.ts';
import { BOOT_BAUD } from '../wire/speeds.ts';
import { CommandLane } from './command-lane.ts';
import { Connection } from './connection.ts';
import { FrameGate } from './frame-gate.ts';
import { HandshakeDriver } from './handshake-driver.ts';
import { ImageIntake, type TakenImage } from './image-intake.ts';
import { LeaseProver, type ProofVerdict } from './lease-prover.ts';
import { KEEP_ALIVE, LineSpeed } from './line-speed.ts';
import { LinkEvents } from './link-events.ts';
import { LinkReport } from './link-report.ts';
import { tripFault } from './link-state.ts';
import type { LinkStats } from './link-stats.ts';
import { LINK_SILENCE_MS, LinkWatch } from './link-watch.ts';
import type { BoardSession, SessionOptions } from './session-options.ts';
import { StreamChannel } from './stream-channel.ts';
import { WakeTimer } from './wake-timer.ts';

/** Frames of one session that only a defect can have sent, or that the board refuses: with so many the link is lost. */
const STRANGE_FRAMES_MAX = 10;

/** What a board was refused for stands until it has shown that it fits. */
const REFUSALS: ReadonlySet<number | undefined> = new Set([1003, 1011, 1013]);

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
  #plan: BoardPlan;
  readonly #clock: Clock;
  readonly #handshake: HandshakeDriver;
  readonly #connection: Connection;
  readonly #gate: FrameGate;
  readonly #wake: WakeTimer;
  readonly #commands: CommandLane;
  readonly #events = new LinkEvents();
  readonly #watch = new LinkWatch();
  #strangeFrames = 0;
  readonly #line: LineBudget;
  readonly #speed: LineSpeed;
  readonly #report: LinkReport;
  readonly #intake: ImageIntake;
  readonly #boardClock = new BoardClock();
  readonly #prover: LeaseProver | undefined;
  #isConnected = false;
  /** When the board was first asked with the nonce in use. */
  #greetedAt = 0;
  #sentAt = 0;
  #ident: IdentMessage | undefined = undefined;

  constructor(options: SessionOptions) {
    const { plan, clock } = options;
    this.#options = options;
    this.#plan = plan;
    this.#clock = clock;
    this.name = plan.board.name;
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
    this.#intake = new ImageIntake({
      plan,
      boardClock: this.#boardClock,
      commands: this.#commands,
      counters: this.#report.board,
    });
    this.#handshake = this.#createHandshake();
    this.events$ = new Observable((subscriber) => this.#run(subscriber));
  }

  get roundTripMs(): number {
    return this.#commands.receipts.medianMs(this.#clock.now());
  }

  write(command: BoardCommand): void {
    if (this.#events.state !== 'stopped' && this.#events.state !== 'armed') {
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
    if (this.#events.state !== 'tripped') return;
    this.#endSession();
    this.#events.set('connecting', undefined);
    this.#startHandshake();
  }

  configure(plan: BoardPlan): void {
    if (JSON.stringify(plan) === JSON.stringify(this.#plan)) return;
    this.#plan = plan;
    const isUnderWay = this.#handshake.configure(plan);
    if (!this.#isConnected || !isUnderWay) return;
    this.#endSession();
    this.#events.set('connecting', undefined);
    this.#startHandshake();
  }

  stats(): LinkStats {
    return this.#report.stats(this.#ident, this.#clock.now());
  }

  figures(): LinkFigures {
    return this.#report.figures(this.#clock.now());
  }

  #createHandshake(): HandshakeDriver {
    const { plan, clock, random, seek } = this.#options;
    return new HandshakeDriver({
      plan,
      clock,
      random,
      seek,
      listener: {
        opening: (ident, session) => this.#openSession(ident, session),
        send: (message) => this.#send(message),
        changeSpeed: (baud, done) => this.#speed.change(baud, done),
        changed: (state) => this.#onHandshakeChange(state),
        down: (cause) => this.#events.set('down', cause),
        wakeBy: (atMs) => this.#wake.wakeBy(atMs),
        leavePort: () => this.#leavePort(),
      },
    });
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
    if (this.#events.isHeard) throw new TypeError(`events of board ${this.name}: share one subscription`);
    this.#events.begin(subscriber);
    this.#events.set('connecting', undefined);
    this.#connection.start();
    return () => this.#shutDown();
  }

  #shutDown(): void {
    this.#events.end();
    if (this.#handshake.isOpen) this.#send({ kind: 'close' });
    this.#endSession();
    this.#isConnected = false;
    this.#connection.stop();
    this.#wake.stop();
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
    this.#handshake.connected();
    this.#gate.resetLine();
    this.#speed.opened();
    this.#startHandshake();
  }

  #onBaud(baud: number): void {
    this.#line.baud = baud;
    this.#gate.resetLine();
  }

  #startHandshake(): void {
    this.#greetedAt = this.#clock.now();
    this.#boardClock.restart();
    this.#handshake.start(this.#speed.baud);
  }

  #onData(bytes: Uint8Array): void {
    this.#report.bytesReceived(bytes.length, this.#clock.now());
    if (!this.#handshake.isOpen) this.#handshake.step({ kind: 'bytes' });
    const { foreignFrames, unknownFrames } = this.#gate;
    this.#gate.receive(bytes);
    if (this.#gate.foreignFrames !== foreignFrames) this.#handshake.step({ kind: 'frame' });
    this.#onStrangeFrames(this.#gate.unknownFrames - unknownFrames, 'unknown frames');
  }

  /** Frames that are right by their checksum and mean nothing: something else speaks here, or does not understand us. */
  #onStrangeFrames(count: number, reason: string): void {
    this.#strangeFrames += count;
    if (this.#handshake.isOpen && this.#strangeFrames >= STRANGE_FRAMES_MAX) this.#loseLink(reason);
  }

  #leavePort(): void {
    this.#isConnected = false;
    this.#endSession();
    this.#connection.succeeded();
    this.#connection.restart();
  }

  #openSession(ident: IdentMessage, session: number): void {
    this.#strangeFrames = 0;
    this.#gate.openSession(session, parseUid(ident.uid) ?? new Uint8Array(8));
    this.#commands.reset();
    this.#intake.reset();
  }

  #onHandshakeChange(state: Handshake): void {
    if (state.kind === 'asking-pins') {
      const exchange = this.#exchangeBy(state.ident);
      this.#rememberIdent(state.ident);
      this.#options.seek?.isElsewhere(state.ident.uid);
      this.#options.met?.(state.ident.uid);
      this.#boardClock.sample(state.ident.boardTimeUs, this.#clock.now(), this.#greetedAt);
      // A board that was refused stays refused until all of its configuration is accepted and its lease is proven.
      if (!this.#handshake.isUnfinished && !REFUSALS.has(this.#events.cause?.code))
        this.#events.set('connecting', undefined);
      const failure = exchange ?? this.#prover?.failure;
      if (failure !== undefined) this.#handshake.step({ kind: 'refuse', fault: failure });
    }
    if (state.kind === 'open') {
      this.#prover?.begin(this.#plan, this.#speed.baud);
      this.#report.sessionOpened();
      if (state.baud !== BOOT_BAUD) this.#options.log?.(`board ${this.name}: line at ${state.baud} baud`);
      this.#watch.heard(this.#clock.now());
      this.#superviseLink();
    }
  }

  /**
   * Without a UID in the plan another board of the kind fits. It is refused once, so that whoever resets the cell knows of it and of
   * what is wired to it; when it answers again it is the board that is known.
   */
  #exchangeBy({ uid }: IdentMessage): Fault | undefined {
    const before = this.#ident?.uid;
    if (before === undefined || before === uid || this.#plan.board.uid !== undefined) return undefined;
    return fault(1003, { board: this.name, what: 'exchanged', expected: before, found: uid });
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
    if (!this.#handshake.isOpen) this.#handshake.step({ kind: 'message', message });
    if (!this.#handshake.isOpen) return;
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
    const now = this.#clock.now();
    const taken = this.#intake.take(message, now);
    if (taken.kind === 'lost') this.#loseLink(taken.reason);
    else if (this.#prover?.isProven === false) {
      const { values, boardTimeUs } = taken;
      const { missedFrames } = this.#gate;
      const verdict = this.#prover.image({ message, values, boardTimeUs, missedFrames }, now);
      this.#onProof(verdict);
      if (verdict.kind === 'blocked') this.#show(message, taken);
    } else this.#judge(message, taken);
  }

  #judge(message: ImageMessage, taken: TakenImage): void {
    const stuck = this.#intake.stuckOutput(message, taken);
    if (stuck !== undefined) {
      this.#refuse(fault(1013, { board: this.name, ...stuck }));
      return;
    }
    // An output that was found stuck must have been right for a while before the board counts as usable again.
    if (this.#events.cause?.code === 1013 && !this.#commands.readBack.isGood(taken.boardTimeUs)) return;
    this.#events.set(taken.state, taken.state === 'tripped' ? tripFault(this.#plan, message) : undefined);
    this.#show(message, taken);
  }

  #show({ kind }: ImageMessage, { image }: TakenImage): void {
    this.#events.tell({ kind, image });
    // The subscriber may have ended the session in its turn.
    if (this.#handshake.isOpen) this.stream.open();
  }

  #onProof(verdict: ProofVerdict): void {
    switch (verdict.kind) {
      case 'busy':
        if (this.#events.state === 'unproven') this.#events.set('connecting', undefined);
        return;
      case 'blocked':
        this.#events.set('unproven', undefined);
        return;
      case 'reopen':
        this.#endSession();
        if (verdict.proof !== undefined) this.#events.tell({ kind: 'proof', proof: verdict.proof });
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
    this.#handshake.step({ kind: 'refuse', fault: cause });
  }

  #onWake(): void {
    if (!this.#isConnected) return;
    this.#handshake.step({ kind: 'time' });
    const now = this.#clock.now();
    if (this.#handshake.isRetryDue) this.#startHandshake();
    if (this.#handshake.isPortSilent) {
      this.#isConnected = false;
      this.#connection.restart();
      return;
    }
    if (this.#handshake.isOpen && this.#prover?.isProven === false) this.#onProof(this.#prover.time(now));
    this.#superviseLink();
    this.stream.pump();
  }

  #superviseLink(): void {
    if (!this.#handshake.isOpen) return;
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
    this.#events.set('down', fault(1001, { board: this.name, reason }));
  }

  #onConnectionLost(cause: Fault | undefined): void {
    this.#isConnected = false;
    this.#endSession();
    this.#events.set('down', this.#connectionFault(cause));
  }

  #connectionFault(cause: Fault | undefined): Fault {
    if (cause === undefined) return fault(1001, { board: this.name, reason: 'closed' });
    return fault(cause.code, { board: this.name, ...cause.detail });
  }

  #endSession(): void {
    this.#handshake.end();
    this.#gate.closeSession();
    this.#commands.reset();
    this.stream.close();
  }
}
