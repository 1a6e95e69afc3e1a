// Which digital inputs anything in a cell file reads: an input that nothing reads is mostly one that was forgotten.
import type { CellModel, DeviceModel } from '../core/cell-model.ts';
import { referencesOf } from '../core/safety-blocks.ts';
import type { Step } from '../core/work-master.ts';

function readByDevice(device: DeviceModel): readonly string[] {
  if (device.kind === 'vacuum-gripper') return [device.partPresent];
  if (device.kind === 'stepper-axis') return [device.homing.switch];
  // Checked for its changes: what is found wrong acts by itself.
  return device.kind === 'digital-input' && device.changesWithinMs !== undefined ? [device.name] : [];
}

function readByStep(step: Step): readonly string[] {
  if (step.kind === 'repeat') return step.steps.flatMap(readByStep);
  if (step.kind === 'convey') return [step.until.input];
  return step.kind === 'wait' && 'input' in step.for ? [step.for.input] : [];
}

/** @returns names of digital inputs that a block, a reset, a device or a step reads; programs are not looked into */
export function inputsRead({ safety, devices, workMasters }: CellModel): ReadonlySet<string> {
  return new Set([
    safety.reset,
    ...safety.blocks.flatMap((block) => referencesOf(block)),
    ...devices.flatMap(readByDevice),
    ...workMasters.flatMap(({ steps }) => steps.flatMap(readByStep)),
  ]);
}
