// What the sensors and switches of the cell give, faults included: the plant's own, and those that a person turns.
import type {
  AnalogInputModel,
  AxisPassageModel,
  CellModel,
  DeviceModel,
  DigitalInputModel,
  I2cThermometerModel,
  OneWireThermometerModel,
  PlantModel,
  ThermometerModel,
} from '../../src/core/cell-model.ts';
import type { RandomSource } from '../../src/ports/random-source.ts';
import { isPassing } from '../plant/axis.ts';
import type { PlantState } from '../plant/plant-state.ts';
import { clampCounts, countsOfTemperature, countsOfValue } from './analog-counts.ts';
import type { FaultSet } from './fault-set.ts';

const TWO_32 = 0x1_0000_0000;

/** A thermometer that is asked over a bus. */
type BusThermometer = OneWireThermometerModel | I2cThermometerModel;

/** A switch or a sensor with two states. */
export interface DigitalInputSim {
  readonly device: DigitalInputModel;
  /** The plant decides, or else a person. */
  readonly source: ((plant: PlantState) => boolean) | undefined;
  /** Set by a person; of no effect when the plant decides. */
  closed: boolean;
  /** What a stuck input keeps. */
  stuckClosed: boolean;
  /** Set over whoever decides, undefined: not. */
  override: boolean | undefined;
}

/** A sensor with a value. */
export interface AnalogInputSim {
  readonly device: AnalogInputModel | ThermometerModel;
  readonly source: ((plant: PlantState) => number) | undefined;
  /** Set by a person, in the device's unit or in degree Celsius; of no effect when the plant decides. */
  value: number;
  /** What a frozen input keeps, in the unit of `value`. */
  frozenValue: number;
  /** Set over whoever decides, undefined: not. */
  override: number | undefined;
}

export interface SimInputs {
  readonly digital: ReadonlyMap<string, DigitalInputSim>;
  readonly analog: ReadonlyMap<string, AnalogInputSim>;
}

/** At power-up the emergency stop is released, the guard closed, each selector in its first position; other switches are open. */
export function createInputs(cell: CellModel, plant: PlantModel): SimInputs {
  const digital = new Map<string, DigitalInputSim>();
  const analog = new Map<string, AnalogInputSim>();
  const { estop, guard, closed: others, selectors } = plant.operator;
  const normallyClosed = new Set([...estop, ...guard, ...others, ...selectors.flatMap(([first]) => first ?? [])]);
  for (const device of cell.devices) {
    if (device.kind === 'digital-input') {
      const source = digitalSource(cell, plant, device);
      const closed = normallyClosed.has(device.name);
      digital.set(device.name, { device, source, closed, stuckClosed: false, override: undefined });
    } else if (device.kind === 'analog-input' || device.kind === 'thermometer') {
      const source = analogSource(cell, plant, device);
      const value = device.kind === 'thermometer' ? plant.ambientC : (device.plausibleMin + device.plausibleMax) / 2;
      analog.set(device.name, { device, source, value, frozenValue: 0, override: undefined });
    }
  }
  return { digital, analog };
}

function digitalSource(
  cell: CellModel,
  plant: PlantModel,
  device: DigitalInputModel,
): ((plant: PlantState) => boolean) | undefined {
  const axes = cell.devices.filter((other) => other.kind === 'stepper-axis');
  const axis = axes.findIndex(({ homing }) => homing.switch === device.name);
  if (axis >= 0) return (state) => state.axes[axis]?.isAtHome === true;
  const passage = passageOf(plant, device.name);
  if (passage !== undefined) {
    const index = axes.findIndex(({ name }) => name === passage.axis);
    return (state) => isPassing(passage, state.axes[index]?.positionMm ?? Number.NaN) !== passage.opens;
  }
  const contactor = plant.contactors.findIndex(({ feedback }) => feedback.includes(device.name));
  if (contactor >= 0) return (state) => state.contactors[contactor]?.isIn !== true;
  if (device.name === plant.conveyor?.atPick) return (state) => state.partAtPick;
  const gripper = gripperOf(cell, plant);
  return device.name === gripper?.partPresent ? (state) => state.partPresent : undefined;
}

function passageOf({ axes }: PlantModel, input: string): (AxisPassageModel & { readonly axis: string }) | undefined {
  const all = axes.flatMap(({ device, passes }) => passes.map((passage) => ({ axis: device, ...passage })));
  return all.find((passage) => passage.input === input);
}

function analogSource(
  cell: CellModel,
  plant: PlantModel,
  device: DeviceModel,
): ((plant: PlantState) => number) | undefined {
  const servo = cell.devices.filter(({ kind }) => kind === 'servo').findIndex((joint) => isMeasuredBy(joint, device));
  if (servo >= 0) return (state) => state.joints[servo]?.positionDeg ?? 0;
  const axis = cell.devices
    .filter(({ kind }) => kind === 'stepper-axis')
    .findIndex((joint) => isMeasuredBy(joint, device));
  if (axis >= 0) return (state) => state.axes[axis]?.positionMm ?? 0;
  return device.name === gripperOf(cell, plant)?.pressure ? (state) => state.pressureKpa : undefined;
}

function isMeasuredBy(joint: DeviceModel, { name }: DeviceModel): boolean {
  return (joint.kind === 'servo' || joint.kind === 'stepper-axis') && joint.feedback?.input === name;
}

function gripperOf(cell: CellModel, plant: PlantModel) {
  const device = cell.devices.find((candidate) => candidate.name === plant.gripper?.device);
  return device?.kind === 'vacuum-gripper' ? device : undefined;
}

/** True when the contact is closed, without faults. */
export function isClosed(input: DigitalInputSim, plant: PlantState): boolean {
  return input.override ?? (input.source === undefined ? input.closed : input.source(plant));
}

/** @param pullUp the board's own resistor is on: what a pin without its wire reads */
export function levelOf(input: DigitalInputSim, plant: PlantState, faults: FaultSet, pullUp: boolean): 0 | 1 {
  const { name, closedWhen } = input.device;
  if (faults.isEmpty) return isClosed(input, plant) === (closedWhen === 'high') ? 1 : 0;
  if (faults.has(name, 'broken-wire')) return pullUp ? 1 : 0;
  let closed = isClosed(input, plant);
  if (faults.has(name, 'stuck')) closed = input.stuckClosed;
  if (faults.has(name, 'stuck-closed')) closed = true;
  if (faults.has(name, 'stuck-open')) closed = false;
  return closed === (closedWhen === 'high') ? 1 : 0;
}

/** What a sound sensor measures, in the unit of the device. */
export function measuredValue(input: AnalogInputSim, plant: PlantState): number {
  return input.override ?? (input.source === undefined ? input.value : input.source(plant));
}

function isOnBus(device: AnalogInputSim['device']): device is BusThermometer {
  return device.kind === 'thermometer' && (device.controller === 'DS18B20' || device.controller === 'MCP9808');
}

/** Counts where a sensor without faults measures `value`; a part on a bus gives none. */
function countsAt({ device }: AnalogInputSim, value: number): number {
  if (isOnBus(device)) return 0;
  return device.kind === 'thermometer' ? countsOfTemperature(device.controller, value) : countsOfValue(device, value);
}

/** What the sensor gives for, which a frozen one goes on with. */
function shownValue(input: AnalogInputSim, plant: PlantState, faults: FaultSet): number {
  return faults.has(input.device.name, 'frozen') ? input.frozenValue : measuredValue(input, plant);
}

export function countsOf(input: AnalogInputSim, plant: PlantState, faults: FaultSet, random: RandomSource): number {
  if (faults.isEmpty) return countsAt(input, measuredValue(input, plant));
  const { name } = input.device;
  if (faults.has(name, 'broken-wire')) return 0;
  const counts = countsAt(input, shownValue(input, plant, faults));
  const noise = faults.amount(name, 'noise');
  if (noise === undefined) return counts;
  return clampCounts(counts + (2 * (random.nextUint32() / TWO_32) - 1) * noise);
}

/** @returns degree Celsius at a part on a bus, undefined while it does not answer */
export function celsiusOf(input: AnalogInputSim, plant: PlantState, faults: FaultSet): number | undefined {
  return faults.has(input.device.name, 'broken-wire') ? undefined : shownValue(input, plant, faults);
}
