// What demands each stop function: the inputs behind its permission, in the groups that one hand operates. Pure.
import type { CellModel, SafetyBlockModel, SafetyModel, StopFunctionModel } from '../core/cell-model.ts';
import { blockInterface, resetOf, signalsOf } from '../core/safety-blocks.ts';

/** An input that takes part in a demand, and the state of it that demands the stop. */
export interface DemandInput {
  readonly device: string;
  readonly demandsWhen: 'open' | 'closed';
}

/** One way to trip a stop function: what one block reads, since its channels are operated together. */
export interface Demand {
  /** The block that reads the inputs; the input itself where a stop function names one as its permission. */
  readonly name: string;
  readonly inputs: readonly DemandInput[];
}

/** Name of the block or device that a reference such as `door` or `lock.unlockGuard` belongs to. */
function ownerOf(reference: string): string {
  return reference.split('.', 1)[0] ?? reference;
}

function blockNamed(safety: SafetyModel, reference: string): SafetyBlockModel | undefined {
  return safety.blocks.find(({ name }) => name === ownerOf(reference));
}

/** @returns the block of a reference and all blocks that it reads, itself first, each once */
export function blocksBehind(safety: SafetyModel, reference: string): readonly SafetyBlockModel[] {
  const found: SafetyBlockModel[] = [];
  const open = [reference];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const block = blockNamed(safety, next);
    if (block === undefined || found.includes(block)) continue;
    found.push(block);
    open.push(...signalsOf(block).map(([, name]) => name));
  }
  return found;
}

function inputsRead(cell: CellModel, block: SafetyBlockModel): readonly DemandInput[] {
  const { signals } = blockInterface(block.type);
  const inputs = signalsOf(block).flatMap(([key, device]): DemandInput[] => {
    const signal = signals[key];
    if (signal?.isDemand !== true || !isDigitalInput(cell, device)) return [];
    return [{ device, demandsWhen: signal.whenUnread ? 'closed' : 'open' }];
  });
  return inputs.filter(({ device }, at) => inputs.findIndex((other) => other.device === device) === at);
}

function isDigitalInput(cell: CellModel, name: string): boolean {
  return cell.devices.some((device) => device.name === name && device.kind === 'digital-input');
}

/** @returns every way to trip the stop function by the inputs of the cell, in the order of its blocks */
export function demandsOf(cell: CellModel, { permission }: StopFunctionModel): readonly Demand[] {
  if (isDigitalInput(cell, permission)) {
    return [{ name: permission, inputs: [{ device: permission, demandsWhen: 'open' }] }];
  }
  return blocksBehind(cell.safety, permission)
    .map((block) => ({ name: block.name, inputs: inputsRead(cell, block) }))
    .filter(({ inputs }) => inputs.length > 0);
}

/** @returns blocks from the permission down to the one that reads the demand: what its signal passes through */
export function pathOf(safety: SafetyModel, { permission }: StopFunctionModel, demand: Demand) {
  return blocksBehind(safety, permission).filter(({ name }) =>
    blocksBehind(safety, name).some((block) => block.name === demand.name),
  );
}

/** The button behind a reset: itself, or the one that a block makes a pulse of. */
function buttonBehind(safety: SafetyModel, reset: string): string {
  const block = blockNamed(safety, reset);
  const behind = block === undefined ? undefined : resetOf(block);
  return behind === undefined ? reset : behind;
}

/** @returns the digital input that resets what no block latches */
export function cellReset(safety: SafetyModel): string {
  return buttonBehind(safety, safety.reset);
}

function buttonOf(safety: SafetyModel, block: SafetyBlockModel): string | undefined {
  const reset = resetOf(block);
  return reset === undefined ? undefined : buttonBehind(safety, reset);
}

/** @returns every reset button of the cell, that of the cell itself first */
export function resetInputs(safety: SafetyModel): readonly string[] {
  return [...new Set([cellReset(safety), ...safety.blocks.flatMap((block) => buttonOf(safety, block) ?? [])])];
}

/** @returns the blocks that latch until this button is pressed */
export function latchingOn(safety: SafetyModel, reset: string): readonly SafetyBlockModel[] {
  return safety.blocks.filter((block) => buttonOf(safety, block) === reset);
}
