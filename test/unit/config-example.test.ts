// The example cell is valid, and its poses bring the cup to where the belt ends and where the tray is.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { armOf } from '../../sim/plant/plant.ts';
import { loadCell } from '../../src/config/load.ts';
import { formatProblem } from '../../src/config/problem.ts';
import { BOARD_PINS } from '../../src/core/board-pins.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import type { ArmPlantModel, CellModel, PlantModel, PointMm, PoseModel } from '../../src/core/cell-model.ts';

function example(): CellModel {
  const path = fileURLToPath(new URL('../../cells/pick-and-place/cell.yaml', import.meta.url));
  const result = loadCell(path);
  if (!result.ok) throw new Error(result.error.map((problem) => formatProblem(problem, 'en')).join('\n'));
  return result.value;
}

const cell = example();

function plantOf({ plant }: CellModel): PlantModel & ArmPlantModel {
  const arm = plant && armOf(plant);
  if (plant === undefined || arm === undefined) throw new Error('the example has no arm to simulate');
  return { ...plant, ...arm };
}

const rad = (deg: number | undefined): number => ((deg ?? Number.NaN) * Math.PI) / 180;

/** Where the cup is, mm: a plane arm of two links on a turning base. */
function cupAt(pose: PoseModel | undefined): PointMm {
  const { arm } = plantOf(cell);
  const shoulder = rad(pose?.[arm.shoulder]);
  const forearm = shoulder + rad(pose?.[arm.elbow]);
  const r = arm.upperArmMm * Math.cos(shoulder) + arm.forearmMm * Math.cos(forearm);
  const base = rad(pose?.[arm.base]);
  const zMm = arm.shoulderHeightMm + arm.upperArmMm * Math.sin(shoulder) + arm.forearmMm * Math.sin(forearm);
  return { xMm: r * Math.cos(base), yMm: r * Math.sin(base), zMm };
}

function distance(a: PointMm, b: PointMm): number {
  return Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm, a.zMm - b.zMm);
}

function above(point: PointMm, mm: number): PointMm {
  return { ...point, zMm: point.zMm + mm };
}

describe('the example cell', () => {
  const plant = plantOf(cell);
  const tray = plant.trays[0]?.at ?? { xMm: Number.NaN, yMm: Number.NaN, zMm: Number.NaN };

  it.each([
    ['pick', plant.conveyor.pickAt],
    ['above-pick', above(plant.conveyor.pickAt, 40)],
    ['tray', tray],
    ['above-tray', above(tray, 40)],
  ])('brings the cup within a millimetre of where it should be in pose %s', (pose, place) => {
    expect(distance(cupAt(cell.poses[pose]), place)).toBeLessThan(Math.min(1, plant.gripper.reachMm));
  });

  it('parks the servos where the park pose says', () => {
    const parked = cell.devices.flatMap((device) => (device.kind === 'servo' ? [[device.name, device.parkDeg]] : []));
    expect(cell.poses['park']).toEqual(Object.fromEntries(parked));
  });

  it('uses every pin of its Uno once', () => {
    const pins = cell.devices.flatMap((device) => {
      if (device.kind === 'stack-light') return [device.red, device.amber, device.green];
      return 'pin' in device ? [device.pin] : [];
    });
    expect(pins.toSorted()).toEqual(BOARD_PINS.uno.map(({ name }) => name).toSorted());
  });

  it('keeps the vacuum on at a stop and everything else off', () => {
    const [plan] = planBoards(cell);
    const on = plan?.outputs.filter(({ safeValue }) => safeValue !== 0).map((slot) => slot.device);
    expect(on).toEqual(['vacuum-valve']);
    expect(plan?.outputs.every(({ hazardous }) => hazardous)).toBe(true);
  });

  it('offers two work masters', () => {
    expect(cell.workMasters.map(({ id, version }) => [id, version])).toEqual([
      ['pick-and-place', '1.0.0'],
      ['park', '1.0.0'],
    ]);
    expect(cell.workMasters[0]?.parameters).toMatchObject([
      { id: 'count', type: 'integer', min: 1, max: 100, defaultValue: 3 },
      { id: 'speed', type: 'number', unit: '%', min: 10, max: 100, defaultValue: 80 },
    ]);
  });
});
