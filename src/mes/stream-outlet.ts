// The end of a stream on this side of the library: takes messages as fast as the other end does, and bounds what waits by its size. The
// library itself bounds it by number only, and counts nothing before it is sent.
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import { bytesOfMessage } from './encoded-message.ts';

/** Messages of one stream that wait to be sent. */
const WAITING_MAX = 16;
/** And what they take, bytes; one message may be more. */
const WAITING_BYTES_MAX = 16 * 1024;

/** A stream that takes none of what waits for so long is given up, ms: whoever watches and never reads keeps a place from others. */
export const STALLED_MS_MAX = 60_000;

/** What messages are written into; a callback that is never called is one of a call that has ended. */
export interface MessageSink {
  write(message: unknown, sent: () => void): unknown;
}

export class StreamOutlet {
  readonly #sink: MessageSink;
  readonly #signal: AbortSignal;
  readonly #clock: Clock;
  #count = 0;
  #bytes = 0;
  #wake = (): void => undefined;

  /** @param signal aborts when the call has ended */
  constructor(sink: MessageSink, signal: AbortSignal, clock: Clock) {
    this.#sink = sink;
    this.#signal = signal;
    this.#clock = clock;
  }

  /**
   * Resolves when there is room for another message, or the call has ended. One at a time.
   * @returns false when nothing of what waits was taken for `STALLED_MS_MAX`
   */
  async write(message: object): Promise<boolean> {
    const bytes = bytesOfMessage(message)?.length ?? 0;
    this.#count += 1;
    this.#bytes += bytes;
    this.#sink.write(message, () => {
      this.#count -= 1;
      this.#bytes -= bytes;
      this.#wake();
    });
    while (this.#isFull && !this.#signal.aborted) if (!(await this.#news())) return false;
    return true;
  }

  get #isFull(): boolean {
    return this.#count >= WAITING_MAX || this.#bytes > WAITING_BYTES_MAX;
  }

  /** @returns false when there was none for long */
  #news(): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isNews: boolean): void => {
        cancel();
        this.#signal.removeEventListener('abort', done);
        resolve(isNews);
      };
      const done = (): void => end(true);
      const cancel = this.#clock.schedule(monotonicMs(this.#clock.now() + STALLED_MS_MAX), () => end(false));
      this.#wake = done;
      this.#signal.addEventListener('abort', done);
    });
  }
}
