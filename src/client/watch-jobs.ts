// A watch over job orders that outlives its connections.
import type { Result } from '../core/result.ts';
import { CallError } from './call-error.ts';
import type { CallFailure } from './grpc-client.ts';
import { type JobWatchEvent, OrderMemory, type OrderNews, type WatchMessage } from './order-memory.ts';
import { delayBefore, pause, type RetryPolicy } from './retry.ts';
import { ended, isAborted, mayGoOn, Silence, silent } from './stream-life.ts';

const EXPIRED = 'RESUME_TOKEN_EXPIRED';

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
  /**
   * Of the newest event that was dealt with, also by a program that is no more: the watch begins with what came after it, and there is no
   * `initial` and no `synced`. @defaultValue the present state first
   */
  readonly resumeToken?: string;
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
    if (watch.forgetsExpired(failure)) {
      yield { kind: 'expired', error: new CallError(failure), resumeToken: '' };
      continue;
    }
    if (!mayGoOn(failure)) throw new CallError(failure);
    if (watch.received > before) lost = 0;
    lost += 1;
    if (lost === 1) yield { kind: 'interrupted', error: new CallError(failure), resumeToken: watch.resumeToken };
    await pause(delayBefore(lost, policy, failure), signal);
  }
}

class Watch {
  /** Messages so far. */
  received = 0;
  /** Where it goes on; empty: with the present state. */
  resumeToken: string;
  readonly #open: OpenStream;
  readonly #options: WatchOptions;
  #memory = new OrderMemory();
  /** What was there when the watch was begun has been told, by itself and not by another before it. */
  #knowsAll: boolean;
  #hasExpired = false;

  constructor(open: OpenStream, options: WatchOptions) {
    this.#open = open;
    this.#options = options;
    this.resumeToken = options.resumeToken ?? '';
    this.#knowsAll = this.resumeToken === '';
  }

  /** True when a token has expired before which others were told, not this watch: what changed or is gone can only be seen by them. */
  forgetsExpired({ reason }: CallFailure): boolean {
    if (reason !== EXPIRED || this.#knowsAll) return false;
    this.#knowsAll = true;
    this.#hasExpired = false;
    this.#memory = new OrderMemory();
    return true;
  }

  /** One connection, to its end. */
  async *connect(): AsyncGenerator<JobWatchEvent, CallFailure> {
    const includeInitialState = this.resumeToken === '';
    if (includeInitialState) this.#memory.expectList(this.#hasExpired ? 'token-expired' : 'no-token');
    const { jobOrderIds = [], signal, silenceMsMax = 40_000 } = this.#options;
    const request = { jobOrderIds: [...jobOrderIds], includeInitialState, resumeToken: this.resumeToken };
    const silence = new Silence(silenceMsMax);
    try {
      const either = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
      for await (const message of this.#open(request, either)) {
        if (!message.ok) return this.#ended(silence.signal.aborted ? silent(silenceMsMax) : message.error);
        silence.end();
        this.received += 1;
        this.#hasExpired = false;
        yield* this.#told(this.#memory.take(message.value), message.value.resumeToken);
        silence.listen();
      }
      return ended('the cell ended the stream');
    } finally {
      silence.end();
    }
  }

  /** The token of a message is that of its last event: who has dealt with the others only must be told the last one again. */
  *#told(news: readonly OrderNews[], token: string): Generator<JobWatchEvent, void> {
    const next = token === '' || this.#memory.isListing ? this.resumeToken : token;
    for (const [index, event] of news.entries()) {
      yield { ...event, resumeToken: index === news.length - 1 ? next : this.resumeToken };
    }
    this.resumeToken = next;
  }

  #ended(failure: CallFailure): CallFailure {
    if (failure.reason === EXPIRED) {
      this.resumeToken = '';
      this.#hasExpired = true;
    }
    return failure;
  }
}
