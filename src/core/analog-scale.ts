// The straight line from a converter's counts to the value that an analog input measures, and where on it counts are believed.
import type { AnalogInputModel } from './cell-model.ts';

/** Counts of the 10-bit converters of all boards: 0 to this. */
export const COUNTS_MAX = 1023;

/** Counts `min` to `max` are in range; where `min` is the greater one, none are. */
export interface CountsRange {
  readonly min: number;
  readonly max: number;
}

type Scaled = Pick<AnalogInputModel, 'scale' | 'plausibleMin' | 'plausibleMax'>;

/** @returns the value in the unit of the device, wherever it lies */
export function valueOfCounts({ scale }: Pick<AnalogInputModel, 'scale'>, counts: number): number {
  const [low, high] = scale;
  return low.value + ((counts - low.counts) * (high.value - low.value)) / (high.counts - low.counts);
}

/** Whether the value that belongs to these counts is plausible; outside, the sensor or its wire is broken. */
export function isPlausible(device: Scaled, counts: number): boolean {
  const value = valueOfCounts(device, counts);
  return value >= device.plausibleMin && value <= device.plausibleMax;
}

/** @returns the whole counts whose value is plausible: what a board checks by itself, to the count what the controller checks */
export function plausibleCounts(device: Scaled): CountsRange {
  let min = 0;
  while (min < COUNTS_MAX && !isPlausible(device, min)) min += 1;
  let max = COUNTS_MAX;
  while (max > 0 && !isPlausible(device, max)) max -= 1;
  return { min, max };
}

/** Bit of the word of an analog input in an image. */
const OUT_OF_RANGE = 0x8000;

/** What a board says of an analog input. */
export interface AnalogState {
  /** 0 to `COUNTS_MAX`. */
  readonly counts: number;
  /** The board has seen counts outside the range of its configuration since the image before, perhaps others than these. */
  readonly isOutOfRange: boolean;
}

/** @param word of an analog slot in an image, u16 */
export function analogState(word: number): AnalogState {
  return { counts: word & ~OUT_OF_RANGE, isOutOfRange: (word & OUT_OF_RANGE) !== 0 };
}

/** The inverse of `analogState`. */
export function analogWord({ counts, isOutOfRange }: AnalogState): number {
  return isOutOfRange ? counts | OUT_OF_RANGE : counts;
}
