// Limits at the door of the gateway, in one place. docs/reference/network.md lists them.
import type { ArrivalLimits } from './arrivals.ts';
import type { RateLimit } from './token-bucket.ts';
import type { UnsentLimits } from './unsent-bytes.ts';

/** A message is refused above this, compressed or not; a job order of 100 parameters has 10 KiB. */
export const REQUEST_BYTES_MAX = 256 * 1024;
/** Of a request that carries no work master: twice an order. What is unpacked can take more than a hundred times its bytes. */
export const PLAIN_REQUEST_BYTES_MAX = 64 * 1024;
/** Fields of a request with those of its parts. An order has at most 200 parameters, of some 10 fields each. */
export const REQUEST_FIELDS_MAX = 4_096;
/** Calls of one connection at a time: a client with more watches than this needs another connection for its commands. */
export const STREAMS_PER_CONNECTION_MAX = 128;

/** What one gateway lets in. Tests make them small. */
export interface DoorLimits {
  /** Connections at a time; a new one takes the place of the oldest that has not said anything useful yet, or is refused. */
  readonly connectionsMax: number;
  /** Of one identity, when certificates tell them apart. */
  readonly connectionsPerIdentityMax: number;
  /** New connections, by where they come from. */
  readonly arrivals: ArrivalLimits;
  /** From the first packet to the first HTTP/2 frame, TLS included, ms. */
  readonly greetingMs: number;
  /** Without any call, a connection is closed after this, ms. */
  readonly idleMs: number;
  /** A connection is asked for a sign of life so often, and is cut when none comes within `keepaliveTimeoutMs`. */
  readonly keepaliveMs: number;
  readonly keepaliveTimeoutMs: number;
  /** Calls of one identity of the network. */
  readonly calls: RateLimit;
  /** Calls of this machine, all programs together. */
  readonly localCalls: RateLimit;
  /** Watchers of job orders at a time, over all connections. */
  readonly watchersMax: number;
  /** Calls that are answered by a stream, at a time, over all connections and services. */
  readonly streamsMax: number;
  /** Requests that have not ended yet, over all connections: more than one identity can have. */
  readonly openRequestsMax: number;
  /** Bytes of them. */
  readonly openBytesMax: number;
  /** Bytes of answers that the other end does not take: the connection is cut. */
  readonly unsent: UnsentLimits;
  readonly frames: FrameLimits;
}

/** What one connection may send, in frames of HTTP/2 (RFC 9113). Beyond them it is cut. */
export interface FrameLimits {
  /** Largest frame, bytes: the default of the protocol, which is what the server announces. */
  readonly frameBytesMax: number;
  /** Headers of one call with their continuations, compressed, bytes. */
  readonly headerBytesMax: number;
  readonly continuationsMax: number;
  /** New calls, with or without an end. */
  readonly headers: RateLimit;
  /** Calls that are taken back. */
  readonly resets: RateLimit;
  /** Settings, pings, priorities, windows and whatever is not known. */
  readonly control: RateLimit;
  /** Pieces of a message shorter than `smallDataBytes` that are not its end. */
  readonly smallData: RateLimit;
  readonly smallDataBytes: number;
  /** Bytes for calls that have ended, as those of a message that was refused at its first: what was on its way then is 64 KiB at most. */
  readonly strayBytes: RateLimit;
  /** Bytes of requests that have not ended yet, over all calls of the connection. */
  readonly openBytesMax: number;
  /** Requests that have not ended `openLongMs` after they began: streams in both directions, of which a client has a few. */
  readonly openLongMax: number;
  readonly openLongMs: number;
}

export const DOOR_LIMITS: DoorLimits = {
  connectionsMax: 64,
  connectionsPerIdentityMax: 16,
  arrivals: { rate: { burst: 200, perSecond: 50 }, waitingMax: 16 },
  greetingMs: 5_000,
  idleMs: 300_000,
  keepaliveMs: 10_000,
  keepaliveTimeoutMs: 5_000,
  calls: { burst: 1_000, perSecond: 500 },
  localCalls: { burst: 10_000, perSecond: 5_000 },
  watchersMax: 1_024,
  streamsMax: 2_048,
  openRequestsMax: 4_096,
  openBytesMax: 16 * 1024 * 1024,
  unsent: { perConnectionMax: 16 * 1024 * 1024, totalMax: 48 * 1024 * 1024 },
  frames: {
    frameBytesMax: 16_384,
    headerBytesMax: 16_384,
    continuationsMax: 4,
    headers: { burst: 4_000, perSecond: 5_000 },
    resets: { burst: 500, perSecond: 33 },
    control: { burst: 2_000, perSecond: 1_000 },
    smallData: { burst: 2_000, perSecond: 500 },
    smallDataBytes: 64,
    strayBytes: { burst: 2 * 1024 * 1024, perSecond: 256 * 1024 },
    openBytesMax: 4 * 1024 * 1024,
    openLongMax: 16,
    openLongMs: 10_000,
  },
};
