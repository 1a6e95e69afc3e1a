// Process images by the slots of a plan: digital signals as bits in slot order, then the others, u16 or for an axis i32.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { bitBytes, type ImageWay, imageBytes, SIGNAL_BYTES, type SignalSlot } from '../../src/core/process-data.ts';
import { ByteWriter } from './byte-cursor.ts';

/** Positions that an axis may be given, steps: -limit..limit. */
const POSITION_STEPS_MAX = 0x3fffffff;

/** Range of a pulse that a servo output may be given, µs; 0 stands for no pulses. */
const PULSE_US = { min: 500, max: 2500 } as const;

/** Bit of a servo's read-back: set while it is not driven; the other bits hold the last width driven, µs. */
const READ_BACK_NOT_DRIVEN = 0x8000;

/** Packs one value per slot. Digital: not 0 is 1. The others rounded, modulo 2^16, of an axis 2^32. */
export function packImage(
  slots: readonly SignalSlot[],
  values: readonly number[],
  way: ImageWay = 'command',
): Uint8Array {
  const bytes = new Uint8Array(imageBytes(slots, way));
  let bit = 0;
  let at = bitBytes(slots);
  for (let index = 0; index < slots.length; index += 1) {
    const value = values[index] ?? 0;
    const kind = slots[index]?.kind ?? 'digital';
    if (kind === 'digital') {
      if (value !== 0) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
      bit += 1;
    }
    const word = Math.round(value);
    for (let byte = 0; byte < SIGNAL_BYTES[way][kind]; byte += 1) bytes[at++] = word >>> (8 * byte);
  }
  return bytes;
}

/** @returns one value per slot, in slot order, or undefined when `bytes` is not exactly a command for these slots. */
export function unpackImage(slots: readonly SignalSlot[], bytes: Uint8Array): readonly number[] | undefined {
  return bytes.length === imageBytes(slots, 'command') ? valuesAt(slots, bytes, 0, 'command') : undefined;
}

/** One value per slot of the image that begins at `from` and is complete. */
function valuesAt(slots: readonly SignalSlot[], bytes: Uint8Array, from: number, way: ImageWay): number[] {
  const values: number[] = [];
  let bit = from * 8;
  let at = from + bitBytes(slots);
  for (const { kind } of slots) {
    if (kind === 'digital') {
      values.push(((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
      bit += 1;
      continue;
    }
    let value = 0;
    for (let byte = 0; byte < SIGNAL_BYTES[way][kind]; byte += 1) value |= (bytes[at++] ?? 0) << (8 * byte);
    values.push(value);
  }
  return values;
}

/** Whether a command may go to the board: one finite value per slot, levels 0 or 1, pulses 0 or 500..2500 µs, positions in range. */
export function isOutputCommand(slots: BoardPlan['outputs'], values: readonly number[]): boolean {
  if (values.length !== slots.length) return false;
  return slots.every((slot, index) => {
    const value = values[index] ?? Number.NaN;
    if (value === 0) return true;
    if (slot.kind === 'digital') return value === 1;
    if (slot.kind === 'axis') return Math.abs(value) <= POSITION_STEPS_MAX;
    if (slot.kind === 'direction') return false;
    return value >= PULSE_US.min && value <= PULSE_US.max;
  });
}

/** Inputs and read-back of one image. */
export interface BoardImageValues {
  /** By input slot: pin level 0 or 1, or counts 0..1023. */
  readonly inputs: readonly number[];
  /** By output slot: pin level, the pulse width in force or last in force, µs, or position and state of an axis. */
  readonly outputs: readonly number[];
  /** By output slot: false for a servo that gets no pulses. */
  readonly driven: readonly boolean[];
}

/** Unpacks the image part of IMAGE and EDGE; undefined when its length does not fit the plan. */
export function unpackBoardImage(plan: BoardPlan, bytes: Uint8Array): BoardImageValues | undefined {
  const split = imageBytes(plan.inputs, 'report');
  if (bytes.length !== split + imageBytes(plan.outputs, 'report')) return undefined;
  const inputs = valuesAt(plan.inputs, bytes, 0, 'report');
  const readBack = valuesAt(plan.outputs, bytes, split, 'report');
  const driven: boolean[] = [];
  for (let index = 0; index < readBack.length; index += 1) {
    const value = readBack[index] ?? 0;
    const isServo = plan.outputs[index]?.kind === 'servo';
    driven.push(!isServo || (value & READ_BACK_NOT_DRIVEN) === 0);
    if (isServo) readBack[index] = value & ~READ_BACK_NOT_DRIVEN;
  }
  return { inputs, outputs: readBack, driven };
}

/** Packs the image part of IMAGE and EDGE: the board's side of `unpackBoardImage`. */
export function packBoardImage(plan: BoardPlan, values: BoardImageValues): Uint8Array {
  const readBack = values.outputs.map((value, index) => {
    const isReleased = plan.outputs[index]?.kind === 'servo' && values.driven[index] === false;
    return isReleased ? value | READ_BACK_NOT_DRIVEN : value;
  });
  return new ByteWriter()
    .bytes(packImage(plan.inputs, values.inputs, 'report'))
    .bytes(packImage(plan.outputs, readBack, 'report'))
    .finish();
}
