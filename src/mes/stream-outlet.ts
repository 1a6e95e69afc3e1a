// The end of a stream on this side of the library: takes messages as fast as the other end does, and bounds what waits by its size. The
// library itself bounds it by number only, and counts nothing before it is sent.
import { bytesOfMessage } from './encoded-message.ts';

/** Messages of one stream that wait to be sent. */
const WAITING_MAX = 16;
/** And what they take, bytes; one message may be more. */
const WAITING_BYTES_MAX = 16 * 1024;

/** What messages are written into; a callback that is never called is one of a call that has ended. */
export interface MessageSink {
  write(message: unknown, sent: () => void): unknown;
}

export class StreamOutlet {
  readonly #sink: MessageSink;
  readonly #signal: AbortSignal;
  #count = 0;
  #bytes = 0;
  #wake = (): void => undefined;

  /** @param signal aborts when the call has ended */
  constructor(sink: MessageSink, signal: AbortSignal) {
    this.#sink = sink;
    this.#signal = signal;
  }

  /** Resolves when there is room for another message, or the call has ended. One at a time. */
  async write(message: object): Promise<void> {
    const bytes = bytesOfMessage(message)?.length ?? 0;
    this.#count += 1;
    this.#bytes += bytes;
    this.#sink.write(message, () => {
      this.#count -= 1;
      this.#bytes -= bytes;
      this.#wake();
    });
    while (this.#isFull && !this.#signal.aborted) await this.#news();
  }

  get #isFull(): boolean {
    return this.#count >= WAITING_MAX || this.#bytes > WAITING_BYTES_MAX;
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wake = done;
      this.#signal.addEventListener('abort', done);
    });
  }
}
