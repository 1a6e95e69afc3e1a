// The infeed conveyor: parts ride towards the end stop and queue up there.
import type { ArmPlantModel } from '../../src/core/cell-model.ts';
import type { MutablePart } from './part.ts';

/** Length of a part along the belt, mm: queued parts are at least this far apart. */
const PART_LENGTH_MM = 30;

/** The sensor at the end stop sees a part that is this near, mm. */
const AT_PICK_MM = 1;

interface Rider {
  readonly part: MutablePart;
  /** Belt travel at which the part would be at the end stop, mm. */
  arrivesAtMm: number;
}

export interface Belt {
  readonly conveyor: ArmPlantModel['conveyor'];
  /** From the end stop against the direction of travel, unit vector. The belt comes straight at the arm. */
  readonly upstreamX: number;
  readonly upstreamY: number;
  readonly gapMm: number;
  travelMm: number;
  /** Parts in the order of their arrival; those farther away than the belt is long wait in the feeder before it. */
  readonly riders: Rider[];
}

export function createBelt(conveyor: ArmPlantModel['conveyor'], parts: readonly MutablePart[]): Belt {
  const { xMm, yMm } = conveyor.pickAt;
  const radius = Math.hypot(xMm, yMm);
  const belt: Belt = {
    conveyor,
    upstreamX: radius > 0 ? xMm / radius : 1,
    upstreamY: radius > 0 ? yMm / radius : 0,
    gapMm: Math.min(conveyor.spacingMm, PART_LENGTH_MM),
    travelMm: 0,
    riders: parts.map((part, index) => ({ part, arrivesAtMm: (index + 1) * conveyor.spacingMm })),
  };
  for (const rider of belt.riders) place(belt, rider);
  return belt;
}

function distanceMm(belt: Belt, rider: Rider): number {
  return rider.arrivesAtMm - belt.travelMm;
}

function place(belt: Belt, rider: Rider): void {
  const { conveyor } = belt;
  const shownMm = Math.min(distanceMm(belt, rider), conveyor.lengthMm);
  const { position } = rider.part;
  position.xMm = conveyor.pickAt.xMm + belt.upstreamX * shownMm;
  position.yMm = conveyor.pickAt.yMm + belt.upstreamY * shownMm;
  position.zMm = conveyor.pickAt.zMm;
}

/** Runs the belt for `dtMs`. Parts on it stop behind one another; those in the feeder follow when there is room. */
export function runBelt(belt: Belt, dtMs: number): void {
  belt.travelMm += (belt.conveyor.speedMmPerS * dtMs) / 1000;
  let freeFromMm = 0;
  for (const rider of belt.riders) {
    if (distanceMm(belt, rider) < freeFromMm) rider.arrivesAtMm = belt.travelMm + freeFromMm;
    place(belt, rider);
    const distance = distanceMm(belt, rider);
    if (distance > belt.conveyor.lengthMm) return;
    freeFromMm = distance + belt.gapMm;
  }
}

export function isPartAtPick(belt: Belt): boolean {
  const first = belt.riders[0];
  return first !== undefined && distanceMm(belt, first) <= AT_PICK_MM;
}

/** True when a part lies on the belt itself and not in the feeder. */
export function isOnBelt(belt: Belt, part: MutablePart): boolean {
  const rider = belt.riders.find((candidate) => candidate.part === part);
  return rider !== undefined && distanceMm(belt, rider) <= belt.conveyor.lengthMm;
}

export function takeFromBelt(belt: Belt, part: MutablePart): void {
  const index = belt.riders.findIndex((rider) => rider.part === part);
  if (index >= 0) belt.riders.splice(index, 1);
}

/** Puts a part down at the end stop. @returns false when another part lies there. */
export function returnToBelt(belt: Belt, part: MutablePart): boolean {
  const first = belt.riders[0];
  if (first !== undefined && distanceMm(belt, first) < belt.gapMm) return false;
  const rider: Rider = { part, arrivesAtMm: belt.travelMm };
  belt.riders.unshift(rider);
  place(belt, rider);
  return true;
}
