import { describe, expect, it } from 'vitest';
import { createPlant, idleDrives, type Plant, stepPlant } from '../../sim/plant/plant.ts';
import type { PlantDrives } from '../../sim/plant/plant-state.ts';
import type { PlantModel, PointMm } from '../../src/core/cell-model.ts';
import { command, reach, simCell, simPlant } from '../support/sim-cell.ts';

const PICK = simPlant.conveyor.pickAt;
const TRAY: PointMm = { xMm: 0, yMm: 150, zMm: 42 };
const HIGH: PointMm = { xMm: 120, yMm: 60, zMm: 120 };

function bench(change: Partial<PlantModel> = {}): {
  readonly plant: Plant;
  readonly drives: PlantDrives;
  readonly run: (ms: number) => void;
  readonly go: (to: PointMm) => void;
} {
  const plant = createPlant(simCell(change), []);
  const drives = idleDrives(plant);
  drives.servoPower = true;
  const run = (ms: number): void => {
    for (let step = 0; step < ms; step += 1) stepPlant(plant, drives, 1);
  };
  return {
    plant,
    drives,
    run,
    go(to) {
      const angles = reach(to);
      command(drives, [angles.base, angles.shoulder, angles.elbow]);
      run(2000);
    },
  };
}

/** Brings the first part to the end stop and the cup onto it. */
function atPick(change: Partial<PlantModel> = {}): ReturnType<typeof bench> {
  const cell = bench(change);
  cell.drives.beltMotor = true;
  cell.run(1500);
  cell.drives.beltMotor = false;
  cell.go(PICK);
  return cell;
}

describe('belt', () => {
  it('brings the first part to the end stop when it has run the distance, and not before', () => {
    const { plant, drives, run } = bench();
    drives.beltMotor = true;
    run(1180);
    expect(plant.partAtPick).toBe(false);
    run(20);
    expect(plant.partAtPick).toBe(true);
    expect(plant.parts[0]?.position.xMm).toBeCloseTo(PICK.xMm, 6);
  });

  it('stands still without its motor', () => {
    const { plant, run } = bench();
    run(5000);
    expect(plant.beltTravelMm).toBe(0);
    expect(plant.parts[0]?.position.xMm).toBe(PICK.xMm + 120);
  });

  it('lets parts queue behind the end stop without touching', () => {
    const { plant, drives, run } = bench();
    drives.beltMotor = true;
    run(20_000);
    const distances = plant.parts.map((part) => Math.round(part.position.xMm - PICK.xMm));
    expect(distances).toEqual([0, 30, 60, 90, 120]);
  });

  it('shows parts that have not come yet at its start', () => {
    const { plant } = bench();
    expect(plant.parts.map((part) => part.position.xMm - PICK.xMm)).toEqual([120, 240, 360, 400, 400]);
  });
});

describe('gripper', () => {
  it('holds a part that is there once the pressure has built up, and not at once', () => {
    const { plant, drives, run } = atPick();
    drives.valve = true;
    run(20);
    expect(plant.partPresent).toBe(false);
    run(200);
    expect(plant.partPresent).toBe(true);
    expect(plant.parts[0]?.state).toBe('held');
    expect(plant.pressureKpa).toBeCloseTo(-60, 0);
    expect(plant.partAtPick).toBe(false);
  });

  it('holds nothing and reaches only the open pressure where no part is', () => {
    const { plant, drives, run, go } = atPick();
    go(HIGH);
    drives.valve = true;
    run(1000);
    expect(plant.partPresent).toBe(false);
    expect(plant.pressureKpa).toBeCloseTo(-8, 1);
  });

  it('carries the part and leaves it in the tray below when the vacuum goes', () => {
    const { plant, drives, run, go } = atPick();
    drives.valve = true;
    run(300);
    go(TRAY);
    expect(plant.parts[0]?.position).toEqual(plant.cup);
    drives.valve = false;
    run(20);
    expect(plant.partPresent).toBe(true);
    run(200);
    expect(plant.parts[0]).toMatchObject({ state: 'in-tray', tray: 'tray', position: { zMm: 40 } });
    expect(plant.partPresent).toBe(false);
    expect(plant.droppedParts).toBe(0);
    run(2000);
    expect(plant.pressureKpa).toBe(0);
  });

  it('drops the part on the floor when the vacuum goes on the way', () => {
    const { plant, drives, run, go } = atPick();
    drives.valve = true;
    run(300);
    go(HIGH);
    drives.valve = false;
    run(200);
    expect(plant.parts[0]).toMatchObject({ state: 'dropped', tray: undefined, position: { zMm: 0 } });
    expect(plant.droppedParts).toBe(1);
  });

  it('leaves the part on the belt when the vacuum goes before it was taken away', () => {
    const { plant, drives, run } = atPick();
    drives.valve = true;
    run(300);
    drives.valve = false;
    run(200);
    expect(plant.parts[0]?.state).toBe('on-belt');
    expect(plant.partAtPick).toBe(true);
    drives.valve = true;
    run(300);
    expect(plant.parts[0]?.state).toBe('held');
  });

  it('never lifts a part without vacuum, and with a leak not a part that it could have kept', () => {
    for (const vacuumSupply of [0, 0.4]) {
      const { plant, drives, run } = atPick();
      Object.assign(drives, { valve: true, vacuumSupply });
      run(2000);
      expect(plant.partPresent).toBe(false);
    }
    const { plant, drives, run } = atPick();
    drives.valve = true;
    run(300);
    drives.vacuumSupply = 0.4;
    run(2000);
    expect(plant.partPresent).toBe(true);
    expect(plant.pressureKpa).toBeCloseTo(-24, 0);
  });

  it('grips a part that the belt brings to a cup that waits with its valve on', () => {
    const { plant, drives, run, go } = bench();
    go(PICK);
    drives.valve = true;
    run(500);
    expect(plant.partPresent).toBe(false);
    drives.beltMotor = true;
    run(1500);
    expect(plant.parts[0]?.state).toBe('held');
  });

  it('grips a part to which the cup comes with its valve on', () => {
    const { plant, drives, run, go } = atPick();
    go(HIGH);
    drives.valve = true;
    run(500);
    go(PICK);
    expect(plant.parts[0]?.state).toBe('held');
  });

  it('cannot lift from the floor what it has dropped beside the pick position', () => {
    const { plant, drives, run, go } = bench({ conveyor: { ...simPlant.conveyor, spacingMm: 40, parts: 1 } });
    go({ ...PICK, xMm: PICK.xMm + 40 });
    drives.valve = true;
    run(300);
    expect(plant.parts[0]?.state).toBe('held');
    drives.vacuumSupply = 0;
    run(500);
    drives.vacuumSupply = 1;
    run(500);
    expect(plant.parts[0]?.state).toBe('dropped');
  });

  it('lets the next part come to the end stop when the first has been taken', () => {
    const { plant, drives, run, go } = atPick();
    drives.valve = true;
    run(300);
    go(HIGH);
    drives.beltMotor = true;
    run(2000);
    expect(plant.partAtPick).toBe(true);
    expect(plant.parts[1]?.position.xMm).toBeCloseTo(PICK.xMm, 6);
  });

  it('reaches a different pressure on each part, as drawn at the start', () => {
    const plant = createPlant(simCell(), [0, 1, 0.5, 0.25]);
    expect(plant.parts.map((part) => part.sealedKpa)).toEqual([-65, -55, -60, -62.5, -60]);
  });
});
