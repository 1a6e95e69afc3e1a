// The simulated surroundings of all boards of a cell: the plant, the switches a person turns, the faults in force.
import type { CellModel, PlantModel } from '../../src/core/cell-model.ts';
import type { Fault } from '../../src/core/faults.ts';
import { ok, type Result } from '../../src/core/result.ts';
import type { LampColour } from '../../src/core/stack-light.ts';
import type { MonotonicMs } from '../../src/core/units.ts';
import type { Random } from '../kernel/random.ts';
import { hasPassed, stepAxis } from '../plant/axis.ts';
import { stepContactor } from '../plant/contactor.ts';
import { createPlant, idleDrives, type Plant, stepPlant } from '../plant/plant.ts';
import type { PlantDrives, PlantState } from '../plant/plant-state.ts';
import { checkClear, checkFault, refuse, type SimFault, type SimFaultRequest } from './fault-kinds.ts';
import { FaultSet } from './fault-set.ts';
import { SimActuators } from './sim-actuators.ts';
import {
  celsiusOf,
  countsOf,
  createInputs,
  type DigitalInputSim,
  isClosed,
  levelOf,
  measuredValue,
  type SimInputs,
} from './sim-inputs.ts';

const STEP_MS = 1;

/** What a stack light shows at this moment; a lamp that was never driven is dark. */
export type Lamps = Partial<Record<LampColour, boolean>>;

/** An input as a person in front of the simulation sees it. */
export interface SimInput {
  readonly device: { readonly name: string; readonly description: string };
  readonly kind: 'digital' | 'analog';
  /** 1: closed or on, 0: open or off; else in `unit`. */
  readonly value: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly overridden: boolean;
}

/** Hears that faults have changed: the line and the power of a board are faulted by its `SimBoard`. */
export type FaultListener = (faults: FaultSet) => void;

export class SimWorld {
  readonly #cell: CellModel;
  readonly #model: PlantModel;
  readonly #plant: Plant;
  readonly #drives: PlantDrives;
  readonly #actuators: SimActuators;
  readonly #inputs: SimInputs;
  readonly #faults = new FaultSet();
  readonly #noise;
  readonly #lamps = new Map<string, Lamps>();
  readonly #sounding = new Set<string>();
  readonly #listeners = new Set<FaultListener>();
  #nextStepAt: number;
  #levelsVersion = 0;

  /**
   * @param startsAt time of power-up on the clock of the simulation
   * @throws Error when the cell has no plant
   */
  constructor(cell: CellModel, random: Random, startsAt: MonotonicMs) {
    if (cell.plant === undefined) throw new Error(`cell ${cell.name} has no plant: it cannot be simulated`);
    this.#cell = cell;
    this.#model = cell.plant;
    const spread = random.stream('plant');
    this.#plant = createPlant(cell, () => spread.uniform());
    this.#drives = idleDrives(this.#plant);
    this.#inputs = createInputs(cell, cell.plant);
    this.#noise = random.stream('sensor-noise');
    this.#actuators = new SimActuators(cell, cell.plant, this.#drives);
    this.#nextStepAt = startsAt + STEP_MS;
  }

  /** The plant as it is now; a living view, not a copy. */
  get plant(): PlantState {
    return this.#plant;
  }

  /** What each stack light shows, by device. */
  get lamps(): ReadonlyMap<string, Readonly<Lamps>> {
    return this.#lamps;
  }

  /** Buzzers that sound, by device. */
  get sounding(): ReadonlySet<string> {
    return this.#sounding;
  }

  /** Time up to which the plant has been stepped, ms. */
  get nowMs(): number {
    return this.#nextStepAt - STEP_MS;
  }

  /** Steps the plant up to `now`, in whole steps of 1 ms since power-up: the same steps whoever asks, and when. */
  advanceTo(now: number): void {
    while (this.#nextStepAt <= now) {
      this.#nextStepAt += STEP_MS;
      const { partAtPick, partPresent } = this.#plant;
      stepPlant(this.#plant, this.#drives, STEP_MS);
      this.#stepContactors();
      if (partAtPick !== this.#plant.partAtPick || partPresent !== this.#plant.partPresent) this.#levelsVersion += 1;
    }
  }

  #stepContactors(): void {
    for (const contactor of this.#plant.contactors) {
      const wants = this.#actuators.isPulledIn(contactor.model.output, this.#faults);
      if (stepContactor(contactor, wants, STEP_MS)) this.#levelsVersion += 1;
    }
  }

  // What people do.

  /** Names for `press` and `release`: the controls of the cell as a whole, then its single switches. */
  get controls(): readonly string[] {
    return ['estop', 'guard', 'reset', ...this.#switchNames()];
  }

  /** Closes or opens one switch. @returns fault 6010 when there is none, or when the plant moves it */
  setInput(device: string, closed: boolean): Result<void, Fault> {
    const input = this.#inputs.digital.get(device);
    if (input === undefined || input.source !== undefined) {
      return refuse('device', device, this.#switchNames().join(', '));
    }
    input.closed = closed;
    if (closed) for (const other of this.#othersOf(device)) other.closed = false;
    this.#levelsVersion += 1;
    return ok(undefined);
  }

  /** The other contacts of the selector to which a switch belongs. */
  #othersOf(device: string): readonly DigitalInputSim[] {
    const { selectors } = this.#model.operator;
    const contacts = selectors.filter((names) => names.includes(device)).flat();
    return contacts.flatMap((name) => (name === device ? [] : (this.#inputs.digital.get(name) ?? [])));
  }

  /** Pushes `estop` in (both channels open), opens `guard`, pushes `reset` or another switch away from where it rests. */
  press(control: string): Result<void, Fault> {
    return this.#operate(control, true);
  }

  /** Undoes `press`. */
  release(control: string): Result<void, Fault> {
    return this.#operate(control, false);
  }

  /** What a sensor measures where the plant does not say: a temperature in °C, or a value in the device's unit. */
  setAnalog(device: string, value: number): Result<void, Fault> {
    const input = this.#inputs.analog.get(device);
    if (input === undefined || input.source !== undefined) {
      const names = [...this.#inputs.analog.values()].filter((other) => other.source === undefined);
      return refuse('device', device, names.map((other) => other.device.name).join(', '));
    }
    if (!Number.isFinite(value)) return refuse('value', value, 'a finite number');
    input.value = value;
    return ok(undefined);
  }

  /** All inputs in the order of the devices, as a sound sensor has them. */
  inputs(): readonly SimInput[] {
    return this.#cell.devices.flatMap(({ name }) => this.#inputNamed(name) ?? []);
  }

  /**
   * Sets one input over the plant and over whoever turned it, or gives it back.
   * @param value 0 or 1 for a digital input (1 is closed), else in the device's unit; undefined gives it back
   * @returns the input afterwards, or fault 6010 with what is allowed; then nothing has changed
   */
  override(device: string, value: number | undefined): Result<SimInput, Fault> {
    const input = this.#inputNamed(device);
    if (input === undefined) {
      const names = this.inputs().map((other) => other.device.name);
      return refuse('device', device, names.join(', '));
    }
    if (value !== undefined && !(value >= input.min && value <= input.max)) {
      return refuse('value', value, `${input.min} to ${input.max}${input.unit === '' ? '' : ` ${input.unit}`}`);
    }
    const digital = this.#inputs.digital.get(device);
    const analog = this.#inputs.analog.get(device);
    if (digital !== undefined) digital.override = value === undefined ? undefined : value >= 0.5;
    if (value !== 0)
      for (const other of this.#othersOf(device)) other.override = value === undefined ? undefined : false;
    this.#levelsVersion += 1;
    if (analog !== undefined) analog.override = value;
    return ok(this.#inputNamed(device) ?? input);
  }

  #inputNamed(name: string): SimInput | undefined {
    const digital = this.#inputs.digital.get(name);
    const analog = this.#inputs.analog.get(name);
    if (digital !== undefined) {
      const { device, override } = digital;
      const value = Number(isClosed(digital, this.#plant));
      return { device, kind: 'digital', value, unit: '', min: 0, max: 1, overridden: override !== undefined };
    }
    if (analog === undefined) return undefined;
    const { device, override } = analog;
    const range =
      device.kind === 'thermometer'
        ? { unit: 'degC', min: -40, max: 125 }
        : { unit: device.unit, min: device.plausibleMin, max: device.plausibleMax };
    return {
      device,
      kind: 'analog',
      value: measuredValue(analog, this.#plant),
      ...range,
      overridden: override !== undefined,
    };
  }

  // Faults.

  get faults(): readonly SimFault[] {
    return this.#faults.list();
  }

  /** @returns the fault that is now in force, or fault 6010 with what is allowed; then nothing has changed */
  inject(request: SimFaultRequest): Result<SimFault, Fault> {
    const checked = checkFault(this.#cell, request);
    if (!checked.ok) return checked;
    this.#keepPresent(checked.value);
    this.#faults.add(checked.value);
    this.#faultsChanged();
    return checked;
  }

  /** Ends one fault, all of a component, or all. @returns fault 6010 when the component or the kind does not exist */
  clear(component?: string, kind?: string): Result<void, Fault> {
    const checked = component === undefined ? ok(undefined) : checkClear(this.#cell, component, kind);
    if (!checked.ok) return checked;
    this.#faults.remove(component, kind);
    this.#faultsChanged();
    return checked;
  }

  /** What joints are told to do, in the order of the plant's joints. */
  get drives(): Readonly<PlantDrives> {
    return this.#drives;
  }

  /** Calls `listener` now and whenever faults change. @returns a function that ends it */
  onFaults(listener: FaultListener): () => void {
    this.#listeners.add(listener);
    listener(this.#faults);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  // What the wiring reads and drives.

  /** Another number whenever what `levelOf` tells may have changed. */
  get levelsVersion(): number {
    return this.#levelsVersion;
  }

  /**
   * @returns what tells the level at the pin of a digital input: asked every millisecond, so it is looked up once
   * @throws Error for another device (a defect of the wiring)
   */
  levelOf(device: string): (pullUp: boolean) => 0 | 1 {
    const input = this.#inputs.digital.get(device);
    if (input === undefined) throw new Error(`${device} is no digital input`);
    return (pullUp) => levelOf(input, this.#plant, this.#faults, pullUp);
  }

  /**
   * @returns what tells the counts at the pin of an analog input or analog thermometer
   * @throws Error for another device (a defect of the wiring)
   */
  countsOf(device: string): () => number {
    const input = this.#inputs.analog.get(device);
    if (input === undefined) throw new Error(`${device} is no analog input`);
    return () => countsOf(input, this.#plant, this.#faults, this.#noise);
  }

  /**
   * @returns what tells the temperature at a thermometer on a bus, °C, undefined while it does not answer
   * @throws Error for another device (a defect of the wiring)
   */
  celsiusOf(device: string): () => number | undefined {
    const input = this.#inputs.analog.get(device);
    if (input === undefined) throw new Error(`${device} is no thermometer`);
    return () => celsiusOf(input, this.#plant, this.#faults);
  }

  /** @param pulseUs 0: no pulses */
  driveServo(device: string, pulseUs: number): void {
    this.#actuators.driveServo(device, pulseUs, this.#faults);
  }

  /** One pulse at the driver of an axis. */
  stepAxis(device: string, isForward: boolean): void {
    const axis = this.#plant.axes.find(({ name }) => name === device);
    if (axis === undefined) return;
    const { isAtHome, positionMm } = axis;
    stepAxis(axis, isForward, this.#actuators.isAxisHeld(device, this.#faults));
    if (axis.isAtHome !== isAtHome || hasPassed(axis, positionMm)) this.#levelsVersion += 1;
  }

  /** Level at which the pin of a digital output is held, whatever its board drives; undefined: it is free. */
  heldLevel(device: string): 0 | 1 | undefined {
    return this.#faults.heldLevel(device);
  }

  driveOutput(device: string, on: boolean): void {
    this.#actuators.driveOutput(device, on, this.#faults);
  }

  driveLamp(device: string, lamp: LampColour, on: boolean): void {
    this.#lamps.set(device, { ...this.#lamps.get(device), [lamp]: on });
  }

  driveTone(device: string, sounds: boolean): void {
    if (sounds) this.#sounding.add(device);
    else this.#sounding.delete(device);
  }

  #operate(control: string, pressed: boolean): Result<void, Fault> {
    const { estop, guard, reset, closed } = this.#model.operator;
    if (control === 'estop') return this.#setAll(estop, !pressed);
    if (control === 'guard') return this.#setAll(guard, !pressed);
    if (control === 'reset') return this.#setAll(reset, pressed);
    const isNormallyClosed = [...estop, ...guard, ...closed].includes(control);
    const done = this.setInput(control, pressed !== isNormallyClosed);
    return done.ok ? done : refuse('control', control, this.controls.join(', '));
  }

  #setAll(devices: readonly string[], closed: boolean): Result<void, Fault> {
    for (const device of devices) {
      const done = this.setInput(device, closed);
      if (!done.ok) return done;
    }
    return ok(undefined);
  }

  #switchNames(): readonly string[] {
    return [...this.#inputs.digital.values()]
      .filter((input) => input.source === undefined)
      .map((input) => input.device.name);
  }

  #keepPresent({ component, kind }: SimFault): void {
    const digital = this.#inputs.digital.get(component);
    if (digital !== undefined && kind === 'stuck') digital.stuckClosed = isClosed(digital, this.#plant);
    const analog = this.#inputs.analog.get(component);
    if (analog !== undefined && kind === 'frozen') analog.frozenValue = measuredValue(analog, this.#plant);
  }

  #faultsChanged(): void {
    this.#levelsVersion += 1;
    this.#actuators.refresh(this.#faults);
    for (const listener of this.#listeners) listener(this.#faults);
  }
}
