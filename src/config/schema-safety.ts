// Safety wiring as `cell.yaml` writes it: inputs, function blocks, stop functions.
import { z } from 'zod';
import type { BlockInterface, SignalInterface } from '../core/block-interface.ts';
import { OPERATING_MODES, REDUCED_SPEED_MAX_MM_PER_S } from '../core/operating-mode.ts';
import { type BlockWiring, blockInterface, SAFETY_BLOCKS, type SafetyBlockType } from '../core/safety-blocks.ts';
import { nameSchema, numberIn, reference, strict, text } from './schema-values.ts';

type Shape = Record<string, z.ZodType>;

function optionalIf(isOptional: boolean, schema: z.ZodString): z.ZodType {
  return isOptional ? schema.exactOptional() : schema;
}

function sourcesOf({ cell }: SignalInterface): string {
  const statuses = cell.map((status) => `, cell.${status}`).join('');
  return `a digital-input, a block, block.output${statuses}`;
}

function shapeOf({ signals, times, flags, drives, reset }: BlockInterface): Shape {
  const shape: Shape = {};
  for (const [key, signal] of Object.entries(signals)) {
    shape[key] = optionalIf(signal.isOptional, reference(`${signal.description}: ${sourcesOf(signal)}.`));
  }
  for (const [key, { description, isOptional }] of Object.entries(drives)) {
    shape[key] = optionalIf(isOptional, reference(`${description}: a digital-output.`));
  }
  for (const [key, { description, minMs, maxMs }] of Object.entries(times)) {
    shape[key] = numberIn({ min: minMs, max: maxMs, unit: 'ms' }, description);
  }
  for (const [key, { description, whenMissing }] of Object.entries(flags)) {
    shape[key] = z.boolean().default(whenMissing).describe(description);
  }
  if (reset === 'reset')
    shape[reset] = reference('The reset button at the cell: a digital-input, or an SF_ResetButton.');
  if (reset === 'resetIn') shape[reset] = reference('The reset button at the cell: a digital-input.');
  return shape;
}

function oneBlock(type: SafetyBlockType) {
  const block = blockInterface(type);
  return strict({ type: z.literal(type), ...shapeOf(block) }).describe(block.description);
}

const TYPES = Object.keys(SAFETY_BLOCKS) as SafetyBlockType[];

/** Made of the interfaces of the blocks, so its type is theirs. */
export const blockSchema = z.discriminatedUnion('type', [
  oneBlock('SF_Equivalent'),
  ...TYPES.filter((type) => type !== 'SF_Equivalent').map(oneBlock),
]) as unknown as z.ZodType<BlockWiring>;

export const stopFunctionSchema = strict({
  permission: reference('The output that gives permission to move: a block, or block.output.'),
  category: z
    .literal([0, 1, 2])
    .describe(
      'IEC 60204-1: 0 drives safe values at once, 1 ramps motion down first, 2 ramps down and holds with power on while nothing moves.',
    ),
  timeLimitMs: numberIn(
    { min: 1, max: 10_000, unit: 'ms' },
    'Safe values are driven unless motion has ended within this. Required for categories 1 and 2.',
  ).exactOptional(),
  role: z
    .enum(['emergency-stop', 'protective-stop', 'enabling'])
    .describe('Decides which alarm is raised; enabling raises none, and gives back what it took without a reset.'),
  modes: z
    .array(z.enum(OPERATING_MODES))
    .min(1)
    .exactOptional()
    .describe('Operating modes in which this stop counts; without this key: in all.'),
  zones: z.array(reference('A zone, all of which stops.')).default([]),
  outputs: z.array(reference('A servo, stepper-axis or digital-output.')).default([]),
}).describe('What stops when a block withdraws its permission.');

export const zoneSchema = strict({
  description: text('What part of the cell it is, for people.').default(''),
  outputs: z.array(reference('A servo, stepper-axis or digital-output.')).min(1),
}).describe('A part of the cell that stops as a whole: its actuators.');

export const propertySchema = strict({
  never: z
    .string()
    .min(1)
    .max(500)
    .describe('A situation: facts such as guard-door.open or belt.running, joined by while, and, or, not.'),
  withinMs: numberIn(
    { min: 0, max: 600_000, unit: 'ms' },
    'It may stand for less than this. Without it: for the time of the stop functions that end it.',
  ).exactOptional(),
}).describe('What must never be; celda verify proves it.');
export const modesSchema = strict({
  automatic: reference('The output of an SF_ModeSelector that selects automatic: job orders run.'),
  manualReducedSpeed: reference(
    'The output that selects manual reduced speed: joints are jogged by hand.',
  ).exactOptional(),
  maintenance: reference('The output that selects maintenance: as manual, and bypasses are possible.').exactOptional(),
  toolSpeedMaxMmPerS: numberIn(
    { min: 1, max: REDUCED_SPEED_MAX_MM_PER_S, unit: 'mm/s' },
    'No point of the tool moves faster than this outside automatic.',
  ).default(REDUCED_SPEED_MAX_MM_PER_S),
}).describe('Operating modes (ISO 10218-1). Without this section the cell has one mode, automatic.');

export const safetySchema = strict({
  reset: reference('The reset button for faults that no block latches: a digital-input, or an SF_ResetButton.'),
  blocks: z.record(nameSchema, blockSchema).default({}),
  zones: z
    .record(nameSchema, zoneSchema)
    .default({})
    .describe('Parts of the cell. None: the stop functions name outputs.'),
  stopFunctions: z.record(nameSchema, stopFunctionSchema).default({}),
  requireCommissioned: z
    .boolean()
    .exactOptional()
    .describe(
      'The cell runs only with a complete report of celda commission for this very configuration. Default false.',
    ),
  protects: z
    .record(nameSchema, z.array(reference('A servo, stepper-axis or digital-output.')).min(1))
    .exactOptional()
    .describe(
      'Which outputs must be safe while an input is open; an input that is not here protects all hazardous ones.',
    ),
  properties: z.array(propertySchema).min(1).exactOptional().describe('What must never be.'),
  requireVerified: z
    .boolean()
    .exactOptional()
    .describe('The cell runs only when celda verify has proved this very configuration. Default false.'),
  modes: modesSchema.exactOptional(),
}).describe('Inputs to blocks to stop functions to outputs.');

export type BlockSource = BlockWiring;
export type ZoneSource = z.output<typeof zoneSchema>;
export type StopFunctionSource = z.output<typeof stopFunctionSchema>;
export type PropertySource = z.output<typeof propertySchema>;
export type ModesSource = z.output<typeof modesSchema>;
export type SafetySource = z.output<typeof safetySchema>;
