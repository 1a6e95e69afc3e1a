// What there is in the plant and what drives it. Plain data, no behaviour.
import type { PointMm } from '../../src/core/cell-model.ts';

/** A point that the physics moves. */
export interface MutablePointMm {
  xMm: number;
  yMm: number;
  zMm: number;
}

export type PartPlace = 'on-belt' | 'held' | 'in-tray' | 'dropped';

/** One workpiece. It is always in exactly one place; parts are never made or lost after the start. */
export interface PlantPart {
  readonly id: string;
  readonly state: PartPlace;
  /** Its gripping point, in the arm's frame. A part that waits before the belt is shown at the belt's start. */
  readonly position: Readonly<PointMm>;
  /** Name of the tray, undefined unless the part lies in one. */
  readonly tray: string | undefined;
  /** Pressure that the cup reaches on this part, kPa gauge: parts differ. */
  readonly sealedKpa: number;
}

export interface PlantJoint {
  readonly name: string;
  /** Where the horn is, degrees on the servo's own scale. */
  readonly positionDeg: number;
  /** Over the last step, degrees per second. */
  readonly velocityDegPerS: number;
}

export interface PlantAxis {
  readonly name: string;
  /** Where it really is, as its position is once it is homed, mm. */
  readonly positionMm: number;
  /** Its home switch is closed: the axis is beyond the place where that opens. */
  readonly isAtHome: boolean;
  /** Pulses that did not move it: at a hard stop, stalled, or without power. */
  readonly lostSteps: number;
}

/** The plant as an onlooker sees it; sensors read from it. */
export interface PlantState {
  /** One per servo of the cell, in the order of its devices. */
  readonly joints: readonly PlantJoint[];
  /** One per stepper axis of the cell, in the order of its devices. */
  readonly axes: readonly PlantAxis[];
  /** One per contactor of the plant. */
  readonly contactors: readonly { readonly isIn: boolean }[];
  /** Centre of the vacuum cup, in the arm's frame, mm. */
  readonly cup: Readonly<PointMm>;
  /** In the cup, kPa gauge: 0 is ambient. */
  readonly pressureKpa: number;
  /** What the sensor in the cup sees: a part is held. */
  readonly partPresent: boolean;
  /** What the sensor at the end of the belt sees. */
  readonly partAtPick: boolean;
  /** How far the belt has run, mm. */
  readonly beltTravelMm: number;
  readonly parts: readonly PlantPart[];
  /** Parts that lie on the floor. */
  readonly droppedParts: number;
}

/** What one servo gets. */
export interface JointDrive {
  /** False: no pulses, the joint holds by friction where it is. */
  pulsed: boolean;
  /** Angle that the pulses mean, degrees; finite. */
  commandDeg: number;
}

/** What the electronics give the plant. Written by the wiring, read at every step. */
export interface PlantDrives {
  /** In the order of the state's joints. */
  readonly joints: readonly JointDrive[];
  /** Supply of the servos; without it joints hold by friction. */
  servoPower: boolean;
  beltMotor: boolean;
  /** Vacuum valve of the gripper. */
  valve: boolean;
  /** How much of its vacuum the generator gives: 1 sound, less with a leak, 0 none. */
  vacuumSupply: number;
}
