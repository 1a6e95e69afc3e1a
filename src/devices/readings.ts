// What the devices say in one cycle: board images in, physical values out. Missing, stale or implausible is `undefined`.
import { analogState } from '../core/analog-scale.ts';
import { axisState } from '../core/board-plan.ts';
import type { MonotonicMs } from '../core/units.ts';
import type { BoardImage } from '../ports/board-port.ts';
import { scaleCounts } from './analog.ts';
import type { AxisReadBack } from './axis.ts';
import type { DeviceTable, Place } from './device-table.ts';
import { positionOf } from './servo.ts';

/** A sample older than this is not believed, ms (fault catalogue N7). */
export const SAMPLE_AGE_MAX_MS = 50;

/** The same for a board with stock Firmata, which reports changes only and is asked every 100 ms whether it still runs, ms. */
export const UNSUPERVISED_AGE_MAX_MS = 500;

export interface Readings {
  /** True: closed/on by the device's own polarity. */
  input(device: string): boolean | undefined;
  /** Level or counts of an input as its board gave it, whatever it is worth; undefined while there is no fresh one. */
  raw(device: string): number | undefined;
  /** In the unit of the device. */
  analog(device: string): number | undefined;
  /** State of a vacuum gripper. */
  gripper(device: string): { readonly holds: boolean; readonly partPresent: boolean } | undefined;
  /** Position that the servo was told last by the board's read-back, degrees; undefined if never since the board's boot. */
  servoDeg(joint: number): number | undefined;
  /** What the board of an axis says of it; undefined for another joint and while the board has no session. */
  axis(joint: number): AxisReadBack | undefined;
}

/** True while what a board said last is believed. */
export function isFresh(table: DeviceTable, board: number, image: BoardImage, now: MonotonicMs): boolean {
  const isStock = table.plans[board]?.board.firmware === 'firmata';
  // Whatever is not a number is not fresh.
  return now - image.receivedAt <= (isStock ? UNSUPERVISED_AGE_MAX_MS : SAMPLE_AGE_MAX_MS);
}

/**
 * Views the newest images of all boards as device values.
 * @param images by board index; undefined while the board has no open session
 * @param suspects inputs that cannot be believed: they count as missing
 */
export function readDevices(
  table: DeviceTable,
  images: readonly (BoardImage | undefined)[],
  now: MonotonicMs,
  suspects: ReadonlySet<string> = new Set(),
): Readings {
  const raw = (place: Place | undefined): number | undefined => {
    if (place === undefined) return undefined;
    const image = images[place.board];
    if (image === undefined || !isFresh(table, place.board, image, now)) return undefined;
    const value = image.inputs[place.slot];
    return Number.isFinite(value) ? value : undefined;
  };
  const counts = (place: Place | undefined): number | undefined => {
    const word = raw(place);
    return word === undefined ? undefined : analogState(word).counts;
  };
  const input = (device: string): boolean | undefined => {
    const placed = table.digitalInputs.get(device);
    const level = raw(placed);
    if (placed === undefined || level === undefined || suspects.has(device)) return undefined;
    if (level !== 0 && level !== 1) return undefined;
    return (level === 1) === (placed.model.closedWhen === 'high');
  };
  const analog = (device: string): number | undefined => {
    const placed = table.analogInputs.get(device);
    const word = raw(placed);
    if (placed === undefined || word === undefined || suspects.has(device)) return undefined;
    return scaleCounts(placed.model, word);
  };
  return {
    input,
    raw: (device) => raw(table.digitalInputs.get(device)) ?? counts(table.analogInputs.get(device)),
    analog,
    gripper(device) {
      const model = table.grippers.get(device);
      if (model === undefined) return undefined;
      const partPresent = input(model.partPresent);
      const pressureKpa = analog(model.pressure);
      if (partPresent === undefined || pressureKpa === undefined) return undefined;
      return { holds: partPresent && pressureKpa <= model.heldBelowKpa, partPresent };
    },
    servoDeg(joint) {
      const placed = table.joints[joint];
      const pulseUs = placed && images[placed.board]?.outputs[placed.slot];
      return placed?.model.kind !== 'servo' || pulseUs === undefined ? undefined : positionOf(placed.model, pulseUs);
    },
    axis(joint) {
      const placed = table.joints[joint];
      const image = placed && images[placed.board];
      if (placed?.model.kind !== 'stepper-axis' || image === undefined) return undefined;
      const steps = image.outputs[placed.slot];
      const word = image.outputs[placed.slot + 1];
      if (steps === undefined || word === undefined) return undefined;
      return { steps, ...axisState(word), isArmed: image.armed };
    },
  };
}
