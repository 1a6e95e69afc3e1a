// The simulated plant in the words of celda.sim.v1.
import Long from 'long';
import { celda } from '../proto/generated/celda.js';
import type { CellModel } from '../src/core/cell-model.ts';
import type { SimWorld } from './board/sim-world.ts';
import type { PlantPart, PlantState } from './plant/plant-state.ts';

const { PartState } = celda.sim.v1;

function partState(part: PlantPart, plant: PlantState): celda.sim.v1.PartState {
  switch (part.state) {
    case 'held':
      return PartState.PART_STATE_HELD;
    case 'in-tray':
      return PartState.PART_STATE_IN_TRAY;
    case 'dropped':
      return PartState.PART_STATE_DROPPED;
    case 'on-belt':
      return isAtPick(part, plant) ? PartState.PART_STATE_AT_PICK : PartState.PART_STATE_ON_BELT;
    default:
      return part.state satisfies never;
  }
}

/** The part at the end of the belt is the first one still on it. */
function isAtPick(part: PlantPart, plant: PlantState): boolean {
  return plant.partAtPick && plant.parts.find(({ state }) => state === 'on-belt') === part;
}

/** Parts are numbered from 1 in the order of the plant. */
function numberOf(plant: PlantState, part: PlantPart | undefined): number {
  return part === undefined ? 0 : plant.parts.indexOf(part) + 1;
}

function wireLights({ devices }: CellModel, { lamps }: SimWorld): celda.sim.v1.StackLight.$Properties[] {
  return devices.flatMap((device) => {
    if (device.kind !== 'stack-light') return [];
    const { red = false, amber = false, blue = false, green = false } = lamps.get(device.name) ?? {};
    return { device: device.name, red, amber, green, ...(device.blue === undefined ? {} : { blue }) };
  });
}

function wireBuzzers({ devices }: CellModel, { sounding }: SimWorld): celda.sim.v1.Buzzer.$Properties[] {
  return devices.flatMap(({ kind, name }) => (kind === 'buzzer' ? { device: name, sounding: sounding.has(name) } : []));
}

/** @param timeMs since power-up */
export function wirePlant(
  cell: CellModel,
  world: SimWorld,
  timeMs: number,
  seed: number,
): celda.sim.v1.Plant.$Properties {
  const { plant, drives } = world;
  const held = plant.parts.find(({ state }) => state === 'held');
  const gripper = cell.plant?.gripper?.device;
  const conveyor = cell.plant?.conveyor?.device;
  return {
    timeMs,
    seed: Long.fromNumber(seed, true),
    servoPowerOn: drives.servoPower,
    joints: plant.joints.map(({ name, positionDeg, velocityDegPerS }, joint) => {
      const drive = drives.joints[joint];
      return {
        device: name,
        positionDeg,
        velocityDegPerS,
        ...(drive?.pulsed === true ? { commandDeg: drive.commandDeg } : {}),
      };
    }),
    axes: plant.axes.map(({ name, positionMm, isAtHome, lostSteps }) => ({
      device: name,
      positionMm,
      atHome: isAtHome,
      lostSteps,
    })),
    grippers: [gripper].flatMap((device) =>
      device === undefined
        ? []
        : {
            device,
            valveOn: drives.valve,
            pressureKpa: plant.pressureKpa,
            position: plant.cup,
            ...(held === undefined ? {} : { heldPartId: numberOf(plant, held) }),
          },
    ),
    conveyors: [conveyor].flatMap((device) =>
      device === undefined ? [] : { device, running: drives.beltMotor, travelledMm: plant.beltTravelMm },
    ),
    parts: plant.parts.map((part) => ({
      id: numberOf(plant, part),
      state: partState(part, plant),
      position: part.position,
      tray: part.tray ?? '',
      sealedKpa: part.sealedKpa,
    })),
    stackLights: wireLights(cell, world),
    buzzers: wireBuzzers(cell, world),
    trays: (cell.plant?.trays ?? []).map(({ name }) => ({
      name,
      partIds: plant.parts.filter(({ tray }) => tray === name).map((part) => numberOf(plant, part)),
    })),
  };
}
