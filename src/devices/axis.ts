// Step axes: position in millimetres <-> steps of the board's own count, which begins anywhere.
import type { StepperAxisModel } from '../core/cell-model.ts';

/** What a board says of an axis. */
export interface AxisReadBack {
  /** Pulses given since the board's boot, forward less backward. */
  readonly steps: number;
  /** It gives pulses, or is not where the last command wants it. */
  readonly isMoving: boolean;
  /** Steps are comparable under the same reference only. */
  readonly reference: number;
  /** The board is armed: it follows targets. It arms only when told the very steps where the axis stands. */
  readonly isArmed: boolean;
}

function wayOf({ invertDirection }: StepperAxisModel): 1 | -1 {
  return invertDirection ? -1 : 1;
}

/**
 * Steps that an axis has at a position.
 * @param zeroSteps what the board counts at 0 mm
 */
export function stepsOf(axis: StepperAxisModel, positionMm: number, zeroSteps: number): number {
  return zeroSteps + wayOf(axis) * Math.round(positionMm * axis.stepsPerMm);
}

/** @returns the count at 0 mm of an axis that stands at `steps` where its position is `positionMm` */
export function zeroOf(axis: StepperAxisModel, steps: number, positionMm: number): number {
  return steps - wayOf(axis) * Math.round(positionMm * axis.stepsPerMm);
}

/**
 * Position of an axis, mm. A limit is seldom a whole number of steps: a position less than one step outside is the limit.
 * @param zeroSteps what the board counts at 0 mm
 */
export function positionMmOf(axis: StepperAxisModel, steps: number, zeroSteps: number): number {
  // Adding 0 makes of -0, which an inverted axis has at its zero, a plain 0.
  const positionMm = (wayOf(axis) * (steps - zeroSteps)) / axis.stepsPerMm + 0;
  const limitMm = Math.min(axis.maxMm, Math.max(axis.minMm, positionMm));
  return Math.abs(limitMm - positionMm) * axis.stepsPerMm < 1 ? limitMm : positionMm;
}
