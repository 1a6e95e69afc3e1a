// Synchronised joint moves: one path parameter for all joints, with a trapezoidal speed profile. Pure and time-free.

/** Limits of one joint, degrees and seconds; `minDeg` < `maxDeg`, the other two > 0. */
export interface JointLimits {
  readonly minDeg: number;
  readonly maxDeg: number;
  readonly velocityMaxDegPerS: number;
  readonly accelerationMaxDegPerS2: number;
}

/** A straight line in joint space that is being travelled. Plain data. */
export interface PathState {
  readonly fromDeg: readonly number[];
  readonly targetDeg: readonly number[];
  /** Fraction of the path travelled, 0..1. */
  readonly travelled: number;
  /** Present speed along the path, fraction per second, >= 0. */
  readonly speed: number;
  /** Highest speed along the path, fraction per second, > 0. */
  readonly speedMax: number;
  /** Acceleration and deceleration along the path, fraction per second squared, > 0. */
  readonly acceleration: number;
}

/** Where the joints are commanded to be; arrays are indexed alike by joint. `path` is undefined at standstill. */
export interface MotionState {
  readonly positionDeg: readonly number[];
  readonly velocityDegPerS: readonly number[];
  readonly path: PathState | undefined;
}
