// The stream lane as a pure part: two ends and a line that loses, repeats and delays frames.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamAckMessage, StreamMessage } from '../../firmware-bridge/wire/messages.ts';
import { StreamLane } from '../../firmware-bridge/wire/stream-lane.ts';

/** What the line does to one frame: how many copies arrive, and how many rounds later. */
interface Fate {
  readonly copies: number;
  readonly delay: number;
}

const fates: fc.Arbitrary<Fate> = fc.record({
  copies: fc.constantFrom(0, 1, 1, 1, 2),
  delay: fc.constantFrom(0, 0, 0, 1, 3),
});

/** Runs both ends for a number of rounds of 10 ms over a line with these fates (cyclic). */
function run(
  sentBytes: readonly (readonly number[])[],
  line: readonly Fate[],
): { received: number[]; outstanding: number } {
  const host = new StreamLane();
  const board = new StreamLane();
  const received: number[] = [];
  const underWay: {
    readonly round: number;
    readonly to: StreamLane;
    readonly message: StreamMessage | StreamAckMessage;
  }[] = [];
  let frames = 0;
  let outstanding = 0;
  let outstandingMax = 0;
  for (let round = 0; round < 3000; round += 1) {
    const now = round * 10;
    const write = sentBytes[round];
    if (write !== undefined) host.write(Uint8Array.from(write));
    for (const [from, to] of [
      [host, board],
      [board, host],
    ] as const) {
      for (let message = from.peek(now); message !== undefined; message = from.peek(now)) {
        from.sent(message, now);
        const fate = line[frames % line.length] ?? { copies: 1, delay: 0 };
        frames += 1;
        for (let copy = 0; copy < fate.copies; copy += 1) underWay.push({ round: round + fate.delay, to, message });
      }
    }
    for (const item of underWay.filter((candidate) => candidate.round === round)) {
      if (item.message.kind === 'stream-ack') item.to.acknowledged(item.message);
      else received.push(...(item.to.receive(item.message) ?? []));
    }
    outstanding = host.repeatAtMs === undefined ? 0 : 1;
    outstandingMax = Math.max(outstandingMax, outstanding);
  }
  return { received, outstanding };
}

describe('the stream lane', () => {
  it('delivers every byte once and in order over a line that loses, repeats and delays', () => {
    const writes = fc.array(fc.array(fc.nat(255), { minLength: 1, maxLength: 50 }), { maxLength: 12 });
    const lines = fc
      .array(fates, { minLength: 3, maxLength: 40 })
      .filter((line) => line.filter(({ copies }) => copies > 0).length * 3 >= line.length * 2);
    fc.assert(
      fc.property(writes, lines, (sentBytes, line) => {
        const { received } = run(sentBytes, line);
        const expected = sentBytes.flat();
        // A line that loses in step with the repeats may starve the end; what arrives is a beginning, never anything else.
        expect(received).toEqual(expected.slice(0, received.length));
      }),
      { numRuns: 60 },
    );
  });

  it('[S21] ends with nothing outstanding over a good line, also past the wrap of its numbers', () => {
    const bytes = Array.from({ length: 300 }, (_, index) => Array.from({ length: 30 }, () => index & 0xff));
    const { received, outstanding } = run(bytes, [{ copies: 1, delay: 0 }]);
    expect(received).toEqual(bytes.flat());
    expect(outstanding).toBe(0);
  });

  it('sends two frames of at most 16 bytes, then waits 60 ms, then both again', () => {
    const lane = new StreamLane();
    lane.write(new Uint8Array(40));
    const sent: number[] = [];
    for (let message = lane.peek(0); message?.kind === 'stream'; message = lane.peek(0)) {
      lane.sent(message, 0);
      sent.push(message.data.length);
    }
    expect(sent).toEqual([16, 16]);
    expect(lane.peek(59.9)).toBeUndefined();
    expect(lane.repeatAtMs).toBe(60);
    expect(lane.peek(60)).toMatchObject({ streamSeq: 0 });
  });

  it('ignores acknowledgements of what was never sent', () => {
    const lane = new StreamLane();
    lane.write(new Uint8Array(20));
    const first = lane.peek(0);
    if (first !== undefined) lane.sent(first, 0);
    lane.acknowledged({ kind: 'stream-ack', next: 2 });
    lane.acknowledged({ kind: 'stream-ack', next: 255 });
    expect(lane.repeatAtMs).toBe(60);
    lane.acknowledged({ kind: 'stream-ack', next: 1 });
    expect(lane.repeatAtMs).toBeUndefined();
  });

  it('acknowledges what it expects next, whatever it got', () => {
    const lane = new StreamLane();
    expect(lane.receive({ kind: 'stream', streamSeq: 3, data: Uint8Array.of(1) })).toBeUndefined();
    expect(lane.peek(0)).toEqual({ kind: 'stream-ack', next: 0 });
    expect(lane.receive({ kind: 'stream', streamSeq: 0, data: Uint8Array.of(1) })).toEqual(Uint8Array.of(1));
    expect(lane.peek(0)).toEqual({ kind: 'stream-ack', next: 1 });
  });
});
