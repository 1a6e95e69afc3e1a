// How fast the image that is flashed reacts, in cycles of the emulated chip, at random phases.
// `npm run campaign:board-timing` does the same thousands of times and prints the figures.
import { describe, expect, it } from 'vitest';
import { fullLeaseTimesUs, fullPermitTimesUs, resetsWhenFlooded } from '../support/avr-full-timing.ts';
import { edgeTimesUs, hangTimesUs, leaseTimesUs, permitTimesUs, servoTimes } from '../support/avr-timing.ts';

describe.each(['uno', 'mega'] as const)('the image of the %s on its chip', (board) => {
  it('has let go at most 1 ms after its lease, counted from the last valid byte', () => {
    const times = leaseTimesUs(60, 1, board);
    expect(Math.max(...times)).toBeLessThanOrEqual(1000);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(-700);
  });

  it('[O1] has let go at most 1 ms after a permit has opened, with the line full', () => {
    expect(Math.max(...permitTimesUs(40, 1, board))).toBeLessThanOrEqual(1000);
  });

  it.each(['switches', 'servos'] as const)(
    'lets go of every output in time with every slot in use (%s): 1 ms after a permit, line full, and 1 ms after the lease',
    (use) => {
      expect(Math.max(...fullPermitTimesUs(20, board, use))).toBeLessThanOrEqual(1000);
      expect(Math.max(...fullLeaseTimesUs(20, board, use))).toBeLessThanOrEqual(1000);
    },
  );

  it('[O1] ends the pulses of all of its axes at full speed in time as well: 1 ms after one permit or all of them', () => {
    expect(Math.max(...fullPermitTimesUs(6, board, 'axes'))).toBeLessThanOrEqual(1000);
  });

  it('is not reset by a line that brings more than it can take, at 500,000 baud', () => {
    expect(resetsWhenFlooded(board, 250_000)).toBe(0);
  });

  it('begins to report an opening within 2 ms when the line is free, and behind one frame when it is full', () => {
    expect(Math.max(...edgeTimesUs(40, 'free', 1, board))).toBeLessThanOrEqual(2000);
    expect(Math.max(...edgeTimesUs(25, 'busy', 1, board))).toBeLessThanOrEqual(6000);
  });

  it('pulses twelve servos with at most 2 µs of jitter while the line is full in both directions', () => {
    const { jitterUs, errorUs, pulses, overruns } = servoTimes(2, board);
    expect(jitterUs).toBeLessThanOrEqual(2);
    expect(errorUs).toBeLessThanOrEqual(4);
    expect(pulses).toBeGreaterThan(1000);
    expect(overruns).toBe(0);
  });

  it('keeps lease, permits and servo pulses in time while the stream keeps one-wire and I2C busy', () => {
    expect(Math.max(...leaseTimesUs(15, 1, board, 'buses'))).toBeLessThanOrEqual(1000);
    expect(Math.max(...permitTimesUs(15, 1, board, 'buses'))).toBeLessThanOrEqual(1000);
    const { jitterUs, overruns, replies } = servoTimes(1, board, 'buses');
    expect(jitterUs).toBeLessThanOrEqual(2);
    expect(overruns).toBe(0);
    expect(replies.i2c).toBeGreaterThan(10);
    expect(replies.oneWire).toBeGreaterThan(10);
  });

  it.each(['main loop', 'interrupts off'] as const)(
    '[M2] drives no pin 250 ms after a hang: %s, 100 of 100',
    (kind) => {
      const times = hangTimesUs(100, kind, 1, board);
      expect(times).toHaveLength(100);
      expect(Math.max(...times)).toBeLessThanOrEqual(250_000);
    },
  );
});
