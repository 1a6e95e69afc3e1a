// The host's end of the line's speed: what it is, how it is changed, and what keeps the board at it.

import { WIRE_VERSION } from '../wire/codes.ts';
import type { HostMessage } from '../wire/messages.ts';
import { BOOT_BAUD } from '../wire/speeds.ts';

/** A board that hears nothing for 200 ms goes back to the speed of its boot: a quiet host says something before, ms. */
const QUIET_MS_MAX = 80;

/** What the speed is changed by. */
export interface LineSpeedOptions {
  /** Gives the port a speed; `done` hears in a later turn whether it took it. */
  readonly setPort: (baud: number, done: (taken: boolean) => void) => void;
  /** The line runs at `baud` from now on. */
  readonly onBaud: (baud: number) => void;
}

export class LineSpeed {
  readonly #options: LineSpeedOptions;
  #baud: number = BOOT_BAUD;

  constructor(options: LineSpeedOptions) {
    this.#options = options;
  }

  /** Bits per second. */
  get baud(): number {
    return this.#baud;
  }

  /** A port was opened: it is at the speed of a board's boot. */
  opened(): void {
    this.#set(BOOT_BAUD);
  }

  /** @param done hears in a later turn whether the port took it */
  change(baud: number, done: (taken: boolean) => void): void {
    this.#options.setPort(baud, (taken) => {
      if (taken) this.#set(baud);
      done(taken);
    });
  }

  /** When something must be said at the latest so that the board stays at this speed, ms. */
  quietUntil(lastSentMs: number): number {
    return this.#baud === BOOT_BAUD ? Number.POSITIVE_INFINITY : lastSentMs + QUIET_MS_MAX;
  }

  #set(baud: number): void {
    this.#baud = baud;
    this.#options.onBaud(baud);
  }
}

/** What is said when there is nothing to say: it changes nothing, and its answer means nothing in a session. */
export const KEEP_ALIVE: HostMessage = { kind: 'hello', wireVersion: WIRE_VERSION, nonce: 0 };
