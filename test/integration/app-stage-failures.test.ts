// Goal: whatever part of the control half throws, the boards are told to stop in the same turn; and who only listens cannot
// stop the cell. Method: the clock is read between all stages of a cycle and in all parts of the link, and the n-th reading
// throws, for every n of two cycles; the test does then what the control process does with a defect.
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/ports/clock.ts';
import { ACTUATOR_POWER, compose } from '../support/composed-control.ts';

/** Long before the lease of 100 ms is over; a STOP frame takes 2 ms on the line. */
const STOP_MS = 15;

class FailingClock implements Clock {
  readonly #clock: Clock;
  /** Readings until one throws. */
  left = Number.POSITIVE_INFINITY;
  readings = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now() {
    this.readings += 1;
    this.left -= 1;
    if (this.left === 0) throw new Error('broken on purpose');
    return this.#clock.now();
  }

  wall() {
    return this.#clock.wall();
  }

  schedule(...args: Parameters<Clock['schedule']>) {
    return this.#clock.schedule(...args);
  }
}

function breakable() {
  const holder: { clock: FailingClock | undefined } = { clock: undefined };
  const rig = compose((clock) => {
    holder.clock = new FailingClock(clock);
    return holder.clock;
  });
  const { clock } = holder;
  if (clock === undefined) throw new Error('the control half was made without its clock');
  return { ...rig, broken: clock };
}

/** Enables the cell, lets the n-th reading from now throw, and handles it as the control process does. */
async function breakAt(reading: number): Promise<{ readonly isNoticed: boolean; readonly power: number | undefined }> {
  const rig = breakable();
  const seen = { isNoticed: false };
  const endWithDefect = (): void => {
    seen.isNoticed = true;
    rig.run.stopBoards();
  };
  rig.run.ended.catch(endWithDefect);
  await rig.enable();
  expect(rig.levels.get(ACTUATOR_POWER)).toBe(1);
  rig.broken.left = reading;
  // Step by step, so that the time of the throw is known to a millisecond.
  for (let ms = 0; ms < 40 && !seen.isNoticed; ms += 1) await rig.clock.advance(1).catch(endWithDefect);
  await rig.clock.advance(STOP_MS);
  rig.stop();
  return { isNoticed: seen.isNoticed, power: rig.levels.get(ACTUATOR_POWER) };
}

describe('a defect', () => {
  it('[P4] in any part of a cycle or of the link has the boards stopped at once, by a frame', async () => {
    const counting = breakable();
    await counting.enable();
    const before = counting.broken.readings;
    await counting.clock.advance(20);
    const readings = counting.broken.readings - before;
    counting.stop();
    expect(readings).toBeGreaterThan(20);
    for (let reading = 1; reading <= readings; reading += 1) {
      expect({ reading, ...(await breakAt(reading)) }).toEqual({ reading, isNoticed: true, power: 0 });
    }
  });
});

describe('an observer that throws at every message', () => {
  it.each(['publish', 'onMessage'] as const)('[P11] (%s) is logged once, and the cell goes on', async (which) => {
    const thrown = { count: 0 };
    const rig = compose(undefined, {
      [which]: () => {
        thrown.count += 1;
        throw new Error('an observer that fails');
      },
    });
    await rig.enable();
    await rig.clock.advance(2_000);
    expect(thrown.count).toBeGreaterThan(20);
    expect([rig.seen.unit, rig.levels.get(ACTUATOR_POWER)]).toEqual(['Idle', 1]);
    expect(rig.seen.log.filter((text) => text.includes('an observer that fails'))).toHaveLength(1);
    rig.run.stopBoards();
    rig.stop();
  });
});
