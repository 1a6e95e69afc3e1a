// Safety wiring as `cell.yaml` writes it: inputs, function blocks, stop functions.
import { z } from 'zod';
import { nameSchema, numberIn, reference, strict } from './schema-values.ts';

const signal = (what: string) => reference(`${what}: a digital-input or another block.`);
const reset = reference('The digital-input of the reset button at the cell.');
const discrepancyTimeMs = numberIn(
  { min: 1, max: 60_000, unit: 'ms' },
  'How long the two inputs may differ before it is a fault.',
);

export const blockSchema = z.discriminatedUnion('type', [
  strict({
    type: z.literal('SF_Equivalent'),
    channelA: signal('First channel'),
    channelB: signal('Second channel'),
    discrepancyTimeMs,
  }).describe('Two channels that must agree.'),
  strict({ type: z.literal('SF_EmergencyStop'), input: signal('The emergency stop'), reset }).describe(
    'Latches an emergency stop until a fresh reset.',
  ),
  strict({
    type: z.literal('SF_Guard'),
    switch1: signal('First switch'),
    switch2: signal('Second switch; the same as switch1 for a guard with one'),
    discrepancyTimeMs,
    reset,
  }).describe('Watches a guard door.'),
]);

export const stopFunctionSchema = strict({
  permission: reference('The block whose output gives permission to move.'),
  category: z.literal([0, 1]).describe('IEC 60204-1: 0 drives safe values at once, 1 ramps motion down first.'),
  timeLimitMs: numberIn(
    { min: 1, max: 10_000, unit: 'ms' },
    'Category 1: safe values are driven after this at the latest. Required for category 1.',
  ).exactOptional(),
  role: z.enum(['emergency-stop', 'protective-stop']).describe('Decides which alarm is raised.'),
  outputs: z.array(reference('A servo or digital-output.')).min(1),
}).describe('What stops when a block withdraws its permission.');

export const safetySchema = strict({
  reset: reference('The digital-input of the reset button for faults that no block latches.'),
  blocks: z.record(nameSchema, blockSchema).default({}),
  stopFunctions: z.record(nameSchema, stopFunctionSchema).default({}),
}).describe('Inputs to blocks to stop functions to outputs.');

export type BlockSource = z.output<typeof blockSchema>;
export type StopFunctionSource = z.output<typeof stopFunctionSchema>;
export type SafetySource = z.output<typeof safetySchema>;
