// The board's side of the Johnny-Five reference: stock Firmata behind a pseudo-terminal, one input opened and timed.

import type { PseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { epochMs, type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { FirmataBoard } from '../support/firmata-board.ts';
import { Helper } from './child.ts';
import { BUTTON_PIN, BUTTON_RELAY_PIN, READ_PIN, READ_RELAY_PIN } from './five-pins.ts';
import { openTerminal } from './pty-board.ts';

const ANSWER_MS_MAX = 2_000;
/** The board model takes this long for everything, ms; here it is the line that takes its time. */
const MODEL_LATENCY_MS = 1;

const ROUTES = {
  button: { input: BUTTON_PIN, relay: BUTTON_RELAY_PIN },
  read: { input: READ_PIN, relay: READ_RELAY_PIN },
} as const;
export type FiveRoute = keyof typeof ROUTES;

/** Real time, but what is due within the latency of the model happens at once. */
function promptClock(): Clock {
  const now = (): MonotonicMs => monotonicMs(performance.now());
  return {
    now,
    wall: () => epochMs(Date.now()),
    schedule: (at, task) => {
      if (at <= now() + MODEL_LATENCY_MS) {
        task();
        return () => undefined;
      }
      const timer = setTimeout(task, at - now());
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

export class FivePeer {
  readonly #terminal: PseudoTerminal = openTerminal();
  readonly #board = new FirmataBoard(promptClock());
  #host: Helper | undefined;
  #onTaken: (at: number) => void = () => undefined;

  private constructor() {
    this.#board.listen({
      opened: () => undefined,
      data: (bytes) => this.#terminal.write(bytes),
      closed: () => undefined,
    });
    this.#board.connect();
    this.#terminal.onData((bytes) => {
      const at = performance.now();
      this.#board.write(bytes);
      this.#onTaken(at);
    });
  }

  static async start(): Promise<FivePeer> {
    const peer = new FivePeer();
    try {
      peer.#host = await Helper.start('./five-host.ts', { path: peer.#terminal.path });
    } catch (error) {
      peer.#terminal.close();
      throw error;
    }
    return peer;
  }

  /** Closes the input, waits for the relay, opens it. @returns time from the report to the relay's last byte, ms */
  async exchange(route: FiveRoute): Promise<number> {
    const { input, relay } = ROUTES[route];
    await this.#untilRelay(relay, 1, () => this.#board.setLevel(input, 1));
    return this.#untilRelay(relay, 0, () => this.#board.setLevel(input, 0));
  }

  async stop(): Promise<void> {
    await this.#host?.stop();
    this.#board.disconnect();
    this.#terminal.close();
  }

  #untilRelay(relay: number, level: 0 | 1, act: () => void): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Johnny-Five did not switch pin ${relay}`)), ANSWER_MS_MAX);
      let startedAt = 0;
      this.#onTaken = (at) => {
        if (this.#board.pin(relay).value !== level) return;
        this.#onTaken = () => undefined;
        clearTimeout(timer);
        resolve(at - startedAt);
      };
      startedAt = performance.now();
      act();
    });
  }
}
