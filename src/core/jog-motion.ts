// Jogging: joints follow wanted speeds, not targets, within their limits and with a bounded speed of the tool. Pure.
import type { JointLimits, MotionState } from './motion.ts';
import { toolSpeedBoundMmPerS } from './tool-speed.ts';

/** What a jog keeps to. Arrays are indexed alike by joint. */
export interface JogLimits {
  readonly joints: readonly JointLimits[];
  /** By joint, mm of the tool per degree or mm of the joint. */
  readonly toolMmPerUnit: readonly number[];
  /** Bound of the speed of the tool, mm/s, > 0. */
  readonly toolSpeedMaxMmPerS: number;
}

interface Joint {
  readonly position: number;
  readonly velocity: number;
}

/**
 * The highest speed towards a limit `distance` ahead after which the joint, braking, still stops before it:
 * (v + v')/2 * dt + v'^2 / (2a) <= distance, solved for v'.
 */
function brakeableSpeed(distance: number, speed: number, dtS: number, acceleration: number): number {
  const left = distance - (speed * dtS) / 2;
  const root = (dtS * dtS) / 4 + (2 * left) / acceleration;
  return root <= 0 ? 0 : Math.max(0, acceleration * (Math.sqrt(root) - dtS / 2));
}

function towards(from: number, to: number, step: number): number {
  return from < to ? Math.min(to, from + step) : Math.max(to, from - step);
}

/** The next speed of one joint: nearer to the wanted one by what its acceleration allows, and able to stop before its limits. */
function nextVelocity({ position, velocity }: Joint, wanted: number, limit: JointLimits, dtS: number): number {
  const top = limit.velocityMaxDegPerS;
  const bounded = Math.min(top, Math.max(-top, wanted));
  const acceleration = limit.accelerationMaxDegPerS2;
  const next = towards(velocity, bounded, acceleration * dtS);
  const up = brakeableSpeed(limit.maxDeg - position, velocity, dtS, acceleration);
  const down = brakeableSpeed(position - limit.minDeg, -velocity, dtS, acceleration);
  return Math.min(Math.max(next, -down), up);
}

/** Joints that slow down do so at once; those that speed up share what the tool's bound leaves, all by the same part. */
function shareToolSpeed(before: readonly number[], after: readonly number[], limits: JogLimits): readonly number[] {
  const bound = limits.toolSpeedMaxMmPerS;
  const all = toolSpeedBoundMmPerS(after, limits.toolMmPerUnit);
  if (all <= bound) return after;
  const slowed = after.map((velocity, joint) => {
    const was = before[joint] ?? 0;
    return Math.abs(velocity) < Math.abs(was) ? velocity : was;
  });
  const least = toolSpeedBoundMmPerS(slowed, limits.toolMmPerUnit);
  // Not even what slows down leaves room: the bound was lowered, or a joint without a reach is under way.
  if (least >= bound) return slowed.map((velocity) => (velocity * bound) / least);
  // The bound is convex in the share, so that the straight line between both ends is never below it.
  const share = (bound - least) / (all - least);
  return slowed.map((velocity, joint) => velocity + share * ((after[joint] ?? 0) - velocity));
}

/**
 * Moves on by `dtMs` with wanted speeds. With all of them 0 the joints ramp down within their acceleration and stand.
 *
 * @param wanted by joint, degrees/s or mm/s, finite. A joint without a reach stands unless 0 is wanted.
 * @param dtMs time since the last step, milliseconds, >= 0
 * @returns joints under way have a velocity and no path
 */
export function stepJog(state: MotionState, wanted: readonly number[], dtMs: number, limits: JogLimits): MotionState {
  if (!(dtMs > 0)) return state;
  const dtS = dtMs / 1000;
  const before = state.velocityDegPerS;
  const mayMove = (joint: number): boolean => Number.isFinite(limits.toolMmPerUnit[joint]);
  const after = limits.joints.map((limit, joint) => {
    const at = { position: state.positionDeg[joint] ?? 0, velocity: before[joint] ?? 0 };
    return nextVelocity(at, mayMove(joint) ? (wanted[joint] ?? 0) : 0, limit, dtS);
  });
  const velocityDegPerS = shareToolSpeed(before, after, limits);
  const positionDeg = limits.joints.map(({ minDeg, maxDeg }, joint) => {
    const from = state.positionDeg[joint] ?? 0;
    const moved = from + (((before[joint] ?? 0) + (velocityDegPerS[joint] ?? 0)) / 2) * dtS;
    // A joint that was found beyond its limits comes back by itself only when asked to.
    return Math.min(Math.max(moved, Math.min(minDeg, from)), Math.max(maxDeg, from));
  });
  return { positionDeg, velocityDegPerS, path: undefined };
}
