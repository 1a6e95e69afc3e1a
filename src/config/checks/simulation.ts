// The simulation names devices of the right kinds.
import type { DeviceKind } from '../schema-devices.ts';
import type { SimulationSource } from '../schema-simulation.ts';
import type { Path } from '../source.ts';
import { type Context, expectDevice } from './context.ts';

function referencesOf(simulation: SimulationSource): readonly (readonly [Path, string, DeviceKind])[] {
  const { arm, gripper, conveyor, operator } = simulation;
  const joints = (['base', 'shoulder', 'elbow', 'wrist'] as const).map((joint) => {
    return [['arm', joint], arm[joint], 'servo'] as const;
  });
  const turned = (['estop', 'guard', 'reset'] as const).flatMap((what) => {
    return operator[what].map((input, i) => [['operator', what, i], input, 'digital-input'] as const);
  });
  return [
    ...joints,
    [['servoPower'], simulation.servoPower, 'digital-output'],
    [['gripper', 'device'], gripper.device, 'vacuum-gripper'],
    [['conveyor', 'device'], conveyor.device, 'conveyor'],
    [['conveyor', 'atPick'], conveyor.atPick, 'digital-input'],
    ...turned,
  ];
}

export function checkSimulation(context: Context): void {
  const { simulation } = context.draft;
  if (simulation === undefined) return;
  for (const [path, name, kind] of referencesOf(simulation)) {
    expectDevice(context, ['simulation', ...path], name, [kind]);
  }
}
