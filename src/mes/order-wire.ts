// Job orders as they come from the wire: checked in full against the work masters, or refused with every problem at once.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import { fault } from '../core/faults.ts';
import type { JobOrder } from '../core/job-order.ts';
import { nearest } from '../core/nearest.ts';
import { type ParameterProblem, validateParameters } from '../core/parameters.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { ParameterValue, WorkMaster } from '../core/work-master.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { Violations } from './request-checks.ts';
import { fromValue } from './wire-values.ts';

type WireOrder = Received<celda.job.v1.JobOrder>;
type WireParameter = WireOrder['parameters'][number];

const PRIORITY = { min: -32_768, max: 32_767 };

/** @returns the complete order, defaults filled in */
export function readJobOrder(
  wire: WireOrder | null,
  requestId: string,
  workMasters: readonly WorkMaster[],
): Result<JobOrder, ServiceRefusal> {
  const violations = new Violations();
  violations.requestId(requestId);
  if (wire === null) {
    violations.add('job_order', { allowed: 'a job order', hint: 'it is required' });
    return err(refuse(fault(6010), violations.found));
  }
  const descriptions = checkHead(wire, violations);
  const isHeadRight = violations.found.length === 0;
  const workMaster = workMasters.find((each) => each.id === wire.workMasterId);
  const parameters = readParameters(wire.parameters, workMaster, violations);
  const versionFits =
    wire.workMasterVersion === '' || wire.workMasterVersion === workMaster?.version || workMaster === undefined;
  if (workMaster === undefined || !versionFits) {
    if (violations.found.length === 0) return err(unknownWorkMaster(wire, workMasters));
    violations.add('job_order.work_master_id', workMasterProblem(wire, workMasters));
  }
  if (violations.found.length > 0) {
    return err(refuse(fault(isHeadRight && workMaster !== undefined ? 6002 : 6010), violations.found));
  }
  const { jobOrderId, workMasterId, priority } = wire;
  return ok({ jobOrderId, descriptions, workMasterId, priority, parameters });
}

function checkHead(wire: WireOrder, violations: Violations): JobOrder['descriptions'] {
  violations.jobOrderId('job_order.job_order_id', wire.jobOrderId);
  violations.within('job_order.priority', wire.priority, PRIORITY);
  violations.firstText('job_order.descriptions', wire.descriptions);
  return wire.descriptions.map(({ locale, text }) => ({ locale, text }));
}

/** A refusal that lists what there is: an MES engineer must not have to look it up. */
function unknownWorkMaster(wire: WireOrder, workMasters: readonly WorkMaster[]): ServiceRefusal {
  const { allowed, hint } = workMasterProblem(wire, workMasters);
  const version = wire.workMasterVersion === '' ? {} : { workMasterVersion: wire.workMasterVersion };
  const detail = { workMasterId: wire.workMasterId, ...version, known: allowed };
  return refuse(fault(6001, hint === undefined ? detail : { ...detail, hint }));
}

interface WorkMasterProblem {
  readonly given: string;
  readonly allowed: string;
  readonly hint?: string;
}

function workMasterProblem(wire: WireOrder, workMasters: readonly WorkMaster[]): WorkMasterProblem {
  const allowed = workMasters.map((each) => `${each.id} version ${each.version}`).join(', ');
  const given = JSON.stringify(`${wire.workMasterId} ${wire.workMasterVersion}`.trim());
  const ids = workMasters.map((each) => each.id);
  const meant = ids.includes(wire.workMasterId) ? undefined : nearest(wire.workMasterId, ids);
  return { given, allowed, ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }) };
}

function readParameters(
  given: readonly WireParameter[],
  workMaster: WorkMaster | undefined,
  violations: Violations,
): Readonly<Record<string, ParameterValue>> {
  checkForm(given, violations);
  if (workMaster === undefined) return {};
  checkUnits(given, workMaster, violations);
  const values = Object.fromEntries(given.map((each) => [each.id, fromValue(each.value)]));
  const checked = validateParameters(workMaster, values);
  if (checked.ok) return checked.value;
  for (const problem of checked.error) addProblem(problem, given, violations);
  return {};
}

/** What is wrong whatever the work master declares. */
function checkForm(given: readonly WireParameter[], violations: Violations): void {
  const seen = new Set<string>();
  for (const [index, each] of given.entries()) {
    if (seen.has(each.id)) {
      violations.add(`job_order.parameters[${index}].id`, {
        given: JSON.stringify(each.id),
        allowed: 'each parameter once',
      });
    }
    seen.add(each.id);
    if (fromValue(each.value) === undefined) {
      violations.add(`job_order.parameters[${index}].value`, {
        given: 'nothing',
        allowed: 'a value',
        hint: 'leave the parameter out to take its default',
      });
    }
  }
}

function checkUnits(given: readonly WireParameter[], workMaster: WorkMaster, violations: Violations): void {
  for (const [index, each] of given.entries()) {
    const spec = workMaster.parameters.find((candidate) => candidate.id === each.id);
    if (spec === undefined || each.unit === '' || each.unit === spec.unit) continue;
    violations.add(`job_order.parameters[${index}].unit`, {
      given: JSON.stringify(each.unit),
      allowed: spec.unit === undefined ? 'no unit' : spec.unit,
      hint: 'values are not converted',
    });
  }
}

function addProblem(problem: ParameterProblem, given: readonly WireParameter[], violations: Violations): void {
  const index = given.findIndex((each) => each.id === problem.id);
  const isEmpty = index >= 0 && problem.given === undefined;
  if (isEmpty) return; // Said already: the parameter was named without a value.
  const part = problem.problem === 'unknown' ? 'id' : 'value';
  const field = index < 0 ? 'job_order.parameters' : `job_order.parameters[${index}].${part}`;
  const shownGiven = problem.problem === 'unknown' ? JSON.stringify(problem.id) : problem.given;
  violations.add(field, {
    ...(shownGiven === undefined ? {} : { given: shownGiven }),
    allowed: problem.allowed,
    hint: problem.problem === 'missing' ? `${problem.id}: ${problem.hint}` : problem.hint,
  });
}
