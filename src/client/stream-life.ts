// How long a stream is worth waiting for, and whether another one may follow it.
import { type CallFailure, plainFailure } from './grpc-client.ts';

/** Aborts its signal when nothing has been heard for long, while somebody listens. */
export class Silence {
  readonly #abort = new AbortController();
  readonly #ms: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.#ms = ms;
    this.listen();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** From now on: the program that is told has come back. */
  listen(): void {
    this.end();
    this.#timer = setTimeout(() => this.#abort.abort(), this.#ms);
  }

  /** Something was heard. What the program does with it is no silence of the cell. */
  end(): void {
    clearTimeout(this.#timer);
  }
}

/** A stream dies of its connection with many a status, but then nobody gives a reason; the cell gives one when it refuses. */
export function mayGoOn({ kind, status, reason }: CallFailure): boolean {
  if (kind === 'cancelled') return false;
  if (reason === 'RESUME_TOKEN_EXPIRED') return true;
  if (status === 'UNAVAILABLE' || status === 'RESOURCE_EXHAUSTED' || status === 'DEADLINE_EXCEEDED') return true;
  return reason === '' && ['CANCELLED', 'INTERNAL', 'UNKNOWN', 'ABORTED'].includes(status);
}

export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

export function silent(ms: number): CallFailure {
  return ended(`nothing was heard for ${ms} ms`);
}

export function ended(message: string): CallFailure {
  return plainFailure('UNAVAILABLE', 'unreachable', message);
}
