// The parameters of a job order: those that the work master declares, and the predefined ones of OPC 40001-3.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import type { JobParameter } from '../core/job-data.ts';
import { nearest } from '../core/nearest.ts';
import { type ParameterProblem, validateParameters } from '../core/parameters.ts';
import {
  isPredefinedValue,
  numericValue,
  PREDEFINED_ALLOWED,
  PREDEFINED_PARAMETERS,
  RUNS_MAX,
} from '../core/predefined-parameters.ts';
import type { ParameterValue, WorkMaster } from '../core/work-master.ts';
import type { Violations } from './request-checks.ts';
import { readTreeParameter, readUnits } from './value-wire.ts';
import { fromValue } from './wire-values.ts';

type WireParameter = Received<celda.job.v1.JobOrder>['parameters'][number];

const PARAMETERS_MAX = 200;

/** Ids of the predefined parameters that a job order may give. */
export const PREDEFINED_IN: readonly string[] = Object.entries(PREDEFINED_PARAMETERS).flatMap(([id, { isIn }]) =>
  isIn ? [id] : [],
);

export interface OrderParameters {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly predefined: readonly JobParameter[];
}

interface Placed {
  readonly wire: WireParameter;
  readonly place: string;
}

/** @param workMaster undefined when it is not known: then only what is wrong in any case is found */
export function readOrderParameters(
  wire: readonly WireParameter[],
  workMaster: WorkMaster | undefined,
  violations: Violations,
): OrderParameters {
  violations.atMost('job_order.parameters', wire.length, PARAMETERS_MAX);
  const placed = wire
    .slice(0, PARAMETERS_MAX)
    .map((each, index) => ({ wire: each, place: `job_order.parameters[${index}]` }));
  const declared = new Set(workMaster?.parameters.map(({ id }) => id));
  const isPredefined = ({ wire: { id } }: Placed): boolean => !declared.has(id) && PREDEFINED_IN.includes(id);
  checkOnce(placed, violations);
  const predefined = placed.filter(isPredefined).map((each) => readPredefined(each, violations));
  const others = placed.filter((each) => !isPredefined(each));
  return { predefined, parameters: readDeclared(others, workMaster, violations) };
}

function checkOnce(placed: readonly Placed[], violations: Violations): void {
  const seen = new Set<string>();
  for (const { wire, place } of placed) {
    if (seen.has(wire.id)) {
      violations.add(`${place}.id`, { given: JSON.stringify(wire.id), allowed: 'each parameter once' });
    }
    seen.add(wire.id);
  }
}

function readPredefined({ wire, place }: Placed, violations: Violations): JobParameter {
  const parameter = readTreeParameter(place, wire, violations);
  const type = PREDEFINED_PARAMETERS[wire.id]?.type;
  if (type === undefined || parameter.value === undefined) return parameter;
  if (!isPredefinedValue(type, parameter.value)) {
    const hint = type === 'mode' ? { hint: 'to try an order without parts, give it to a simulation of the cell' } : {};
    violations.add(`${place}.value`, {
      given: String(numericValue(parameter.value) ?? wire.value?.kind ?? 'nothing'),
      allowed: PREDEFINED_ALLOWED[type],
      ...hint,
    });
  } else if (wire.id === 'RunsPlanned') {
    violations.within(`${place}.value`, numericValue(parameter.value) ?? 0, { min: 1, max: RUNS_MAX });
  }
  return parameter;
}

function readDeclared(
  placed: readonly Placed[],
  workMaster: WorkMaster | undefined,
  violations: Violations,
): Readonly<Record<string, ParameterValue>> {
  for (const each of placed) checkForm(each, violations);
  if (workMaster === undefined) return {};
  for (const each of placed) checkUnits(each, workMaster, violations);
  const values = Object.fromEntries(placed.map(({ wire }) => [wire.id, fromValue(wire.value)]));
  const checked = validateParameters(workMaster, values);
  if (checked.ok) return checked.value;
  for (const problem of checked.error) addProblem(problem, placed, violations);
  return {};
}

/** What is wrong whatever the work master declares. */
function checkForm({ wire, place }: Placed, violations: Violations): void {
  violations.texts(`${place}.descriptions`, wire.descriptions);
  if (wire.subparameters.length > 0) {
    violations.add(`${place}.subparameters`, { allowed: 'nothing', hint: 'parameters of work masters have no parts' });
  }
  if (fromValue(wire.value) !== undefined) return;
  const kind = wire.value?.kind;
  violations.add(`${place}.value`, {
    given: kind ?? 'nothing',
    allowed: kind === undefined ? 'a value' : 'a boolean, a number or a string',
    ...(kind === undefined ? { hint: 'leave the parameter out to take its default' } : {}),
  });
}

function checkUnits({ wire, place }: Placed, workMaster: WorkMaster, violations: Violations): void {
  const units = readUnits(place, wire.engineeringUnits, wire.unit, violations);
  const spec = workMaster.parameters.find((candidate) => candidate.id === wire.id);
  if (spec === undefined || units === undefined || units.displayName === spec.unit) return;
  violations.add(wire.unit === '' ? `${place}.engineering_units.display_name` : `${place}.unit`, {
    given: JSON.stringify(units.displayName),
    allowed: spec.unit === undefined ? 'no unit' : spec.unit,
    hint: 'values are not converted',
  });
}

function addProblem(problem: ParameterProblem, placed: readonly Placed[], violations: Violations): void {
  const found = placed.find(({ wire }) => wire.id === problem.id);
  if (found !== undefined && problem.given === undefined) return; // Said already: the parameter was named without a value.
  const isUnknown = problem.problem === 'unknown';
  // What is missing has no index, and each that is has its own place.
  const missing = `job_order.parameters[${JSON.stringify(problem.id)}]`;
  const field = found === undefined ? missing : `${found.place}.${isUnknown ? 'id' : 'value'}`;
  const given = isUnknown ? JSON.stringify(problem.id) : problem.given;
  const meant = isUnknown && problem.hint === 'leave it out' ? nearest(problem.id, PREDEFINED_IN) : undefined;
  const hint = meant === undefined ? problem.hint : `did you mean ${meant}?`;
  violations.add(field, {
    ...(given === undefined ? {} : { given }),
    allowed: problem.allowed,
    hint,
  });
}
