// The cell channel within one process: the same frames and the same limits, carried by the clock instead of a socket.
import type { Clock } from '../ports/clock.ts';
import { type ChannelClient, type ChannelClientOptions, createChannelClient } from './channel-client.ts';
import { type ChannelServer, createChannelServer } from './channel-server.ts';
import type { Connection, ConnectionListener } from './connection.ts';

/** Bytes on their way before a sender is asked to wait, as a socket's buffer would. */
const IN_FLIGHT_BYTES_MAX = 64 * 1024;

export interface MemoryChannel {
  readonly server: ChannelServer;
  readonly client: ChannelClient;
}

/** Everything arrives one turn later, in the clock's time: deterministic where the clock is virtual. */
export function createMemoryChannel(options: { readonly epoch: string; readonly clock: Clock }): MemoryChannel {
  const server = createChannelServer(options);
  return { server, client: connectMemory(server, options) };
}

/** Another gateway for the same control half: whoever was connected before is dropped. */
export function connectMemory(
  server: Pick<ChannelServer, 'accept'>,
  options: Pick<ChannelClientOptions, 'clock' | 'whenHeard'>,
): ChannelClient {
  const { clock, whenHeard = false } = options;
  return createChannelClient({
    clock,
    whenHeard,
    connect: (outcome) => {
      clock.schedule(clock.now(), () => {
        const [control, gateway] = createConnectionPair(clock);
        server.accept(control);
        outcome.opened(gateway);
      });
    },
  });
}

/** Two ends of one connection in memory. */
export function createConnectionPair(clock: Clock): readonly [Connection, Connection] {
  const left = new MemoryEnd(clock);
  const right = new MemoryEnd(clock);
  left.join(right);
  right.join(left);
  return [left, right];
}

class MemoryEnd implements Connection {
  readonly #clock: Clock;
  #far: MemoryEnd | undefined;
  #listener: ConnectionListener | undefined;
  #arrived: Uint8Array[] = [];
  #inFlightBytes = 0;
  #isPaused = false;
  #isOpen = true;
  #isDelivering = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  join(far: MemoryEnd): void {
    this.#far = far;
  }

  listen(listener: ConnectionListener): void {
    this.#listener = listener;
  }

  send(bytes: Uint8Array): boolean {
    return this.#isOpen && this.#far?.take(bytes) === true;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#deliverSoon();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#far?.ended();
  }

  /** Bytes from the far end. @returns whether it may go on */
  take(bytes: Uint8Array): boolean {
    this.#arrived.push(bytes);
    this.#inFlightBytes += bytes.length;
    this.#deliverSoon();
    return this.#inFlightBytes < IN_FLIGHT_BYTES_MAX;
  }

  /** The far end closed: what it sent before still arrives, then the end of the connection. */
  ended(): void {
    this.#soon(() => {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      this.#listener?.closed();
    });
  }

  #deliverSoon(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    this.#soon(() => {
      this.#isDelivering = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    const wasFull = this.#inFlightBytes >= IN_FLIGHT_BYTES_MAX;
    while (this.#isOpen && !this.#isPaused && this.#arrived.length > 0) {
      const bytes = this.#arrived.shift() ?? new Uint8Array();
      this.#inFlightBytes -= bytes.length;
      this.#listener?.data(bytes);
    }
    if (wasFull && this.#inFlightBytes < IN_FLIGHT_BYTES_MAX) this.#far?.drained();
  }

  drained(): void {
    this.#soon(() => {
      if (this.#isOpen) this.#listener?.drained();
    });
  }

  #soon(task: () => void): void {
    this.#clock.schedule(this.#clock.now(), task);
  }
}
