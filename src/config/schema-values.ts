// Building blocks of the schema: names, numbers with their range, references to parameters.
// The custom message of a check is its allowed range, free of any language: `issues.ts` puts it into a sentence.
import { z } from 'zod';

/** A map with exactly these keys. The message of an unknown key is the list of the known ones. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined) });
}

/** A range as people read it, with the unit: `1..100 ms`. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

function rangeText({ min, max, unit }: Range): string {
  return unit === undefined ? `${min}..${max}` : `${min}..${max} ${unit}`;
}

/** A finite number within a range, both ends allowed. */
export function numberIn(range: Range, description: string): z.ZodNumber {
  const error = rangeText(range);
  return z.number({ error }).min(range.min, { error }).max(range.max, { error }).describe(description);
}

/** A whole number within a range, both ends allowed. */
export function integerIn(range: Range, description: string): z.ZodNumber {
  const error = rangeText(range);
  return z.number({ error }).min(range.min, { error }).max(range.max, { error }).int({ error }).describe(description);
}

/** Longest time that a cell file can name: one day. */
export const DURATION_MAX_MS = 86_400_000;

export function timeoutMs(): z.ZodNumber {
  return numberIn({ min: 1, max: DURATION_MAX_MS, unit: 'ms' }, 'Time limit of the step, ms; passing it is a fault.');
}

export const NAME_PATTERN = /^(?!constructor$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const NAME_MAX = 40;

/** Lower-case words joined by hyphens. `constructor` would name a part of every object. */
export const nameSchema = z
  .string()
  .max(NAME_MAX)
  .regex(NAME_PATTERN)
  .describe('Lower-case words joined by hyphens, at most 40 characters.');

/** Name of something declared elsewhere in the file; what it must be is a cross-check. */
export function reference(description: string): z.ZodString {
  return z.string().describe(description);
}

const TEXT_MAX = 200;

export function text(description: string): z.ZodString {
  return z.string().max(TEXT_MAX).describe(description);
}

export const pinSchema = z
  .string()
  .describe('Pin of the board as printed on it: D2..D13 or A0..A5 on an Uno, D2..D53 or A0..A15 on a Mega.');

/** A number, or `$name` for the value of a numeric parameter of the job. */
export function numberOrParameter(range: Range, description: string) {
  const error = `${rangeText(range)} | $parameter`;
  return z
    .union(
      [
        z.number({ error }).min(range.min, { error }).max(range.max, { error }),
        z.string({ error }).regex(/^\$.+$/, { error }),
      ],
      { error },
    )
    .describe(`${description} A number ${rangeText(range)}, or $name for a parameter of the job.`);
}

/** Any finite number. */
export function finite(description: string): z.ZodNumber {
  return z.number().describe(description);
}
