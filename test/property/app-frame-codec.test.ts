import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameDecoder, encodeFrame, FRAME_BYTES_MAX } from '../../src/app/frame-codec.ts';

function decodeAll(chunks: readonly Uint8Array[]): unknown[] {
  const decoder = createFrameDecoder();
  const values: unknown[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk);
    for (let decoded = decoder.next(); decoded?.kind === 'message'; decoded = decoder.next())
      values.push(decoded.value);
  }
  return values;
}

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [...at.map((place) => place % (bytes.length + 1)), 0, bytes.length].sort(
    (left, right) => left - right,
  );
  return places.slice(1).map((place, index) => bytes.slice(places[index], place));
}

describe('frames of the cell channel', () => {
  it('come out as they went in, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.array(fc.nat()), (messages, cuts) => {
        const stream = Buffer.concat(messages.map((message) => encodeFrame(message) ?? new Uint8Array()));
        const sent: unknown = JSON.parse(JSON.stringify(messages));
        expect(decodeAll(cut(stream, cuts))).toEqual(sent);
      }),
    );
  });

  it('never throw on any bytes, and stay broken once broken', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (chunks) => {
        const decoder = createFrameDecoder();
        let isBroken = false;
        for (const chunk of chunks) {
          decoder.push(chunk);
          const decoded = decoder.next();
          if (isBroken) expect(decoded?.kind).toBe('broken');
          isBroken ||= decoded?.kind === 'broken';
        }
      }),
    );
  });

  it('are refused above 16 MiB, by the sender and by the receiver', () => {
    expect(encodeFrame('x'.repeat(FRAME_BYTES_MAX))).toBeUndefined();
    expect(encodeFrame('x'.repeat(FRAME_BYTES_MAX - 2))).toBeDefined();
    const decoder = createFrameDecoder();
    decoder.push(Buffer.from([0x01, 0x00, 0x00, 0x01]));
    expect(decoder.next()).toMatchObject({ kind: 'broken' });
  });
});
