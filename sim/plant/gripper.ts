// The vacuum cup: pressure follows the valve, and a part hangs on it only by that pressure.
import type { ArmPlantModel } from '../../src/core/cell-model.ts';
import { rememberedDecay } from './decay.ts';
import type { MutablePart } from './part.ts';

/** Of the nominal sealed pressure: from here on a part is lifted, and below this it falls. */
const LIFTS_FROM = 0.5;
const FALLS_BELOW = 0.25;

/** Nearer than this to its target the pressure has settled, kPa: a thousandth of what the sensor resolves. */
const SETTLED_KPA = 1e-4;

const decay = rememberedDecay();

/**
 * Pressure after `dtMs`: first order towards what the valve and the cup allow.
 * @param part the part that seals the cup, undefined when the cup is open
 */
export function stepPressure(
  gripper: ArmPlantModel['gripper'],
  pressureKpa: number,
  valve: boolean,
  vacuumSupply: number,
  part: MutablePart | undefined,
  dtMs: number,
): number {
  const reachable = part === undefined ? gripper.openKpa : part.sealedKpa;
  const target = valve && vacuumSupply > 0 ? reachable * vacuumSupply : 0;
  const rest = pressureKpa - target;
  if (Math.abs(rest) < SETTLED_KPA || gripper.timeConstantMs === 0) return target;
  return target + rest * decay(dtMs / gripper.timeConstantMs);
}

export function lifts(gripper: ArmPlantModel['gripper'], pressureKpa: number): boolean {
  return pressureKpa <= gripper.sealedKpa * LIFTS_FROM;
}

export function letsFall(gripper: ArmPlantModel['gripper'], pressureKpa: number): boolean {
  return pressureKpa > gripper.sealedKpa * FALLS_BELOW;
}
