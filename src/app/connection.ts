// One connection of the cell channel, whatever carries it: a Unix socket between processes, or memory within one.

export interface ConnectionListener {
  /** Bytes in any chunking. */
  data(bytes: Uint8Array): void;
  /** More bytes may be sent after a `send` that returned false. */
  drained(): void;
  /** The connection ended, by either end or by a failure. Once; nothing follows. */
  closed(): void;
}

export interface Connection {
  /** At most one listener; set in the turn in which the connection was made. */
  listen(listener: ConnectionListener): void;
  /** Takes all the bytes. @returns false when no more should be sent before `drained` */
  send(bytes: Uint8Array): boolean;
  /** Stops and goes on with `data`, so that a sender that is too fast waits in its own process. */
  pause(): void;
  resume(): void;
  close(): void;
}
