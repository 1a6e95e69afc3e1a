// What each check of a sensor takes for wrong, sample by sample, and that nothing which is not a number ever passes.
import { describe, expect, it, test } from 'vitest';
import type { AnalogInputModel, DigitalInputModel } from '../../src/core/cell-model.ts';
import { type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import { scaleCounts } from '../../src/devices/analog.ts';
import { buildDeviceTable, type DeviceTable } from '../../src/devices/device-table.ts';
import { encodeDrives } from '../../src/devices/drives.ts';
import {
  checkSensor,
  JUMP_QUIET_MS,
  type SensorCheck,
  type SensorMemory,
  type SensorSample,
  UNSEEN,
} from '../../src/devices/plausibility.ts';
import { readDevices } from '../../src/devices/readings.ts';
import type { BoardImage } from '../../src/ports/board-port.ts';
import { simCell } from '../support/sim-cell.ts';

const CELL = simCell();

function analog(checks: Partial<AnalogInputModel>): AnalogInputModel {
  const device = CELL.devices.find(({ name }) => name === 'vacuum');
  if (device?.kind !== 'analog-input') throw new Error('the cell has no vacuum sensor');
  return { ...device, ...checks };
}

function digital(checks: Partial<DigitalInputModel>): DigitalInputModel {
  const device = CELL.devices.find(({ name }) => name === 'at-pick');
  if (device?.kind !== 'digital-input') throw new Error('the cell has no light barrier');
  return { ...device, ...checks };
}

const PERIOD_MS = 20;

/** Shows a sensor samples, 20 ms apart. @returns the problem after each */
function problems(
  sensor: AnalogInputModel | DigitalInputModel,
  samples: readonly Partial<SensorSample>[],
): readonly (SensorCheck | undefined)[] {
  let memory: SensorMemory = UNSEEN;
  return samples.map((changes, index) => {
    const value = 'value' in changes ? changes.value : 0;
    const sample = { raw: value, value, takenAtUs: index * PERIOD_MS * 1000, other: undefined, isExecuting: true };
    memory = checkSensor(sensor, memory, { ...sample, ...changes });
    return memory.problem;
  });
}

function times(count: number, sample: Partial<SensorSample>): readonly Partial<SensorSample>[] {
  return Array.from({ length: count }, () => sample);
}

describe('a sensor', () => {
  it('[N5] outside its range is not believed, and is again as soon as it is inside', () => {
    const outside = { raw: 1023, value: undefined };
    expect(problems(analog({ whenImplausible: 'hold' }), [{}, outside, {}])).toEqual([undefined, 'range', undefined]);
  });

  it('[N7] without a fresh sample is not believed', () => {
    expect(problems(analog({}), [{}, { raw: undefined, value: undefined }])).toEqual([undefined, 'stale']);
  });

  it.each([
    ['analog', analog({ changesWithinMs: 100 })],
    ['digital', digital({ changesWithinMs: 100 })],
  ])(
    '[N6] that is %s and does not change is frozen after its time, and lives again with the first change',
    (_, sensor) => {
      const seen = problems(sensor, [...times(6, { value: 1 }), { value: 0 }]);
      expect(seen).toEqual([undefined, undefined, undefined, undefined, undefined, 'frozen', undefined]);
    },
  );

  it('[N6] that does not change while no order executes is not frozen, and gets its whole time again', () => {
    const idle = times(20, { isExecuting: false });
    expect(problems(analog({ changesWithinMs: 100 }), [...idle, ...times(5, {})])).toEqual(Array(25).fill(undefined));
  });

  it('[N8] that jumps is not believed until it has been quiet for a while', () => {
    const sensor = analog({ rateMaxPerS: 100 });
    expect(problems(sensor, [{ value: 0 }, { value: 2 }])).toEqual([undefined, undefined]);
    const seen = problems(sensor, [{ value: 0 }, ...times(12, { value: 2.1 })]);
    expect(seen.slice(1, 1 + JUMP_QUIET_MS / PERIOD_MS)).toEqual(Array(10).fill('jumped'));
    expect(seen.at(-1)).toBeUndefined();
  });

  it('[N8] is not blamed for a change that took as long as its samples were missing, or for another boot of its board', () => {
    const sensor = analog({ rateMaxPerS: 100 });
    expect(problems(sensor, [{ value: 0 }, { value: 50, takenAtUs: 600_000 }])).toEqual([undefined, undefined]);
    expect(
      problems(sensor, [
        { value: 0, takenAtUs: 900_000 },
        { value: 50, takenAtUs: 1000 },
      ])[1],
    ).toBeUndefined();
  });

  it('disagrees with another one of the same thing only after its time, also when that one cannot be read', () => {
    const sensor = analog({ agreesWith: { input: 'twin', within: 5, forMs: 60 } });
    const apart = [{ other: 5 }, ...times(3, { other: 5.1 }), ...times(1, { other: undefined }), { other: -5 }];
    expect(problems(sensor, apart)).toEqual([undefined, undefined, undefined, undefined, 'disagrees', undefined]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('[N5] never agrees with %s', (other) => {
    const sensor = analog({ agreesWith: { input: 'twin', within: 5, forMs: 20 } });
    expect(problems(sensor, times(3, { other })).at(-1)).toBe('disagrees');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('[N5] that goes to %s has jumped', (value) => {
    expect(problems(analog({ rateMaxPerS: 100 }), [{ value: 0 }, { raw: 1, value }]).at(-1)).toBe('jumped');
  });
});

const NOT_NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const;

/** Every input and output of the board has one value. */
function imageOf({ plans }: DeviceTable, value: number, receivedAt: number): BoardImage {
  return {
    receivedAt: receivedAt as MonotonicMs,
    boardTimeUs: 0,
    receiptCycle: 0,
    armed: false,
    inputs: plans[0]?.inputs.map(() => value) ?? [],
    outputs: plans[0]?.outputs.map(() => value) ?? [],
  };
}

describe.each([...NOT_NUMBERS, 0.5, 2, -1])('%s', (word) => {
  const table = buildDeviceTable(CELL);

  test('[N5] as a level is neither open nor closed, and as counts no value', () => {
    const readings = readDevices(table, [imageOf(table, word, 1000)], monotonicMs(1000));
    for (const name of table.digitalInputs.keys()) expect(readings.input(name)).toBeUndefined();
    if (!Number.isFinite(word))
      for (const name of table.analogInputs.keys()) expect(readings.analog(name)).toBeUndefined();
    expect(readings.gripper('gripper')).toBeUndefined();
  });
});

describe('an analog input', () => {
  const table = buildDeviceTable(CELL);
  const read = (word: number) => readDevices(table, [imageOf(table, word, 1000)], monotonicMs(1000));

  test('[N5] that its board found out of range has no value, whatever its counts', () => {
    expect(read(500).analog('vacuum')).toBeLessThan(0);
    expect(read(500 | 0x8000).analog('vacuum')).toBeUndefined();
  });

  test('has the counts that it had, out of range or not', () => {
    expect([read(500).raw('vacuum'), read(500 | 0x8000).raw('vacuum')]).toEqual([500, 500]);
  });
});

describe.each(NOT_NUMBERS)('%s', (word) => {
  const table = buildDeviceTable(CELL);

  test('[N5] as the time of a sample makes it no fresh one', () => {
    const readings = readDevices(table, [imageOf(table, 1, word)], monotonicMs(1000));
    if (word === Number.POSITIVE_INFINITY) return;
    for (const name of table.digitalInputs.keys()) expect(readings.input(name)).toBeUndefined();
  });

  test('[N5] as counts of a scale is no value', () => {
    expect(scaleCounts(analog({}), word)).toBeUndefined();
  });

  test('[A3] as a set point of a joint gives no pulse', () => {
    const joints = table.joints.map(() => word);
    const images = encodeDrives(table, { joints, on: new Set() }, new Set());
    for (const { board, slot } of table.joints) expect(images[board]?.[slot]).toBe(0);
  });
});
