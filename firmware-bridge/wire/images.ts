// Process images by the slots of a plan: digital signals as bits in slot order, then one u16 for each other signal.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { ByteWriter } from './byte-cursor.ts';

interface ImageSlot {
  readonly kind: 'digital' | 'analog' | 'servo';
}

/** Range of a pulse that a servo output may be given, µs; 0 stands for no pulses. */
const PULSE_US = { min: 500, max: 2500 } as const;

/** Bit of a servo's read-back: set while it is not driven; the other bits hold the last width driven, µs. */
const READ_BACK_NOT_DRIVEN = 0x8000;

/** @returns the bytes that an image of these slots takes. */
export function imageBytes(slots: readonly ImageSlot[]): number {
  const digital = digitalCount(slots);
  return bitBytes(digital) + 2 * (slots.length - digital);
}

function digitalCount(slots: readonly ImageSlot[]): number {
  let count = 0;
  for (const slot of slots) if (slot.kind === 'digital') count += 1;
  return count;
}

/** Bytes of the digital signals, which come first. */
function bitBytes(digital: number): number {
  return (digital + 7) >> 3;
}

/** Packs one value per slot. Digital: not 0 is 1. The others rounded, modulo 2^16. */
export function packImage(slots: readonly ImageSlot[], values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(imageBytes(slots));
  let bit = 0;
  let at = bitBytes(digitalCount(slots));
  for (let index = 0; index < slots.length; index += 1) {
    const value = values[index] ?? 0;
    if (slots[index]?.kind === 'digital') {
      if (value !== 0) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
      bit += 1;
    } else {
      const word = Math.round(value);
      bytes[at] = word;
      bytes[at + 1] = word >>> 8;
      at += 2;
    }
  }
  return bytes;
}

/** @returns one value per slot, in slot order, or undefined when `bytes` is not exactly an image of these slots. */
export function unpackImage(slots: readonly ImageSlot[], bytes: Uint8Array): readonly number[] | undefined {
  return bytes.length === imageBytes(slots) ? valuesAt(slots, bytes, 0) : undefined;
}

/** One value per slot of the image that begins at `from` and is complete. */
function valuesAt(slots: readonly ImageSlot[], bytes: Uint8Array, from: number): number[] {
  const values: number[] = [];
  let bit = from * 8;
  let at = from + bitBytes(digitalCount(slots));
  for (const slot of slots) {
    if (slot.kind === 'digital') {
      values.push(((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
      bit += 1;
    } else {
      values.push((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
      at += 2;
    }
  }
  return values;
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
  if (bytes.length !== split + imageBytes(plan.outputs)) return undefined;
  const inputs = valuesAt(plan.inputs, bytes, 0);
  const readBack = valuesAt(plan.outputs, bytes, split);
  const driven: boolean[] = [];
  for (let index = 0; index < readBack.length; index += 1) {
    const value = readBack[index] ?? 0;
    driven.push((value & READ_BACK_NOT_DRIVEN) === 0);
    readBack[index] = value & ~READ_BACK_NOT_DRIVEN;
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
    .bytes(packImage(plan.inputs, values.inputs))
    .bytes(packImage(plan.outputs, readBack))
    .finish();
}
