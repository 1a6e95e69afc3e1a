// A board with two step axes: its configuration, its commands, what it says of its axes, and what its step pins do.
import type { Slot } from './firmware-rig.ts';
import { bytesOf } from './firmware-wire.ts';

const EDGE = 1;
const PULL_UP = 4;

/** Highest speeds, steps per second, and accelerations, steps per second squared, of the two axes. */
export const AXES = [
  { stepPin: 5, directionPin: 6, speed: 4000, acceleration: 20_000 },
  { stepPin: 7, directionPin: 8, speed: 1000, acceleration: 2_000 },
] as const;

/** Inputs: a permit on pin 2. Outputs: valve 4, then the two axes, the first with the permit. */
export const AXIS_BENCH: readonly Slot[] = [
  { pin: 2, flags: EDGE | PULL_UP, value: 5 },
  { output: true, pin: 4, flags: 1, value: 0, permit: 1 },
  ...AXES.flatMap(({ stepPin, directionPin, speed, acceleration }, index): readonly Slot[] => [
    { output: true, kind: 2, pin: stepPin, flags: 1, value: speed, permit: index === 0 ? 1 : 0 },
    { output: true, kind: 3, pin: directionPin, flags: 1, value: acceleration / 10 },
  ]),
];

/** Output image of `AXIS_BENCH`. */
export function axisOutputs(first: number, second = 0, valve: 0 | 1 = 1): Buffer {
  return bytesOf([valve, 1], [first >>> 0, 4], [second >>> 0, 4]);
}

export interface AxisReadBack {
  readonly position: number;
  readonly isMoving: boolean;
  readonly reference: number;
}

/** @param rest input image and read-back of `AXIS_BENCH` */
export function axesOf(rest: Buffer): readonly AxisReadBack[] {
  return AXES.map((_, index) => {
    const at = 2 + 6 * index;
    const status = rest.readUInt16LE(at + 4);
    return { position: rest.readInt32LE(at), isMoving: (status & 1) === 1, reference: status >> 1 };
  });
}

export interface Step {
  readonly atUs: number;
  /** +1 with the direction pin high, else -1. */
  readonly way: 1 | -1;
}

/** The pulses of one axis among the level changes of a board, with the direction that stood at each. */
export function stepsOf(
  edges: readonly { readonly pin: number; readonly level: 0 | 1; readonly atUs: number }[],
  axis: { readonly stepPin: number; readonly directionPin: number },
): readonly Step[] {
  const steps: Step[] = [];
  let way: 1 | -1 = -1;
  let level = 0;
  for (const edge of edges) {
    if (edge.pin === axis.directionPin) way = edge.level === 1 ? 1 : -1;
    if (edge.pin !== axis.stepPin) continue;
    if (edge.level === 1 && level === 0) steps.push({ atUs: edge.atUs, way });
    level = edge.level;
  }
  return steps;
}

/** Where the pulses lead. */
export function sumOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { way }) => sum + way, 0);
}

/** Highest mean speed over any `count` steps, steps per second. */
export function topSpeed(steps: readonly Step[], count = 20): number {
  let fastest = 0;
  for (let at = count; at < steps.length; at += 1) {
    const us = (steps[at]?.atUs ?? 0) - (steps[at - count]?.atUs ?? 0);
    fastest = Math.max(fastest, (count * 1e6) / us);
  }
  return fastest;
}
