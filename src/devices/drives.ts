// What the devices are told in one cycle: physical values in, one slot image per board out.
import type { DeviceTable } from './device-table.ts';
import { pulseOf } from './servo.ts';

/** Wanted state of all process-data outputs, before encoding. */
export interface Drives {
  /** By joint index: degrees of a servo, undefined: no pulses; of an axis the target in steps of its board's count. */
  readonly joints: readonly (number | undefined)[];
  /** Digital outputs that are on. All others are off. */
  readonly on: ReadonlySet<string>;
}

/**
 * Encodes drives into slot values.
 * @param forcedSafe devices that get their safe value whatever `drives` says
 * @returns by board, by output slot: pin level 0/1, pulse width in µs or steps; always finite
 */
export function encodeDrives(table: DeviceTable, drives: Drives, forcedSafe: ReadonlySet<string>): number[][] {
  const images = table.plans.map((plan) => plan.outputs.map((slot) => (slot.kind === 'servo' ? 0 : slot.safeValue)));
  table.joints.forEach(({ board, slot, model }, joint) => {
    const value = drives.joints[joint];
    const image = images[board];
    if (image === undefined || value === undefined || !Number.isFinite(value)) return;
    if (model.kind === 'stepper-axis') image[slot] = value;
    else if (model.safe === 'hold' || !forcedSafe.has(model.name)) image[slot] = pulseOf(model, value);
  });
  for (const { board, slot, model } of table.digitalOutputs.values()) {
    const image = images[board];
    if (image === undefined || forcedSafe.has(model.name)) continue;
    image[slot] = drives.on.has(model.name) === model.activeHigh ? 1 : 0;
  }
  return images;
}
