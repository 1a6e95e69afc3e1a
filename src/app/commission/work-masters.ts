// Which work master makes a device act: found in its steps. Pure.
import type { CellModel } from '../../core/cell-model.ts';
import type { Step, WorkMaster } from '../../core/work-master.ts';

function flatten(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.kind === 'repeat' ? flatten(step.steps) : [step]));
}

/** Devices that a step drives, with what they are made of. */
function driven(cell: CellModel, step: Step): readonly string[] {
  switch (step.kind) {
    case 'move':
      return Object.keys(step.targetDeg);
    case 'home':
      return step.axes;
    case 'grip':
    case 'release':
      return partsOf(cell, step.gripper);
    case 'convey':
      return partsOf(cell, step.conveyor);
    default:
      return [];
  }
}

function partsOf(cell: CellModel, name: string): readonly string[] {
  const device = cell.devices.find((each) => each.name === name);
  if (device?.kind === 'vacuum-gripper') return [device.valve];
  return device?.kind === 'conveyor' ? [device.motor] : [];
}

/** An order with default parameters would be accepted. */
function needsNothing({ parameters }: WorkMaster): boolean {
  return parameters.every(({ defaultValue }) => defaultValue !== undefined);
}

/** @returns the first work master that drives one of the devices and can be ordered as it is */
export function workMasterFor(cell: CellModel, devices: readonly string[]): WorkMaster | undefined {
  return cell.workMasters.find(
    (master) =>
      needsNothing(master) &&
      flatten(master.steps).some((step) => driven(cell, step).some((name) => devices.includes(name))),
  );
}
