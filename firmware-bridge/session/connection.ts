// Keeps a transport open: opens, closes, opens again with back-off. Knows nothing of what is said over it.
import type { Fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transport, TransportFactory } from '../../src/ports/transport.ts';

/** Pause before the next attempt: doubles from the first to the longest, ms. */
const BACK_OFF_MS = { first: 100, longest: 2000 } as const;

/** Hears of one transport after another: `connected`, `data`, `lost`, and again. */
export interface ConnectionListener {
  connected(): void;
  data(bytes: Uint8Array): void;
  /** The transport ended by itself or did not open. The next attempt is scheduled already. */
  lost(cause: Fault | undefined): void;
}

/**
 * Opens transports one at a time until it is closed. Failures come to the listener as faults 1001 or 1006, never as exceptions.
 */
export class Connection {
  readonly #factory: TransportFactory;
  readonly #clock: Clock;
  readonly #listener: ConnectionListener;
  #transport: Transport | undefined = undefined;
  #cancelAttempt: (() => void) | undefined = undefined;
  #backOffMs: number = BACK_OFF_MS.first;
  #attempts = 0;

  constructor(factory: TransportFactory, clock: Clock, listener: ConnectionListener) {
    this.#factory = factory;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Attempts to connect so far. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Bytes that the operating system has not accepted. */
  get pendingBytes(): number {
    return this.#transport?.pendingBytes ?? 0;
  }

  start(): void {
    this.#attempt();
  }

  /** The link works: the next loss is answered without delay again. */
  succeeded(): void {
    this.#backOffMs = BACK_OFF_MS.first;
  }

  write(bytes: Uint8Array): void {
    this.#transport?.write(bytes);
  }

  /** Changes the speed of the line. @param done hears in a later turn whether the port took it, while it stays the same port */
  setBaud(baud: number, done: (taken: boolean) => void): void {
    const transport = this.#transport;
    const tell = (taken: boolean): void => {
      if (transport !== undefined && this.#transport === transport) done(taken);
    };
    if (transport?.setBaud === undefined) this.#clock.schedule(this.#clock.now(), () => tell(false));
    else transport.setBaud(baud, tell);
  }

  /** Closes and connects again after the pause. */
  restart(): void {
    this.#closeTransport();
    this.#scheduleAttempt();
  }

  stop(): void {
    this.#cancelAttempt?.();
    this.#cancelAttempt = undefined;
    this.#closeTransport();
    this.#backOffMs = BACK_OFF_MS.first;
  }

  #attempt(): void {
    this.#attempts += 1;
    const transport = this.#factory();
    this.#transport = transport;
    // A transport that was given up may still speak; only the present one is heard.
    transport.open({
      opened: () => {
        if (this.#transport === transport) this.#listener.connected();
      },
      data: (bytes) => {
        if (this.#transport === transport) this.#listener.data(bytes);
      },
      closed: (cause) => {
        if (this.#transport !== transport) return;
        this.#transport = undefined;
        this.#scheduleAttempt();
        this.#listener.lost(cause);
      },
    });
  }

  #scheduleAttempt(): void {
    this.#cancelAttempt?.();
    const at = monotonicMs(this.#clock.now() + this.#backOffMs);
    this.#backOffMs = Math.min(this.#backOffMs * 2, BACK_OFF_MS.longest);
    this.#cancelAttempt = this.#clock.schedule(at, () => {
      this.#cancelAttempt = undefined;
      this.#attempt();
    });
  }

  #closeTransport(): void {
    const transport = this.#transport;
    this.#transport = undefined;
    transport?.close();
  }
}
