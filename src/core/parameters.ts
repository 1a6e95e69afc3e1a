// Checks the parameters of a job order against its work master: all problems at once, nothing half applied.
import { nearest } from './nearest.ts';
import type { Result } from './result.ts';
import { err, ok } from './result.ts';
import type { ParameterSpec, ParameterValue, WorkMaster } from './work-master.ts';

/** What is wrong with a parameter; stable, for details on the wire. */
export type ParameterProblemCode =
  | 'unknown'
  | 'missing'
  | 'wrong-type'
  | 'not-finite'
  | 'not-integer'
  | 'below-min'
  | 'above-max'
  | 'not-an-option';

/** One thing that is wrong with one parameter. Plain JSON data. */
export interface ParameterProblem {
  /** Parameter id as given, or the id that is missing. */
  readonly id: string;
  readonly problem: ParameterProblemCode;
  /** What was given, as text for people; undefined when nothing was. */
  readonly given: string | undefined;
  /** What would be accepted, e.g. `integer 1..100 [1]`. */
  readonly allowed: string;
  /** What to do. */
  readonly hint: string;
}

const SHOWN_LENGTH_MAX = 64;

function shown(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > SHOWN_LENGTH_MAX ? `${value.slice(0, SHOWN_LENGTH_MAX)}...` : value);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

function allowedBy(spec: ParameterSpec): string {
  if (spec.type === 'boolean') return 'boolean: true, false';
  if (spec.type === 'string') return spec.options === undefined ? 'string' : `string: ${spec.options.join(', ')}`;
  const range = spec.min === undefined && spec.max === undefined ? '' : ` ${spec.min ?? ''}..${spec.max ?? ''}`;
  return `${spec.type}${range}${spec.unit === undefined ? '' : ` [${spec.unit}]`}`;
}

function numberProblem(spec: ParameterSpec, value: number): readonly [ParameterProblemCode, string] | undefined {
  if (!Number.isFinite(value)) return ['not-finite', 'give a finite number'];
  if (spec.type === 'integer' && !Number.isSafeInteger(value)) return ['not-integer', 'give a whole number'];
  if (spec.min !== undefined && value < spec.min) return ['below-min', `give at least ${spec.min}`];
  if (spec.max !== undefined && value > spec.max) return ['above-max', `give at most ${spec.max}`];
  return undefined;
}

function stringProblem(spec: ParameterSpec, value: string): readonly [ParameterProblemCode, string] | undefined {
  if (spec.options === undefined || spec.options.includes(value)) return undefined;
  const meant = nearest(value, spec.options);
  return ['not-an-option', meant === undefined ? 'choose one of the options' : `did you mean ${meant}?`];
}

function valueProblem(spec: ParameterSpec, value: unknown): readonly [ParameterProblemCode, string] | undefined {
  const type = spec.type === 'integer' ? 'number' : spec.type;
  if (typeof value === 'number' && type === 'number') return numberProblem(spec, value);
  if (typeof value === 'string' && type === 'string') return stringProblem(spec, value);
  return typeof value === type ? undefined : ['wrong-type', `give a ${type}`];
}

function problemOf(spec: ParameterSpec, given: Readonly<Record<string, unknown>>): ParameterProblem | undefined {
  const allowed = allowedBy(spec);
  // `hasOwn`: an order that gives nothing under the name `constructor` has not given the object's own one.
  const value = Object.hasOwn(given, spec.id) ? given[spec.id] : undefined;
  if (value === undefined) {
    if (spec.defaultValue !== undefined) return undefined;
    return { id: spec.id, problem: 'missing', given: undefined, allowed, hint: 'give a value: there is no default' };
  }
  const found = valueProblem(spec, value);
  if (found === undefined) return undefined;
  return { id: spec.id, problem: found[0], given: shown(value), allowed, hint: found[1] };
}

function unknownProblem(id: string, value: unknown, known: readonly string[]): ParameterProblem {
  const meant = nearest(id, known);
  return {
    id,
    problem: 'unknown',
    given: shown(value),
    allowed: known.length === 0 ? 'no parameters' : known.join(', '),
    hint: meant === undefined ? 'leave it out' : `did you mean ${meant}?`,
  };
}

/**
 * Checks what a job order gives against the work master's parameters.
 *
 * @param given by parameter id; a value of `undefined` counts as not given
 * @returns the complete parameters with defaults filled in, or every problem: first those of the work master's
 * parameters in their order, then unknown ids
 */
export function validateParameters(
  workMaster: WorkMaster,
  given: Readonly<Record<string, unknown>>,
): Result<Record<string, ParameterValue>, readonly ParameterProblem[]> {
  const known = workMaster.parameters.map((spec) => spec.id);
  const problems = [
    ...workMaster.parameters.flatMap((spec) => problemOf(spec, given) ?? []),
    ...Object.keys(given)
      .filter((id) => !known.includes(id))
      .map((id) => unknownProblem(id, given[id], known)),
  ];
  if (problems.length > 0) return err(problems);
  const entries = workMaster.parameters.flatMap(({ id, defaultValue }): readonly [string, ParameterValue][] => {
    const value = Object.hasOwn(given, id) ? (given[id] ?? defaultValue) : defaultValue;
    // The types were checked above; this narrows them for the compiler.
    return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? [[id, value]] : [];
  });
  return ok(Object.fromEntries(entries));
}
