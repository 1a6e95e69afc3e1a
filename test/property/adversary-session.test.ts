// Goal: an image that was recorded earlier in the same session and comes again must not be taken for the present.
import { describe, expect, it } from 'vitest';
import { SessionBench } from '../support/session-bench.ts';

describe('an image from earlier in the session', () => {
  it('[S5] whose sequence number counts as new again is not shown, and ends the link', () => {
    const bench = new SessionBench().connect();
    bench.runCycles(10);
    bench.clock.advance(300);
    const old = bench.board.imageMessage('image');
    bench.board.edge(0, 1 - (bench.lastImage?.image.inputs[0] ?? 0));
    bench.clock.advance(5000);
    const present = bench.lastImage?.image.inputs;
    bench.board.send(old, { seq: 30_000 });
    bench.clock.advance(20);
    expect(bench.lastImage?.image.inputs).toEqual(present);
    expect(bench.link).toMatchObject({
      state: 'down',
      cause: { code: 1001, detail: { reason: 'board time went back' } },
    });
    bench.clock.advance(1000);
    expect(bench.link?.state).toMatch(/^(stopped|armed)$/);
  });
});
