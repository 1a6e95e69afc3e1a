// What a faulted board is configured as, and what frames make of the pins that it names.
import { firstAnalogPinOf } from '../../src/core/board-pins.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import type { Draw } from './faulted-frames.ts';
import { benchOf, benchOutputs, type Slot } from './firmware-rig.ts';
import { bytesOf } from './firmware-wire.ts';

/** A pin that the configuration never names. */
export const STREAM_PIN = 13;
export const VALVE_PIN = 4;
export const SERVO_PINS = [9, 10] as const;
/** Step pin and direction pin of each axis. */
export const AXIS_PINS: Readonly<Record<BoardKind, readonly (readonly [number, number])[]>> = {
  uno: [
    [5, 6],
    [7, 8],
  ],
  mega: [
    [5, 6],
    [7, 8],
    [22, 23],
    [firstAnalogPinOf('mega') + 14, firstAnalogPinOf('mega') + 15],
  ],
};
// An axis takes this speed from standstill, as its square is less than the acceleration: every pulse goes towards the target,
// and the farthest target, two times REACH away, is reached within the period of the commands.
const STEPS_PER_S = 800;
const ACCELERATION = 65_535;
const REACH = 3;
/** Firmata: level of one pin; and how many of these a frame takes. */
const SET_PIN = 0xf5;
const SETTINGS_MAX = 10;

/** The configuration: `benchOf` and all axes that the board has, forward with the direction pin high. */
export function faultedSlots(kind: BoardKind): readonly Slot[] {
  const axes = AXIS_PINS[kind].flatMap(([step, direction]): readonly Slot[] => [
    { output: true, kind: 2, pin: step, flags: 1, value: STEPS_PER_S },
    { output: true, kind: 3, pin: direction, flags: 1, value: ACCELERATION },
  ]);
  return [...benchOf(kind), ...axes];
}

/** What a board shows, and what it goes by. */
export interface Shown {
  readonly valve: number;
  /** Pulse widths of `SERVO_PINS`, us. */
  readonly pulses: readonly [number, number];
  readonly streamLevel: number;
  /** Where the axes are to go, steps. */
  readonly targets: readonly number[];
  readonly isArmed: boolean;
  /** The number that the board expects of the next STREAM. */
  readonly streamSeq: number;
}

/** What one frame says. */
export type Wish =
  | {
      readonly kind: 'process';
      readonly valve: 0 | 1;
      readonly pulses: readonly [number, number];
      readonly targets: readonly number[];
    }
  | { readonly kind: 'stop' }
  | { readonly kind: 'stream'; readonly streamSeq: number; readonly level: 0 | 1 };

/** Half of the frames are commands, as many stops as stream. */
export function drawKind(draw: Draw): Wish['kind'] {
  return (['process', 'process', 'stop', 'stream'] as const)[draw(4)] ?? 'process';
}

/**
 * Values drawn anew.
 * @param before the frame on its way that this one is sent behind
 * @param positions of the axes, steps
 */
export function drawWish(
  draw: Draw,
  kind: Wish['kind'],
  before: Wish | undefined,
  shown: Shown,
  positions: readonly number[],
): Wish {
  if (kind === 'stop') return { kind };
  if (kind === 'stream') {
    const ahead = before?.kind === 'stream' ? 1 : 0;
    return { kind, streamSeq: (shown.streamSeq + ahead) % 256, level: draw(2) as 0 | 1 };
  }
  // Arming moves nothing: a command behind a stop names the positions.
  const arms = !shown.isArmed || before?.kind === 'stop';
  const from = before?.kind === 'process' ? before.targets : positions;
  const targets = arms ? positions.slice() : from.map((target) => target + draw(2 * REACH + 1) - REACH);
  return { kind, valve: draw(2) as 0 | 1, pulses: [500 + draw(2001), 500 + draw(2001)], targets };
}

/** The payload of a STREAM, the output image of a PROCESS, nothing for a STOP. */
export function wishBytes(wish: Wish, draw: Draw): Uint8Array {
  if (wish.kind === 'stop') return new Uint8Array(0);
  if (wish.kind === 'process') {
    const targets = wish.targets.map((target) => [target >>> 0, 4] as const);
    return Buffer.concat([benchOutputs(wish.valve, ...wish.pulses), bytesOf(...targets)]);
  }
  const bytes = [wish.streamSeq];
  for (let count = draw(SETTINGS_MAX); count > 0; count -= 1) bytes.push(SET_PIN, STREAM_PIN, draw(2));
  bytes.push(SET_PIN, STREAM_PIN, wish.level);
  return Uint8Array.from(bytes);
}

/** What the frame makes of what the board showed. The first servo keeps its pulse when it is stopped, the other has none. */
export function after(wish: Wish, shown: Shown, positions: readonly number[]): Shown {
  switch (wish.kind) {
    case 'process':
      return { ...shown, valve: wish.valve, pulses: wish.pulses, targets: wish.targets, isArmed: true };
    case 'stop':
      return { ...shown, valve: 0, pulses: [shown.pulses[0], 0], targets: positions.slice(), isArmed: false };
    case 'stream':
      return { ...shown, streamLevel: wish.level, streamSeq: (wish.streamSeq + 1) % 256 };
    default:
      return wish satisfies never;
  }
}
