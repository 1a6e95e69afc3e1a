// A small cell for tests of the simulator: one arm, one gripper, one belt, one tray, everything on one board.
import type { PlantDrives } from '../../sim/plant/plant-state.ts';
import type { ArmPlantModel, CellModel, DeviceModel, PlantModel, PointMm } from '../../src/core/cell-model.ts';
import { DEFAULT_PROFILE } from '../../src/core/packml-profile.ts';
import { boardModel } from './wire-samples.ts';

const described = { description: '' } as const;

function servo(name: string, pin: string): DeviceModel {
  return {
    ...described,
    kind: 'servo',
    name,
    board: 'main',
    pin,
    minDeg: -90,
    maxDeg: 90,
    velocityMaxDegPerS: 120,
    accelerationMaxDegPerS2: 400,
    pulseAtMinUs: 600,
    pulseAtMaxUs: 2400,
    parkDeg: 0,
    safe: 'off',
  };
}

function output(name: string, pin: string, activeHigh = true): DeviceModel {
  return {
    ...described,
    kind: 'digital-output',
    name,
    board: 'main',
    pin,
    activeHigh,
    hazardous: true,
    safe: 'off',
    onWhileEnabled: name === 'servo-power',
  };
}

function input(name: string, pin: string, closedWhen: 'low' | 'high' = 'low'): DeviceModel {
  return {
    ...described,
    kind: 'digital-input',
    name,
    board: 'main',
    pin,
    closedWhen,
    closeFilterMs: 0,
    openFilterMs: 0,
  };
}

export const simPlant: PlantModel & ArmPlantModel = {
  axes: [],
  contactors: [],
  arm: {
    base: 'base',
    shoulder: 'shoulder',
    elbow: 'elbow',
    wrist: 'wrist',
    upperArmMm: 120,
    forearmMm: 100,
    shoulderHeightMm: 80,
  },
  servo: { slewDegPerS: 300, lagMs: 20 },
  servoPower: 'servo-power',
  gripper: { device: 'gripper', sealedKpa: -60, openKpa: -8, timeConstantMs: 40, reachMm: 6 },
  conveyor: {
    device: 'infeed',
    speedMmPerS: 100,
    lengthMm: 400,
    spacingMm: 120,
    parts: 5,
    atPick: 'at-pick',
    pickAt: { xMm: 150, yMm: 0, zMm: 40 },
  },
  trays: [{ name: 'tray', at: { xMm: 0, yMm: 150, zMm: 40 }, radiusMm: 50 }],
  operator: {
    estop: ['estop-a', 'estop-b'],
    guard: ['guard-switch'],
    reset: ['reset-button'],
    closed: [],
    selectors: [],
  },
  ambientC: 23,
  partPressureSpreadKpa: 10,
};

/** @param plant what to change in the plant */
export function simCell(plant: Partial<PlantModel> = {}): CellModel {
  return {
    name: 'test cell',
    description: '',
    cyclePeriodMs: 10,
    stopTimeBudgetMs: undefined,
    onSafetyStop: 'interrupt',
    boards: [boardModel({ validityMs: 50 })],
    devices: [
      servo('base', 'D9'),
      servo('shoulder', 'D10'),
      servo('elbow', 'D11'),
      servo('wrist', 'D6'),
      output('servo-power', 'D7'),
      output('valve', 'D8'),
      output('belt-motor', 'D12', false),
      input('estop-a', 'D2'),
      input('estop-b', 'D3'),
      input('guard-switch', 'D4'),
      input('reset-button', 'D5'),
      input('at-pick', 'A3'),
      input('in-cup', 'A4', 'high'),
      {
        ...described,
        kind: 'analog-input',
        name: 'vacuum',
        board: 'main',
        pin: 'A0',
        unit: 'kPa',
        scale: [
          { counts: 920, value: 0 },
          { counts: 102, value: -100 },
        ],
        plausibleMin: -95,
        plausibleMax: 5,
      },
      {
        ...described,
        kind: 'thermometer',
        name: 'ambient',
        board: 'main',
        pin: 'A1',
        controller: 'TMP36',
        sampleEveryMs: 1000,
      },
      {
        ...described,
        kind: 'vacuum-gripper',
        name: 'gripper',
        valve: 'valve',
        partPresent: 'in-cup',
        pressure: 'vacuum',
        heldBelowKpa: -40,
      },
      { ...described, kind: 'conveyor', name: 'infeed', motor: 'belt-motor' },
    ],
    poses: {},
    packml: DEFAULT_PROFILE,
    safety: {
      reset: 'reset-button',
      blocks: [
        { type: 'SF_Equivalent', name: 'pair', channelA: 'estop-a', channelB: 'estop-b', discrepancyTimeMs: 100 },
        { type: 'SF_EmergencyStop', name: 'estop', input: 'pair', reset: 'reset-button' },
      ],
      stopFunctions: [],
    },
    workMasters: [],
    programs: [],
    plant: { ...simPlant, ...plant },
    configHash: '',
  };
}

/** Joint angles of the arm that put its cup at a point, degrees; elbow down. The inverse of what the plant computes. */
export function reach(to: PointMm): { readonly base: number; readonly shoulder: number; readonly elbow: number } {
  const { upperArmMm: upper, forearmMm: fore, shoulderHeightMm } = simPlant.arm;
  const degrees = (radians: number): number => (radians * 180) / Math.PI;
  const radius = Math.hypot(to.xMm, to.yMm);
  const height = to.zMm - shoulderHeightMm;
  const cosElbow = (radius ** 2 + height ** 2 - upper ** 2 - fore ** 2) / (2 * upper * fore);
  const elbow = -Math.acos(cosElbow);
  const shoulder = Math.atan2(height, radius) - Math.atan2(fore * Math.sin(elbow), upper + fore * Math.cos(elbow));
  return { base: degrees(Math.atan2(to.yMm, to.xMm)), shoulder: degrees(shoulder), elbow: degrees(elbow) };
}

/** Gives the first joints these angles; undefined takes a joint's pulses away. */
export function command(drives: PlantDrives, anglesDeg: readonly (number | undefined)[]): void {
  for (const [index, joint] of drives.joints.entries()) {
    if (index >= anglesDeg.length) return;
    const angleDeg = anglesDeg[index];
    joint.pulsed = angleDeg !== undefined;
    if (angleDeg !== undefined) joint.commandDeg = angleDeg;
  }
}
