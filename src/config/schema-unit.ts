// How the unit uses PackML, as `cell.yaml` writes it.
import { z } from 'zod';
import type { UnitState } from '../core/packml.ts';
import { UNIT_STATES } from '../core/packml.ts';
import { integerIn, strict } from './schema-values.ts';

/** Longest warning before a start, ms. */
const WARNING_MAX_MS = 60_000;

const stateSchema = z.enum(Object.keys(UNIT_STATES) as [UnitState, ...UnitState[]]);
const statesSchema = z.array(stateSchema);

export const packmlSchema = strict({
  edition: z.literal([2015, 2022]).default(2015).describe('Edition of ISA-TR88.00.02.'),
  startWarningMs: integerIn(
    { min: 0, max: WARNING_MAX_MS, unit: 'ms' },
    'How long Starting, Unholding and Unsuspending warn before anything moves.',
  ).default(0),
  holdFrom: statesSchema.min(1).exactOptional().describe('States that accept Hold; without this key: by the edition.'),
  completeFrom: statesSchema
    .min(1)
    .exactOptional()
    .describe('States that accept Complete; without this key: by the edition.'),
  disabledStates: strict({
    automatic: statesSchema.exactOptional(),
    manualReducedSpeed: statesSchema.exactOptional(),
    maintenance: statesSchema.exactOptional(),
  })
    .exactOptional()
    .describe('States that a mode does without, by operating mode.'),
}).describe('How the unit uses PackML (ISA-TR88.00.02).');

/** A day. */
const MES_LOST_MAX_MS = 86_400_000;

export const mesLostSchema = strict({
  afterMs: integerIn(
    { min: 1_000, max: MES_LOST_MAX_MS, unit: 'ms' },
    'How long nobody may watch the job orders while one runs.',
  ),
  reaction: z
    .enum(['hold', 'stop'])
    .describe('hold: the step is ended, then the unit holds; stop: a controlled stop, until a reset at the cell.'),
}).describe('What becomes of the running order when the MES is gone; without this key it goes on.');

export const unitSchema = strict({
  packml: packmlSchema.exactOptional(),
  mesLost: mesLostSchema.exactOptional(),
}).describe('The unit of the cell.');

export type PackmlSource = z.output<typeof packmlSchema>;
export type UnitSource = z.output<typeof unitSchema>;
