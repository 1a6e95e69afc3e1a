// Analog inputs: what a board says of one -> value in the device's unit.
import { analogState, isPlausible, valueOfCounts } from '../core/analog-scale.ts';
import type { AnalogInputModel } from '../core/cell-model.ts';

/**
 * Scales linearly between the two points of the device.
 * @param word as in a board image: counts 0..1023, and whether the board found the input out of range
 * @returns the value in `device.unit`, or undefined out of range: outside what is plausible, by the controller or by the board (broken
 * sensor or wire)
 */
export function scaleCounts(device: AnalogInputModel, word: number): number | undefined {
  const { counts, isOutOfRange } = analogState(word);
  return !isOutOfRange && isPlausible(device, counts) ? valueOfCounts(device, counts) : undefined;
}
