// The stream lane of a session as a port: a listener, a queue, and frames paced so that a STOP never waits long.
import { frameBytes } from '../../src/core/process-data.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { StreamListener, StreamPort } from '../../src/ports/stream-port.ts';
import type { LineBudget } from '../wire/line-budget.ts';
import type { StreamAckMessage, StreamMessage } from '../wire/messages.ts';
import { StreamLane } from '../wire/stream-lane.ts';

/** What the channel writes by, and how it asks to be woken (`atMs` monotonic). */
export interface StreamChannelOptions {
  readonly clock: Clock;
  readonly line: LineBudget;
  readonly send: (message: StreamMessage | StreamAckMessage) => void;
  /** Bytes that the operating system has not accepted. */
  readonly pendingBytes: () => number;
  readonly wakeBy: (atMs: number) => void;
}

/** One per board, over all its sessions. `write` never blocks and never throws. */
export class StreamChannel implements StreamPort {
  readonly #options: StreamChannelOptions;
  readonly #lane = new StreamLane();
  #listener: StreamListener | undefined = undefined;
  /** The listener was told `opened` and not yet `closed`. */
  #isAnnounced = false;
  #isOpen = false;
  #refused = 0;

  constructor(options: StreamChannelOptions) {
    this.#options = options;
  }

  get repeats(): number {
    return this.#lane.repeats;
  }

  /** Writes refused because the queue was full. */
  get refused(): number {
    return this.#refused;
  }

  listen(listener: StreamListener): () => void {
    this.#listener = listener;
    this.#isAnnounced = false;
    const { clock } = this.#options;
    const cancel = clock.schedule(clock.now(), () => this.#announce());
    return () => {
      cancel();
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  write(bytes: Uint8Array): void {
    if (!this.#isOpen) return;
    if (!this.#lane.write(bytes)) this.#refused += 1;
    this.pump();
  }

  /** The session is open; called with every image. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#lane.reset();
    this.#announce();
  }

  /** The session ended. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#lane.reset();
    if (!this.#isAnnounced) return;
    this.#isAnnounced = false;
    this.#listener?.closed();
  }

  receive(message: StreamMessage | StreamAckMessage): void {
    if (!this.#isOpen) return;
    if (message.kind === 'stream-ack') {
      this.#lane.acknowledged(message);
    } else {
      this.#announce();
      const data = this.#lane.receive(message);
      if (data !== undefined) this.#listener?.data(data);
    }
    this.pump();
  }

  /** Sends what may be sent now and asks to be woken for the rest. */
  pump(): void {
    const { clock, line, pendingBytes, wakeBy, send } = this.#options;
    const now = clock.now();
    while (this.#isOpen) {
      const message = this.#lane.peek(now);
      if (message === undefined) break;
      const at = line.streamAt(lengthOf(message), pendingBytes(), now);
      if (at > now) {
        wakeBy(at);
        return;
      }
      this.#lane.sent(message, now);
      send(message);
    }
    const repeatAt = this.#isOpen ? this.#lane.repeatAtMs : undefined;
    if (repeatAt !== undefined) wakeBy(repeatAt);
  }

  #announce(): void {
    if (!this.#isOpen || this.#isAnnounced || this.#listener === undefined) return;
    this.#isAnnounced = true;
    this.#listener.opened();
  }
}

/** Length on the line, with the zero that a sender after a pause puts in front. */
function lengthOf(message: StreamMessage | StreamAckMessage): number {
  return frameBytes(message.kind === 'stream' ? 1 + message.data.length : 1) + 1;
}
