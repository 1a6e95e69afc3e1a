// The simulation names devices of the right kinds.
import type { DeviceKind } from '../schema-devices.ts';
import type { SimulationSource } from '../schema-simulation.ts';
import type { Path } from '../source.ts';
import { type Context, devicesOf, expectDevice, list } from './context.ts';

type Reference = readonly [Path, string, DeviceKind];

function referencesOf(simulation: SimulationSource): readonly Reference[] {
  const { operator } = simulation;
  const turned = (['estop', 'guard', 'reset', 'closed'] as const).flatMap((what) => {
    return operator[what].map((input, i) => [['operator', what, i], input, 'digital-input'] as const);
  });
  const selectors = operator.selectors.flatMap((contacts, i) => {
    return contacts.map((input, j) => [['operator', 'selectors', i, j], input, 'digital-input'] as const);
  });
  const axes = Object.entries(simulation.axes).flatMap(([name, { passes = {} }]): Reference[] => [
    [['axes', name], name, 'stepper-axis'],
    ...Object.keys(passes).map((input): Reference => [['axes', name, 'passes', input], input, 'digital-input']),
  ]);
  const contactors = Object.entries(simulation.contactors).flatMap(([output, { feedback }]): Reference[] => [
    [['contactors', output], output, 'digital-output'],
    ...feedback.map((input, i): Reference => [['contactors', output, 'feedback', i], input, 'digital-input']),
  ]);
  return [...armReferences(simulation), ...axes, ...contactors, ...turned, ...selectors];
}

function armReferences({ arm, servoPower, gripper, conveyor }: SimulationSource): readonly Reference[] {
  const references: Reference[] = [];
  for (const joint of ['base', 'shoulder', 'elbow', 'wrist'] as const) {
    if (arm !== undefined) references.push([['arm', joint], arm[joint], 'servo']);
  }
  if (servoPower !== undefined) references.push([['servoPower'], servoPower, 'digital-output']);
  if (gripper !== undefined) references.push([['gripper', 'device'], gripper.device, 'vacuum-gripper']);
  if (conveyor !== undefined) {
    references.push([['conveyor', 'device'], conveyor.device, 'conveyor']);
    references.push([['conveyor', 'atPick'], conveyor.atPick, 'digital-input']);
  }
  return references;
}

const ARM_KEYS = ['arm', 'servo', 'servoPower', 'gripper', 'conveyor'] as const;

/** An arm is simulated with all that it handles, or not at all; a cell with servos needs it. */
function checkArm(context: Context, simulation: SimulationSource): void {
  const missing = ARM_KEYS.filter((key) => simulation[key] === undefined);
  if (missing.length === 0) return;
  if (missing.length === ARM_KEYS.length && devicesOf(context, ['servo']).length === 0) return;
  context.report.add('simulation-incomplete', ['simulation'], { keys: list(ARM_KEYS), missing: list(missing) });
}

function checkAxes(context: Context, simulation: SimulationSource): void {
  for (const [name, { startMm, endStopMinMm, endStopMaxMm, passes = {} }] of Object.entries(simulation.axes)) {
    const path = ['simulation', 'axes', name];
    for (const [input, { fromMm, toMm }] of Object.entries(passes)) {
      const place = [...path, 'passes', input, 'fromMm'];
      if (fromMm >= toMm) context.report.add('min-above-max', place, { max: String(toMm) });
    }
    if (endStopMinMm >= endStopMaxMm) {
      context.report.add('min-above-max', [...path, 'endStopMinMm'], { max: String(endStopMaxMm) });
    } else if (startMm < endStopMinMm || startMm > endStopMaxMm) {
      const range = `${endStopMinMm}..${endStopMaxMm} mm`;
      context.report.add('target-outside-limits', [...path, 'startMm'], { range, joint: name });
    }
  }
}

export function checkSimulation(context: Context): void {
  const { simulation } = context.draft;
  if (simulation === undefined) return;
  checkArm(context, simulation);
  checkAxes(context, simulation);
  for (const [path, name, kind] of referencesOf(simulation)) {
    expectDevice(context, ['simulation', ...path], name, [kind]);
  }
}
