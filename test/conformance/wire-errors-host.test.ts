// The eight communication errors of IEC 61784-3:2021, 5.3, in the direction board to host: none of them reaches the
// control cycle as an image, and each is counted or ends the link.
import { describe, expect, it } from 'vitest';
import type { DropReason } from '../../firmware-bridge/session/frame-gate.ts';
import type { BoardMessage } from '../../firmware-bridge/wire/messages.ts';
import { SessionBench } from '../support/session-bench.ts';
import { ident } from '../support/wire-samples.ts';

/** An armed session, quiet but for what a test sends: the board's own images are held back. */
function connected(): SessionBench {
  const bench = new SessionBench({ model: { leaseMs: 2000 } }).connect();
  bench.write();
  bench.clock.advance(15);
  expect(bench.link?.state).toBe('armed');
  bench.board.isMute = true;
  bench.clock.advance(5);
  return bench;
}

/** An image with a mark that shows in the events: the value of the first input. */
function marked(bench: SessionBench, level: 0 | 1): BoardMessage {
  bench.board.inputs[0] = level;
  return bench.board.imageMessage('image');
}

/** Puts bytes on the line and returns how many images the cycle saw of them, and which counter moved. */
function deliver(bench: SessionBench, ...lines: readonly Uint8Array[]): { images: number; drops: DropReason[] } {
  const imagesBefore = bench.events.filter(({ event }) => event.kind === 'image').length;
  const before = bench.session.stats().drops;
  for (const bytes of lines) {
    bench.line.board.write(bytes);
    bench.clock.advance(5);
  }
  const after = bench.session.stats().drops;
  const reasons = Object.keys(after) as DropReason[];
  return {
    images: bench.events.filter(({ event }) => event.kind === 'image').length - imagesBefore,
    drops: reasons.filter((reason) => after[reason] > before[reason]),
  };
}

describe('from board to host', () => {
  it('the reference: an undisturbed image reaches the cycle', () => {
    const bench = connected();
    expect(deliver(bench, bench.board.encode(marked(bench, 1)))).toEqual({ images: 1, drops: [] });
    expect(bench.lastImage?.image.inputs[0]).toBe(1);
  });

  it('[S1] corruption: a frame with any byte changed is dropped', () => {
    const bench = connected();
    const length = bench.board.encode(marked(bench, 0)).length;
    for (let at = 0; at < length - 1; at += 1) {
      const frame = bench.board.encode(marked(bench, 1));
      frame[at] = (frame[at] ?? 0) ^ 0x55;
      const result = deliver(bench, frame, Uint8Array.of(0));
      expect(result.images).toBe(0);
      expect(result.drops.length).toBeGreaterThan(0);
      // Keeps the link alive between the damaged frames.
      deliver(bench, bench.board.encode(marked(bench, 0)));
    }
    expect(bench.link?.state).toBe('armed');
  });

  it('[S3] unintended repetition: the same frame again is dropped', () => {
    const bench = connected();
    const frame = bench.board.encode(marked(bench, 1));
    expect(deliver(bench, frame, frame, frame)).toEqual({ images: 1, drops: ['sequence'] });
    expect(bench.session.stats().drops.sequence).toBe(2);
  });

  it('[S4] incorrect sequence: a frame that was overtaken is dropped', () => {
    const bench = connected();
    const older = bench.board.encode(marked(bench, 0));
    const newer = bench.board.encode(marked(bench, 1));
    expect(deliver(bench, newer, older)).toEqual({ images: 1, drops: ['sequence'] });
    expect(bench.lastImage?.image.inputs[0]).toBe(1);
  });

  it('[S2] loss: lost frames leave the newer ones valid, and lasting loss ends the link within 150 ms', () => {
    const bench = connected();
    bench.board.encode(marked(bench, 0));
    bench.board.encode(marked(bench, 0));
    expect(deliver(bench, bench.board.encode(marked(bench, 1)))).toEqual({ images: 1, drops: [] });
    const heardAt = bench.clock.now();
    bench.clock.advance(200);
    expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001 } });
    expect(bench.linkAt('down', heardAt) - heardAt).toBeLessThanOrEqual(150);
  });

  it('[S7] unacceptable delay: receipts that stay away end the link within 150 ms, though frames arrive', () => {
    const bench = connected();
    const writtenAt = bench.clock.now();
    bench.write();
    for (let count = 0; count < 20; count += 1) {
      deliver(bench, bench.board.encode(marked(bench, 0)));
      bench.clock.advance(5);
    }
    expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001, detail: { reason: 'no receipts' } } });
    expect(bench.linkAt('down', writtenAt) - writtenAt).toBeLessThanOrEqual(150);
  });

  it('insertion: a frame of a session that is not open is dropped', () => {
    const bench = connected();
    const frame = bench.board.encode(marked(bench, 1), { session: 0x1234 });
    expect(deliver(bench, frame)).toEqual({ images: 0, drops: ['session'] });
  });

  it('[S5] insertion: a frame of the session before is dropped, in whatever state the next one is', () => {
    const bench = connected();
    const old = bench.board.encode(marked(bench, 1), { seq: 30_000 });
    bench.board.inputs[0] = 0;
    bench.board.isMute = false;
    bench.board.trip('permit');
    bench.clock.advance(20);
    bench.session.port.reopen();
    // Not at a multiple of 10 ms, when an image of the board is on the line.
    bench.clock.advance(105);
    expect(bench.link?.state).toBe('stopped');
    expect(deliver(bench, old).drops).toEqual(['session']);
    expect(bench.lastImage?.image.inputs[0]).toBe(0);
    expect(bench.link?.state).toBe('stopped');
  });

  it('[S5] insertion: an acknowledgement of the stream from an earlier round of numbers ends the link at worst', () => {
    const bench = connected();
    bench.board.isMute = false;
    bench.clock.advance(20);
    const insertedAt = bench.clock.now();
    const old = bench.board.encode({ kind: 'stream-ack', next: 9 }, { seq: 30_000 });
    bench.line.board.write(old);
    bench.clock.advance(150);
    expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001, detail: { reason: 'silent' } } });
    expect(bench.linkAt('down', insertedAt) - insertedAt).toBeLessThanOrEqual(150);
  });

  it('masquerade: a frame of the host, and bytes of another protocol, are no images', () => {
    const bench = connected();
    const foreign = Uint8Array.from([0xe0, 1, 2, 0xf0, 0x79, 0xf7, 0, 0x90, 0x7f, 0x7f, 0]);
    expect(deliver(bench, foreign).images).toBe(0);
    const short = bench.board.encode({ kind: 'opened', boardTimeUs: 1 }, { type: 0x90 });
    expect(deliver(bench, short)).toEqual({ images: 0, drops: ['malformed'] });
    const hostType = bench.board.encode({ kind: 'stream-ack', next: 1 }, { type: 0x21 });
    expect(deliver(bench, hostType)).toEqual({ images: 0, drops: ['malformed'] });
  });

  it('[S6] addressing: a frame of another board is dropped', () => {
    const bench = connected();
    const frame = bench.board.encode(marked(bench, 1), {}, '00112233445566ff');
    expect(deliver(bench, frame)).toEqual({ images: 0, drops: ['checksum'] });
  });

  it('[S5] a replayed IDENT does not start a session: its nonce is not the one asked with', () => {
    const bench = new SessionBench();
    bench.board.isMute = true;
    bench.start();
    bench.clock.advance(100);
    bench.board.send(ident(1, { uid: bench.board.uidText }));
    bench.clock.advance(100);
    expect(bench.session.stats()).toMatchObject({ framesSent: 1, messagesReceived: 1, ident: undefined });
  });
});
