// What the blocks and stop functions of a cell are wired to, taken apart once: the safety step also runs between cycles, when
// every microsecond counts.
import type { SafetyBlockModel, SafetyModel } from '../core/cell-model.ts';
import { blockInterface, drivesOf, parametersOf, referencesOf, resetOf, signalsOf } from '../core/safety-blocks.ts';
import { parseReference } from '../core/safety-reference.ts';
import { BLOCK_MACHINES, type BlockMachine } from './blocks.ts';
import type { BlockState } from './function-block.ts';
import type { SafetyInputs } from './safety-inputs.ts';

/** States of blocks in this step, by name. A block that is not there yet is off. */
export type BlockStates = Readonly<Record<string, BlockState>>;

/** Value of a signal; undefined while it cannot be read. Outputs of blocks and statuses of the cell are always known. */
export type Reader = (inputs: SafetyInputs, blocks: BlockStates) => boolean | undefined;

export interface WiredBlock {
  readonly name: string;
  readonly machine: BlockMachine;
  readonly signals: readonly { readonly key: string; readonly whenUnread: boolean; readonly read: Reader }[];
  /** Times, flags, and FALSE for every input that is not wired. */
  readonly constants: Readonly<Record<string, boolean | number>>;
  readonly reset: Reader;
}

export interface Wiring {
  /** Sources before those they feed, so that a demand passes all of them in one step. */
  readonly blocks: readonly WiredBlock[];
  /** By stop function. */
  readonly permissions: readonly Reader[];
  /** The cell's own reset. */
  readonly reset: Reader;
  /** By the references that select the operating modes. */
  readonly modes: ReadonlyMap<string, Reader>;
}

const OFF: Reader = () => false;

function inputReader(name: string): Reader {
  return (inputs) => (inputs.valid?.(name) === false ? undefined : inputs.closed(name));
}

function cellReader(status: string): Reader {
  if (status === 'standstill') return (inputs) => inputs.standstill;
  if (status === 'enabled') return (inputs) => inputs.enabled === true;
  return status === 'running' ? (inputs) => inputs.running === true : OFF;
}

type Models = ReadonlyMap<string, SafetyBlockModel>;

/** A block that is not among `known`, because it feeds itself in a circle, never becomes TRUE for those it feeds. */
function readerOf(models: Models, reference: string, known: ReadonlySet<string>): Reader {
  const found = parseReference(reference, (name) => models.has(name));
  if (found.kind === 'cell') return cellReader(found.status);
  if (found.kind === 'input') return inputReader(found.name);
  const { name, output } = found;
  const type = models.get(name)?.type;
  if (type === undefined || !known.has(name)) return OFF;
  const machine = BLOCK_MACHINES[type];
  return (_, blocks) => {
    const state = blocks[name];
    return state !== undefined && machine.isOn(state, output);
  };
}

/** Names of the blocks that a block reads. */
function feedersOf(models: Models, block: SafetyBlockModel): readonly string[] {
  return referencesOf(block).flatMap((reference) => {
    const found = parseReference(reference, (name) => models.has(name));
    return found.kind === 'block' && models.has(found.name) ? [found.name] : [];
  });
}

function wireBlock(models: Models, block: SafetyBlockModel, known: ReadonlySet<string>): WiredBlock {
  const { signals } = blockInterface(block.type);
  const reset = resetOf(block);
  const wishes = drivesOf(block)
    .filter(({ isGate }) => isGate)
    .map(({ key, device }) => ({
      key,
      whenUnread: false,
      read: (inputs: SafetyInputs) => inputs.wanted?.(device) === true,
    }));
  const wired = signalsOf(block).map(([key, reference]) => ({
    key,
    whenUnread: signals[key]?.whenUnread === true,
    read: readerOf(models, reference, known),
  }));
  return {
    name: block.name,
    machine: BLOCK_MACHINES[block.type],
    signals: [...wired, ...wishes],
    constants: { ...Object.fromEntries(Object.keys(signals).map((key) => [key, false])), ...parametersOf(block) },
    reset: reset === undefined ? OFF : readerOf(models, reset, known),
  };
}

function wire(model: SafetyModel): Wiring {
  const models: Models = new Map(model.blocks.map((block) => [block.name, block]));
  const blocks: WiredBlock[] = [];
  const known = new Set<string>();
  const underway = new Set<string>();
  const visit = (block: SafetyBlockModel): void => {
    if (underway.has(block.name)) return;
    underway.add(block.name);
    for (const name of feedersOf(models, block)) {
      const feeder = models.get(name);
      if (feeder !== undefined) visit(feeder);
    }
    blocks.push(wireBlock(models, block, known));
    known.add(block.name);
  };
  for (const block of model.blocks) visit(block);
  return {
    blocks,
    permissions: model.stopFunctions.map(({ permission }) => readerOf(models, permission, known)),
    reset: readerOf(models, model.reset, known),
    modes: new Map(
      Object.values(model.modes?.selection ?? {}).map((reference) => [reference, readerOf(models, reference, known)]),
    ),
  };
}

const wirings = new WeakMap<SafetyModel, Wiring>();

export function wiringOf(model: SafetyModel): Wiring {
  const known = wirings.get(model);
  if (known !== undefined) return known;
  const wired = wire(model);
  wirings.set(model, wired);
  return wired;
}
