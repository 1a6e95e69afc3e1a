// Goal: no bytes make the host's parsers throw, stall or keep memory, and after any of them a whole frame passes.
// Method: ten million bytes, by chance and as frames damaged or with right checksums around senseless content.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameGate } from '../../firmware-bridge/session/frame-gate.ts';
import { decodeBoardMessage, encodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { encodeFrame } from '../../firmware-bridge/wire/frame.ts';
import { decodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import type { BoardMessage } from '../../firmware-bridge/wire/messages.ts';
import { drawFrom } from '../support/faulted-frames.ts';
import { runHostStory } from '../support/fuzz-host.ts';
import { fuzzGuided } from '../support/guided-fuzz.ts';
import { SessionBench } from '../support/session-bench.ts';
import { UID } from '../support/wire-samples.ts';

const SESSION = 0x1234;
const BYTES = 10_000_000;
const STORY_BYTES = 1_000_000;
const TYPES = [0x01, 0x03, 0x10, 0x20, 0x81, 0x82, 0x83, 0x84, 0x85, 0x8f, 0x90, 0x91, 0xa0, 0xa1];

function makeChunk(draw: (below: number) => number): Uint8Array {
  const content = Uint8Array.from({ length: draw(118) }, () => (draw(3) === 0 ? 0 : draw(256)));
  if (draw(4) === 0) return content;
  const type = TYPES[draw(TYPES.length)] ?? 0;
  const session = draw(8) === 0 ? draw(65_536) : SESSION;
  const frame = encodeFrame({ type, seq: draw(65_536), session, payload: content }, UID, draw(2) === 0);
  for (let count = draw(4); count > 0; count -= 1) frame[draw(frame.length)] = draw(256);
  return draw(8) === 0 ? frame.subarray(draw(frame.length)) : frame;
}

describe('the parsers of the host', () => {
  it('take ten million bytes of noise and damaged frames without throwing, and a whole frame after each', () => {
    const draw = drawFrom(77);
    const passed: BoardMessage[] = [];
    const gate = new FrameGate((message) => passed.push(message));
    const { type, payload } = encodeBoardMessage({ kind: 'stream-ack', next: 9 });
    const whole = encodeFrame({ type, seq: 1, session: SESSION, payload }, UID, true);
    for (let bytes = 0; bytes < BYTES; ) {
      gate.openSession(SESSION, UID);
      const chunk = makeChunk(draw);
      gate.receive(chunk);
      gate.openSession(SESSION, UID);
      passed.length = 0;
      gate.receive(whole);
      expect(passed.at(-1)?.kind).toBe('stream-ack');
      bytes += chunk.length + whole.length;
    }
  });

  it('read any payload of any type as a message or as nothing', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.uint8Array({ maxLength: 117 }), (type, payload) => {
        const message = decodeHostMessage({ type, payload });
        expect(message === undefined || typeof message.kind === 'string').toBe(true);
        const answer = decodeBoardMessage({ type, payload });
        expect(answer === undefined || typeof answer.kind === 'string').toBe(true);
      }),
      { numRuns: 50_000 },
    );
  });

  it('bring a session back after any story of frames, damage, time and commands, guided by coverage', () => {
    const { bytes, blocks, finding } = fuzzGuided({
      bytes: STORY_BYTES,
      seed: 1,
      code: '/firmware-bridge/',
      run: runHostStory,
    });
    expect(finding).toBeUndefined();
    expect(bytes).toBeGreaterThanOrEqual(STORY_BYTES);
    expect(blocks).toBeGreaterThan(300);
  });

  it('leave a session connected or reconnecting, never ended, whatever the line brings', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 10 }), (chunks) => {
        const bench = new SessionBench().connect();
        for (const chunk of chunks) {
          bench.line.board.write(chunk);
          bench.clock.advance(5);
        }
        bench.clock.advance(1_000);
        expect(bench.link?.state).toBe('stopped');
      }),
      { numRuns: 200 },
    );
  });
});
