// Synchronised joint moves: one path parameter for all joints, with a trapezoidal speed profile. Pure and time-free.
import type { Fault } from './faults.ts';
import { fault } from './faults.ts';
import type { Result } from './result.ts';
import { err, ok } from './result.ts';

/** Limits of one joint, degrees and seconds; `minDeg` < `maxDeg`, the other two > 0. */
export interface JointLimits {
  readonly minDeg: number;
  readonly maxDeg: number;
  readonly velocityMaxDegPerS: number;
  readonly accelerationMaxDegPerS2: number;
}

/** A straight line in joint space that is being travelled. Plain data. */
interface PathState {
  readonly fromDeg: readonly number[];
  readonly targetDeg: readonly number[];
  /** Fraction of the path still to travel, 1..0. Kept instead of the part travelled: it stays precise near the target. */
  readonly remaining: number;
  /** Present speed along the path, fraction per second, 0..`speedMax`. */
  readonly speed: number;
  /** Highest speed along the path, fraction per second, > 0. */
  readonly speedMax: number;
  /** Acceleration and deceleration along the path, fraction per second squared, > 0. */
  readonly acceleration: number;
}

/** Where the joints are commanded to be; arrays are indexed alike by joint. `path` is undefined at standstill and in a jog. */
export interface MotionState {
  readonly positionDeg: readonly number[];
  readonly velocityDegPerS: readonly number[];
  readonly path: PathState | undefined;
}

/** Range of `speedPercent`: a fraction of the velocity limits; acceleration is not scaled. */
const SPEED_PERCENT = { min: 1, max: 100 } as const;

/** A path shorter than this in every joint is no motion: far below the resolution of any joint, degrees. */
const NO_MOTION_DEG = 1e-9;

/** Relative rounding error after which the braking distance counts as reached. */
const ROUNDING = 1e-12;

/** A point on the way: what is left and how fast, in path fractions and seconds. */
interface Progress {
  readonly remaining: number;
  readonly speed: number;
}

const ARRIVED: Progress = { remaining: 0, speed: 0 };

/** Standstill at `positionDeg`, degrees by joint. */
export function motionAt(positionDeg: readonly number[]): MotionState {
  return { positionDeg: [...positionDeg], velocityDegPerS: positionDeg.map(() => 0), path: undefined };
}

/** True when nothing moves and no path is left. */
export function isStandstill({ path, velocityDegPerS }: MotionState): boolean {
  return path === undefined && velocityDegPerS.every((velocity) => velocity === 0);
}

/** True while joints follow a jog, or ramp down from one. */
export function isJogging(state: MotionState): boolean {
  return state.path === undefined && !isStandstill(state);
}

function refusal(
  limits: readonly JointLimits[],
  state: MotionState,
  targetDeg: readonly number[],
  speedPercent: number,
): Fault | undefined {
  const joints = limits.length;
  if (targetDeg.length !== joints || state.positionDeg.length !== joints) {
    return fault(9001, {
      problem: 'jointCount',
      joints,
      targets: targetDeg.length,
      positions: state.positionDeg.length,
    });
  }
  if (!isStandstill(state)) return fault(2001, { problem: 'notAtStandstill' });
  if (!(speedPercent >= SPEED_PERCENT.min && speedPercent <= SPEED_PERCENT.max)) {
    // A non-finite number is shown as text: a fault detail is JSON data.
    return fault(2001, { problem: 'speedPercent', value: shown(speedPercent), ...SPEED_PERCENT });
  }
  for (const [joint, { minDeg, maxDeg }] of limits.entries()) {
    const value = targetDeg[joint] ?? Number.NaN;
    if (!(value >= minDeg && value <= maxDeg)) {
      return fault(2001, { problem: 'position', joint, value: shown(value), minDeg, maxDeg });
    }
  }
  return undefined;
}

function shown(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** The path's own limits: the slowest joint decides, so that all joints start and arrive together. */
function pathLimits(
  limits: readonly JointLimits[],
  fromDeg: readonly number[],
  targetDeg: readonly number[],
  speedPercent: number,
): { readonly speedMax: number; readonly acceleration: number } | undefined {
  let speedMax = Number.POSITIVE_INFINITY;
  let acceleration = Number.POSITIVE_INFINITY;
  let longestDeg = 0;
  for (const [joint, limit] of limits.entries()) {
    const distanceDeg = Math.abs((targetDeg[joint] ?? 0) - (fromDeg[joint] ?? 0));
    longestDeg = Math.max(longestDeg, distanceDeg);
    speedMax = Math.min(speedMax, (limit.velocityMaxDegPerS * speedPercent) / 100 / distanceDeg);
    acceleration = Math.min(acceleration, limit.accelerationMaxDegPerS2 / distanceDeg);
  }
  return longestDeg < NO_MOTION_DEG ? undefined : { speedMax, acceleration };
}

/**
 * Plans a straight move in joint space from standstill.
 *
 * @param targetDeg    target by joint, degrees, inside the joint's limits
 * @param speedPercent 1..100 % of the velocity limits
 * @returns the state to step from, or fault 2001: `problem` is `position` (with joint index, value and limits),
 * `speedPercent` or `notAtStandstill`. Fault 9001 when arrays or limits do not fit (a defect of the caller).
 */
export function planMove(
  limits: readonly JointLimits[],
  state: MotionState,
  targetDeg: readonly number[],
  speedPercent: number,
): Result<MotionState, Fault> {
  const refused = refusal(limits, state, targetDeg, speedPercent);
  if (refused !== undefined) return err(refused);
  const path = pathLimits(limits, state.positionDeg, targetDeg, speedPercent);
  if (path === undefined) return ok(motionAt(targetDeg));
  if (!(path.speedMax > 0 && path.acceleration > 0)) return err(fault(9001, { problem: 'jointLimits' }));
  return ok({
    positionDeg: state.positionDeg,
    velocityDegPerS: state.velocityDegPerS,
    path: { fromDeg: [...state.positionDeg], targetDeg: [...targetDeg], remaining: 1, speed: 0, ...path },
  });
}

/** Trapezoid from any point on the way: speed up to a peak, cruise, brake to stand exactly at the end. Seconds. */
function profile(path: Pick<PathState, 'remaining' | 'speed' | 'speedMax' | 'acceleration'>) {
  const { remaining, speed, speedMax, acceleration } = path;
  const brakingNow = speed ** 2 / (2 * acceleration) >= remaining * (1 - ROUNDING);
  const peak = brakingNow ? speed : Math.min(speedMax, Math.sqrt(acceleration * remaining + speed ** 2 / 2));
  const speedUp = Math.max(0, peak ** 2 - speed ** 2) / (2 * acceleration);
  const cruise = brakingNow ? 0 : Math.max(0, remaining - speedUp - peak ** 2 / (2 * acceleration));
  return {
    peak,
    speedUp,
    speedUpS: Math.max(0, peak - speed) / acceleration,
    cruiseS: cruise === 0 ? 0 : cruise / peak,
    brakeS: peak / acceleration,
  };
}

function run(path: PathState, dtS: number): Progress {
  const { remaining, speed, acceleration } = path;
  const { peak, speedUp, speedUpS, cruiseS, brakeS } = profile(path);
  const leftS = speedUpS + cruiseS + brakeS - dtS;
  if (leftS <= 0) return ARRIVED;
  // Braking is counted back from the end, so that rounding never adds up on the way to the target.
  if (leftS < brakeS) return { remaining: (acceleration * leftS ** 2) / 2, speed: acceleration * leftS };
  if (dtS < speedUpS) {
    const faster = speed + acceleration * dtS;
    return { remaining: remaining - ((speed + faster) / 2) * dtS, speed: faster };
  }
  return { remaining: remaining - speedUp - peak * (dtS - speedUpS), speed: peak };
}

function rampDown(path: PathState, dtS: number): Progress {
  const slower = path.speed - path.acceleration * dtS;
  if (slower <= 0) return { remaining: path.remaining - path.speed ** 2 / (2 * path.acceleration), speed: 0 };
  return { remaining: path.remaining - ((path.speed + slower) / 2) * dtS, speed: slower };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function positionsOn(path: PathState, remaining: number): readonly number[] {
  return path.targetDeg.map((target, joint) => {
    const from = path.fromDeg[joint] ?? target;
    return clamp(target - (target - from) * remaining, Math.min(from, target), Math.max(from, target));
  });
}

/**
 * Moves on by `dtMs`. Exact for any step width: a late cycle travels further along the same profile and exceeds no limit.
 * Called once per cycle.
 *
 * @param dtMs time since the last step, milliseconds, >= 0; anything else counts as 0
 * @param mode `run` follows the path to its end; `ramp-down` decelerates along the path (IEC 60204-1 stop category 1)
 * and drops what is left of it at standstill
 */
export function stepMotion(state: MotionState, dtMs: number, mode: 'run' | 'ramp-down'): MotionState {
  const { path } = state;
  if (path === undefined) return state;
  const dtS = dtMs > 0 ? dtMs / 1000 : 0;
  const next = mode === 'run' ? run(path, dtS) : rampDown(path, dtS);
  const remaining = clamp(next.remaining, 0, path.remaining);
  if (remaining === 0) return motionAt(path.targetDeg);
  const positionDeg = positionsOn(path, remaining);
  if (mode === 'ramp-down' && next.speed === 0) return motionAt(positionDeg);
  return {
    positionDeg,
    velocityDegPerS: path.targetDeg.map((target, joint) => (target - (path.fromDeg[joint] ?? target)) * next.speed),
    path: { ...path, remaining, speed: next.speed },
  };
}

/**
 * How long `planMove` and stepping to the end take, milliseconds, for checks of time limits and for estimates.
 * Positions are degrees by joint and are not checked against the limits.
 */
export function moveDurationMs(
  limits: readonly JointLimits[],
  fromDeg: readonly number[],
  toDeg: readonly number[],
  speedPercent: number,
): number {
  const path = pathLimits(limits, fromDeg, toDeg, speedPercent);
  if (path === undefined) return 0;
  const { speedUpS, cruiseS, brakeS } = profile({ ...path, remaining: 1, speed: 0 });
  return (speedUpS + cruiseS + brakeS) * 1000;
}
