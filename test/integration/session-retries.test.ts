// Goal: a board that is refused, or that broke off the handshake, is asked again in its time, and not without end in between.
// Method: the session reads a clock that goes on while it works, as every real one does.
import { expect, it } from 'vitest';
import type { ScriptedBoard } from '../support/scripted-board.ts';
import { SessionBench } from '../support/session-bench.ts';

it('asks a board that it has refused again every two seconds, and takes it once it fits', () => {
  const bench = new SessionBench({ readsGoingClock: true, board: { ident: { wireVersion: 9 } } });
  bench.start();
  bench.clock.advance(9000);
  expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1003, detail: { what: 'wireVersion' } } });
  expect(bench.board.countTaken('hello')).toBe(5);
});

it('begins again when a step of the handshake was asked ten times and not answered, and opens once it is', () => {
  const taken: { board?: ScriptedBoard; isCut: boolean } = { isCut: true };
  const bench = new SessionBench({
    readsGoingClock: true,
    disturb: (direction, bytes) => {
      const isLost = taken.isCut && direction === 'to-host' && taken.board?.state === 'configuring';
      return isLost ? [] : [{ bytes, delayMs: 0 }];
    },
  });
  taken.board = bench.board;
  bench.start();
  bench.clock.advance(1200);
  expect([bench.link?.state, bench.board.countTaken('open')]).toEqual(['connecting', 10]);
  taken.isCut = false;
  bench.clock.advance(1000);
  expect([bench.link?.state, bench.board.countTaken('open')]).toEqual(['stopped', 11]);
});
