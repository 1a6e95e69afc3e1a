// What happens to job orders by the course of the cell, without a method of the standard: begin, report, end, interruption,
// preconditions that come and go, and a restart of the control process. Pure.
import { sameFault } from './alarm-list.ts';
import { type Fault, fault } from './faults.ts';
import {
  change,
  EMPTY_JOB_LIST,
  forgetOldest,
  JOB_LIST_LIMITS,
  type JobCall,
  type JobChange,
  type JobListState,
} from './job-list.ts';
import { refusedWhileRunning } from './job-methods.ts';
import type { JobRecord, JobResult, Measurement } from './job-order.ts';
import { isPrepared, isSubtransition } from './job-transitions.ts';

/**
 * Notes for every order that has not begun whether its preconditions are met: Ready, or Waiting with what it waits for. One pass over
 * the list; called every cycle.
 * @param waitsFor what an order waits for; undefined: its preconditions are met
 * @returns the records that have changed, in the order of the list
 */
export function prepareAll(
  list: JobListState,
  waitsFor: (record: JobRecord) => Fault | undefined,
): { readonly state: JobListState; readonly changed: readonly JobRecord[] } {
  const changed: JobRecord[] = [];
  const records = list.records.map((record) => {
    if (!isPrepared(record.state)) return record;
    const reason = waitsFor(record);
    const substate = reason === undefined ? 'Ready' : 'Waiting';
    if ((record.substate === 'Waiting') === (reason !== undefined) && isSame(record.reason, reason)) return record;
    if (!isSubtransition('prepare', record.substate, substate)) return record;
    const prepared: JobRecord = { ...record, substate, reason, revision: record.revision + 1 };
    changed.push(prepared);
    return prepared;
  });
  return { state: changed.length === 0 ? list : { ...list, records }, changed };
}

function isSame(left: Fault | undefined, right: Fault | undefined): boolean {
  return left === right || (left !== undefined && right !== undefined && sameFault(left, right));
}

/** Begins an order that was chosen by `nextCandidate`. Fault 6005 while another order runs: the cell runs one at a time. */
export function begin(list: JobListState, call: JobCall): JobChange {
  return (
    refusedWhileRunning(list, call, 'begin') ??
    change(list, call, 'begin', ({ runs }) => ({
      startTime: call.now,
      reason: undefined,
      runs: { ...runs, started: runs.started + 1 },
    }))
  );
}

/** Counts a run of the work master that is complete, with another one to follow. */
export function beginNextRun(list: JobListState, call: JobCall): JobChange {
  return change(list, call, 'report', ({ runs }) => ({
    runs: { started: runs.started + 1, completed: runs.completed + 1 },
  }));
}

/** Running to Interrupted/Held; `reason` is shown to the MES. */
export function interrupt(list: JobListState, call: JobCall, reason: Fault): JobChange {
  return change(list, call, 'interrupt', () => ({ reason }));
}

/** Running to Ended/Completed, with its last run complete. */
export function end(list: JobListState, call: JobCall, result: JobResult): JobChange {
  return change(list, call, 'complete', ({ runs }) => ({
    result,
    endTime: call.now,
    runs: { ...runs, completed: runs.completed + 1 },
  }));
}

/** Counts material that the running order produced; `quantity` >= 0, in the order's unit. */
export function produced(list: JobListState, call: JobCall, quantity: number, good: boolean): JobChange {
  return change(list, call, 'report', (record) => ({
    producedQuantity: record.producedQuantity + quantity,
    goodQuantity: record.goodQuantity + (good ? quantity : 0),
  }));
}

/** Adds a measurement to the running order. */
export function measured(list: JobListState, call: JobCall, measurement: Measurement): JobChange {
  return change(list, call, 'report', (record) => ({
    measurements: [...record.measurements, measurement].slice(-JOB_LIST_LIMITS.measurements),
  }));
}

/** The time since the last change of state counts as interrupted then: nobody knows how much of it the order ran. */
function interruptedByRestart(record: JobRecord): JobRecord {
  if (record.state !== 'Running') return record;
  const revision = record.revision + 1;
  return { ...record, state: 'Interrupted', substate: 'Held', reason: fault(4005), revision };
}

/** Reasons for which an interrupted order cannot go on, whatever is done at the cell: its work master is another one, or its place is not known. */
const OBSTACLES: ReadonlySet<Fault['code']> = new Set([6001, 6002, 6024, 6029]);

/** An interrupted order that cannot go on: `obstacle` becomes its reason, and names in `interruptedBy` the fault that had interrupted it. */
export function obstructed(record: JobRecord, obstacle: Fault): JobRecord {
  const { reason } = record;
  const interruptedBy = isObstacle(reason) ? reason?.detail['interruptedBy'] : reason?.code;
  const detail = interruptedBy === undefined ? obstacle.detail : { ...obstacle.detail, interruptedBy };
  return withReason(record, fault(obstacle.code, detail));
}

/** The same order when it can go on again, as after the file of the cell was put back: the restart is what it is interrupted by. */
export function unobstructed(record: JobRecord): JobRecord {
  return isObstacle(record.reason) ? withReason(record, fault(4005)) : record;
}

function isObstacle(reason: Fault | undefined): boolean {
  return reason !== undefined && OBSTACLES.has(reason.code);
}

function withReason(record: JobRecord, reason: Fault): JobRecord {
  return isSame(record.reason, reason) ? record : { ...record, reason, revision: record.revision + 1 };
}

/**
 * The list after a restart of the control process: running orders become Interrupted/Held with fault 4005.
 * Of two records with one id the higher revision counts; orders in `own` (known to this process) win over both.
 */
export function restore(records: readonly JobRecord[], own: JobListState = EMPTY_JOB_LIST): JobListState {
  const byId = new Map<string, JobRecord>();
  for (const record of records) {
    const { jobOrderId } = record.order;
    const rival = byId.get(jobOrderId);
    if (rival === undefined || record.revision > rival.revision) byId.set(jobOrderId, record);
  }
  for (const record of own.records) byId.delete(record.order.jobOrderId);
  return { ...own, records: forgetOldest([...[...byId.values()].map(interruptedByRestart), ...own.records]) };
}
