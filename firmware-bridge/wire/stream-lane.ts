// The reliable, ordered byte stream under the process data: go-back-N to the board, one frame at a time from it.
import type { StreamAckMessage, StreamMessage } from './messages.ts';

const STREAM = {
  /** Frames that may be unacknowledged. */
  window: 2,
  /** Data bytes of a frame that the host sends: two frames are less than 64 bytes on the line. */
  dataBytes: 16,
  repeatMs: 60,
  /** Bytes that may wait; a write that does not fit is refused as a whole. */
  queueBytes: 16_384,
} as const;

const SEQ_MODULUS = 256;

/** Pure bookkeeping of what is queued, sent and acknowledged; times in monotonic milliseconds. */
export class StreamLane {
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  /** Frames sent and not acknowledged, oldest first; those from `#repeatFrom` on are to be sent again. */
  #outstanding: StreamMessage[] = [];
  #repeatFrom = 0;
  #lastSentMs = 0;
  #nextSeq = 0;
  #expected = 0;
  #mustAcknowledge = false;
  #repeats = 0;

  /** Frames sent again so far. */
  get repeats(): number {
    return this.#repeats;
  }

  /** @returns false when the queue is full: none of the bytes was taken. */
  write(bytes: Uint8Array): boolean {
    if (this.#queuedBytes + bytes.length > STREAM.queueBytes) return false;
    if (bytes.length > 0) this.#queue.push(bytes.slice());
    this.#queuedBytes += bytes.length;
    return true;
  }

  /** @returns the bytes when the frame is the expected one; every frame is acknowledged with what is expected next. */
  receive(message: StreamMessage): Uint8Array | undefined {
    this.#mustAcknowledge = true;
    if (message.streamSeq !== this.#expected) return undefined;
    this.#expected = (this.#expected + 1) % SEQ_MODULUS;
    return message.data;
  }

  acknowledged(message: StreamAckMessage): void {
    const first = this.#outstanding[0];
    if (first === undefined) return;
    const count = (message.next - first.streamSeq + SEQ_MODULUS) % SEQ_MODULUS;
    if (count > this.#outstanding.length) return;
    this.#outstanding.splice(0, count);
    this.#repeatFrom = Math.max(0, this.#repeatFrom - count);
  }

  /** Host time at which unacknowledged frames are repeated, ms; undefined when there are none. */
  get repeatAtMs(): number | undefined {
    return this.#outstanding.length > 0 ? this.#lastSentMs + STREAM.repeatMs : undefined;
  }

  /** What is to be sent next, without taking it; undefined when there is nothing to send at `nowMs`. */
  peek(nowMs: number): StreamMessage | StreamAckMessage | undefined {
    if (this.#mustAcknowledge) return { kind: 'stream-ack', next: this.#expected };
    const repeatAtMs = this.repeatAtMs;
    const allSent = this.#repeatFrom >= this.#outstanding.length;
    if (allSent && repeatAtMs !== undefined && nowMs >= repeatAtMs) this.#repeatFrom = 0;
    const repeated = this.#outstanding[this.#repeatFrom];
    if (repeated !== undefined) return repeated;
    if (this.#outstanding.length >= STREAM.window || this.#queue.length === 0) return undefined;
    return { kind: 'stream', streamSeq: this.#nextSeq, data: this.#head() };
  }

  /** The message that `peek` gave was sent. */
  sent(message: StreamMessage | StreamAckMessage, nowMs: number): void {
    if (message.kind === 'stream-ack') {
      this.#mustAcknowledge = false;
      return;
    }
    this.#lastSentMs = nowMs;
    if (this.#repeatFrom < this.#outstanding.length) {
      this.#repeats += 1;
    } else {
      this.#outstanding.push(message);
      this.#nextSeq = (this.#nextSeq + 1) % SEQ_MODULUS;
      this.#drop(message.data.length);
    }
    this.#repeatFrom += 1;
  }

  /** A new session: both ends have forgotten everything. */
  reset(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#outstanding = [];
    this.#repeatFrom = 0;
    this.#nextSeq = 0;
    this.#expected = 0;
    this.#mustAcknowledge = false;
  }

  /** The first bytes of the queue, as many as one frame takes. */
  #head(): Uint8Array {
    const head: number[] = [];
    for (const chunk of this.#queue) {
      head.push(...chunk.subarray(0, STREAM.dataBytes - head.length));
      if (head.length >= STREAM.dataBytes) break;
    }
    return Uint8Array.from(head);
  }

  #drop(count: number): void {
    this.#queuedBytes -= count;
    let left = count;
    while (left > 0) {
      const chunk = this.#queue[0];
      if (chunk === undefined) return;
      if (chunk.length > left) this.#queue[0] = chunk.subarray(left);
      else this.#queue.shift();
      left -= Math.min(left, chunk.length);
    }
  }
}
