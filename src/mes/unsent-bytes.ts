// Answers that the other end does not take: bounded for each connection and over all of them, so that whoever asks and never reads
// fills nobody's memory.

export interface UnsentLimits {
  /** Of one connection, bytes. */
  readonly perConnectionMax: number;
  /** Over all connections, bytes. */
  readonly totalMax: number;
}

/** What one connection has not taken. */
export interface ConnectionUnsent {
  /** @param bytes of a message that is to be sent; negative: of one that was, or never will be */
  add(bytes: number): void;
  /** The connection is no more. */
  close(): void;
}

interface Held {
  bytes: number;
  readonly cut: () => void;
}

export class UnsentBytes {
  readonly #limits: UnsentLimits;
  readonly #connections = new Set<Held>();
  #bytes = 0;

  constructor(limits: UnsentLimits) {
    this.#limits = limits;
  }

  /** @param cut called at most once, when this connection has taken too little: of its own bound, or more than any other of what all have */
  open(cut: () => void): ConnectionUnsent {
    const held: Held = { bytes: 0, cut };
    this.#connections.add(held);
    return {
      add: (bytes) => this.#add(held, bytes),
      close: () => this.#close(held),
    };
  }

  #add(held: Held, bytes: number): void {
    if (!this.#connections.has(held)) return;
    held.bytes += bytes;
    this.#bytes += bytes;
    if (held.bytes > this.#limits.perConnectionMax) this.#cut(held);
    else if (this.#bytes > this.#limits.totalMax) this.#cut(this.#largest(held));
  }

  #largest(held: Held): Held {
    let largest = held;
    for (const other of this.#connections) if (other.bytes > largest.bytes) largest = other;
    return largest;
  }

  #cut(held: Held): void {
    this.#close(held);
    held.cut();
  }

  #close(held: Held): void {
    if (this.#connections.delete(held)) this.#bytes -= held.bytes;
  }
}
