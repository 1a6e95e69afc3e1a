// Joint targets: the joints exist and the positions are inside their limits.
import type { Path } from '../source.ts';
import { type Context, expectDevice, JOINTS, rangeOf } from './context.ts';

/** Checks degrees or millimetres by joint at a path of the file. */
export function checkTarget(context: Context, path: Path, target: Readonly<Record<string, number>>): void {
  const joints = Object.entries(target);
  if (joints.length === 0) context.report.add('no-joints', path, {});
  for (const [joint, position] of joints) {
    const device = expectDevice(context, [...path, joint], joint, JOINTS);
    if (device === undefined) continue;
    const { min, max, unit } = rangeOf(device);
    if (min >= max || (position >= min && position <= max)) continue;
    const range = `${min}..${max} ${unit}`;
    context.report.add('target-outside-limits', [...path, joint], { range, joint });
  }
}

export function checkPoses(context: Context): void {
  for (const [name, pose] of context.draft.poses) {
    if (pose !== undefined) checkTarget(context, ['poses', name], pose);
  }
}
