// The whole `cell.yaml`, and its JSON Schema for editors.
import { z } from 'zod';
import { boardSchema, deviceSchema } from './schema-devices.ts';
import { resourcesSchema } from './schema-resources.ts';
import { safetySchema } from './schema-safety.ts';
import { simulationSchema } from './schema-simulation.ts';
import { workMasterSchema } from './schema-steps.ts';
import { unitSchema } from './schema-unit.ts';
import { integerIn, nameSchema, strict, text } from './schema-values.ts';

/** Version of the file format. */
const FORMAT_VERSION = 1;

export const cellSectionSchema = strict({
  name: nameSchema.describe('Name of the cell.'),
  description: text('What the cell does, for people.').default(''),
  cyclePeriodMs: integerIn({ min: 1, max: 100, unit: 'ms' }, 'Period of the control cycle.').default(10),
  stopTimeBudgetMs: integerIn(
    { min: 1, max: 1_000, unit: 'ms' },
    'The cell does not run while a stop may take longer than this to reach a board. Without it: whatever it takes.',
  ).exactOptional(),
  onSafetyStop: z
    .enum(['interrupt', 'abort'])
    .default('interrupt')
    .describe('What a safety stop does to the running job: interrupt lets a person decide, abort ends it.'),
}).describe('The cell itself.');

export const poseSchema = z
  .record(nameSchema, z.number())
  .describe('Degrees of servos and millimetres of axes, by joint.');
export const programSchema = z.string().min(1).describe('Path of a TypeScript module, relative to this file.');

/** Every key of the file. Sections are checked again one entry at a time, so that one mistake does not hide others. */
export const cellSchema = strict({
  celda: z.literal(FORMAT_VERSION).describe('Version of the file format.'),
  cell: cellSectionSchema,
  boards: z.record(nameSchema, boardSchema).describe('Boards by name.'),
  devices: z.record(nameSchema, deviceSchema).describe('Devices by name.'),
  poses: z.record(nameSchema, poseSchema).default({}).describe('Positions with a name.'),
  safety: safetySchema,
  unit: unitSchema.exactOptional(),
  resources: resourcesSchema.exactOptional(),
  workMasters: z.record(nameSchema, workMasterSchema).default({}).describe('Work masters by id.'),
  programs: z.record(nameSchema, programSchema).default({}).describe('User programs by name.'),
  simulation: simulationSchema.exactOptional(),
}).meta({ title: 'Celda cell', description: 'One robot cell: boards, devices, safety, work masters, simulation.' });

export type CellSource = z.output<typeof cellSchema>;

/** JSON Schema (draft 2020-12) of `cell.yaml`, for editors. Cross-checks between entries are not part of it. */
export function cellJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(cellSchema, { io: 'input' });
}
