// Numbers in steps: `$name` is a numeric parameter whose limits fit what the step can take.

import { nearest } from '../did-you-mean.ts';
import type { WorkMasterDraft } from '../draft-steps.ts';
import type { ParameterSource } from '../schema-steps.ts';
import type { Path } from '../source.ts';
import { type Context, list } from './context.ts';

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What a step accepts. */
export interface Wanted extends Bounds {
  readonly types: readonly ParameterSource['type'][];
}

/** Parameter that a `$name` refers to; reports an unknown one. Undefined also for a malformed one. */
function parameterOf(
  { report }: Context,
  path: Path,
  name: string,
  master: WorkMasterDraft,
): ParameterSource | undefined {
  if (!master.parameters.has(name)) {
    const known = [...master.parameters.keys()];
    report.add('unknown-parameter', path, { known: list(known.map((id) => `$${id}`)), nearest: nearest(name, known) });
  }
  return master.parameters.get(name);
}

function checkBounds({ report }: Context, path: Path, parameter: ParameterSource, wanted: Wanted): Bounds | undefined {
  const { min, max } = parameter;
  if (min === undefined || max === undefined) {
    const missing = [...(min === undefined ? ['min'] : []), ...(max === undefined ? ['max'] : [])].join(', ');
    report.add('parameter-unbounded', path, { missing });
    return undefined;
  }
  if (min < wanted.min || max > wanted.max) {
    report.add('parameter-too-wide', path, { range: `${wanted.min}..${wanted.max}`, given: `${min}..${max}` });
    return undefined;
  }
  return { min, max };
}

/**
 * Checks a number or a `$name`.
 * @returns the values that it can have, or undefined when it is wrong
 */
export function checkExpression(
  context: Context,
  path: Path,
  value: number | string,
  wanted: Wanted,
  master: WorkMasterDraft,
): Bounds | undefined {
  if (typeof value === 'number') return { min: value, max: value };
  const parameter = parameterOf(context, path, value.slice(1), master);
  if (parameter === undefined) return undefined;
  if (wanted.types.includes(parameter.type)) return checkBounds(context, path, parameter, wanted);
  context.report.add('parameter-wrong-type', path, { types: wanted.types.join(' | '), type: parameter.type });
  return undefined;
}
