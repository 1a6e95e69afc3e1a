// Parameters of work masters: limits that fit together, and defaults that are allowed themselves.
import type { WorkMasterDraft } from '../draft-steps.ts';
import type { ParameterSource } from '../schema-steps.ts';
import type { Path } from '../source.ts';
import type { Context } from './context.ts';

function isNumeric(parameter: ParameterSource): boolean {
  return parameter.type === 'number' || parameter.type === 'integer';
}

function checkKeys({ report }: Context, path: Path, parameter: ParameterSource): void {
  const { type } = parameter;
  const foreign = isNumeric(parameter) ? (['options'] as const) : (['min', 'max', 'unit'] as const);
  for (const key of type === 'boolean' ? ([...foreign, 'options'] as const) : foreign) {
    if (parameter[key] !== undefined) report.add('key-not-for-type', [...path, key], { type, key });
  }
}

function checkLimits({ report }: Context, path: Path, parameter: ParameterSource): void {
  const { min, max } = parameter;
  if (min !== undefined && max !== undefined && min > max) {
    report.add('min-above-max', [...path, 'min'], { max: String(max) });
  }
  for (const key of ['min', 'max', 'default'] as const) {
    const value = parameter[key];
    const whole = typeof value !== 'number' || Number.isSafeInteger(value);
    if (parameter.type === 'integer' && !whole) report.add('not-whole', [...path, key], {});
  }
}

function rangeOf({ min, max, options }: ParameterSource): string {
  return options?.join(', ') ?? `${min ?? '-'}..${max ?? '-'}`;
}

function isAllowed(value: number | boolean | string, { min, max, options }: ParameterSource): boolean {
  if (typeof value === 'number') return (min === undefined || value >= min) && (max === undefined || value <= max);
  if (typeof value === 'string') return options === undefined || options.includes(value);
  return true;
}

function checkDefault({ report }: Context, path: Path, parameter: ParameterSource): void {
  const value = parameter.default;
  if (value === undefined) return;
  const wanted = isNumeric(parameter) ? 'number' : parameter.type;
  if (typeof value !== wanted) report.add('default-wrong-type', [...path, 'default'], { type: parameter.type });
  else if (!isAllowed(value, parameter)) {
    report.add('default-outside', [...path, 'default'], { range: rangeOf(parameter) });
  }
}

export function checkParameters(context: Context, master: WorkMasterDraft): void {
  for (const [id, parameter] of master.parameters) {
    if (parameter === undefined) continue;
    const path = [...master.path, 'parameters', id];
    checkKeys(context, path, parameter);
    checkLimits(context, path, parameter);
    checkDefault(context, path, parameter);
  }
}
