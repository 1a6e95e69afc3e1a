// Whether the cell can run an order as it stands: its work master, and parameters that fit it.
import { type Fault, fault } from '../core/faults.ts';
import type { JobOrder, JobRecord } from '../core/job-order.ts';
import { validateParameters } from '../core/parameters.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { ParameterValue, WorkMaster } from '../core/work-master.ts';
import type { CycleContext } from './cycle.ts';

/** Enough to tell what somebody wrote from what was written before. */
const HASH_CHARS = 16;

export interface RunnableOrder {
  readonly workMaster: WorkMaster;
  /** Complete: defaults are filled in. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

type KnownWorkMasters = Pick<CycleContext, 'workMasters'>;

/** @returns what the order needs to run, or fault 6001 or 6002 */
export function checkOrder(context: KnownWorkMasters, order: JobOrder): Result<RunnableOrder, Fault> {
  const workMaster = context.workMasters.get(order.workMasterId);
  if (workMaster === undefined) {
    return err(fault(6001, { workMasterId: order.workMasterId, known: [...context.workMasters.keys()].join(' ') }));
  }
  const parameters = validateParameters(workMaster, order.parameters);
  if (parameters.ok) return ok({ workMaster, parameters: parameters.value });
  const problems = parameters.error.map(({ id, problem }) => `${id}:${problem}`).join(' ');
  return err(fault(6002, { workMasterId: workMaster.id, problems }));
}

/** What a record keeps of a work master, to know it again. */
export function editionOf({
  version,
  definitionHash,
}: WorkMaster): Pick<JobRecord, 'workMasterVersion' | 'workMasterHash'> {
  const workMasterVersion = version;
  if (definitionHash === undefined) return { workMasterVersion };
  return { workMasterVersion, workMasterHash: definitionHash.slice(0, HASH_CHARS) };
}

/**
 * The same for an order that was stored, perhaps in a run before this one and for another state of the cell's file: the
 * result names the version that was ordered, so no other one is run under its name (fault 6001), nor anything else under its version
 * (fault 6024).
 */
export function checkRecord(
  context: KnownWorkMasters,
  { order, workMasterVersion, workMasterHash }: Pick<JobRecord, 'order' | 'workMasterVersion' | 'workMasterHash'>,
): Result<RunnableOrder, Fault> {
  const checked = checkOrder(context, order);
  if (!checked.ok) return checked;
  const { id: workMasterId } = checked.value.workMaster;
  const { workMasterVersion: version, workMasterHash: hash } = editionOf(checked.value.workMaster);
  if (version !== workMasterVersion) {
    return err(fault(6001, { workMasterId, version: workMasterVersion, known: version }));
  }
  const isSame = hash === undefined || workMasterHash === undefined || hash === workMasterHash;
  return isSame ? checked : err(fault(6024, { workMasterId, version }));
}
