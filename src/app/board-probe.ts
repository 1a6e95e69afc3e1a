// Asks what is on a port by HELLO, which a board answers in every state and which changes nothing on it.
// Opening the port itself restarts an Arduino with automatic reset: never do it while a cell runs on it.
import { decodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { WIRE_VERSION } from '../../firmware-bridge/wire/codes.ts';
import { encodeFrame, type Frame } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { encodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import type { IdentMessage } from '../../firmware-bridge/wire/messages.ts';
import { type Fault, fault } from '../core/faults.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { RandomSource } from '../ports/random-source.ts';
import type { Transport, TransportFactory } from '../ports/transport.ts';

/** The board's dictionary, as it answers a HELLO. */
export type BoardIdentity = IdentMessage;

/** Between two HELLOs while nothing has answered yet, ms: a bootloader may still be listening instead of the firmware. */
const FIRST_REPEAT_MS = 250;
/** Without any answer for this long there is none, ms: longer than a bootloader waits (2 s) and a board takes to start. */
const FIRST_ANSWER_MS = 5_000;
/** An exchange that is not answered by then is lost, ms. */
const EXCHANGE_MS = 250;

const NO_UID = new Uint8Array(8);

export interface ProbeOptions {
  readonly factory: TransportFactory;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** HELLO exchanges to time after the first, 0 or more. */
  readonly exchanges: number;
  /** How long to wait for the first answer, ms. @defaultValue 5000 */
  readonly firstAnswerMs?: number;
}

export type ProbeOutcome =
  | {
      readonly kind: 'answered';
      readonly ident: BoardIdentity;
      /** Of each exchange that was answered, ms. */
      readonly roundTripsMs: readonly number[];
      readonly lost: number;
      /** Frames from the board that arrived damaged, after its first answer. */
      readonly damaged: number;
    }
  /** 1006 not opened, 1001 lost, 1004 something else speaks there, 1005 silence. */
  | { readonly kind: 'failed'; readonly fault: Fault };

/** Opens the port, asks, and closes it again. Never rejects. */
export function probeBoard(options: ProbeOptions): Promise<ProbeOutcome> {
  return new Promise((resolve) => new Probe(options, resolve).start());
}

class Probe {
  readonly #options: ProbeOptions;
  readonly #resolve: (outcome: ProbeOutcome) => void;
  readonly #transport: Transport;
  readonly #decoder = new FrameDecoder((frame) => this.#onFrame(frame));
  #cancelTimer: () => void = () => undefined;
  #outcome: ProbeOutcome | undefined = undefined;
  #ident: BoardIdentity | undefined = undefined;
  #nonce = 0;
  #openedAt = 0;
  #askedAt = 0;
  #hasHeardBytes = false;
  #damagedBefore = 0;
  #lost = 0;
  readonly #roundTripsMs: number[] = [];

  constructor(options: ProbeOptions, resolve: (outcome: ProbeOutcome) => void) {
    this.#options = options;
    this.#resolve = resolve;
    this.#transport = options.factory();
  }

  start(): void {
    this.#transport.open({
      opened: () => {
        this.#openedAt = this.#options.clock.now();
        this.#nonce = this.#options.random.nextUint32();
        this.#ask();
      },
      data: (bytes) => {
        this.#hasHeardBytes ||= bytes.length > 0;
        this.#decoder.push(bytes);
      },
      closed: (cause) => {
        this.#cancelTimer();
        this.#resolve(this.#outcome ?? { kind: 'failed', fault: cause ?? fault(1001, { reason: 'closed' }) });
      },
    });
  }

  #ask(): void {
    const { clock, random } = this.#options;
    const isFirst = this.#ident === undefined;
    // Until the first answer every HELLO carries the same nonce: an answer to any of them is one.
    if (!isFirst) this.#nonce = random.nextUint32();
    const { type, payload } = encodeHostMessage({ kind: 'hello', wireVersion: WIRE_VERSION, nonce: this.#nonce });
    this.#askedAt = clock.now();
    this.#transport.write(encodeFrame({ type, payload, seq: 0, session: 0 }, NO_UID, true));
    const waitMs = isFirst ? FIRST_REPEAT_MS : EXCHANGE_MS;
    this.#cancelTimer = clock.schedule(monotonicMs(this.#askedAt + waitMs), () => this.#unanswered());
  }

  #unanswered(): void {
    if (this.#ident !== undefined) {
      this.#lost += 1;
      this.#goOn(this.#ident);
      return;
    }
    const { clock, firstAnswerMs } = this.#options;
    if (clock.now() - this.#openedAt < (firstAnswerMs ?? FIRST_ANSWER_MS)) this.#ask();
    else this.#end({ kind: 'failed', fault: fault(this.#hasHeardBytes ? 1004 : 1005) });
  }

  #onFrame(frame: Frame): void {
    const message = decodeBoardMessage(frame);
    if (this.#outcome !== undefined || message?.kind !== 'ident' || message.nonce !== this.#nonce) return;
    this.#cancelTimer();
    if (this.#ident === undefined) this.#damagedBefore = this.#damaged();
    else this.#roundTripsMs.push(this.#options.clock.now() - this.#askedAt);
    this.#ident = message;
    this.#goOn(message);
  }

  #goOn(ident: BoardIdentity): void {
    if (this.#roundTripsMs.length + this.#lost < this.#options.exchanges) {
      this.#ask();
      return;
    }
    const damaged = this.#damaged() - this.#damagedBefore;
    this.#end({ kind: 'answered', ident, roundTripsMs: this.#roundTripsMs, lost: this.#lost, damaged });
  }

  /** A board whose session was left without us sends frames that only its UID makes right: those are no damage. */
  #damaged(): number {
    const { cobs, 'too-long': tooLong, 'too-short': tooShort } = this.#decoder.drops;
    return cobs + tooLong + tooShort;
  }

  #end(outcome: ProbeOutcome): void {
    this.#outcome = outcome;
    this.#transport.close();
  }
}
