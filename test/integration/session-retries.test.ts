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

const STEPS = [
  ['PINS', 'pins', 'asking-pins'],
  ['OPENED', 'opened', 'opening'],
  ['CONFIG_ACK', 'config-ack', 'configuring'],
] as const;

it.each(STEPS)(
  'says within three seconds that a board which never sends %s does not speak the wire',
  (_name, kind, step) => {
    const bench = new SessionBench();
    const send = bench.board.send.bind(bench.board);
    let isMended = false;
    bench.board.send = (message, ...rest) => {
      if (isMended || message.kind !== kind) send(message, ...rest);
    };
    bench.start();
    bench.clock.advance(3000);
    const down = { state: 'down', cause: { code: 1004, detail: { board: 'main', step } } };
    expect(bench.link).toMatchObject(down);
    bench.clock.advance(30_000);
    expect([bench.links, bench.session.stats().attempts]).toEqual([['connecting', 'down'], 1]);
    isMended = true;
    bench.clock.advance(3000);
    expect(bench.link?.state).toBe('stopped');
  },
);

it('says the same of a board that refuses every OPEN', () => {
  const bench = new SessionBench();
  const { board } = bench;
  Object.defineProperty(board, 'challenge', { get: () => bench.clock.now(), set: () => undefined });
  bench.start();
  bench.clock.advance(5000);
  expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1004, detail: { step: 'opening' } } });
});

it('leaves the port open when trips are answered after a long session, whenever a timer is due before the answer', () => {
  const bench = new SessionBench().connect();
  bench.clock.advance(11_000);
  for (let silentMs = 10; silentMs <= 100; silentMs += 10) {
    bench.board.trip('permit');
    bench.clock.advance(20);
    bench.board.isMute = true;
    bench.write();
    bench.session.port.reopen();
    bench.clock.advance(silentMs);
    bench.board.isMute = false;
    bench.clock.advance(400);
  }
  expect([bench.link?.state, bench.session.stats().attempts]).toEqual(['stopped', 1]);
});
