// A serial line in memory: two ends, one clock, each byte takes its time at the line's baud rate. Deterministic.
import type { Fault } from '../../src/core/faults.ts';
import { fault } from '../../src/core/faults.ts';
import { type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transport, TransportFactory, TransportListener } from '../../src/ports/transport.ts';

type LineDirection = 'to-board' | 'to-host';

/** What arrives instead of one piece of the line: nothing, the piece, several, each later by `delayMs`. */
export type Disturbance = (
  direction: LineDirection,
  piece: Uint8Array,
) => readonly { readonly bytes: Uint8Array; readonly delayMs: number }[];

export interface LoopbackOptions {
  readonly clock: Clock;
  /** Bits per second of a port that was just opened, 8N1: a byte takes 10 bits. Infinite: bytes take no time, at any speed. */
  readonly baud: number;
  /** False where the board takes its time for each byte by itself. @defaultValue true */
  readonly isPaced?: boolean;
  /** Line faults; called once per piece (bytes up to and with a zero). @defaultValue none */
  readonly disturb?: Disturbance;
}

export interface Loopback {
  /** Transports for the host's end; one may be open at a time, as with a locked serial port. */
  readonly host: TransportFactory;
  readonly board: {
    /** One receiver at a time; called with the bytes of one write, cut behind each zero, when the last has arrived. */
    onData(receive: (bytes: Uint8Array) => void): void;
    write(bytes: Uint8Array): void;
    /** Speed of the host's port now, bits per second. */
    readonly hostBaud: number;
  };
  /** Loses all bytes from now on, those under way too; nobody is told. @defaultValue direction both */
  cut(direction?: LineDirection): void;
  /** As when the cable is pulled and the system notices: the open transport closes, none opens until `restore`. */
  unplug(): void;
  /** Ends `cut` and `unplug`. */
  restore(): void;
}

export function createLoopback(options: LoopbackOptions): Loopback {
  return new MemoryLine(options);
}

interface Arrival {
  readonly at: MonotonicMs;
  readonly bytes: Uint8Array;
}

/** One direction: a queue in which each byte waits for the one before, whatever the order in which timers fire. */
class LineHalf {
  isCut = false;
  baud: number;
  receive: ((bytes: Uint8Array) => void) | undefined = undefined;
  readonly #options: LoopbackOptions;
  readonly #direction: LineDirection;
  #underWay: Arrival[] = [];
  #cancelNext: (() => void) | undefined = undefined;
  #freeAt = 0;
  #lastArrivalAt = 0;

  constructor(options: LoopbackOptions, direction: LineDirection) {
    this.#options = options;
    this.baud = options.baud;
    this.#direction = direction;
  }

  /** Frames end with a zero: cutting there lets each arrive at its own time. Zeros in front belong to what follows. */
  write(bytes: Uint8Array): void {
    let from = 0;
    for (let at = 1; at < bytes.length; at += 1) {
      if (bytes[at] !== 0 || bytes[at - 1] === 0) continue;
      this.#send(bytes.slice(from, at + 1));
      from = at + 1;
    }
    if (from < bytes.length) this.#send(bytes.slice(from));
  }

  dropUnderWay(): void {
    this.#cancelNext?.();
    this.#cancelNext = undefined;
    this.#underWay = [];
    this.#freeAt = 0;
    this.#lastArrivalAt = 0;
  }

  /** @param piece not used by anybody else */
  #send(piece: Uint8Array): void {
    const { clock, disturb, isPaced } = this.#options;
    const durationMs = isPaced === false ? 0 : (piece.length * 10_000) / this.baud;
    this.#freeAt = Math.max(this.#freeAt, clock.now()) + durationMs;
    if (this.isCut) return;
    if (disturb === undefined) this.#arrive(piece, 0);
    else for (const { bytes, delayMs } of disturb(this.#direction, piece)) this.#arrive(bytes.slice(), delayMs);
    this.#scheduleNext();
  }

  #arrive(bytes: Uint8Array, delayMs: number): void {
    this.#lastArrivalAt = Math.max(this.#freeAt + delayMs, this.#lastArrivalAt);
    this.#underWay.push({ at: monotonicMs(this.#lastArrivalAt), bytes });
  }

  #scheduleNext(): void {
    const next = this.#underWay[0];
    if (next === undefined || this.#cancelNext !== undefined) return;
    this.#cancelNext = this.#options.clock.schedule(next.at, () => {
      this.#cancelNext = undefined;
      this.#underWay.shift();
      this.#scheduleNext();
      this.receive?.(next.bytes);
    });
  }
}

class MemoryLine implements Loopback {
  readonly toBoard: LineHalf;
  readonly toHost: LineHalf;
  readonly clock: Clock;
  readonly host: TransportFactory = () => new LoopbackTransport(this);
  readonly board: Loopback['board'];
  readonly #bootBaud: number;
  isPlugged = true;
  open: LoopbackTransport | undefined = undefined;

  constructor(options: LoopbackOptions) {
    this.clock = options.clock;
    this.toBoard = new LineHalf(options, 'to-board');
    this.toHost = new LineHalf(options, 'to-host');
    this.toHost.receive = (bytes) => this.open?.deliver(bytes);
    this.#bootBaud = options.baud;
    const { toBoard } = this;
    this.board = {
      get hostBaud() {
        return toBoard.baud;
      },
      onData: (receive) => {
        this.toBoard.receive = receive;
      },
      write: (bytes) => {
        this.toHost.write(bytes);
      },
    };
  }

  /** As a port has it that was just opened, unless told otherwise. */
  setBaud(baud = this.#bootBaud): void {
    this.toBoard.baud = baud;
    this.toHost.baud = baud;
  }

  cut(direction?: LineDirection): void {
    if (direction !== 'to-host') cutHalf(this.toBoard);
    if (direction !== 'to-board') cutHalf(this.toHost);
  }

  unplug(): void {
    this.isPlugged = false;
    this.cut();
    this.open?.end(fault(1001, { path: 'loopback', reason: 'unplugged' }));
  }

  restore(): void {
    this.isPlugged = true;
    this.toBoard.isCut = false;
    this.toHost.isCut = false;
  }
}

function cutHalf(half: LineHalf): void {
  half.isCut = true;
  half.dropUnderWay();
}

class LoopbackTransport implements Transport {
  readonly pendingBytes = 0;
  readonly #line: MemoryLine;
  #listener: TransportListener | undefined = undefined;
  #state: 'new' | 'opening' | 'open' | 'closed' = 'new';

  constructor(line: MemoryLine) {
    this.#line = line;
  }

  open(listener: TransportListener): void {
    if (this.#state !== 'new') return;
    this.#state = 'opening';
    this.#listener = listener;
    this.#nextTurn(() => this.#finishOpen());
  }

  write(bytes: Uint8Array): void {
    if (this.#state === 'open') this.#line.toBoard.write(bytes);
  }

  setBaud(baud: number, done: (taken: boolean) => void): void {
    const isOpen = this.#state === 'open';
    if (isOpen && Number.isFinite(this.#line.toBoard.baud)) this.#line.setBaud(baud);
    this.#nextTurn(() => done(isOpen));
  }

  close(): void {
    if (this.#state === 'new') this.#state = 'closed';
    this.end(undefined);
  }

  deliver(bytes: Uint8Array): void {
    if (this.#state === 'open') this.#listener?.data(bytes);
  }

  /** Ends the connection; the listener hears of it in the next turn. */
  end(cause: Fault | undefined): void {
    if (this.#state === 'new' || this.#state === 'closed') return;
    this.#state = 'closed';
    if (this.#line.open === this) this.#line.open = undefined;
    this.#nextTurn(() => this.#listener?.closed(cause));
  }

  #finishOpen(): void {
    if (this.#state !== 'opening') return;
    const reason = this.#line.isPlugged ? this.#line.open && 'in use' : 'unplugged';
    if (reason !== undefined) {
      this.end(fault(1006, { path: 'loopback', reason }));
      return;
    }
    this.#state = 'open';
    this.#line.open = this;
    this.#line.setBaud();
    this.#listener?.opened();
  }

  #nextTurn(task: () => void): void {
    this.#line.clock.schedule(this.#line.clock.now(), task);
  }
}
