// The message dictionary of docs/reference/wire.md as types, in both directions.
import type { BoardState, CodeName, ResetCause, TripCause, WireStatus } from './codes.ts';
import type { ConfigRecord } from './config-records.ts';

/** From host to board. Numbers unsigned; ranges and sizes in docs/reference/wire.md. */
export type HostMessage =
  | { readonly kind: 'hello'; readonly wireVersion: number; readonly nonce: number }
  | { readonly kind: 'get-pins'; readonly first: number }
  | { readonly kind: 'open'; readonly challenge: number }
  | { readonly kind: 'config'; readonly record: ConfigRecord }
  | { readonly kind: 'commit'; readonly leaseMs: number; readonly count: number; readonly configHash: number }
  | { readonly kind: 'close' }
  /** Bits per second, from now on in both directions; while configuring only. */
  | { readonly kind: 'speed'; readonly baud: number }
  | {
      readonly kind: 'process';
      readonly cycle: number;
      /** Board time modulo 2^32 after which the board must not execute the frame, µs. */
      readonly notAfterUs: number;
      readonly arm: boolean;
      /** Output image, see images.ts. */
      readonly image: Uint8Array;
    }
  | { readonly kind: 'stop'; readonly cycle: number }
  | StreamMessage
  | StreamAckMessage;

/** Bytes of the stream lane; both directions. `streamSeq` counts frames modulo 256. */
export interface StreamMessage {
  readonly kind: 'stream';
  readonly streamSeq: number;
  /** 1..32 bytes. */
  readonly data: Uint8Array;
}

/** Acknowledges all stream frames before `next`; both directions. */
export interface StreamAckMessage {
  readonly kind: 'stream-ack';
  /** `streamSeq` that the sender of the acknowledgement expects next. */
  readonly next: number;
}

/** The board's dictionary. Numbers unsigned. */
export interface IdentMessage {
  readonly kind: 'ident';
  readonly nonce: number;
  readonly wireVersion: number;
  /** 16 hex digits. */
  readonly uid: string;
  readonly bootCount: number;
  readonly resetCause: CodeName<ResetCause>;
  /** Major, minor, patch. */
  readonly firmware: readonly [number, number, number];
  readonly boardKind: string;
  readonly pinCount: number;
  readonly inputSlotsMax: number;
  readonly outputSlotsMax: number;
  readonly state: CodeName<BoardState>;
  readonly tripCause: CodeName<TripCause>;
  /** With cause `permit`: the slot of the input that opened. */
  readonly tripInput?: number | undefined;
  readonly configHash: number;
  readonly boardTimeUs: number;
  readonly challenge: number;
}

/** What a pin can do, from PINS. */
export interface PinAbilities {
  readonly digitalIn: boolean;
  readonly digitalOut: boolean;
  readonly analog: boolean;
  readonly pwm: boolean;
  readonly servo: boolean;
  readonly tone: boolean;
  /** One of the two wires of I2C. */
  readonly i2c: boolean;
}

/** What a board sees and drives. `image` answers a PROCESS, `edge` comes by itself when a safety input changes. */
export interface ImageMessage {
  readonly kind: 'image' | 'edge';
  readonly receiptCycle: number;
  /** Board time modulo 2^32, µs. */
  readonly boardTimeUs: number;
  readonly state: CodeName<BoardState>;
  readonly tripCause: CodeName<TripCause>;
  /** With cause `permit`: the slot of the input that opened. */
  readonly tripInput?: number | undefined;
  /** Modulo 256. */
  readonly lateFrames: number;
  /** Modulo 256. */
  readonly badFrames: number;
  /** Input image followed by the read-back, see images.ts. */
  readonly image: Uint8Array;
}

/** From board to host. Numbers unsigned; ranges and sizes in docs/reference/wire.md. */
export type BoardMessage =
  | IdentMessage
  | {
      readonly kind: 'pins';
      readonly first: number;
      readonly total: number;
      readonly pins: readonly PinAbilities[];
    }
  | { readonly kind: 'opened'; readonly boardTimeUs: number }
  | { readonly kind: 'config-ack'; readonly index: number; readonly status: CodeName<WireStatus> }
  | { readonly kind: 'committed'; readonly status: CodeName<WireStatus>; readonly configHash: number }
  /** With status `ok` the board changes its speed when this frame has left. */
  | { readonly kind: 'speed-ack'; readonly baud: number; readonly status: CodeName<WireStatus> }
  | { readonly kind: 'refused'; readonly type: number; readonly reason: CodeName<WireStatus> }
  | ImageMessage
  | StreamMessage
  | StreamAckMessage;

/** Type byte of each message from the host: bit 7 clear. */
export const HOST_TYPES = {
  hello: 0x01,
  'get-pins': 0x02,
  open: 0x03,
  config: 0x04,
  commit: 0x05,
  close: 0x06,
  speed: 0x07,
  process: 0x10,
  stop: 0x11,
  stream: 0x20,
  'stream-ack': 0x21,
} as const satisfies Record<HostMessage['kind'], number>;

/** Type byte of each message from the board: bit 7 set. */
export const BOARD_TYPES = {
  ident: 0x81,
  pins: 0x82,
  opened: 0x83,
  'config-ack': 0x84,
  committed: 0x85,
  'speed-ack': 0x86,
  refused: 0x8f,
  image: 0x90,
  edge: 0x91,
  stream: 0xa0,
  'stream-ack': 0xa1,
} as const satisfies Record<BoardMessage['kind'], number>;

/** Most data bytes of a stream frame that a receiver must take. */
export const STREAM_DATA_MAX = 32;
