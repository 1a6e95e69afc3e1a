// Forward kinematics: where the cup is for given joint angles.
import type { MutablePointMm } from './plant-state.ts';

const RAD_PER_DEG = Math.PI / 180;

export interface ArmGeometry {
  readonly upperArmMm: number;
  readonly forearmMm: number;
  readonly shoulderHeightMm: number;
}

/**
 * Writes the cup's centre into `cup`.
 *
 * The base turns around z, 0 is along x. The shoulder is the elevation of the upper arm above the horizontal, the
 * elbow the angle of the forearm relative to the upper arm. The wrist turns the cup on its axis and does not move it.
 */
export function placeCup(
  arm: ArmGeometry,
  baseDeg: number,
  shoulderDeg: number,
  elbowDeg: number,
  cup: MutablePointMm,
): void {
  const base = baseDeg * RAD_PER_DEG;
  const shoulder = shoulderDeg * RAD_PER_DEG;
  const forearm = shoulder + elbowDeg * RAD_PER_DEG;
  const reachMm = arm.upperArmMm * Math.cos(shoulder) + arm.forearmMm * Math.cos(forearm);
  cup.xMm = reachMm * Math.cos(base);
  cup.yMm = reachMm * Math.sin(base);
  cup.zMm = arm.shoulderHeightMm + arm.upperArmMm * Math.sin(shoulder) + arm.forearmMm * Math.sin(forearm);
}
