// A straight axis behind a stepper motor: it follows every pulse, up to its hard stops, and closes its home switch at one end.
import type {
  AxisPassageModel,
  AxisPlantModel,
  CellModel,
  PlantModel,
  StepperAxisModel,
} from '../../src/core/cell-model.ts';
import type { PlantAxis } from './plant-state.ts';

/** Hard stops of an axis whose plant is not described are so far behind its soft limits, mm. */
const BEHIND_LIMITS_MM = 20;

export interface MutableAxis extends PlantAxis {
  positionMm: number;
  isAtHome: boolean;
  lostSteps: number;
  readonly device: StepperAxisModel;
  readonly passes: readonly AxisPassageModel[];
  /** From 0 mm. */
  steps: number;
  readonly minSteps: number;
  readonly maxSteps: number;
}

function plantOf({ axes }: PlantModel, { name, minMm, maxMm }: StepperAxisModel): AxisPlantModel {
  const described = axes.find(({ device }) => device === name);
  const endStops = { endStopMinMm: minMm - BEHIND_LIMITS_MM, endStopMaxMm: maxMm + BEHIND_LIMITS_MM };
  return described ?? { device: name, startMm: (minMm + maxMm) / 2, ...endStops, passes: [] };
}

function place(axis: MutableAxis): void {
  const { stepsPerMm, homing } = axis.device;
  axis.positionMm = axis.steps / stepsPerMm;
  const homeSteps = Math.round(homing.positionMm * stepsPerMm);
  axis.isAtHome = homing.towards === 'min' ? axis.steps < homeSteps : axis.steps > homeSteps;
}

/** The axes of a cell at power-up, in the order of its devices. */
export function createAxes(cell: CellModel, model: PlantModel): readonly MutableAxis[] {
  const devices = cell.devices.filter((device) => device.kind === 'stepper-axis');
  return devices.map((device) => {
    const { startMm, endStopMinMm, endStopMaxMm, passes } = plantOf(model, device);
    const axis: MutableAxis = {
      name: device.name,
      device,
      passes,
      positionMm: startMm,
      isAtHome: false,
      lostSteps: 0,
      steps: Math.round(startMm * device.stepsPerMm),
      minSteps: Math.ceil(endStopMinMm * device.stepsPerMm),
      maxSteps: Math.floor(endStopMaxMm * device.stepsPerMm),
    };
    place(axis);
    return axis;
  });
}

/** What an axis carries is between the two places of a passage. */
export function isPassing({ fromMm, toMm }: AxisPassageModel, positionMm: number): boolean {
  return positionMm >= fromMm && positionMm <= toMm;
}

/** @returns whether what an axis carries has come to a sensor, or left one, since it was at `beforeMm` */
export function hasPassed({ passes, positionMm }: MutableAxis, beforeMm: number): boolean {
  return passes.some((passage) => isPassing(passage, beforeMm) !== isPassing(passage, positionMm));
}

/** One pulse. @param isHeld the motor cannot follow: stalled or without power */
export function stepAxis(axis: MutableAxis, isForward: boolean, isHeld: boolean): void {
  const next = axis.steps + (isForward ? 1 : -1);
  if (isHeld || next < axis.minSteps || next > axis.maxSteps) {
    axis.lostSteps += 1;
    return;
  }
  axis.steps = next;
  place(axis);
}
