// Analog inputs: converter counts -> value in the device's unit.
import type { AnalogInputModel } from '../core/cell-model.ts';

/**
 * Scales counts linearly between the two points of the device.
 * @param counts 0..1023
 * @returns the value in `device.unit`, or undefined outside the plausible range (broken sensor or wire)
 */
export function scaleCounts(device: AnalogInputModel, counts: number): number | undefined {
  const [low, high] = device.scale;
  const value = low.value + ((counts - low.counts) * (high.value - low.value)) / (high.counts - low.counts);
  return value >= device.plausibleMin && value <= device.plausibleMax ? value : undefined;
}
