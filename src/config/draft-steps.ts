// Work masters, step by step: a malformed step does not hide the problems of the others.

import { valueAt } from './report.ts';
import {
  type ParameterSource,
  type PlainStepSource,
  parameterSchema,
  plainStepSchema,
  timesSchema,
  VERBS,
} from './schema-steps.ts';
import { DURATION_MAX_MS } from './schema-values.ts';
import type { Path } from './source.ts';

/** One step of the file. */
export interface StepDraft {
  readonly path: Path;
  /** The verbs that it has: one, if it is well-formed. */
  readonly verbs: readonly string[];
  /** The step without its `repeat`; undefined when it is malformed. */
  readonly plain: PlainStepSource | undefined;
  /** Of a `repeat`; undefined when there is none or it is malformed. */
  readonly times: number | string | undefined;
  /** What a `repeat` repeats. */
  readonly steps: readonly StepDraft[];
}

export interface WorkMasterDraft {
  readonly path: Path;
  readonly parameters: ReadonlyMap<string, ParameterSource | undefined>;
  readonly steps: readonly StepDraft[];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The step, or what is left of it without what is malformed: so are poses and devices checked that it names beside that. */
function plainOf(step: Readonly<Record<string, unknown>>): PlainStepSource | undefined {
  const whole = plainStepSchema.safeParse(step);
  // Whether a wait is for a time or for an input cannot be told from a part of it.
  if (whole.success || Object.hasOwn(step, 'wait')) return whole.data;
  const sound = structuredClone(step);
  for (const issue of whole.error.issues) {
    const last = issue.path.at(-1);
    const parent = valueOfIssue(sound, issue.path.slice(0, -1));
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) remove(valueOfIssue(sound, issue.path), key);
    }
    // The longest, so that nothing is said of it beyond that it is missing or malformed.
    else if (last === 'timeoutMs' && isMap(parent)) Object.assign(parent, { timeoutMs: DURATION_MAX_MS });
    else remove(parent, last);
  }
  return plainStepSchema.safeParse(sound).data;
}

function valueOfIssue(step: unknown, path: readonly PropertyKey[]): unknown {
  return valueAt(
    step,
    path.map((part) => (typeof part === 'number' ? part : String(part))),
  );
}

function remove(holder: unknown, key: PropertyKey | undefined): void {
  if (isMap(holder) && key !== undefined) Reflect.deleteProperty(holder, key);
}

function draftStep(step: unknown, path: Path): StepDraft | undefined {
  if (!isMap(step)) return undefined;
  const { repeat, ...rest } = step;
  const times = timesSchema.safeParse(valueAt(repeat, ['times']));
  return {
    path,
    verbs: VERBS.filter((verb) => Object.hasOwn(step, verb)),
    plain: plainOf(rest),
    times: times.data,
    steps: draftSteps(valueAt(repeat, ['steps']), [...path, 'repeat', 'steps']),
  };
}

function draftSteps(steps: unknown, path: Path): readonly StepDraft[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, i) => draftStep(step, [...path, i]) ?? []);
}

/** The well-formed parts of a work master at a path of the file. */
export function draftWorkMaster(source: unknown, path: Path): WorkMasterDraft {
  const parameters = valueAt(source, ['parameters']);
  const entries = isMap(parameters) ? Object.entries(parameters) : [];
  return {
    path,
    parameters: new Map(entries.map(([id, parameter]) => [id, parameterSchema.safeParse(parameter).data])),
    steps: draftSteps(valueAt(source, ['steps']), [...path, 'steps']),
  };
}
