// Connections that end with whoever made them. The library leaves a socket to the other side: one that answers no handshake, or does not
// close its end after ours, would keep it, and the memory that goes with it, for ever.

import type { Socket } from 'node:net';
import { type CallCredentials, ChannelCredentials } from '@grpc/grpc-js';

type SecureConnector = ReturnType<ChannelCredentials['_createSecureConnector']>;
type Connected = ReturnType<SecureConnector['connect']>;

/** How long what is under way has when the client is closed, and the other side to close its end after ours, ms. */
const LINGER_MS = 5_000;

export class OwnedConnections extends ChannelCredentials {
  readonly #credentials: ChannelCredentials;
  readonly #lingerMs: number;
  readonly #open = new Set<Socket>();
  #isClosed = false;

  /** @param credentials what the connections are made with */
  constructor(credentials: ChannelCredentials, lingerMs: number = LINGER_MS) {
    super();
    this.#credentials = credentials;
    this.#lingerMs = lingerMs;
  }

  override _isSecure(): boolean {
    return this.#credentials._isSecure();
  }

  /** Its connections are for one client. */
  override _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(
    ...named: Parameters<ChannelCredentials['_createSecureConnector']>
  ): ReturnType<ChannelCredentials['_createSecureConnector']> {
    const connector = this.#credentials._createSecureConnector(...named);
    return {
      connect: (socket) => this.#connect(connector, socket),
      waitForReady: () => connector.waitForReady(),
      getCallCredentials: (): CallCredentials => connector.getCallCredentials(),
      destroy: () => connector.destroy(),
    };
  }

  /** The client is closed. */
  close(): void {
    this.#isClosed = true;
    this.#later(() => {
      for (const socket of this.#open) socket.destroy();
    });
  }

  async #connect(connector: SecureConnector, socket: Socket): Connected {
    this.#own(socket);
    const connected = await connector.connect(socket);
    if (this.#isClosed) throw new Error('the client is closed');
    if (connected.socket !== socket) this.#own(connected.socket);
    connected.socket.once('finish', () => this.#later(() => connected.socket.destroy()));
    return connected;
  }

  #own(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
  }

  #later(act: () => void): void {
    setTimeout(act, this.#lingerMs).unref();
  }
}
