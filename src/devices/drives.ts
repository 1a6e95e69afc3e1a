// What the devices are told in one cycle: physical values in, one slot image per board out.
import type { DeviceTable } from './device-table.ts';
import { pulseOf } from './servo.ts';

/** Wanted state of all process-data outputs, before encoding. */
export interface Drives {
  /** By joint index, degrees; undefined: no pulses. */
  readonly servoDeg: readonly (number | undefined)[];
  /** Digital outputs that are on. All others are off. */
  readonly on: ReadonlySet<string>;
}

/**
 * Encodes drives into slot values.
 * @param forcedSafe devices that get their safe value whatever `drives` says
 * @returns by board, by output slot: pin level 0/1 or pulse width in µs; always finite
 */
export function encodeDrives(table: DeviceTable, drives: Drives, forcedSafe: ReadonlySet<string>): number[][] {
  const images = table.plans.map((plan) => plan.outputs.map((slot) => (slot.kind === 'servo' ? 0 : slot.safeValue)));
  table.servos.forEach(({ board, slot, model }, joint) => {
    const positionDeg = drives.servoDeg[joint];
    const image = images[board];
    const limp = forcedSafe.has(model.name) && model.safe === 'off';
    if (image === undefined || limp || positionDeg === undefined || !Number.isFinite(positionDeg)) return;
    image[slot] = pulseOf(model, positionDeg);
  });
  for (const { board, slot, model } of table.digitalOutputs.values()) {
    const image = images[board];
    if (image === undefined || forcedSafe.has(model.name)) continue;
    image[slot] = drives.on.has(model.name) === model.activeHigh ? 1 : 0;
  }
  return images;
}
