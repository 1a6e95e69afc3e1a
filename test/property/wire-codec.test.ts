import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBoardMessage, encodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import {
  BOARD_STATES,
  nameOfCode,
  RESET_CAUSES,
  tripCauseOf,
  tripInputOf,
  WIRE_STATUSES,
} from '../../firmware-bridge/wire/codes.ts';
import type { ConfigRecord } from '../../firmware-bridge/wire/config-records.ts';
import { encodeFrame, type Frame } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { decodeHostMessage, encodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import { packBoardImage, unpackBoardImage } from '../../firmware-bridge/wire/images.ts';
import type { BoardMessage, HostMessage } from '../../firmware-bridge/wire/messages.ts';
import { frameBytes } from '../../src/core/process-data.ts';
import { decodeCobs, encodeCobs } from '../support/cobs.ts';
import { samplePlan, UID } from '../support/wire-samples.ts';

const u8 = fc.nat(0xff);
const u16 = fc.nat(0xffff);
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const code = (table: readonly string[]) => u8.map((value) => nameOfCode(table, value)) as fc.Arbitrary<never>;

const trips = u8.map((byte) => ({ tripCause: tripCauseOf(byte), tripInput: tripInputOf(byte) }));

function flat<T extends object, U extends object>({ trip, ...rest }: T & { readonly trip: U }) {
  return { ...rest, ...trip };
}

const frames: fc.Arbitrary<Frame> = fc.record({
  type: u8,
  seq: u16,
  session: u32,
  payload: fc.uint8Array({ maxLength: 117 }),
});

const records: fc.Arbitrary<ConfigRecord> = fc.oneof(
  fc.record({
    index: u8,
    total: u8,
    pin: u8,
    direction: fc.constant('input' as const),
    kind: fc.constant('digital' as const),
    edge: fc.boolean(),
    closedLevel: fc.constantFrom(0 as const, 1 as const),
    pullUp: fc.boolean(),
    closeFilterMs: u16,
    openFilterMs: u16,
    permitDelayMs: u16,
  }),
  fc.record({
    index: u8,
    total: u8,
    pin: u8,
    direction: fc.constant('input' as const),
    kind: fc.constant('analog' as const),
    countsRange: fc.record({ min: u16, max: u32 }),
  }),
  fc.record({
    index: u8,
    total: u8,
    pin: u8,
    direction: fc.constant('output' as const),
    kind: fc.constantFrom('digital' as const, 'servo' as const, 'axis' as const, 'direction' as const),
    hazardous: fc.boolean(),
    safeValue: u16,
    permits: fc.uniqueArray(fc.nat(31)).map((slots) => slots.toSorted((a, b) => a - b)),
  }),
);

const stream = fc.record({
  kind: fc.constant('stream' as const),
  streamSeq: u8,
  data: fc.uint8Array({ minLength: 1, maxLength: 32 }),
});
const streamAck = fc.record({ kind: fc.constant('stream-ack' as const), next: u8 });

const hostMessages: fc.Arbitrary<HostMessage> = fc.oneof(
  fc.record({ kind: fc.constant('hello' as const), wireVersion: u8, nonce: u32 }),
  fc.record({ kind: fc.constant('get-pins' as const), first: u8 }),
  fc.record({ kind: fc.constant('open' as const), challenge: u32 }),
  fc.record({ kind: fc.constant('config' as const), record: records }),
  fc.record({ kind: fc.constant('commit' as const), leaseMs: u16, count: u8, configHash: u32 }),
  fc.constant({ kind: 'close' as const }),
  fc.record({ kind: fc.constant('speed' as const), baud: u32 }),
  fc.record({
    kind: fc.constant('process' as const),
    cycle: u32,
    notAfterUs: u32,
    arm: fc.boolean(),
    image: fc.uint8Array({ maxLength: 108 }),
  }),
  fc.record({ kind: fc.constant('stop' as const), cycle: u32 }),
  stream,
  streamAck,
);

const abilities = fc.record({
  digitalIn: fc.boolean(),
  digitalOut: fc.boolean(),
  analog: fc.boolean(),
  pwm: fc.boolean(),
  servo: fc.boolean(),
  tone: fc.boolean(),
  i2c: fc.boolean(),
});

const boardMessages: fc.Arbitrary<BoardMessage> = fc.oneof(
  fc
    .record({
      kind: fc.constant('ident' as const),
      nonce: u32,
      wireVersion: u8,
      uid: fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('hex')),
      bootCount: u16,
      resetCause: code(RESET_CAUSES),
      firmware: fc.tuple(u8, u8, u8),
      boardKind: fc.constantFrom('uno', '#0', '#200'),
      pinCount: u8,
      inputSlotsMax: u8,
      outputSlotsMax: u8,
      state: code(BOARD_STATES),
      trip: trips,
      configHash: u32,
      boardTimeUs: u32,
      challenge: u32,
    })
    .map(flat),
  fc.record({
    kind: fc.constant('pins' as const),
    first: u8,
    total: u8,
    pins: fc.array(abilities, { maxLength: 115 }),
  }),
  fc.record({ kind: fc.constant('opened' as const), boardTimeUs: u32 }),
  fc.record({ kind: fc.constant('config-ack' as const), index: u8, status: code(WIRE_STATUSES) }),
  fc.record({ kind: fc.constant('committed' as const), status: code(WIRE_STATUSES), configHash: u32 }),
  fc.record({ kind: fc.constant('speed-ack' as const), baud: u32, status: code(WIRE_STATUSES) }),
  fc.record({ kind: fc.constant('refused' as const), type: u8, reason: code(WIRE_STATUSES) }),
  fc
    .record({
      kind: fc.constantFrom('image' as const, 'edge' as const),
      receiptCycle: u32,
      boardTimeUs: u32,
      state: code(BOARD_STATES),
      trip: trips,
      lateFrames: u8,
      badFrames: u8,
      image: fc.uint8Array({ maxLength: 105 }),
    })
    .map(flat),
  stream,
  streamAck,
);

/** Feeds bytes in chunks of the given sizes (cyclic) and returns the frames that come out. */
function receive(
  bytes: Uint8Array,
  chunkSizes: readonly number[] = [bytes.length],
): { frames: Frame[]; drops: number } {
  const got: Frame[] = [];
  const decoder = new FrameDecoder((frame) => got.push(frame));
  decoder.uid = UID;
  for (let at = 0, chunk = 0; at < bytes.length; chunk += 1) {
    const size = chunkSizes[chunk % chunkSizes.length] ?? 1;
    decoder.push(bytes.subarray(at, at + size));
    at += size;
  }
  return { frames: got, drops: Object.values(decoder.drops).reduce((sum, count) => sum + count, 0) };
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe('frames on the line', () => {
  it('come out of any chunking as they went in', () => {
    const chunks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 5 }), chunks, (sent, sizes) => {
        const line = concat(...sent.map((frame) => encodeFrame(frame, UID)));
        expect(receive(line, sizes)).toEqual({ frames: sent, drops: 0 });
      }),
    );
  });

  it('are as long as the pacing of the line assumes', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(encodeFrame(frame, UID)).toHaveLength(frameBytes(frame.payload.length));
      }),
    );
  });

  it('[S1] are rejected with any single bit flipped, and the next frame is received', () => {
    fc.assert(
      fc.property(frames, frames, (frame, follower) => {
        const line = encodeFrame(frame, UID);
        const next = encodeFrame(follower, UID);
        for (let bit = 0; bit < (line.length - 1) * 8; bit += 1) {
          const damaged = line.slice();
          damaged[bit >> 3] = (line[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          const result = receive(concat(damaged, next));
          expect(result.frames).toEqual([follower]);
          expect(result.drops).toBeGreaterThan(0);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('with a flipped terminator cost themselves and their follower, nothing more', () => {
    fc.assert(
      fc.property(frames, fc.nat(7), (frame, bit) => {
        const line = encodeFrame(frame, UID);
        const damaged = line.slice();
        damaged[line.length - 1] = 1 << bit;
        expect(receive(concat(damaged, line, line)).frames).toEqual([frame]);
      }),
    );
  });

  it('[S2] are received again within one frame after any garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), frames, (garbage, frame) => {
        const line = encodeFrame(frame, UID);
        expect(receive(concat(garbage, line, line)).frames.at(-1)).toEqual(frame);
        expect(receive(concat(garbage, Uint8Array.of(0), line)).frames.at(-1)).toEqual(frame);
      }),
    );
  });

  it('never come out of garbage, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000, size: 'max' }), (garbage) => {
        expect(receive(concat(garbage, Uint8Array.of(0))).frames).toEqual([]);
      }),
    );
  });

  it('of another board are rejected', () => {
    fc.assert(
      fc.property(frames, fc.uint8Array({ minLength: 8, maxLength: 8 }), (frame, other) => {
        fc.pre(![0x01, 0x02, 0x81, 0x82].includes(frame.type) && !other.every((byte, at) => byte === UID[at]));
        expect(receive(encodeFrame(frame, other)).frames).toEqual([]);
      }),
    );
  });
});

describe('byte stuffing', () => {
  it('round-trips any bytes, without a zero on the line', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 800, size: 'max' }), (bytes) => {
        const stuffed = encodeCobs(bytes);
        expect(stuffed.includes(0)).toBe(false);
        expect(decodeCobs(stuffed)).toEqual(bytes);
      }),
    );
  });
});

describe('messages', () => {
  it('from the host round-trip', () => {
    fc.assert(
      fc.property(hostMessages, (message) => {
        expect(decodeHostMessage(encodeHostMessage(message))).toEqual(message);
      }),
    );
  });

  it('from the board round-trip', () => {
    fc.assert(
      fc.property(boardMessages, (message) => {
        expect(decodeBoardMessage(encodeBoardMessage(message))).toEqual(message);
      }),
    );
  });

  it('of any type and payload decode to a message of the same bytes or to nothing', () => {
    fc.assert(
      fc.property(u8, fc.uint8Array({ maxLength: 117 }), (type, payload) => {
        const fromHost = decodeHostMessage({ type, payload });
        if (fromHost !== undefined) expect(encodeHostMessage(fromHost).type).toBe(type);
        const fromBoard = decodeBoardMessage({ type, payload });
        if (fromBoard !== undefined) expect(encodeBoardMessage(fromBoard).payload.length).toBe(payload.length);
      }),
    );
  });

  it('one byte too short or too long are no messages, unless their last field is of variable length', () => {
    const variable = new Set<string>(['process', 'image', 'edge', 'stream', 'pins']);
    fc.assert(
      fc.property(hostMessages, boardMessages, (host, board) => {
        fc.pre(!variable.has(host.kind) && !variable.has(board.kind));
        for (const [encoded, decode] of [
          [encodeHostMessage(host), decodeHostMessage],
          [encodeBoardMessage(board), decodeBoardMessage],
        ] as const) {
          expect(decode({ type: encoded.type, payload: concat(encoded.payload, Uint8Array.of(0)) })).toBeUndefined();
          if (encoded.payload.length > 0) {
            expect(decode({ type: encoded.type, payload: encoded.payload.subarray(1) })).toBeUndefined();
          }
        }
      }),
    );
  });
});

describe('process images', () => {
  it('round-trip by the plan', () => {
    const plan = samplePlan();
    const bit = fc.constantFrom(0, 1);
    const pulse = fc.nat(2500);
    fc.assert(
      fc.property(
        fc.tuple(bit, bit, fc.nat(1023)),
        fc.tuple(pulse, bit, pulse),
        fc.tuple(fc.boolean(), fc.constant(true), fc.boolean()),
        (inputs, outputs, driven) => {
          const values = { inputs, outputs, driven };
          expect(unpackBoardImage(plan, packBoardImage(plan, values))).toEqual(values);
        },
      ),
    );
  });
});
