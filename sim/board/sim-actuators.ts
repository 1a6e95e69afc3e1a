// What the boards' outputs do to the plant, faults included.
import type { ArmPlantModel, CellModel, PlantModel, ServoModel } from '../../src/core/cell-model.ts';
import { armOf } from '../plant/plant.ts';
import type { PlantDrives } from '../plant/plant-state.ts';
import type { FaultSet } from './fault-set.ts';

/** Pulses outside are no servo pulses: the electronics of a hobby servo ignore them. */
const PULSE_US = { min: 400, max: 2600 } as const;

/** Faults of an output under which what it feeds gets nothing, and under which it is fed whatever the board says. */
const OFF_FAULTS = ['stuck-off', 'does-not-pull-in', 'broken-wire'] as const;
const ON_FAULTS = ['stuck-on', 'welded'] as const;

/** Devices by what they do in the plant. */
interface PlantOutputs {
  readonly servoPower: string;
  readonly beltMotor: string;
  readonly valve: string;
}

export class SimActuators {
  /** Undefined in a cell without an arm. */
  readonly #arm: ArmPlantModel | undefined;
  readonly #drives: PlantDrives;
  readonly #servos: readonly ServoModel[];
  readonly #outputs: PlantOutputs | undefined;
  readonly #driverOf: ReadonlyMap<string, string | undefined>;
  readonly #pulsesUs = new Map<string, number>();
  readonly #switchedOn = new Set<string>();
  /** Outputs that are on when their pin is low. */
  readonly #activeLow: ReadonlySet<string>;

  /** @throws Error when the plant names a conveyor or gripper that is none (a defect: the cell model was not checked) */
  constructor(cell: CellModel, model: PlantModel, drives: PlantDrives) {
    this.#arm = armOf(model);
    this.#drives = drives;
    this.#servos = cell.devices.filter((device) => device.kind === 'servo');
    this.#outputs = this.#arm && plantOutputs(cell, this.#arm);
    this.#driverOf = new Map(
      cell.devices.flatMap((device) => (device.kind === 'stepper-axis' ? [[device.name, device.driver] as const] : [])),
    );
    this.#activeLow = new Set(
      cell.devices.flatMap((device) => (device.kind === 'digital-output' && !device.activeHigh ? [device.name] : [])),
    );
  }

  /** @param pulseUs 0: no pulses */
  driveServo(device: string, pulseUs: number, faults: FaultSet): void {
    this.#pulsesUs.set(device, pulseUs);
    this.#refreshJoint(
      this.#servos.findIndex(({ name }) => name === device),
      faults,
    );
  }

  driveOutput(device: string, on: boolean, faults: FaultSet): void {
    if (on) this.#switchedOn.add(device);
    else this.#switchedOn.delete(device);
    this.#refreshOutputs(faults);
  }

  /** The motor of an axis does not follow its pulses: it is stalled, or its driver is off. */
  isAxisHeld(device: string, faults: FaultSet): boolean {
    const driver = this.#driverOf.get(device);
    return faults.has(device, 'stalled') || (driver !== undefined && !this.#isFed(driver, faults));
  }

  /** To be called when faults have changed. */
  refresh(faults: FaultSet): void {
    this.#refreshJoints(faults);
    this.#refreshOutputs(faults);
  }

  #refreshJoints(faults: FaultSet): void {
    for (let index = 0; index < this.#servos.length; index += 1) this.#refreshJoint(index, faults);
  }

  #refreshJoint(index: number, faults: FaultSet): void {
    const servo = this.#servos[index];
    const drive = this.#drives.joints[index];
    if (servo === undefined || drive === undefined) return;
    const pulseUs = this.#pulsesUs.get(servo.name) ?? 0;
    const isSound = !faults.has(servo.name, 'stalled') && !faults.has(servo.name, 'broken-wire');
    drive.pulsed = isSound && pulseUs >= PULSE_US.min && pulseUs <= PULSE_US.max;
    if (drive.pulsed) drive.commandDeg = angleOfPulse(servo, pulseUs);
  }

  #refreshOutputs(faults: FaultSet): void {
    if (this.#arm === undefined || this.#outputs === undefined) return;
    const { conveyor, gripper } = this.#arm;
    const { servoPower, beltMotor, valve } = this.#outputs;
    this.#drives.servoPower = this.#isFed(servoPower, faults);
    this.#drives.beltMotor = this.#isFed(beltMotor, faults) && !faults.has(conveyor.device, 'jammed');
    this.#drives.valve = this.#isFed(valve, faults);
    const leak = faults.amount(gripper.device, 'leak') ?? 1;
    this.#drives.vacuumSupply = faults.has(gripper.device, 'no-vacuum') ? 0 : leak;
  }

  /** The contactor at an output pulls in: its coil is fed, or its contacts are welded. */
  isPulledIn(output: string, faults: FaultSet): boolean {
    return this.#isFed(output, faults);
  }

  #isFed(output: string, faults: FaultSet): boolean {
    if (OFF_FAULTS.some((kind) => faults.has(output, kind))) return false;
    const held = faults.heldLevel(output);
    if (held !== undefined) return (held === 1) !== this.#activeLow.has(output);
    return ON_FAULTS.some((kind) => faults.has(output, kind)) || this.#switchedOn.has(output);
  }
}

/** The angle that a pulse means, by the servo's own two points; beyond them the line goes on. */
function angleOfPulse(servo: ServoModel, pulseUs: number): number {
  const share = (pulseUs - servo.pulseAtMinUs) / (servo.pulseAtMaxUs - servo.pulseAtMinUs);
  return servo.minDeg + share * (servo.maxDeg - servo.minDeg);
}

function plantOutputs(cell: CellModel, plant: ArmPlantModel): PlantOutputs {
  const conveyor = cell.devices.find((device) => device.name === plant.conveyor.device);
  const gripper = cell.devices.find((device) => device.name === plant.gripper.device);
  if (conveyor?.kind !== 'conveyor')
    throw new Error(`the plant names the conveyor ${plant.conveyor.device}, which is none`);
  if (gripper?.kind !== 'vacuum-gripper')
    throw new Error(`the plant names the gripper ${plant.gripper.device}, which is none`);
  return { servoPower: plant.servoPower, beltMotor: conveyor.motor, valve: gripper.valve };
}
