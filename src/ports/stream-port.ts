// The reliable, ordered byte stream to a board under the process data: Firmata messages for catalogue devices.

/** Hears of one session after another: `opened`, `data`, `closed`, and again. */
export interface StreamListener {
  /** A new session is open: the far end has forgotten everything. */
  opened(): void;
  data(bytes: Uint8Array): void;
  /** The session ended; bytes not yet acknowledged are lost. */
  closed(): void;
}

/** The stream lane of one board, over all its sessions. */
export interface StreamPort {
  /** One listener at a time; `opened` follows at once (next turn) if a session is open already. */
  listen(listener: StreamListener): () => void;
  /** Queues bytes; dropped when no session is open. */
  write(bytes: Uint8Array): void;
}
