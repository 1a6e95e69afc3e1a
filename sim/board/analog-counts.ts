// What a 10-bit converter reads for a physical value: the inverse of what the controller does with the counts.
import type { AnalogInputModel, AnalogThermometerModel } from '../../src/core/cell-model.ts';

const COUNTS_MAX = 1023;

/** Reference voltage of an Uno's converter, and its steps. */
const REFERENCE_MV = 5000;
const STEPS = 1024;

/** @returns whole counts, 0..1023: a converter cannot read beyond its rails */
export function clampCounts(counts: number): number {
  return Math.min(COUNTS_MAX, Math.max(0, Math.round(counts)));
}

/** Counts for a value in the device's unit, along the line through its two scale points. */
export function countsOfValue(device: AnalogInputModel, value: number): number {
  const [low, high] = device.scale;
  const share = (value - low.value) / (high.value - low.value);
  return clampCounts(low.counts + share * (high.counts - low.counts));
}

/**
 * Counts for a temperature, degree Celsius, on a 5 V converter.
 * Sources: Analog Devices TMP35/36/37 data sheet, table 1 (10 mV/°C, 500 mV at 0 °C); TI LM35 data sheet (10 mV/°C, 0 V
 * at 0 °C); TI LM335 data sheet (10 mV/K).
 */
export function countsOfTemperature(controller: AnalogThermometerModel['controller'], celsius: number): number {
  return clampCounts(Math.floor((millivolts(controller, celsius) * STEPS) / REFERENCE_MV));
}

function millivolts(controller: AnalogThermometerModel['controller'], celsius: number): number {
  switch (controller) {
    case 'TMP36':
      return 500 + 10 * celsius;
    case 'LM35':
      return 10 * celsius;
    case 'LM335':
      return 10 * (celsius + 273.15);
    default:
      return controller satisfies never;
  }
}
