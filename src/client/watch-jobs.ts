// A watch over job orders that outlives its connections.
import type { Result } from '../core/result.ts';
import { CallError } from './call-error.ts';
import type { CallFailure } from './grpc-client.ts';
import { type JobWatchEvent, OrderMemory, type WatchMessage } from './order-memory.ts';
import { delayBefore, pause, type RetryPolicy } from './retry.ts';
import { ended, isAborted, mayGoOn, Silence, silent } from './stream-life.ts';

/** What a stream is asked for. */
export interface WatchRequest {
  readonly jobOrderIds: string[];
  readonly includeInitialState: boolean;
  /** Where to go on; empty: from now. A cell that keeps nothing on disk sends none. */
  readonly resumeToken: string;
}

export interface WatchOptions {
  /** Only these orders, also those not stored yet, at most 200. @defaultValue all */
  readonly jobOrderIds?: readonly string[];
  /** Ends the watch. */
  readonly signal?: AbortSignal;
  /** Silence after which a connection counts as dead, ms; the cell speaks every 15 s. @defaultValue 40,000 */
  readonly silenceMsMax?: number;
}

/** Opens one stream; its last item is an error unless the server ended it. */
export type OpenStream = (
  request: WatchRequest,
  signal: AbortSignal,
) => AsyncIterable<Result<WatchMessage, CallFailure>>;

/**
 * Tells the present state, then every change, over as many connections as it takes: nothing is told twice, and what could not be
 * told is said (`relisted`). Ends when `signal` aborts. @throws CallError when the cell refuses the watch as such
 */
export async function* watchJobs(
  open: OpenStream,
  policy: RetryPolicy,
  options: WatchOptions = {},
): AsyncGenerator<JobWatchEvent, void> {
  const { signal } = options;
  const watch = new Watch(open, options);
  for (let lost = 0; !isAborted(signal); ) {
    const before = watch.received;
    const failure = yield* watch.connect();
    if (isAborted(signal)) return;
    if (!mayGoOn(failure)) throw new CallError(failure);
    if (watch.received > before) lost = 0;
    lost += 1;
    if (lost === 1) yield { kind: 'interrupted', error: new CallError(failure) };
    await pause(delayBefore(lost, policy, failure), signal);
  }
}

class Watch {
  /** Messages so far. */
  received = 0;
  readonly #open: OpenStream;
  readonly #options: WatchOptions;
  readonly #memory = new OrderMemory();
  #resumeToken = '';
  #hasExpired = false;

  constructor(open: OpenStream, options: WatchOptions) {
    this.#open = open;
    this.#options = options;
  }

  /** One connection, to its end. */
  async *connect(): AsyncGenerator<JobWatchEvent, CallFailure> {
    const includeInitialState = this.#resumeToken === '';
    if (includeInitialState) this.#memory.expectList(this.#hasExpired ? 'token-expired' : 'no-token');
    const { jobOrderIds = [], signal, silenceMsMax = 40_000 } = this.#options;
    const request = { jobOrderIds: [...jobOrderIds], includeInitialState, resumeToken: this.#resumeToken };
    const silence = new Silence(silenceMsMax);
    try {
      const either = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
      for await (const message of this.#open(request, either)) {
        if (!message.ok) return this.#ended(silence.signal.aborted ? silent(silenceMsMax) : message.error);
        silence.broken();
        this.received += 1;
        this.#hasExpired = false;
        yield* this.#memory.take(message.value);
        if (message.value.resumeToken !== '') this.#resumeToken = message.value.resumeToken;
      }
      return ended('the cell ended the stream');
    } finally {
      silence.end();
    }
  }

  #ended(failure: CallFailure): CallFailure {
    if (failure.reason === 'RESUME_TOKEN_EXPIRED') {
      this.#resumeToken = '';
      this.#hasExpired = true;
    }
    return failure;
  }
}
