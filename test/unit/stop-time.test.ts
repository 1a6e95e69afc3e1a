// How long a stop takes to reach a board: what counts, and what it is made of. All times by hand, in milliseconds.
import { describe, expect, it } from 'vitest';
import { StopTimeMeter } from '../../src/control/stop-time.ts';
import { TimeHistogram } from '../../src/core/time-histogram.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardImage } from '../../src/ports/board-port.ts';

/** The board's clock is 5 s ahead: no term may mix it with ours. */
const BOARD_AHEAD_MS = 5000;

/** @param sentMs when the board stamped it, by our clock */
function image(sentMs: number, receivedMs: number, receiptCycle: number, armed = false): BoardImage {
  return {
    receivedAt: monotonicMs(receivedMs),
    boardTimeUs: (sentMs + BOARD_AHEAD_MS) * 1000,
    receiptCycle,
    inputs: [],
    outputs: [],
    armed,
  };
}

const command = (cycle: number, arm = false) => ({ cycle, arm, outputs: [] });

describe('a stop time', () => {
  it('counts the way up, the reaction and the way down, but not the wait of an image for its cycle', () => {
    const meter = new StopTimeMeter();
    // 3 ms up; 6 ms of waiting; the cycle was due at 1009 and wrote at 1011; 4 ms down.
    meter.image(image(1000, 1003, 0));
    meter.written(command(1), monotonicMs(1009), false);
    meter.image(image(1015, 1018, 1));
    expect(meter.figures(monotonicMs(1018))).toMatchObject({ samples: 1, maxMs: 3 + 2 + 4, stops: 0 });
  });

  it('of a real stop runs from the stamp of the edge to the stamp of the receipt', () => {
    const meter = new StopTimeMeter();
    meter.image(image(1000, 1004, 7, true));
    meter.written(command(8), monotonicMs(1004), true);
    expect(meter.image(image(1002, 1006, 7, true))).toEqual([]);
    expect(meter.image(image(1011, 1015, 7, false))).toEqual([11]);
    expect(meter.figures(monotonicMs(1015))).toMatchObject({ samples: 1, stops: 1, stopMaxMs: 11, lastStopMs: 11 });
  });

  it('of a stop that ramps down ends with the receipt of its command, since the board stays armed', () => {
    const meter = new StopTimeMeter();
    meter.image(image(1000, 1004, 7, true));
    meter.written(command(8, true), monotonicMs(1004), true);
    expect(meter.image(image(1006, 1010, 7, true))).toEqual([]);
    expect(meter.image(image(1009, 1013, 8, true))).toEqual([9]);
  });

  it('of a board that was not armed ends with the receipt too, not with an image that was on its way', () => {
    const meter = new StopTimeMeter();
    meter.image(image(1000, 1004, 7));
    meter.written(command(8), monotonicMs(1004), true);
    expect(meter.image(image(1002, 1006, 7))).toEqual([]);
    expect(meter.image(image(1010, 1014, 8))).toEqual([10]);
  });

  it('[S21] ends with its own receipt where cycle numbers go round, not with the one before, nor with none', () => {
    const meter = new StopTimeMeter();
    const last = 2 ** 32 - 1;
    meter.image(image(1000, 1004, 0, true));
    meter.written(command(last, true), monotonicMs(1004), false);
    meter.image(image(1002, 1006, 0, true));
    expect(meter.figures(monotonicMs(1006)).samples).toBe(0);
    meter.image(image(1008, 1012, last, true));
    expect(meter.figures(monotonicMs(1012))).toMatchObject({ samples: 1, maxMs: 8 });
    meter.written(command(last + 1, true), monotonicMs(1012), false);
    meter.image(image(1010, 1014, last, true));
    expect(meter.figures(monotonicMs(1014)).samples).toBe(1);
    meter.image(image(1017, 1021, 1, true));
    expect(meter.figures(monotonicMs(1021))).toMatchObject({ samples: 2, maxMs: 9 });
    meter.written(command(last + 2, true), monotonicMs(1021), false);
    meter.image(image(1019, 1023, 1, true));
    expect(meter.figures(monotonicMs(1023)).samples).toBe(2);
  });

  it('of a lost command lasts until the next one is received', () => {
    const meter = new StopTimeMeter();
    meter.image(image(1000, 1003, 0));
    meter.written(command(1), monotonicMs(1003), false);
    meter.written(command(2), monotonicMs(1023), false);
    meter.image(image(1028, 1031, 2));
    expect(meter.figures(monotonicMs(1031))).toMatchObject({ samples: 2, maxMs: 28 });
  });

  it('is forgotten by the recent maximum after ten seconds, and never by the whole', () => {
    const meter = new StopTimeMeter();
    meter.image(image(1000, 1001, 0));
    meter.written(command(1), monotonicMs(1001), false);
    meter.image(image(1090, 1091, 1));
    expect(meter.figures(monotonicMs(10_900))).toMatchObject({ recentSamples: 1, recentMaxMs: 90 });
    expect(meter.figures(monotonicMs(12_100))).toMatchObject({ recentSamples: 0, recentMaxMs: 0, maxMs: 90 });
  });

  it('does not reach over the end of a session', () => {
    const meter = new StopTimeMeter();
    meter.image(image(1000, 1001, 0));
    meter.written(command(1), monotonicMs(1001), true);
    meter.reset();
    expect(meter.image(image(9000, 9001, 1))).toEqual([]);
    meter.reset();
    meter.written(command(2), monotonicMs(9002), true);
    expect(meter.figures(monotonicMs(9002)).samples).toBe(0);
  });
});

describe('a histogram of times', () => {
  it('has percentiles that are never too short and at most a sixteenth too long', () => {
    const histogram = new TimeHistogram();
    const times = Array.from({ length: 2000 }, (_, index) => 0.05 * 1.006 ** index);
    for (const ms of times) histogram.add(ms);
    for (const share of [0.01, 0.5, 0.9, 0.99, 0.999, 1]) {
      const exact = times[Math.ceil(times.length * share) - 1] ?? Number.NaN;
      const found = histogram.percentileMs(share);
      expect(found).toBeGreaterThanOrEqual(exact - 0.001);
      expect(found).toBeLessThanOrEqual(exact * (1 + 1 / 16) + 0.001);
    }
    expect(histogram.maxMs).toBe(times.at(-1));
  });

  it('is empty at first, and takes what is negative or beyond all measure', () => {
    const histogram = new TimeHistogram();
    expect([histogram.count, histogram.maxMs, histogram.percentileMs(0.5)]).toEqual([0, 0, 0]);
    histogram.add(-1);
    histogram.add(1e12);
    expect([histogram.count, histogram.percentileMs(0)]).toEqual([2, 0]);
  });
});
