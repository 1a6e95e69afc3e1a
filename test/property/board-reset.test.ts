// Goal: wherever a brown-out resets a board, nothing is driven until somebody has configured it anew, and that works at once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CutAvrBench, CutRig, cutShort, RESET, tell } from '../support/reset-story.ts';

/** The EEPROM is written while the board boots: at most so long, µs. */
const BOOT_US = 50_000;

describe('a board that is reset by a brown-out while it works', () => {
  it('[M1] drives nothing until it is configured anew, after whichever byte or tick it comes', () => {
    const whole = new CutRig();
    tell(whole);
    expect(whole.events).toBeGreaterThan(800);
    for (let cutAt = 1; cutAt <= whole.events; cutAt += 1) {
      const rig = new CutRig();
      rig.cutAt = cutAt;
      const works = [1, 1500, 1600];
      expect({ cutAt, ...cutShort(rig, 0) }).toEqual({ cutAt, ...RESET, bootCount: 2, works });
    }
  });

  it('[M1] at any microsecond on its chip, and once more while it boots', { timeout: 300_000 }, () => {
    const whole = new CutAvrBench();
    const beganUs = whole.timeUs;
    tell(whole);
    const lastUs = whole.timeUs - beganUs;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: lastUs - 1 }), fc.integer({ min: 0, max: BOOT_US }), (afterUs, bootUs) => {
        const bench = new CutAvrBench();
        bench.cutAtUs = bench.timeUs + afterUs;
        const { bootCount, works, ...rest } = cutShort(bench, bootUs, true);
        expect(rest).toEqual(RESET);
        // A boot that was cut off before it was counted is not missed; the host has seen the one before.
        expect([2, 3]).toContain(bootCount);
        expect(works[0]).toBe(1);
        expect(Math.abs((works[1] ?? 0) - 1500)).toBeLessThanOrEqual(2);
        expect(Math.abs((works[2] ?? 0) - 1600)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 12 },
    );
  });
});
