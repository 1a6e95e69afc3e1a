// Digital outputs that a block lets be on, such as SF_OutControl: besides stop functions, the block keeps them off.
import type { SafetyModel } from '../core/cell-model.ts';
import { drivesOf, neededSignals, outputInterface } from '../core/safety-blocks.ts';
import { wishFor } from './part.ts';
import type { Product } from './product.ts';

/** A block between what the cycle wants of a digital output and its pin. */
export interface Gate {
  readonly block: string;
  /** Output of the block that lets `device` be on. */
  readonly output: string;
  readonly device: string;
  /** References that must be TRUE for it. */
  readonly needs: readonly string[];
  /** Codes of the block in which the output is TRUE. */
  readonly trueIn: readonly string[];
}

/** The gates of a cell. What only follows a block, such as the coil of a lock, has none. */
export function gatesOf({ blocks }: SafetyModel): readonly Gate[] {
  return blocks.flatMap((block) =>
    drivesOf(block).flatMap(({ device, output, isGate }) => {
      if (!isGate) return [];
      const trueIn = outputInterface(block.type, output)?.trueIn ?? [];
      return [{ block: block.name, output, device, needs: neededSignals(block, output), trueIn }];
    }),
  );
}

/** Whether gates let their outputs be on, by the states of the parts; one that is not in the product lets it. */
export function opensIn(product: Product, gates: readonly Gate[]): (tuple: Int32Array) => boolean {
  const readers = gates.flatMap(({ block, output }) => product.readerOf(`${block}.${output}`) ?? []);
  return (tuple) => readers.every((isOn) => isOn(tuple));
}

/** The same by diagnostic codes. */
export function opensWith(gates: readonly Gate[], codeOf: (block: string) => string): boolean {
  return gates.every(({ block, trueIn }) => trueIn.includes(codeOf(block)));
}

/** Stands among the inputs of a gate for what the cycle wants: no input of the cell. */
export function isWish({ device }: Gate, input: string): boolean {
  return input === wishFor(device);
}
