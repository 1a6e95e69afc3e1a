import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlant, idleDrives, type Plant, stepPlant } from '../../sim/plant/plant.ts';
import type { PlantDrives, PlantPart } from '../../sim/plant/plant-state.ts';
import { stepServo } from '../../sim/plant/servo.ts';
import { command, reach, simCell, simPlant } from '../support/sim-cell.ts';

// Random commands rarely find a part, so most moves go to the places where something happens.
const places = [
  simPlant.conveyor.pickAt,
  { xMm: 0, yMm: 150, zMm: 44 },
  { xMm: 110, yMm: 90, zMm: 100 },
  { xMm: 152, yMm: 2, zMm: 43 },
].map((place) => reach(place));

const orders = fc.record({
  angles: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...places) },
    {
      weight: 1,
      arbitrary: fc.record({
        base: fc.double({ min: -180, max: 180, noNaN: true }),
        shoulder: fc.double({ min: -90, max: 90, noNaN: true }),
        elbow: fc.double({ min: -150, max: 150, noNaN: true }),
      }),
    },
  ),
  pulsed: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  servoPower: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  beltMotor: fc.boolean(),
  valve: fc.boolean(),
  vacuumSupply: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(0, 0.4) }),
  ms: fc.integer({ min: 1, max: 1500 }),
});

type Orders = typeof orders extends fc.Arbitrary<infer T> ? T : never;

function apply(drives: PlantDrives, given: Orders): void {
  const { base, shoulder, elbow } = given.angles;
  command(drives, given.pulsed ? [base, shoulder, elbow, 0] : [undefined, undefined, undefined, undefined]);
  const { servoPower, beltMotor, valve, vacuumSupply } = given;
  Object.assign(drives, { servoPower, beltMotor, valve, vacuumSupply });
}

function beltOf({ station }: Plant) {
  if (station === undefined) throw new Error('the plant has no arm');
  return station.belt;
}

function partFault(plant: Plant, part: PlantPart): string | undefined {
  const rides = beltOf(plant).riders.some((rider) => rider.part === part);
  if (rides !== (part.state === 'on-belt')) return `${part.id} is ${part.state}, rides: ${rides}`;
  if ((part.tray !== undefined) !== (part.state === 'in-tray')) return `${part.id} is ${part.state}, tray ${part.tray}`;
  if (part.state === 'dropped' && part.position.zMm !== 0) return `${part.id} floats`;
  if (part.state !== 'held') return undefined;
  const { cup } = plant;
  const { xMm, yMm, zMm } = part.position;
  if (xMm !== cup.xMm || yMm !== cup.yMm || zMm !== cup.zMm) return `${part.id} is held away from the cup`;
  return plant.pressureKpa > -60 * 0.24 ? `${part.id} is held at ${plant.pressureKpa} kPa` : undefined;
}

/** The first thing that is wrong with the parts, undefined when all is well. */
function partsFault(plant: Plant): string | undefined {
  if (new Set(plant.parts.map((part) => part.id)).size !== 5) return 'parts were made or lost';
  const held = plant.parts.filter((part) => part.state === 'held').length;
  if (held !== (plant.partPresent ? 1 : 0)) return `${held} parts held, sensor ${plant.partPresent}`;
  const dropped = plant.parts.filter((part) => part.state === 'dropped').length;
  if (dropped !== plant.droppedParts) return `${dropped} parts dropped, counted ${plant.droppedParts}`;
  for (const part of plant.parts) {
    const wrong = partFault(plant, part);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function beltFault(plant: Plant): string | undefined {
  let previousMm = -30;
  for (const rider of beltOf(plant).riders) {
    const distanceMm = rider.arrivesAtMm - beltOf(plant).travelMm;
    if (distanceMm > simPlant.conveyor.lengthMm) return undefined;
    if (distanceMm - previousMm < 30 - 1e-6) return `${rider.part.id} at ${distanceMm} mm behind ${previousMm} mm`;
    previousMm = distanceMm;
  }
  return undefined;
}

/** Runs the orders, checking after every millisecond. @returns the plant and in how many orders' ends a part was held */
function runAll(
  given: readonly Orders[],
  faultOf: (plant: Plant) => string | undefined,
): { readonly plant: Plant; readonly held: number } {
  const plant = createPlant(simCell(), []);
  const drives = idleDrives(plant);
  let held = 0;
  for (const order of given) {
    apply(drives, order);
    for (let ms = 0; ms < order.ms; ms += 1) {
      stepPlant(plant, drives, 1);
      const wrong = faultOf(plant);
      if (wrong !== undefined) throw new Error(wrong);
    }
    if (plant.partPresent) held += 1;
  }
  return { plant, held };
}

describe('whatever the plant is told to do', () => {
  it('parts are conserved, each in one place, held ones at the cup with vacuum, dropped ones on the floor', () => {
    let held = 0;
    let dropped = 0;
    fc.assert(
      fc.property(fc.array(orders, { minLength: 1, maxLength: 12 }), (given) => {
        const end = runAll(given, partsFault);
        held += end.held;
        dropped += end.plant.droppedParts;
      }),
      { numRuns: 60, seed: 4711 },
    );
    // The run means something only if parts were in fact picked and dropped.
    expect(held).toBeGreaterThan(10);
    expect(dropped).toBeGreaterThan(0);
  });

  it('parts on the belt keep their order and never overlap', () => {
    fc.assert(
      fc.property(fc.array(orders, { minLength: 1, maxLength: 12 }), (given) => {
        runAll(given, beltFault);
      }),
      { numRuns: 60, seed: 4712 },
    );
  });

  it('servos never exceed their slew rate and never overshoot', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.record({
          slewDegPerS: fc.double({ min: 1, max: 2000, noNaN: true }),
          lagMs: fc.double({ min: 0, max: 200, noNaN: true }),
        }),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (from, to, dynamics, dtMs) => {
          const next = stepServo(from, to, dynamics, dtMs);
          expect(Math.abs(next - from)).toBeLessThanOrEqual((dynamics.slewDegPerS * dtMs) / 1000 + 1.1e-4);
          expect(next).toBeGreaterThanOrEqual(Math.min(from, to) - 1e-9);
          expect(next).toBeLessThanOrEqual(Math.max(from, to) + 1e-9);
        },
      ),
    );
  });

  it('a servo arrives at the same place whether the time is cut into small or large steps', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (from, to, cuts) => {
          const dynamics = { slewDegPerS: 300, lagMs: 20 };
          let small = from;
          for (let step = 0; step < cuts; step += 1) small = stepServo(small, to, dynamics, 100 / cuts);
          expect(Math.abs(small - stepServo(from, to, dynamics, 100))).toBeLessThan(3e-4);
        },
      ),
    );
  });
});
