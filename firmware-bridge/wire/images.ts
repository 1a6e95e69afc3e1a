// Process images by the slots of a plan: digital signals as bits in slot order, then one u16 for each other signal.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { ByteReader, ByteWriter } from './byte-cursor.ts';

interface ImageSlot {
  readonly kind: 'digital' | 'analog' | 'servo';
}

/** Range of a pulse that a servo output may be given, µs; 0 stands for no pulses. */
const PULSE_US = { min: 500, max: 2500 } as const;

/** Bit of a servo's read-back: set while it is not driven; the other bits hold the last width driven, µs. */
const READ_BACK_NOT_DRIVEN = 0x8000;

/** @returns the bytes that an image of these slots takes. */
export function imageBytes(slots: readonly ImageSlot[]): number {
  const digital = slots.filter((slot) => slot.kind === 'digital').length;
  return Math.ceil(digital / 8) + 2 * (slots.length - digital);
}

/** Packs one value per slot. Digital: not 0 is 1. The others rounded, modulo 2^16. */
export function packImage(slots: readonly ImageSlot[], values: readonly number[]): Uint8Array {
  const writer = new ByteWriter();
  const levels = slots.flatMap((slot, index) => (slot.kind === 'digital' ? [(values[index] ?? 0) === 0 ? 0 : 1] : []));
  for (let from = 0; from < levels.length; from += 8) {
    writer.u8(levels.slice(from, from + 8).reduce((byte: number, level, bit) => byte | (level << bit), 0));
  }
  slots.forEach((slot, index) => {
    if (slot.kind !== 'digital') writer.u16(Math.round(values[index] ?? 0));
  });
  return writer.finish();
}

/** @returns one value per slot, in slot order, or undefined when `bytes` is not exactly an image of these slots. */
export function unpackImage(slots: readonly ImageSlot[], bytes: Uint8Array): readonly number[] | undefined {
  if (bytes.length !== imageBytes(slots)) return undefined;
  const digital = slots.filter((slot) => slot.kind === 'digital').length;
  const bits = bytes.subarray(0, Math.ceil(digital / 8));
  const words = new ByteReader(bytes.subarray(bits.length));
  let bit = 0;
  return slots.map((slot) => {
    if (slot.kind !== 'digital') return words.u16();
    const level = ((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1;
    bit += 1;
    return level;
  });
}

/** Whether a command may go to the board: one finite value per slot, levels 0 or 1, pulses 0 or 500..2500 µs. */
export function isOutputCommand(slots: BoardPlan['outputs'], values: readonly number[]): boolean {
  if (values.length !== slots.length) return false;
  return slots.every((slot, index) => {
    const value = values[index] ?? Number.NaN;
    if (value === 0) return true;
    if (slot.kind === 'digital') return value === 1;
    return value >= PULSE_US.min && value <= PULSE_US.max;
  });
}

/** Inputs and read-back of one image. */
export interface BoardImageValues {
  /** By input slot: pin level 0 or 1, or counts 0..1023. */
  readonly inputs: readonly number[];
  /** By output slot: pin level, or the pulse width in force or last in force, µs. */
  readonly outputs: readonly number[];
  /** By output slot: false for a servo that gets no pulses. */
  readonly driven: readonly boolean[];
}

/** Unpacks the image part of IMAGE and EDGE; undefined when its length does not fit the plan. */
export function unpackBoardImage(plan: BoardPlan, bytes: Uint8Array): BoardImageValues | undefined {
  const split = imageBytes(plan.inputs);
  const inputs = unpackImage(plan.inputs, bytes.subarray(0, split));
  const readBack = unpackImage(plan.outputs, bytes.subarray(split));
  if (inputs === undefined || readBack === undefined) return undefined;
  return {
    inputs,
    outputs: readBack.map((value) => value & ~READ_BACK_NOT_DRIVEN),
    driven: readBack.map((value) => (value & READ_BACK_NOT_DRIVEN) === 0),
  };
}

/** Packs the image part of IMAGE and EDGE: the board's side of `unpackBoardImage`. */
export function packBoardImage(plan: BoardPlan, values: BoardImageValues): Uint8Array {
  const readBack = values.outputs.map((value, index) => {
    const isReleased = plan.outputs[index]?.kind === 'servo' && values.driven[index] === false;
    return isReleased ? value | READ_BACK_NOT_DRIVEN : value;
  });
  return new ByteWriter()
    .bytes(packImage(plan.inputs, values.inputs))
    .bytes(packImage(plan.outputs, readBack))
    .finish();
}
