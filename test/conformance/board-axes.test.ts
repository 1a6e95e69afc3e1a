// Step axes on the image that is flashed, in the emulator, at full speed and with the line full in both directions.
import { describe, expect, it } from 'vitest';
import { AvrBench } from '../support/avr-bench.ts';
import { AXES, AXIS_BENCH, axesOf, axisOutputs, stepsOf } from '../support/axis-bench.ts';
import { axisStopTimes, axisTimes } from '../support/axis-timing.ts';
import { records, STATE } from '../support/firmware-rig.ts';

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

  it('lose no pulse either while one-wire and I2C are at work without a pause', { timeout: 120_000 }, () => {
    const { steps, positions, gapsUs, servoJitterUs, overruns, oneWireReplies } = axisTimes(4_000, true);
    expect(oneWireReplies).toBeGreaterThan(10);
    expect(steps).toEqual([4_000, 4_000]);
    expect(positions).toEqual([4_000, 4_000]);
    expect(gapsUs[0]).toBeGreaterThan(150);
    expect(gapsUs[1]).toBeLessThan(400);
    expect(servoJitterUs).toBeLessThanOrEqual(2);
    expect(overruns).toBe(0);
  });

  it('stand within 1 ms after their permit has opened, every pulse counted', { timeout: 120_000 }, () => {
    const stops = axisStopTimes(20);
    expect(Math.min(...stops.map(({ speed }) => speed))).toBeGreaterThan(3_800);
    expect(Math.max(...stops.map(({ us }) => us))).toBeLessThanOrEqual(1_000);
    expect(stops.every(({ isCounted }) => isCounted)).toBe(true);
  });

  it('[M9] make no step the other way when the configuration is found damaged while they run', {
    timeout: 120_000,
  }, () => {
    const bench = new AvrBench();
    bench.levels.set(2, 0);
    bench.configure(AXIS_BENCH, 2000);
    bench.process(axisOutputs(0));
    bench.process(axisOutputs(-100_000), 600_000);
    bench.process(axisOutputs(-100_000));
    const { data } = bench.board.chip;
    const valve = Buffer.from(records(AXIS_BENCH)[1]?.subarray(2) ?? []);
    const places = [...data.keys()].filter((at) => valve.equals(data.subarray(at, at + valve.length)));
    expect(places.length).toBe(2);
    // The copy in use; the other one is as it was committed.
    data[(places[0] ?? 0) + 4] = 1;
    bench.run(1_000_000);
    const image = bench.images().at(-1);
    expect(image).toMatchObject({ state: STATE.tripped, tripCause: 3 });
    const steps = stepsOf(bench.edges, AXES[0]);
    expect(steps.length).toBeGreaterThan(1000);
    expect(steps.filter(({ way }) => way === 1)).toEqual([]);
    expect(axesOf(image?.rest ?? Buffer.alloc(0))[0]).toMatchObject({ position: -steps.length, isMoving: false });
  });
});
