// Digital outputs that blocks drive: what a gate lets through, and what follows a block.
import type { SafetyModel } from '../core/cell-model.ts';
import { drivesOf } from '../core/safety-blocks.ts';
import { BLOCK_MACHINES, type BlockMachine } from './blocks.ts';
import { idleBlock } from './function-block.ts';
import type { SafetyState } from './program.ts';

/** A digital output with the block that drives it. */
export interface DrivenOutput {
  readonly device: string;
  readonly block: string;
  readonly output: string;
  /** It is on only while the cycle wants it too; else it follows the block alone. */
  readonly isGate: boolean;
  readonly machine: BlockMachine;
}

const drivenBy = new WeakMap<SafetyModel, ReadonlyMap<string, DrivenOutput>>();

/** @returns the outputs that blocks drive, by name of the digital output; the same map for the same model */
export function drivenOutputs(model: SafetyModel): ReadonlyMap<string, DrivenOutput> {
  const known = drivenBy.get(model);
  if (known !== undefined) return known;
  const found = model.blocks.flatMap((block) =>
    drivesOf(block).map(({ device, output, isGate }) => {
      const driven = { device, block: block.name, output, isGate, machine: BLOCK_MACHINES[block.type] };
      return [device, driven] as const;
    }),
  );
  const byDevice = new Map(found);
  drivenBy.set(model, byDevice);
  return byDevice;
}

/**
 * What an output may be after the safety step of this cycle; called when outputs are computed, after stop functions had their say.
 *
 * Switching off is immediate. Switching on takes a cycle: the block learns from `SafetyInputs.wanted` what the last one wanted.
 * @param wanted the cycle wants it on
 * @returns `wanted` itself for an output that no block drives
 */
export function drivenValue(model: SafetyModel, state: SafetyState, device: string, wanted: boolean): boolean {
  const driven = drivenOutputs(model).get(device);
  if (driven === undefined) return wanted;
  const isOn = driven.machine.isOn(state.blocks[driven.block] ?? idleBlock(), driven.output);
  return isOn && (wanted || !driven.isGate);
}

/**
 * @param wantedOn outputs that the last cycle wanted on; one that it did not want is off already, whatever its gate does
 * @returns whether a block that gates such an output, and let it be on before this safety step, does not let it any more
 */
export function hasClosedGate(
  model: SafetyModel,
  wantedOn: ReadonlySet<string>,
  { before, after }: { readonly before: SafetyState; readonly after: SafetyState },
): boolean {
  for (const { device, block, output, isGate, machine } of drivenOutputs(model).values()) {
    if (!isGate || !wantedOn.has(device)) continue;
    const wasOn = machine.isOn(before.blocks[block] ?? idleBlock(), output);
    if (wasOn && !machine.isOn(after.blocks[block] ?? idleBlock(), output)) return true;
  }
  return false;
}
