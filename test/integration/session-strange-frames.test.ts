// A flood of frames that are right by checksum, session and number and mean nothing: refused, counted, and the end of the link.
import { expect, it } from 'vitest';
import { SessionBench } from '../support/session-bench.ts';

function armed(): SessionBench {
  const bench = new SessionBench().connect();
  bench.runCycles();
  bench.clock.advance(100);
  expect(bench.link?.state).toBe('armed');
  return bench;
}

it('[S10] ten frames of an unknown type end the link; nine of them are counted and change nothing', () => {
  const bench = armed();
  const unknown = () => bench.line.board.write(bench.board.encode({ kind: 'opened', boardTimeUs: 1 }, { type: 0xee }));
  for (let count = 0; count < 9; count += 1) unknown();
  bench.clock.advance(60);
  expect(bench.session.stats().drops.malformed).toBe(9);
  expect(bench.link?.state).toBe('armed');
  unknown();
  bench.clock.advance(20);
  expect(bench.session.stats().drops.malformed).toBe(10);
  expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001, detail: { reason: 'unknown frames' } } });
  bench.endCycles();
  bench.clock.advance(5000);
  expect(bench.link?.state).toBe('stopped');
});

it('[S10] a known type with a content that cannot be is counted in the same way', () => {
  const bench = armed();
  for (let count = 0; count < 10; count += 1) {
    bench.line.board.write(bench.board.encode({ kind: 'opened', boardTimeUs: 1 }, { type: 0x90 }));
  }
  bench.clock.advance(60);
  expect(bench.session.stats().drops.malformed).toBe(10);
  expect(bench.link?.cause).toMatchObject({ code: 1001, detail: { reason: 'unknown frames' } });
});

it('[S10] a board that refuses ten frames of an open session is one that does not understand its host: the link ends', () => {
  const bench = armed();
  const refuse = () => bench.board.send({ kind: 'refused', type: 0x10, reason: 'unknown-type' });
  for (let count = 0; count < 9; count += 1) refuse();
  bench.clock.advance(60);
  expect(bench.link?.state).toBe('armed');
  refuse();
  bench.clock.advance(20);
  expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001, detail: { reason: 'refused frames' } } });
});

it('[S10] each session begins to count anew', () => {
  const bench = armed();
  for (let session = 0; session < 4; session += 1) {
    for (let count = 0; count < 9; count += 1) {
      bench.line.board.write(bench.board.encode({ kind: 'opened', boardTimeUs: 1 }, { type: 0xee }));
    }
    bench.clock.advance(60);
    bench.board.trip('permit');
    bench.clock.advance(20);
    bench.session.port.reopen();
    bench.clock.advance(300);
    expect(bench.link?.state).toBe('armed');
  }
});
