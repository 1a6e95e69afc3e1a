// The parts of a cell's safety wiring, and which of them decide over a stop function: its cone of influence.
import type { SafetyModel } from '../core/cell-model.ts';
import { blockPart, type Part, stopPart } from './part.ts';

/** All parts of a cell by name. Blocks and stop functions have names of their own kinds. */
export interface Wiring {
  readonly safety: SafetyModel;
  readonly blocks: ReadonlyMap<string, Part>;
  readonly stops: ReadonlyMap<string, Part>;
}

/** Parts, sources before what they feed, with the inputs that they read. */
export interface Cone {
  readonly parts: readonly Part[];
  /** Digital inputs, signals and resets, in the order in which they are met. */
  readonly inputs: readonly string[];
}

export function wire(safety: SafetyModel): Wiring {
  return {
    safety,
    blocks: new Map(safety.blocks.map((block) => [block.name, blockPart(block)])),
    stops: new Map(safety.stopFunctions.map((stop) => [stop.name, stopPart(stop, safety.modes)])),
  };
}

/** Block that a reference is an output of: `name`, or `block.output`. */
function feederOf({ blocks }: Wiring, reference: string): Part | undefined {
  return blocks.get(reference) ?? blocks.get(reference.split('.')[0] ?? '');
}

/**
 * What decides over these stop functions and blocks, and nothing else.
 * @param free blocks whose outputs count as inputs, which have any value at any time
 */
export function coneOf(
  wiring: Wiring,
  stops: readonly string[],
  { blocks = [], free }: { readonly blocks?: readonly string[]; readonly free?: (block: string) => boolean } = {},
): Cone {
  const parts = new Set<Part>();
  const inputs = new Set<string>();
  const follow = (part: Part): void => {
    const references = part.references.map(({ name }) => name);
    for (const name of part.reset === undefined ? references : [...references, part.reset]) {
      const feeder = feederOf(wiring, name);
      if (feeder === undefined || free?.(feeder.name) === true) inputs.add(name);
      else if (!parts.has(feeder)) follow(feeder);
    }
    parts.add(part);
  };
  for (const name of stops) {
    const part = wiring.stops.get(name);
    if (part !== undefined) follow(part);
  }
  for (const name of blocks) {
    const part = wiring.blocks.get(name);
    if (part !== undefined && !parts.has(part)) follow(part);
  }
  return { parts: [...parts], inputs: [...inputs] };
}

/** Index of the part that gives a reference its value; -1 for a digital input. */
export function feederIndex({ parts }: Cone, reference: string): number {
  const whole = parts.findIndex(({ kind, name }) => kind === 'block' && name === reference);
  if (whole >= 0) return whole;
  const block = reference.split('.')[0];
  return parts.findIndex(({ kind, name }) => kind === 'block' && name === block);
}
