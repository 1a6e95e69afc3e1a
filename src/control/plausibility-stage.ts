// Sensors that are checked: those that cannot be believed count as missing, and hold or stop the cell where it says so.
import type { CellModel, WhenImplausible } from '../core/cell-model.ts';
import { type Fault, type FaultCode, fault } from '../core/faults.ts';
import { feedbackOf } from '../devices/feedback.ts';
import {
  type CheckedSensor,
  checkSensor,
  type SensorCheck,
  type SensorMemory,
  UNSEEN,
} from '../devices/plausibility.ts';
import type { Readings } from '../devices/readings.ts';
import type { CycleContext, CycleInputs, CycleState } from './cycle.ts';
import { raise, type Turn } from './turn.ts';

const HOLDS: Readonly<Record<SensorCheck, FaultCode>> = {
  range: 4101,
  frozen: 4102,
  jumped: 4103,
  disagrees: 4104,
  stale: 4105,
};

/** A sensor that is checked, and what becomes of the cell when it fails. */
export interface WatchedSensor {
  readonly sensor: CheckedSensor;
  readonly reaction: WhenImplausible;
}

function hasChecks(sensor: CheckedSensor): boolean {
  if (sensor.changesWithinMs !== undefined) return true;
  return sensor.kind === 'analog-input' && (sensor.rateMaxPerS !== undefined || sensor.agreesWith !== undefined);
}

/** A sensor that measures a joint serves safety: without it standstill is not known, and the joint may be blocked. */
export function watchedSensors(cell: CellModel): readonly WatchedSensor[] {
  const measures = new Set<string>();
  for (const device of cell.devices) {
    const limits = device.kind === 'servo' || device.kind === 'stepper-axis' ? feedbackOf(device) : undefined;
    if (limits !== undefined) measures.add(limits.input);
  }
  return cell.devices.flatMap((sensor): WatchedSensor[] => {
    if (sensor.kind !== 'analog-input' && sensor.kind !== 'digital-input') return [];
    const reaction = measures.has(sensor.name) ? 'protective-stop' : (sensor.whenImplausible ?? 'invalid');
    return reaction === 'invalid' && !hasChecks(sensor) ? [] : [{ sensor, reaction }];
  });
}

/** @returns what is known of each checked sensor after this look */
export function lookAtSensors(
  context: CycleContext,
  state: CycleState,
  readings: Readings,
  boards: CycleInputs['boards'],
): ReadonlyMap<string, SensorMemory> {
  if (context.watchedSensors.length === 0) return state.sensors;
  const isExecuting = state.unit === 'Execute';
  const looked = context.watchedSensors.map(({ sensor }) => {
    const place = context.table.digitalInputs.get(sensor.name) ?? context.table.analogInputs.get(sensor.name);
    const takenAtUs = boards[place?.board ?? -1]?.image?.boardTimeUs ?? 0;
    const raw = readings.raw(sensor.name);
    const other = sensor.kind === 'analog-input' ? sensor.agreesWith?.input : undefined;
    const sample = {
      raw,
      value: sensor.kind === 'analog-input' ? readings.analog(sensor.name) : raw,
      takenAtUs,
      other: other === undefined ? undefined : readings.analog(other),
      isExecuting,
    };
    return [sensor.name, checkSensor(sensor, state.sensors.get(sensor.name) ?? UNSEEN, sample)] as const;
  });
  return new Map(looked);
}

const NOBODY: ReadonlySet<string> = new Set();

/** Sensors whose value must not be used now: also both of a pair that disagrees. */
export function suspectsOf(
  { watchedSensors: watched }: CycleContext,
  sensors: CycleState['sensors'],
): ReadonlySet<string> {
  const names = watched.flatMap(({ sensor }) => {
    const problem = sensors.get(sensor.name)?.problem;
    if (problem === undefined) return [];
    const other = problem === 'disagrees' && sensor.kind === 'analog-input' ? sensor.agreesWith?.input : undefined;
    return other === undefined ? [sensor.name] : [sensor.name, other];
  });
  return names.length === 0 ? NOBODY : new Set(names);
}

function failing({ context, next }: Turn, reaction: WhenImplausible): readonly (readonly [string, SensorCheck])[] {
  return context.watchedSensors.flatMap((watched) => {
    const problem = next.sensors.get(watched.sensor.name)?.problem;
    return watched.reaction === reaction && problem !== undefined ? [[watched.sensor.name, problem] as const] : [];
  });
}

/** A sensor that serves safety and cannot be believed stops the cell; once is enough for one sensor. */
export function watchSensors(turn: Turn): void {
  if (!turn.next.enabled) return;
  for (const [device, check] of failing(turn, 'protective-stop')) {
    const isTold = turn.next.alarms.some(({ code, detail }) => code === 4110 && detail['device'] === device);
    if (!isTold) raise(turn, fault(4110, { device, check }));
  }
}

/** Names of the sensors that serve safety and cannot be believed: no reset while there is one. */
export function failingSafetySensors(turn: Turn): readonly string[] {
  return failing(turn, 'protective-stop').map(([device]) => device);
}

/** Why the running order is to be held, or undefined. */
export function holdCause(turn: Turn): Fault | undefined {
  const [first] = failing(turn, 'hold');
  return first === undefined ? undefined : fault(HOLDS[first[1]], { device: first[0] });
}
