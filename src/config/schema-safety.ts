// Safety wiring as `cell.yaml` writes it: inputs, function blocks, stop functions.
import { z } from 'zod';
import { type BlockWiring, blockInterface, SAFETY_BLOCKS, type SafetyBlockType } from '../core/safety-blocks.ts';
import { nameSchema, numberIn, reference, strict } from './schema-values.ts';

function oneBlock(type: SafetyBlockType) {
  const { description, signals, times, latches } = blockInterface(type);
  const shape: Record<string, z.ZodString | z.ZodNumber> = {};
  for (const [key, { description: what }] of Object.entries(signals)) {
    shape[key] = reference(`${what}: a digital-input or another block.`);
  }
  for (const [key, { description: what, minMs, maxMs }] of Object.entries(times)) {
    shape[key] = numberIn({ min: minMs, max: maxMs, unit: 'ms' }, what);
  }
  if (latches) shape['reset'] = reference('The digital-input of the reset button at the cell.');
  return strict({ type: z.literal(type), ...shape }).describe(description);
}

const TYPES = Object.keys(SAFETY_BLOCKS) as SafetyBlockType[];

/** Made of the interfaces of the blocks, so its type is theirs. */
export const blockSchema = z.discriminatedUnion('type', [
  oneBlock('SF_Equivalent'),
  ...TYPES.filter((type) => type !== 'SF_Equivalent').map(oneBlock),
]) as unknown as z.ZodType<BlockWiring>;

export const stopFunctionSchema = strict({
  permission: reference('The block whose output gives permission to move.'),
  category: z
    .literal([0, 1, 2])
    .describe(
      'IEC 60204-1: 0 drives safe values at once, 1 ramps motion down first, 2 ramps down and holds with power on while nothing moves.',
    ),
  timeLimitMs: numberIn(
    { min: 1, max: 10_000, unit: 'ms' },
    'Safe values are driven unless motion has ended within this. Required for categories 1 and 2.',
  ).exactOptional(),
  role: z.enum(['emergency-stop', 'protective-stop']).describe('Decides which alarm is raised.'),
  outputs: z.array(reference('A servo, stepper-axis or digital-output.')).min(1),
}).describe('What stops when a block withdraws its permission.');

export const safetySchema = strict({
  reset: reference('The digital-input of the reset button for faults that no block latches.'),
  blocks: z.record(nameSchema, blockSchema).default({}),
  stopFunctions: z.record(nameSchema, stopFunctionSchema).default({}),
}).describe('Inputs to blocks to stop functions to outputs.');

export type BlockSource = BlockWiring;
export type StopFunctionSource = z.output<typeof stopFunctionSchema>;
export type SafetySource = z.output<typeof safetySchema>;
