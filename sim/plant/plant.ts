// The physics of one cell: servos, belt, cup and parts. Pure: no clock, no chance, no input or output.
import type { ArmPlantModel, CellModel, PlantModel, ServoModel } from '../../src/core/cell-model.ts';
import { placeCup } from './arm.ts';
import { createAxes, type MutableAxis } from './axis.ts';
import { type Belt, createBelt, isOnBelt, isPartAtPick, returnToBelt, runBelt, takeFromBelt } from './belt.ts';
import { createContactors, type MutableContactor } from './contactor.ts';
import { letsFall, lifts, stepPressure } from './gripper.ts';
import { createParts, isWithin, type MutablePart, moveTo } from './part.ts';
import type { MutablePointMm, PlantDrives, PlantState } from './plant-state.ts';
import { stepServo } from './servo.ts';

interface MutableJoint {
  readonly name: string;
  positionDeg: number;
  velocityDegPerS: number;
}

/** The plant between two steps. Changed in place by `stepPlant`; everybody else reads it as a `PlantState`. */
export interface Plant extends PlantState {
  readonly model: PlantModel;
  readonly joints: readonly MutableJoint[];
  readonly axes: readonly MutableAxis[];
  readonly contactors: readonly MutableContactor[];
  /** Undefined in a cell without an arm. */
  readonly station: Station | undefined;
  readonly cup: MutablePointMm;
  pressureKpa: number;
  partPresent: boolean;
  partAtPick: boolean;
  beltTravelMm: number;
  readonly parts: readonly MutablePart[];
  droppedParts: number;
  held: MutablePart | undefined;
  /** The part that the open cup would seal on; looked for anew only after something has moved. */
  atCup: MutablePart | undefined;
  isAtCupKnown: boolean;
  /** Some joint has a velocity that is not 0. */
  isTurning: boolean;
}

/** The arm and what it handles. */
interface Station extends ArmPlantModel {
  /** Indices of base, shoulder and elbow in the plant's joints. */
  readonly armJoints: readonly [number, number, number];
  readonly belt: Belt;
}

/** @returns the arm of a plant, undefined when it has none */
export function armOf({ arm, servo, servoPower, gripper, conveyor }: PlantModel): ArmPlantModel | undefined {
  if (!arm || !servo || servoPower === undefined || !gripper || !conveyor) return undefined;
  return { arm, servo, servoPower, gripper, conveyor };
}

/**
 * The plant at power-up: joints parked, belt at rest, all parts before the end stop.
 * @param randoms uniform in 0..1, one per part: given numbers (0.5 when they run out) or a source that is asked once per part
 * @throws Error when the cell has no `plant` or its arm names no servo (a defect: the cell model was not checked)
 */
export function createPlant(cell: CellModel, randoms: readonly number[] | (() => number)): Plant {
  const model = cell.plant;
  if (model === undefined) throw new Error(`cell ${cell.name} has no plant: it cannot be simulated`);
  const joints = cell.devices
    .filter((device): device is ServoModel => device.kind === 'servo')
    .map(({ name, parkDeg }) => ({ name, positionDeg: parkDeg, velocityDegPerS: 0 }));
  let drawn = 0;
  const draw = typeof randoms === 'function' ? randoms : () => randoms[drawn++] ?? 0.5;
  const arm = armOf(model);
  const parts = arm ? createParts(arm.conveyor.parts, arm.gripper.sealedKpa, model.partPressureSpreadKpa, draw) : [];
  const plant: Plant = {
    model,
    joints,
    axes: createAxes(cell, model),
    contactors: createContactors(model.contactors),
    station: arm && createStation(arm, joints, parts),
    cup: { xMm: 0, yMm: 0, zMm: 0 },
    pressureKpa: 0,
    partPresent: false,
    partAtPick: false,
    beltTravelMm: 0,
    parts,
    droppedParts: 0,
    held: undefined,
    atCup: undefined,
    isAtCupKnown: false,
    isTurning: false,
  };
  const { station } = plant;
  if (station !== undefined) {
    moveCup(plant, station);
    plant.partAtPick = isPartAtPick(station.belt);
  }
  return plant;
}

function createStation(arm: ArmPlantModel, joints: readonly MutableJoint[], parts: readonly MutablePart[]): Station {
  const { base, shoulder, elbow } = arm.arm;
  return {
    ...arm,
    armJoints: [jointIndex(joints, base), jointIndex(joints, shoulder), jointIndex(joints, elbow)],
    belt: createBelt(arm.conveyor, parts),
  };
}

function jointIndex(joints: readonly MutableJoint[], name: string): number {
  const index = joints.findIndex((joint) => joint.name === name);
  if (index < 0) throw new Error(`the plant's arm names the joint ${name}, which is no servo of the cell`);
  return index;
}

/** Drives of a plant without power. */
export function idleDrives(plant: PlantState): PlantDrives {
  return {
    joints: plant.joints.map(({ positionDeg }) => ({ pulsed: false, commandDeg: positionDeg })),
    servoPower: false,
    beltMotor: false,
    valve: false,
    vacuumSupply: 1,
  };
}

/**
 * Lets `dtMs` of physics happen, in place.
 *
 * Servos and pressure are exact for any step; the order of what happens within one step is not resolved, so use steps
 * of 1 ms, and never more than 20 ms.
 * @param dtMs > 0
 */
export function stepPlant(plant: Plant, drives: PlantDrives, dtMs: number): PlantState {
  const { station } = plant;
  if (station === undefined) return plant;
  if (drives.servoPower || plant.isTurning) {
    plant.isTurning = stepJoints(plant, station, drives, dtMs);
    if (plant.isTurning) moveCup(plant, station);
  }
  if (drives.beltMotor) {
    runBelt(station.belt, dtMs);
    plant.isAtCupKnown = false;
    plant.beltTravelMm = station.belt.travelMm;
    plant.partAtPick = isPartAtPick(station.belt);
  }
  if (drives.valve || plant.pressureKpa !== 0) stepGripper(plant, station, drives, dtMs);
  return plant;
}

function stepJoints(plant: Plant, station: Station, drives: PlantDrives, dtMs: number): boolean {
  let moved = false;
  for (let index = 0; index < plant.joints.length; index += 1) {
    const joint = plant.joints[index];
    const drive = drives.joints[index];
    if (joint === undefined || drive === undefined) continue;
    const before = joint.positionDeg;
    if (!drives.servoPower || !drive.pulsed || before === drive.commandDeg) {
      joint.velocityDegPerS = 0;
      continue;
    }
    joint.positionDeg = stepServo(before, drive.commandDeg, station.servo, dtMs);
    joint.velocityDegPerS = ((joint.positionDeg - before) / dtMs) * 1000;
    moved = true;
  }
  return moved;
}

function moveCup(plant: Plant, station: Station): void {
  plant.isAtCupKnown = false;
  const [base, shoulder, elbow] = station.armJoints;
  placeCup(station.arm, angle(plant, base), angle(plant, shoulder), angle(plant, elbow), plant.cup);
  if (plant.held !== undefined) moveTo(plant.held, plant.cup);
}

function angle(plant: Plant, index: number): number {
  return plant.joints[index]?.positionDeg ?? 0;
}

function stepGripper(plant: Plant, station: Station, drives: PlantDrives, dtMs: number): void {
  const { gripper } = station;
  const sealing = plant.held ?? (drives.valve ? partAtCup(plant, station) : undefined);
  plant.pressureKpa = stepPressure(gripper, plant.pressureKpa, drives.valve, drives.vacuumSupply, sealing, dtMs);
  if (plant.held !== undefined) {
    if (letsFall(gripper, plant.pressureKpa)) drop(plant, station, plant.held);
  } else if (sealing !== undefined && lifts(gripper, plant.pressureKpa)) {
    hold(plant, station, sealing);
  }
}

function partAtCup(plant: Plant, station: Station): MutablePart | undefined {
  if (!plant.isAtCupKnown) {
    plant.atCup = findAtCup(plant, station);
    plant.isAtCupKnown = true;
  }
  return plant.atCup;
}

/** The first part, in the order of arrival, that the cup reaches on the belt or in a tray. */
function findAtCup(plant: Plant, station: Station): MutablePart | undefined {
  const { reachMm } = station.gripper;
  for (const part of plant.parts) {
    if (part.state === 'dropped' || !isWithin(part.position, plant.cup, reachMm)) continue;
    if (part.state === 'in-tray' || isOnBelt(station.belt, part)) return part;
  }
  return undefined;
}

function hold(plant: Plant, station: Station, part: MutablePart): void {
  takeFromBelt(station.belt, part);
  plant.partAtPick = isPartAtPick(station.belt);
  part.state = 'held';
  part.tray = undefined;
  moveTo(part, plant.cup);
  plant.held = part;
  plant.partPresent = true;
}

/** A part that falls lands where it was taken, in the tray below it, or on the floor. */
function drop(plant: Plant, station: Station, part: MutablePart): void {
  plant.held = undefined;
  plant.isAtCupKnown = false;
  plant.partPresent = false;
  const { model, cup } = plant;
  if (isWithin(cup, station.conveyor.pickAt, station.gripper.reachMm) && returnToBelt(station.belt, part)) {
    part.state = 'on-belt';
    plant.partAtPick = true;
    return;
  }
  const tray = model.trays.find(({ at, radiusMm }) => Math.hypot(at.xMm - cup.xMm, at.yMm - cup.yMm) <= radiusMm);
  part.state = tray === undefined ? 'dropped' : 'in-tray';
  part.tray = tray?.name;
  part.position.zMm = tray === undefined ? 0 : tray.at.zMm;
  if (tray === undefined) plant.droppedParts += 1;
}
