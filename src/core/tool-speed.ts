// How fast the tool can be moving when only the speeds of the joints are known. Pure and time-free.
import type { JointModel } from './cell-model.ts';

/**
 * The most by which one unit of a joint moves any point of the tool: mm per degree of a servo, from its `reachMm`; 1 for an axis.
 * Infinite where no reach is given: such a joint may not be jogged.
 */
export function toolMmPerUnit(joint: JointModel): number {
  if (joint.kind === 'stepper-axis') return 1;
  return joint.reachMm === undefined ? Number.POSITIVE_INFINITY : (joint.reachMm * Math.PI) / 180;
}

/**
 * An upper bound of the speed of any point of the tool, mm/s: in a chain of joints the speeds that each gives to a point add up as
 * vectors, so their amounts are never less than the amount of the sum.
 * @param velocities by joint, degrees/s or mm/s
 * @param mmPerUnit by joint, as `toolMmPerUnit`
 */
export function toolSpeedBoundMmPerS(velocities: readonly number[], mmPerUnit: readonly number[]): number {
  return velocities.reduce(
    (sum, velocity, joint) => (velocity === 0 ? sum : sum + Math.abs(velocity) * (mmPerUnit[joint] ?? 0)),
    0,
  );
}
