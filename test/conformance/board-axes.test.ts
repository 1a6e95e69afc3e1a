// Step axes on the image that is flashed, in the emulator, at full speed and with the line full in both directions.
import { describe, expect, it } from 'vitest';
import { axisStopTimes, axisTimes } from '../support/axis-timing.ts';

describe('two axes at 4,000 steps/s on their chip', () => {
  it('lose no pulse, keep an even pace and bend no servo pulse by more than 2 µs', { timeout: 120_000 }, () => {
    const { steps, positions, gapsUs, servoJitterUs, pulses, overruns } = axisTimes(4_000);
    expect(steps).toEqual([4_000, 4_000]);
    expect(positions).toEqual([4_000, 4_000]);
    expect(gapsUs[0]).toBeGreaterThan(150);
    expect(gapsUs[1]).toBeLessThan(400);
    expect(servoJitterUs).toBeLessThanOrEqual(2);
    expect(pulses).toBeGreaterThan(400);
    expect(overruns).toBe(0);
  });

  it('stand within 1 ms after their permit has opened, every pulse counted', { timeout: 120_000 }, () => {
    const stops = axisStopTimes(20);
    expect(Math.min(...stops.map(({ speed }) => speed))).toBeGreaterThan(3_800);
    expect(Math.max(...stops.map(({ us }) => us))).toBeLessThanOrEqual(1_000);
    expect(stops.every(({ isCounted }) => isCounted)).toBe(true);
  });
});
