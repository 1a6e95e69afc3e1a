// Goal: what a board saw of a sensor between two cycles is told to the next cycle, whatever newer images say.
import { describe, expect, it } from 'vitest';
import { withUnreadStrays } from '../../src/control/unread-images.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardImage } from '../../src/ports/board-port.ts';
import { samplePlan } from '../support/wire-samples.ts';

const STRAY = 0x8000;

function image(inputs: readonly number[], boardTimeUs: number): BoardImage {
  return { receivedAt: monotonicMs(0), boardTimeUs, receiptCycle: 0, inputs, outputs: [0, 0, 0], armed: false };
}

describe('an image that takes the place of one', () => {
  const plan = samplePlan();

  it('[N5] that no cycle has read takes over which sensors were out of range, and no more', () => {
    const next = withUnreadStrays(plan, image([1, 1, 20 | STRAY], 1_000), image([0, 0, 500], 2_000));
    expect(next.inputs).toEqual([0, 0, 500 | STRAY]);
  });

  it('that a cycle has read, or that said nothing of a sensor, stays as it came', () => {
    const came = image([0, 0, 500], 2_000);
    expect(withUnreadStrays(plan, undefined, came)).toBe(came);
    expect(withUnreadStrays(plan, image([1, 1, 400], 1_000), came)).toBe(came);
  });

  it('of another boot of the board takes over nothing', () => {
    const came = image([0, 0, 500], 2_000);
    expect(withUnreadStrays(plan, image([0, 0, STRAY], 9_000), came)).toBe(came);
  });
});
