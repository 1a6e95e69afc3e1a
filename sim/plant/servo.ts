// A hobby servo as its load sees it: it turns towards the commanded angle with a first-order lag, never faster than its slew rate.

import { rememberedDecay } from './decay.ts';

export interface ServoDynamics {
  /** Highest speed, degrees per second, > 0. */
  readonly slewDegPerS: number;
  /** Time constant of the approach, ms; 0: at the slew rate up to the target. */
  readonly lagMs: number;
}

/** Nearer than this the servo has arrived: below what its dead band would resolve, degrees. */
const ARRIVED_DEG = 1e-4;

const decay = rememberedDecay();

/**
 * Position after `dtMs`. The solution of `velocity = clamp(error / lag, -slew, slew)` in closed form, so that the
 * result does not depend on the length of the steps.
 */
export function stepServo(positionDeg: number, commandDeg: number, dynamics: ServoDynamics, dtMs: number): number {
  const error = commandDeg - positionDeg;
  const distance = Math.abs(error);
  if (distance < ARRIVED_DEG) return commandDeg;
  const slewDegPerMs = dynamics.slewDegPerS / 1000;
  // Farther away than this the lag asks for more than the slew rate.
  const lagDistance = slewDegPerMs * dynamics.lagMs;
  const slewMs = Math.max(0, (distance - lagDistance) / slewDegPerMs);
  const direction = error > 0 ? 1 : -1;
  if (slewMs >= dtMs) return positionDeg + direction * slewDegPerMs * dtMs;
  if (dynamics.lagMs === 0) return commandDeg;
  const rest = Math.min(distance, lagDistance) * decay((dtMs - slewMs) / dynamics.lagMs);
  return commandDeg - direction * rest;
}
