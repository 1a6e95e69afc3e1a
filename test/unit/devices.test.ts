import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plausibleCounts } from '../../src/core/analog-scale.ts';
import type { AnalogInputModel, ServoModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { scaleCounts } from '../../src/devices/analog.ts';
import { buildDeviceTable } from '../../src/devices/device-table.ts';
import { readDevices } from '../../src/devices/readings.ts';
import { positionOf, pulseOf } from '../../src/devices/servo.ts';
import { smallModel } from '../support/small-cell.ts';

const servo: ServoModel = {
  kind: 'servo',
  name: 'base',
  description: '',
  board: 'main',
  pin: 'D3',
  minDeg: -90,
  maxDeg: 90,
  velocityMaxDegPerS: 120,
  accelerationMaxDegPerS2: 400,
  pulseAtMinUs: 600,
  pulseAtMaxUs: 2400,
  parkDeg: 0,
  safe: 'off',
};

describe('a servo', () => {
  it('gets the pulse width that its two end points give', () => {
    expect([-90, 0, 45, 90].map((deg) => pulseOf(servo, deg))).toEqual([600, 1500, 1950, 2400]);
  });

  it('never gets a pulse outside its soft limits', () => {
    expect([pulseOf(servo, -1000), pulseOf(servo, 1000)]).toEqual([600, 2400]);
  });

  it('mounted the other way round has a falling scale', () => {
    const reversed = { ...servo, pulseAtMinUs: 2400, pulseAtMaxUs: 600 };
    expect(pulseOf(reversed, -90)).toBe(2400);
    expect(positionOf(reversed, 1950)).toBe(-45);
  });

  it('that was never driven has no known position', () => {
    expect(positionOf(servo, 0)).toBeUndefined();
    expect(positionOf(servo, 1500)).toBe(0);
  });
});

describe('an analog input', () => {
  const pressure: AnalogInputModel = {
    kind: 'analog-input',
    name: 'vacuum',
    description: '',
    board: 'main',
    pin: 'A0',
    unit: 'kPa',
    scale: [
      { counts: 100, value: 0 },
      { counts: 900, value: -80 },
    ],
    plausibleMin: -85,
    plausibleMax: 5,
  };

  it('has a range of counts that says the same as its limits, on whatever line', () => {
    const points = fc.tuple(
      fc.nat(1_023),
      fc.nat(1_023),
      fc.integer({ min: -500, max: 500 }),
      fc.integer({ min: 1, max: 500 }),
    );
    const limits = fc.tuple(
      fc.double({ min: -900, max: 900, noNaN: true }),
      fc.double({ min: 0, max: 900, noNaN: true }),
    );
    fc.assert(
      fc.property(points, limits, fc.boolean(), ([first, second, value, rise], [plausibleMin, width], falls) => {
        fc.pre(first !== second);
        const scale = [
          { counts: first, value },
          { counts: second, value: falls ? value - rise : value + rise },
        ] as const;
        const device = { ...pressure, scale, plausibleMin, plausibleMax: plausibleMin + width };
        const { min, max } = plausibleCounts(device);
        for (let counts = 0; counts <= 1_023; counts += 1) {
          expect(counts >= min && counts <= max, `${counts}`).toBe(scaleCounts(device, counts) !== undefined);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is scaled between its two points and beyond', () => {
    expect(scaleCounts(pressure, 500)).toBe(-40);
    expect(scaleCounts(pressure, 90)).toBe(1);
  });

  it('says nothing when the counts cannot come from a sound sensor', () => {
    expect(scaleCounts(pressure, 0)).toBeUndefined();
    expect(scaleCounts(pressure, 1023)).toBeUndefined();
  });
});

describe('a sample of a digital input', () => {
  /** Whether an input on a board with this firmware is believed at this age. */
  function isBelieved(firmware: 'celda' | 'firmata', ageMs: number): boolean {
    const cell = smallModel({
      'boards.spare': { kind: 'uno', firmware },
      'devices.full': { kind: 'digital-input', board: 'spare', pin: 'D5', closedWhen: 'low' },
    });
    const image = { boardTimeUs: 0, receiptCycle: 0, inputs: [0], outputs: [], armed: false };
    const now = monotonicMs(1000);
    const readings = readDevices(
      buildDeviceTable(cell),
      [undefined, { ...image, receivedAt: monotonicMs(now - ageMs) }],
      now,
    );
    return readings.input('full') === true;
  }

  it('is believed for 50 ms, and for 500 ms from a board with stock Firmata', () => {
    expect([50, 51].map((ageMs) => isBelieved('celda', ageMs))).toEqual([true, false]);
    expect([500, 501].map((ageMs) => isBelieved('firmata', ageMs))).toEqual([true, false]);
  });
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'what a board says that is no number (%s) is no value of any kind, also before it is scaled',
  (value) => {
    const cell = smallModel();
    const table = buildDeviceTable(cell);
    const now = monotonicMs(100);
    const images = table.plans.map((plan) => ({
      receivedAt: now,
      boardTimeUs: 0,
      receiptCycle: 0,
      armed: false,
      inputs: plan.inputs.map(() => value),
      outputs: plan.outputs.map(() => 0),
    }));
    const readings = readDevices(table, images, now);
    for (const name of [...table.digitalInputs.keys(), ...table.analogInputs.keys()]) {
      expect([name, readings.raw(name)]).toEqual([name, undefined]);
    }
  },
);
