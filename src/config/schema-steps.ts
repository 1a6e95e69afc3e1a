// Work masters and their steps as `cell.yaml` writes them. A step is a map with one verb and perhaps a label.
import { z } from 'zod';
import {
  DURATION_MAX_MS,
  finite,
  nameSchema,
  numberIn,
  numberOrParameter,
  reference,
  strict,
  text,
  timeoutMs,
} from './schema-values.ts';

const targetSchema = z
  .union([z.string(), z.record(nameSchema, z.number())])
  .describe(
    'Name of a pose, or a map from joint to degrees, of an axis millimetres. Joints not named keep their position.',
  );

const moveSchema = strict({
  to: targetSchema,
  speedPercent: numberOrParameter({ min: 1, max: 100, unit: '%' }, "Share of the joints' limits.").default(100),
  timeoutMs: timeoutMs(),
}).describe('Moves joints together; they start and arrive at the same time.');

const homeSchema = strict({
  axes: z.array(reference('A stepper-axis.')).min(1).describe('One after the other in this order.'),
  timeoutMs: timeoutMs(),
}).describe('Lets axes find out where they stand: to the home switch, off it again, and that is the position.');

const gripSchema = strict({ gripper: reference('The vacuum-gripper.'), timeoutMs: timeoutMs() }).describe(
  'Vacuum on, until pressure and sensor both say that a part is held.',
);

const releaseSchema = strict({ gripper: reference('The vacuum-gripper.'), timeoutMs: timeoutMs() }).describe(
  'Vacuum off, until the sensor says that the part is gone.',
);

const conveySchema = strict({
  conveyor: reference('The conveyor.'),
  until: strict({
    input: reference('The digital-input to watch.'),
    is: z.boolean().default(true).describe('true: until it is closed or on.'),
  }),
  timeoutMs: timeoutMs(),
}).describe('Runs a conveyor until an input is in the wanted state, then stops it.');

const waitSchema = strict({
  durationMs: numberOrParameter({ min: 0, max: DURATION_MAX_MS, unit: 'ms' }, 'How long to wait.').exactOptional(),
  input: reference('The digital-input to wait for.').exactOptional(),
  is: z.boolean().exactOptional().describe('With input: true waits until it is closed or on. Default true.'),
  timeoutMs: timeoutMs().exactOptional(),
}).describe('Waits for a time (durationMs), or for an input (input, is, timeoutMs).');

const measureSchema = strict({
  device: reference('The analog-input or thermometer.'),
  as: nameSchema.describe('Name of the value in the job response.'),
  min: finite('Below this is a fault.').exactOptional(),
  max: finite('Above this is a fault.').exactOptional(),
}).describe('Takes one value into the job response.');

const produceSchema = strict({
  quantity: numberIn({ min: 0.001, max: 1_000_000 }, 'How much was produced.').default(1),
  good: z.boolean().default(true).describe('Whether it counts as good.'),
}).describe('Counts produced material.');

const stepShape = {
  label: text('What an operator reads while the step runs.').min(1).exactOptional(),
  move: moveSchema.exactOptional(),
  home: homeSchema.exactOptional(),
  grip: gripSchema.exactOptional(),
  release: releaseSchema.exactOptional(),
  convey: conveySchema.exactOptional(),
  wait: waitSchema.exactOptional(),
  measure: measureSchema.exactOptional(),
  produce: produceSchema.exactOptional(),
};

/** Most repetitions of a `repeat`. */
export const TIMES_MAX = 100_000;

export const timesSchema = numberOrParameter({ min: 0, max: TIMES_MAX }, 'How often; a whole number.');

/** A step without `repeat`. */
export const plainStepSchema = strict(stepShape);

const stepSchema = strict({
  ...stepShape,
  get repeat() {
    return repeatSchema.exactOptional();
  },
}).meta({ id: 'step', description: 'One verb and perhaps a label.' });

const repeatSchema = strict({
  times: timesSchema,
  get steps(): z.ZodArray<typeof stepSchema> {
    return z.array(stepSchema).min(1).describe('What is repeated.');
  },
}).describe('Repeats steps.');

/** The words that a step may begin with. */
export const VERBS = ['move', 'home', 'grip', 'release', 'convey', 'wait', 'measure', 'produce', 'repeat'] as const;

export const parameterSchema = strict({
  type: z.enum(['number', 'integer', 'boolean', 'string']).describe('Type of the value.'),
  description: text('What it is, for people.').default(''),
  unit: z.string().min(1).max(16).exactOptional().describe('Unit of a number, such as kPa or %.'),
  min: finite('Smallest value allowed.').exactOptional(),
  max: finite('Greatest value allowed.').exactOptional(),
  options: z.array(z.string()).min(1).exactOptional().describe('Allowed values of a string.'),
  default: z
    .union([z.number(), z.boolean(), z.string()])
    .exactOptional()
    .describe('Taken when the job order gives none. Without it the job order must.'),
}).describe('A parameter that a job order gives.');

export const workMasterSchema = strict({
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .describe('Three numbers, such as 1.0.0.'),
  description: text('What it does, for people.').default(''),
  parameters: z.record(nameSchema, parameterSchema).default({}),
  steps: z.array(stepSchema).min(1),
}).describe('What a job order can ask for: a sequence of steps with parameters.');

export type PlainStepSource = z.output<typeof plainStepSchema>;
export type StepSource = z.output<typeof stepSchema>;
export type ParameterSource = z.output<typeof parameterSchema>;
export type WorkMasterSource = z.output<typeof workMasterSchema>;
