// Judges what a connection sends before the HTTP/2 library sees it: sizes, and how often each kind of frame comes. Pure.
import { type FrameLimits, REQUEST_BYTES_MAX } from './door-limits.ts';
import { END_HEADERS, END_STREAM, FRAME, type FrameHeader, FrameReader } from './frame-reader.ts';
import { TokenBucket } from './token-bucket.ts';

/** Why a connection is cut; for the log. */
export type GateRefusal =
  | 'not-http2'
  | 'tls-to-plain-text'
  | 'frame-too-long'
  | 'headers-too-long'
  | 'calls-too-many'
  | 'resets-too-many'
  | 'control-frames-too-many'
  | 'small-frames-too-many'
  | 'requests-too-long'
  | 'requests-too-many'
  | 'requests-not-ended'
  | 'ended-calls-go-on';

/** First byte of a client that speaks TLS (RFC 8446, 5.1: content type handshake). Ours do when a port in plain text does not answer, to say why. */
const TLS_HANDSHAKE = 0x16;

/** Requests that have not ended, over all connections: what one takes, the others have not. */
export interface OpenRequests {
  count: number;
  readonly countMax: number;
  bytes: number;
  readonly bytesMax: number;
}

/** A request that has not ended. */
interface OpenRequest {
  readonly sinceMs: number;
  bytes: number;
}

export class FrameGate {
  readonly #limits: FrameLimits;
  readonly #shared: OpenRequests;
  readonly #fromClient = new FrameReader('client');
  readonly #fromServer = new FrameReader('server');
  readonly #buckets: Readonly<Record<'headers' | 'resets' | 'control' | 'smallData' | 'strayBytes', TokenBucket>>;
  /** By stream, the oldest first. */
  readonly #open = new Map<number, OpenRequest>();
  #openBytes = 0;
  #headerBytes = 0;
  #continuations = 0;
  #refusal: GateRefusal | undefined;
  #isGreeted = false;

  /** @param nowMs monotonic, ms; so in the other methods */
  constructor(limits: FrameLimits, shared: OpenRequests, nowMs: number) {
    this.#limits = limits;
    this.#shared = shared;
    const { headers, resets, control, smallData, strayBytes } = limits;
    this.#buckets = {
      headers: new TokenBucket(headers, nowMs),
      resets: new TokenBucket(resets, nowMs),
      control: new TokenBucket(control, nowMs),
      smallData: new TokenBucket(smallData, nowMs),
      strayBytes: new TokenBucket(strayBytes, nowMs),
    };
  }

  /** True once the other end has shown that it speaks HTTP/2. */
  get isGreeted(): boolean {
    return this.#isGreeted;
  }

  /** @returns why the connection has to be cut, undefined when these bytes may pass */
  received(bytes: Uint8Array, nowMs: number): GateRefusal | undefined {
    const isHttp2 = this.#fromClient.read(bytes, (frame) => {
      this.#isGreeted = true;
      this.#refusal ??= this.#judge(frame, nowMs);
    });
    if (!isHttp2) this.#refusal ??= bytes[0] === TLS_HANDSHAKE ? 'tls-to-plain-text' : 'not-http2';
    if (this.#isStalled(nowMs)) this.#refusal ??= 'requests-not-ended';
    return this.#refusal;
  }

  /** Of those that are open for long there are too many: each is kept in memory by the server. Pings make it look when nothing else comes. */
  #isStalled(nowMs: number): boolean {
    const { openLongMs, openLongMax } = this.#limits;
    if (this.#open.size <= openLongMax) return false;
    let long = 0;
    for (const { sinceMs } of this.#open.values()) {
      if (nowMs - sinceMs <= openLongMs) return false;
      long += 1;
      if (long > openLongMax) return true;
    }
    return false;
  }

  /** Gives back what it holds of what is shared: the connection is no more. */
  close(): void {
    for (const streamId of [...this.#open.keys()]) this.#end(streamId);
  }

  /** What the server sends tells when it is done with a request. */
  sent(bytes: Uint8Array): void {
    this.#fromServer.read(bytes, ({ type, flags, streamId }) => {
      const isEnd = (type === FRAME.headers || type === FRAME.data) && (flags & END_STREAM) !== 0;
      if (isEnd || type === FRAME.resetStream) this.#end(streamId);
    });
  }

  #judge(frame: FrameHeader, nowMs: number): GateRefusal | undefined {
    if (frame.length > this.#limits.frameBytesMax) return 'frame-too-long';
    switch (frame.type) {
      case FRAME.data:
        return this.#judgeData(frame, nowMs);
      case FRAME.headers:
        this.#headerBytes = frame.length;
        this.#continuations = 0;
        if (!this.#buckets.headers.take(nowMs)) return 'calls-too-many';
        this.#begin(frame, nowMs);
        return this.#shared.count > this.#shared.countMax ? 'requests-too-many' : this.#judgeHeaders(frame);
      case FRAME.continuation:
        this.#headerBytes += frame.length;
        this.#continuations += 1;
        return this.#judgeHeaders(frame);
      case FRAME.resetStream:
        this.#end(frame.streamId);
        return this.#buckets.resets.take(nowMs) ? undefined : 'resets-too-many';
      default:
        return this.#buckets.control.take(nowMs) ? undefined : 'control-frames-too-many';
    }
  }

  #judgeHeaders({ flags }: FrameHeader): GateRefusal | undefined {
    const { headerBytesMax, continuationsMax } = this.#limits;
    const isTooLong = this.#headerBytes > headerBytesMax || this.#continuations > continuationsMax;
    if ((flags & END_HEADERS) !== 0) this.#headerBytes = 0;
    return isTooLong ? 'headers-too-long' : undefined;
  }

  #judgeData({ length, flags, streamId }: FrameHeader, nowMs: number): GateRefusal | undefined {
    const { smallDataBytes, openBytesMax } = this.#limits;
    const isStray = !this.#open.has(streamId);
    if (isStray && !this.#buckets.strayBytes.take(nowMs, length)) return 'ended-calls-go-on';
    if ((flags & END_STREAM) !== 0) {
      this.#end(streamId);
      return undefined;
    }
    const isSmall = length < smallDataBytes;
    if (isSmall && !this.#buckets.smallData.take(nowMs)) return 'small-frames-too-many';
    this.#grow(streamId, length);
    const isTooMuch = this.#openBytes > openBytesMax || this.#shared.bytes > this.#shared.bytesMax;
    return isTooMuch ? 'requests-too-long' : undefined;
  }

  /** A stream of many short requests never holds more than the longest one would. */
  #grow(streamId: number, length: number): void {
    const request = this.#open.get(streamId);
    if (request === undefined) return;
    const after = Math.min(request.bytes + length, REQUEST_BYTES_MAX);
    this.#openBytes += after - request.bytes;
    this.#shared.bytes += after - request.bytes;
    request.bytes = after;
  }

  #begin({ flags, streamId }: FrameHeader, nowMs: number): void {
    if ((flags & END_STREAM) !== 0 || this.#open.has(streamId)) return;
    this.#open.set(streamId, { sinceMs: nowMs, bytes: 0 });
    this.#shared.count += 1;
  }

  #end(streamId: number): void {
    const request = this.#open.get(streamId);
    if (request === undefined) return;
    this.#openBytes -= request.bytes;
    this.#shared.bytes -= request.bytes;
    this.#shared.count -= 1;
    this.#open.delete(streamId);
  }
}
