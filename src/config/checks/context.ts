// What every cross-check gets, and how a check follows a name to the device that it means.
import { nearest } from '../did-you-mean.ts';
import type { Draft } from '../draft.ts';
import type { Report } from '../report.ts';
import type { DeviceKind, DeviceSource } from '../schema-devices.ts';
import type { Path } from '../source.ts';

/** What the checks may ask of the world outside the text. */
export interface Surroundings {
  /** Whether a file exists at an absolute path; asked for program modules. */
  readonly fileExists: (path: string) => boolean;
}

export interface Context {
  readonly draft: Draft;
  readonly report: Report;
  /** Of the cell file; program paths start at its folder. */
  readonly fileName: string;
  readonly surroundings: Surroundings;
}

const SHOWN_MAX = 24;

/** Names as a list that people can read, at most 24 of them; `-` when there are none. */
export function list(names: readonly string[]): string {
  if (names.length === 0) return '-';
  return names.length <= SHOWN_MAX ? names.join(', ') : `${names.slice(0, SHOWN_MAX).join(', ')}, ...`;
}

/** A device of one of some kinds. */
export type DeviceOf<Kind extends DeviceKind> = Extract<DeviceSource, { readonly kind: Kind }>;

function isOfKind<Kind extends DeviceKind>(device: DeviceSource, kinds: readonly Kind[]): device is DeviceOf<Kind> {
  return (kinds as readonly DeviceKind[]).includes(device.kind);
}

/** Well-formed devices of some kinds, with their names, in the order of the file. */
export function devicesOf<Kind extends DeviceKind>(
  { draft }: Context,
  kinds: readonly Kind[],
): readonly (readonly [string, DeviceOf<Kind>])[] {
  const found: (readonly [string, DeviceOf<Kind>])[] = [];
  for (const [name, device] of draft.devices) {
    if (device !== undefined && isOfKind(device, kinds)) found.push([name, device]);
  }
  return found;
}

/**
 * Follows a name to a device; reports an unknown name or a wrong kind.
 * @returns the device, or undefined when there is none or it is malformed, which the schema has reported already
 */
export function expectDevice<Kind extends DeviceKind>(
  context: Context,
  path: Path,
  name: string,
  kinds: readonly Kind[],
): DeviceOf<Kind> | undefined {
  const device = context.draft.devices.get(name);
  if (device !== undefined && isOfKind(device, kinds)) return device;
  if (device === undefined && context.draft.devices.has(name)) return undefined;
  const known = devicesOf(context, kinds).map(([candidate]) => candidate);
  const detail = { known: list(known) };
  if (device === undefined) context.report.add('unknown-device', path, { ...detail, nearest: nearest(name, known) });
  else context.report.add('wrong-kind', path, { ...detail, expected: kinds.join(' | '), kind: device.kind });
  return undefined;
}

/** Whether a board has stock Firmata; false for a board that is unknown or malformed. */
export function isUnsupervised({ draft }: Context, board: string): boolean {
  return draft.boards.get(board)?.firmware === 'firmata';
}

/** Kinds that `move` steps and poses name. */
export const JOINTS = ['servo', 'stepper-axis'] as const satisfies readonly DeviceKind[];

function isJoint(device: DeviceSource): boolean {
  return isOfKind(device, JOINTS);
}

/** Limits of a joint in its own unit, degrees or millimetres and seconds. */
export interface JointRange {
  readonly min: number;
  readonly max: number;
  readonly velocityMax: number;
  readonly accelerationMax: number;
  readonly unit: 'deg' | 'mm';
}

export function rangeOf(joint: DeviceOf<(typeof JOINTS)[number]>): JointRange {
  if (joint.kind === 'servo') {
    const { minDeg: min, maxDeg: max, velocityMaxDegPerS, accelerationMaxDegPerS2 } = joint;
    return { min, max, velocityMax: velocityMaxDegPerS, accelerationMax: accelerationMaxDegPerS2, unit: 'deg' };
  }
  const { minMm: min, maxMm: max, velocityMaxMmPerS, accelerationMaxMmPerS2 } = joint;
  return { min, max, velocityMax: velocityMaxMmPerS, accelerationMax: accelerationMaxMmPerS2, unit: 'mm' };
}

/** Whether a device can hurt: a servo and an axis always, a digital output unless it says otherwise. */
export function isHazardous(device: DeviceSource): boolean {
  return isJoint(device) || (device.kind === 'digital-output' && device.hazardous);
}
