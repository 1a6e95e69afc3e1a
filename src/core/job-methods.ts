// The methods of ISA95JobOrderReceiverObjectType (OPC 10031-4 v2.00, 6.2) on the list of job orders. Pure.
import type { Fault } from './faults.ts';
import { fault } from './faults.ts';
import {
  change,
  changeSubstate,
  findJob,
  forgetOldest,
  illegal,
  JOB_LIST_LIMITS,
  type JobCall,
  type JobChange,
  type JobListState,
  named,
  remove,
  running,
  storeTime,
} from './job-list.ts';
import type { JobOrder, JobRecord, JobResult, JobState } from './job-order.ts';
import { isOpen, targetPlace } from './job-transitions.ts';
import { plannedQuantity } from './predefined-parameters.ts';
import { err, ok, type Result } from './result.ts';
import type { EpochMs } from './units.ts';

/** An order as it is to be stored. Its parameters were checked before. */
export interface NewOrder {
  readonly order: JobOrder;
  readonly workMasterVersion: string;
  /** As in JobRecord. */
  readonly workMasterHash?: string;
  /** What the order waits for; undefined: it is Ready. */
  readonly waitsFor: Fault | undefined;
}

function prepared({ waitsFor }: Pick<NewOrder, 'waitsFor'>): Pick<JobRecord, 'substate' | 'reason'> {
  return { substate: waitsFor === undefined ? 'Ready' : 'Waiting', reason: waitsFor };
}

/** Of an update it takes the place of what the order was stored with. */
function editionOf({
  workMasterVersion,
  workMasterHash,
}: NewOrder): Pick<JobRecord, 'workMasterVersion' | 'workMasterHash'> {
  return workMasterHash === undefined ? { workMasterVersion } : { workMasterVersion, workMasterHash };
}

/** Fault 6003 when the id is in the list in any state: nothing else matters to an order that is to be stored under it. */
export function duplicate(list: JobListState, jobOrderId: string): Fault | undefined {
  const known = findJob(list, jobOrderId);
  return known && fault(6003, { jobOrderId, state: known.state });
}

function add(list: JobListState, added: NewOrder, state: JobState, now: EpochMs): JobChange {
  const { jobOrderId } = added.order;
  const known = duplicate(list, jobOrderId);
  if (known !== undefined) return err(known);
  const open = list.records.filter((record) => isOpen(record.state)).length;
  if (open >= JOB_LIST_LIMITS.open) return err(fault(6006, { jobOrderId, open, openMax: JOB_LIST_LIMITS.open }));
  const record: JobRecord = {
    order: added.order,
    ...editionOf(added),
    state,
    ...prepared(added),
    storedAt: storeTime(list, jobOrderId, now),
    startTime: undefined,
    endTime: undefined,
    producedQuantity: 0,
    goodQuantity: 0,
    measurements: [],
    result: 'Unknown',
    comment: '',
    runs: { started: 0, completed: 0 },
    times: { since: now, runningMs: 0, interruptedMs: 0 },
    revision: 1,
  };
  return ok({ state: { ...list, records: forgetOldest([...list.records, record]) }, record });
}

/**
 * Takes an order that must not be executed yet.
 * @returns fault 6003 when the id is in the list in any state, 6006 when too many orders are open
 */
export function store(list: JobListState, added: NewOrder, now: EpochMs): JobChange {
  return add(list, added, 'NotAllowedToStart', now);
}

/** Takes an order that may be executed as soon as the cell can. Faults as of `store`. */
export function storeAndStart(list: JobListState, added: NewOrder, now: EpochMs): JobChange {
  return add(list, added, 'AllowedToStart', now);
}

/** Lets a stored order be executed. It keeps the substate it has: the preconditions are the same. */
export function start(list: JobListState, call: JobCall): JobChange {
  return change(list, call, 'Start', ({ substate }) => ({ substate }));
}

/** Takes the leave to be executed back. */
export function revokeStart(list: JobListState, call: JobCall): JobChange {
  return change(list, call, 'RevokeStart', ({ substate }) => ({ substate }));
}

/** The order that is to be updated, or why it is not, whatever is to be stored of it: faults 6004, 6016, 6005. */
export function updatable(list: JobListState, call: Omit<JobCall, 'now'>): Result<JobRecord, Fault> {
  const found = named(list, call);
  if (!found.ok) return found;
  return targetPlace('Update', found.value.state) === undefined ? err(illegal(found.value, 'Update')) : found;
}

/** Replaces everything that was stored of an order; its state and its place in the list stay. */
export function update(list: JobListState, updated: NewOrder, call: Omit<JobCall, 'jobOrderId'>): JobChange {
  const { order } = updated;
  return change(list, { ...call, jobOrderId: order.jobOrderId }, 'Update', () => ({
    order,
    ...editionOf(updated),
    ...prepared(updated),
  }));
}

/** Running to Interrupted/Suspended; an order that is held already becomes Suspended, and keeps its reason. */
export function pause(list: JobListState, call: JobCall): JobChange {
  const found = named(list, call);
  if (found.ok && found.value.state === 'Interrupted') return changeSubstate(list, call, 'Pause', 'Suspended');
  return change(list, call, 'Pause', () => ({ substate: 'Suspended', reason: undefined }));
}

/** Lets an interrupted order go on. Fault 6005 while another order runs. */
export function resume(list: JobListState, call: JobCall): JobChange {
  return refusedWhileRunning(list, call, 'Resume') ?? change(list, call, 'Resume', () => ({ reason: undefined }));
}

/** Resume of a suspended order while a constraint is present: it is Held from now on, and the constraint is its reason. */
export function resumeToHeld(list: JobListState, call: JobCall, constraint: Fault): JobChange {
  return changeSubstate(list, call, 'Resume', 'Held', { reason: constraint });
}

/** Ends an order before its course is over; what it has produced decides on the result. */
export function stop(list: JobListState, call: JobCall): JobChange {
  return change(list, call, 'Stop', (record) => ({
    result: resultSoFar(record),
    endTime: call.now,
    reason: fault(6019, commented(call)),
  }));
}

/** With nothing said about how much was wanted, nobody but the client can tell whether what there is was enough. */
function resultSoFar(record: JobRecord): JobResult {
  const planned = plannedQuantity(record.order.predefined ?? []);
  if (planned !== undefined) return record.goodQuantity >= planned ? 'Successful' : 'Unsuccessful';
  return record.goodQuantity === 0 ? 'Unsuccessful' : 'Unknown';
}

/** Ends an order for good without completing it; `reason` 6009 when a client asked for it. */
export function abort(list: JobListState, call: JobCall, reason: Fault = fault(6009, commented(call))): JobChange {
  return change(list, call, 'Abort', () => ({ reason, endTime: call.now, result: 'Unsuccessful' }));
}

function commented({ comment = '' }: JobCall): Fault['detail'] {
  return comment === '' ? {} : { comment };
}

/** Removes an order that has not begun. */
export function cancel(list: JobListState, call: JobCall): JobChange {
  return remove(list, call, 'Cancel');
}

/** Removes an order that is Ended or Aborted, with all that is known of it. */
export function clear(list: JobListState, call: JobCall): JobChange {
  return remove(list, call, 'Clear');
}

/** Ended/Completed to Ended/Closed: whoever needs the response has it. */
export function close(list: JobListState, call: JobCall): JobChange {
  return changeSubstate(list, call, 'Acknowledge', 'Closed');
}

/** Fault 6005 when the cell is busy with another order: it runs one at a time. */
export function refusedWhileRunning(
  list: JobListState,
  call: JobCall,
  command: 'begin' | 'Resume',
): JobChange | undefined {
  const other = running(list);
  const found = named(list, call);
  if (other === undefined || !found.ok || found.value === other) return undefined;
  if (targetPlace(command, found.value.state) === undefined) return undefined;
  const { code, detail } = illegal(found.value, command);
  return err(fault(code, { ...detail, running: other.order.jobOrderId }));
}
