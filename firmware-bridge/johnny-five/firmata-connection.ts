// One connection to a stock Firmata board, from the opening of its port to its end, and the watch over it: polling tells
// that the board still runs its program, and the echo of its pins that it has forgotten and misheard nothing.
import type { Fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transport } from '../../src/ports/transport.ts';
import {
  isAsExpected,
  PinEcho,
  type PinExpectation,
  type PinStateEcho,
  pinStateEcho,
  pinStateQuery,
  queriedPin,
} from './firmata-echo.ts';
import { COMMAND, type FirmataMessage, FirmataReader, PIN_MODE } from './firmata-messages.ts';

/** Why a connection ended. */
export type FirmataLoss =
  /** The port could not be opened or was lost; `cause` is undefined where the system gave none. */
  | { readonly reason: 'port'; readonly cause: Fault | undefined }
  /** No answer to a query for 400 ms. */
  | { readonly reason: 'silent' }
  /** The board has forgotten its settings: its supply broke down, it was reset, or line noise said so (a single 0xFF). */
  | { readonly reason: 'restarted' }
  /** A pin is not what the host made it, or does something else: a message was misheard. */
  | { readonly reason: 'altered'; readonly pin: number };

/** Hears of one connection. */
export interface ConnectionListener {
  opened(): void;
  /** Whole messages, without the echoes that the watch has asked for. */
  data(bytes: Uint8Array): void;
  echoed(roundTripMs: number): void;
  /** Last, and once; not after `close`. */
  lost(loss: FirmataLoss): void;
}

/** Between two rounds of queries, ms. */
const POLL_MS = 100;
/** Without an answer for this long the board is lost, ms: four queries, each lost or unheard. */
const SILENT_MS = 400;
/**
 * Without a watch for this long the board does not speak Firmata, ms: a stock Uno that starts when its port is opened takes
 * some 3 s (boot loader and the blinking of its version).
 */
const ANSWER_MS = 4500;
/** Wrong answers in a row that end the connection: a single one may have been damaged on the line. */
const WRONG_MAX = 2;
/** Asked where there is neither a witness nor a pin in use: that a board answers is news too. */
const ANY_PIN = 0;

interface Query {
  readonly pin: number;
  readonly askedAt: number;
  /** Undefined: Johnny-Five has asked, and gets the answer. */
  readonly expected: PinExpectation | 'anything' | undefined;
}

export class FirmataConnection {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #listener: ConnectionListener;
  readonly #fromBoard = new FirmataReader('board');
  readonly #fromHost = new FirmataReader('host');
  readonly #echo = new PinEcho();
  #state: 'opening' | 'open' | 'ended' = 'opening';
  #queries: Query[] = [];
  #witness: number | undefined = undefined;
  #turn = 0;
  #suspect: { readonly pin: number; readonly wrong: number } | undefined = undefined;
  #heardAt = 0;
  #isWatched = false;
  #cancelPoll: (() => void) | undefined = undefined;

  constructor(transport: Transport, clock: Clock, listener: ConnectionListener) {
    this.#transport = transport;
    this.#clock = clock;
    this.#listener = listener;
  }

  open(): void {
    this.#transport.open({
      opened: () => {
        if (this.#state !== 'opening') return;
        this.#state = 'open';
        this.#send([COMMAND.systemReset]);
        this.#cancelPoll = this.#clock.schedule(monotonicMs(this.#clock.now() + ANSWER_MS), () =>
          this.#end({ reason: 'silent' }),
        );
        this.#listener.opened();
      },
      data: (bytes) => this.#receive(bytes),
      closed: (cause) => this.#end({ reason: 'port', cause }),
    });
  }

  /** Whole messages go to the board; the beginning of one waits for its end. Dropped while the port is not open. */
  write(bytes: Uint8Array): void {
    if (this.#state !== 'open') return;
    for (const message of this.#fromHost.push(bytes)) {
      const pin = queriedPin(message);
      if (pin !== undefined) this.#queries.push({ pin, askedAt: this.#clock.now(), expected: undefined });
      this.#send(this.#echo.sent(message));
    }
  }

  watch(witness: number | undefined): void {
    if (this.#state !== 'open' || this.#isWatched) return;
    this.#isWatched = true;
    this.#cancelPoll?.();
    this.#witness = witness;
    if (witness !== undefined) this.#send(this.#echo.sent([COMMAND.setPinMode, witness, PIN_MODE.input]));
    this.#heardAt = this.#clock.now();
    this.#poll();
  }

  pullUp(pin: number): void {
    this.#echo.pullUp(pin);
  }

  close(): void {
    this.#state = 'ended';
    this.#cancelPoll?.();
    this.#transport.close();
  }

  /** A sysex message whose end was lost would swallow everything up to the next end: here is one. It does nothing else. */
  #send(message: FirmataMessage): void {
    this.#transport.write(Uint8Array.of(COMMAND.endSysex, ...message));
  }

  #receive(bytes: Uint8Array): void {
    if (this.#state !== 'open') return;
    const rest: number[] = [];
    for (const message of this.#fromBoard.push(bytes)) {
      if (!this.#takeEcho(message)) rest.push(...message);
      if (this.#hasEnded()) return;
    }
    if (rest.length > 0) this.#listener.data(Uint8Array.from(rest));
  }

  #hasEnded(): boolean {
    return this.#state === 'ended';
  }

  /** @returns true when nobody else has asked for it */
  #takeEcho(message: FirmataMessage): boolean {
    const echo = pinStateEcho(message);
    const at = echo === undefined ? -1 : this.#queries.findIndex(({ pin }) => pin === echo.pin);
    const query = this.#queries[at];
    if (echo === undefined || query === undefined) return false;
    // Answers come in the order of the queries: those before were lost.
    this.#queries.splice(0, at + 1);
    const { expected, askedAt } = query;
    if (expected === undefined) return false;
    this.#heardAt = this.#clock.now();
    if (expected === 'anything' || isAsExpected(echo, expected)) this.#confirm(echo.pin, askedAt);
    else this.#doubt(echo, expected);
    return true;
  }

  #confirm(pin: number, askedAt: number): void {
    if (this.#suspect?.pin === pin) this.#suspect = undefined;
    this.#listener.echoed(this.#clock.now() - askedAt);
  }

  #doubt({ pin, mode }: PinStateEcho, expected: PinExpectation): void {
    const wrong = this.#suspect?.pin === pin ? this.#suspect.wrong + 1 : 1;
    // A board that was reset has other pins wrong too: the witness explains them.
    const isExplained = pin !== this.#witness && this.#suspect !== undefined && this.#suspect.pin === this.#witness;
    if (isExplained) return;
    if (wrong < WRONG_MAX) this.#suspect = { pin, wrong };
    else this.#end(mode === expected.mode ? { reason: 'altered', pin } : { reason: 'restarted' });
  }

  #poll(): void {
    const now = this.#clock.now();
    if (now - this.#heardAt >= SILENT_MS) {
      this.#end({ reason: 'silent' });
      return;
    }
    for (const pin of this.#round()) this.#ask(pin);
    this.#cancelPoll = this.#clock.schedule(monotonicMs(now + POLL_MS), () => this.#poll());
  }

  /** The witness each time; of the other pins one, in turn, or the one that has just been wrong. */
  #round(): readonly number[] {
    const witness = this.#witness === undefined ? [] : [this.#witness];
    const others = this.#echo.pins.filter((pin) => pin !== this.#witness);
    const doubted = others.find((pin) => pin === this.#suspect?.pin);
    const next = doubted ?? others[this.#turn % Math.max(1, others.length)];
    this.#turn += 1;
    if (next !== undefined) return [...witness, next];
    return witness.length > 0 ? witness : [ANY_PIN];
  }

  #ask(pin: number): void {
    const expected = this.#echo.expected(pin) ?? 'anything';
    this.#queries.push({ pin, askedAt: this.#clock.now(), expected });
    this.#send(pinStateQuery(pin));
  }

  #end(loss: FirmataLoss): void {
    if (this.#state === 'ended') return;
    this.close();
    this.#listener.lost(loss);
  }
}
