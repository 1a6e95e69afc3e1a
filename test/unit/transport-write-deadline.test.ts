// How long bytes may wait for the operating system: the contract of the transports shows what comes of it, this the time.
import { expect, it } from 'vitest';
import { WriteDeadline } from '../../firmware-bridge/transport/write-deadline.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

function deadline() {
  const clock = new VirtualClock();
  const missedAt: number[] = [];
  return { clock, missedAt, deadline: new WriteDeadline(clock, () => missedAt.push(clock.now())) };
}

it('[P12] bytes that nobody takes are given up after 50 ms, however often more come behind them', () => {
  const { clock, missedAt, deadline: of } = deadline();
  for (let at = 0; at < 40; at += 10) {
    of.waiting();
    clock.advance(10);
  }
  expect(missedAt).toEqual([]);
  clock.advance(1_000);
  expect(missedAt).toEqual([50]);
});

it('bytes that go begin the 50 ms anew for what is left, and end them when nothing is', () => {
  const { clock, missedAt, deadline: of } = deadline();
  of.waiting();
  clock.advance(40);
  of.progress(12);
  clock.advance(49);
  expect(missedAt).toEqual([]);
  of.progress(0);
  clock.advance(1_000);
  expect(missedAt).toEqual([]);
});
