// Whether the cell can run an order as it stands: its work master, and parameters that fit it.
import { type Fault, fault } from '../core/faults.ts';
import type { JobOrder, JobRecord } from '../core/job-order.ts';
import { validateParameters } from '../core/parameters.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { ParameterValue, WorkMaster } from '../core/work-master.ts';
import type { CycleContext } from './cycle.ts';

export interface RunnableOrder {
  readonly workMaster: WorkMaster;
  /** Complete: defaults are filled in. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** @returns what the order needs to run, or fault 6001 or 6002 */
export function checkOrder(context: CycleContext, order: JobOrder): Result<RunnableOrder, Fault> {
  const workMaster = context.workMasters.get(order.workMasterId);
  if (workMaster === undefined) {
    return err(fault(6001, { workMasterId: order.workMasterId, known: [...context.workMasters.keys()].join(' ') }));
  }
  const parameters = validateParameters(workMaster, order.parameters);
  if (parameters.ok) return ok({ workMaster, parameters: parameters.value });
  const problems = parameters.error.map(({ id, problem }) => `${id}:${problem}`).join(' ');
  return err(fault(6002, { workMasterId: workMaster.id, problems }));
}

/**
 * The same for an order that was stored, perhaps in a run before this one and for another state of the cell's file: the
 * result names the version that was ordered, so no other one is run under its name.
 */
export function checkRecord(
  context: CycleContext,
  { order, workMasterVersion }: Pick<JobRecord, 'order' | 'workMasterVersion'>,
): Result<RunnableOrder, Fault> {
  const checked = checkOrder(context, order);
  if (!checked.ok || checked.value.workMaster.version === workMasterVersion) return checked;
  const { id, version } = checked.value.workMaster;
  return err(fault(6001, { workMasterId: id, version: workMasterVersion, known: version }));
}
