// Joint targets: the joints exist and the angles are inside their limits.
import type { Path } from '../source.ts';
import { type Context, expectDevice } from './context.ts';

/** Checks degrees by joint at a path of the file. */
export function checkTarget(context: Context, path: Path, target: Readonly<Record<string, number>>): void {
  const joints = Object.entries(target);
  if (joints.length === 0) context.report.add('no-joints', path, {});
  for (const [joint, deg] of joints) {
    const servo = expectDevice(context, [...path, joint], joint, ['servo']);
    if (servo === undefined || servo.minDeg >= servo.maxDeg) continue;
    if (deg >= servo.minDeg && deg <= servo.maxDeg) continue;
    const range = `${servo.minDeg}..${servo.maxDeg}`;
    context.report.add('target-outside-limits', [...path, joint], { range, joint });
  }
}

export function checkPoses(context: Context): void {
  for (const [name, pose] of context.draft.poses) {
    if (pose !== undefined) checkTarget(context, ['poses', name], pose);
  }
}
