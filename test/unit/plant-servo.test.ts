import { describe, expect, it } from 'vitest';
import { placeCup } from '../../sim/plant/arm.ts';
import { createPlant, idleDrives, stepPlant } from '../../sim/plant/plant.ts';
import { stepServo } from '../../sim/plant/servo.ts';
import { command, simCell } from '../support/sim-cell.ts';

const dynamics = { slewDegPerS: 300, lagMs: 20 };

describe('servo', () => {
  it('turns at its slew rate while far from the target', () => {
    expect(stepServo(0, 90, dynamics, 100)).toBeCloseTo(30, 9);
    expect(stepServo(0, -90, dynamics, 100)).toBeCloseTo(-30, 9);
  });

  it('approaches with its lag when near: 63 % of the way in one time constant', () => {
    expect(stepServo(0, 5, dynamics, 20)).toBeCloseTo(5 * (1 - Math.exp(-1)), 9);
  });

  it('comes to rest exactly on the target', () => {
    let position = 0;
    for (let ms = 0; ms < 1000; ms += 1) position = stepServo(position, 42, dynamics, 1);
    expect(position).toBe(42);
  });

  it('takes the whole step at the slew rate when it has no lag', () => {
    expect(stepServo(0, 10, { slewDegPerS: 300, lagMs: 0 }, 20)).toBeCloseTo(6, 9);
    expect(stepServo(0, 10, { slewDegPerS: 300, lagMs: 0 }, 50)).toBe(10);
  });

  it('stays by friction where it is without pulses or without power', () => {
    const plant = createPlant(simCell(), []);
    const drives = idleDrives(plant);
    const positions = (): number[] => plant.joints.map((joint) => joint.positionDeg);
    command(drives, [60]);
    for (let ms = 0; ms < 100; ms += 1) stepPlant(plant, drives, 1);
    expect(positions()).toEqual([0, 0, 0, 0]);
    drives.servoPower = true;
    for (let ms = 0; ms < 100; ms += 1) stepPlant(plant, drives, 1);
    expect(positions()[0]).toBeCloseTo(30, 6);
    expect(plant.joints[0]?.velocityDegPerS).toBeCloseTo(300, 6);
    command(drives, [undefined]);
    for (let ms = 0; ms < 100; ms += 1) stepPlant(plant, drives, 1);
    expect(positions()[0]).toBeCloseTo(30, 6);
    expect(plant.joints[0]?.velocityDegPerS).toBe(0);
  });

  it('has no velocity any more one step after its power has gone', () => {
    const plant = createPlant(simCell(), []);
    const drives = idleDrives(plant);
    command(drives, [60]);
    drives.servoPower = true;
    stepPlant(plant, drives, 1);
    drives.servoPower = false;
    stepPlant(plant, drives, 1);
    expect(plant.joints[0]).toMatchObject({ velocityDegPerS: 0 });
  });
});

describe('arm', () => {
  const arm = { upperArmMm: 120, forearmMm: 100, shoulderHeightMm: 80 };
  const cupAt = (base: number, shoulder: number, elbow: number): number[] => {
    const cup = { xMm: 0, yMm: 0, zMm: 0 };
    placeCup(arm, base, shoulder, elbow, cup);
    return [cup.xMm, cup.yMm, cup.zMm].map((value) => Math.round(value * 1e6) / 1e6 + 0);
  };

  it('puts the cup straight ahead when stretched out level', () => {
    expect(cupAt(0, 0, 0)).toEqual([220, 0, 80]);
  });

  it('turns the cup around z with the base', () => {
    expect(cupAt(90, 0, 0)).toEqual([0, 220, 80]);
  });

  it('lifts by the shoulder and folds by the elbow', () => {
    expect(cupAt(0, 90, 0)).toEqual([0, 0, 300]);
    expect(cupAt(0, 90, -90)).toEqual([100, 0, 200]);
  });
});
