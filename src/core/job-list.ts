// The list of job orders: a pure reducer by ISA-95 Job Control (OPC 10031-4 v2.00, 6.2).
import type { Fault } from './faults.ts';
import { fault } from './faults.ts';
import type { JobOrder, JobRecord, JobResult, JobState, JobSubstate, Measurement } from './job-order.ts';
import type { JobMethod } from './job-transitions.ts';
import { isOpen, targetState } from './job-transitions.ts';
import type { Result } from './result.ts';
import { err, ok } from './result.ts';
import type { EpochMs } from './units.ts';

/** All orders the cell knows, in the order in which they were stored. Plain data. */
export interface JobListState {
  readonly records: readonly JobRecord[];
}

/** A change of one order; refused changes are faults and change nothing. */
export type JobChange = Result<{ readonly state: JobListState; readonly record: JobRecord }, Fault>;

/** The list of a control process that has just started. */
export const EMPTY_JOB_LIST: JobListState = { records: [] };

/**
 * `open`: orders that are not Ended or Aborted; one more is refused with fault 6006.
 * `retained`: all orders; over it the oldest ended ones are forgotten (the journal keeps them).
 * `measurements`: of one order; over it the oldest are dropped (each was published as an event).
 */
export const JOB_LIST_LIMITS = { open: 100, retained: 200, measurements: 1000 } as const;

const SUBSTATE_ON_ENTRY: Readonly<Record<JobState, JobSubstate | undefined>> = {
  NotAllowedToStart: 'Ready',
  AllowedToStart: 'Ready',
  Running: undefined,
  Interrupted: 'Held',
  Ended: 'Completed',
  Aborted: undefined,
};

function find(state: JobListState, jobOrderId: string): JobRecord | undefined {
  return state.records.find((record) => record.order.jobOrderId === jobOrderId);
}

function forgetOldest(records: readonly JobRecord[]): readonly JobRecord[] {
  let surplus = records.length - JOB_LIST_LIMITS.retained;
  return records.filter((record) => {
    const forget = surplus > 0 && !isOpen(record.state);
    if (forget) surplus -= 1;
    return !forget;
  });
}

/** Changes one record if it exists and the method is legal in its state: else faults 6004, 6005. */
function change(
  state: JobListState,
  jobOrderId: string,
  method: JobMethod,
  changes: (record: JobRecord) => Partial<JobRecord>,
): JobChange {
  const before = find(state, jobOrderId);
  if (before === undefined) return err(fault(6004, { jobOrderId }));
  const to = targetState(method, before.state);
  if (to === undefined) return err(fault(6005, { jobOrderId, state: before.state, command: method }));
  const substate = to === before.state ? before.substate : SUBSTATE_ON_ENTRY[to];
  const record = { ...before, state: to, substate, ...changes(before), revision: before.revision + 1 };
  return ok({ state: { records: state.records.map((each) => (each === before ? record : each)) }, record });
}

/**
 * Takes an order in AllowedToStart (ISA-95 StoreAndStart). The parameters were checked before.
 * @returns fault 6003 when the id is in the list in any state, 6006 when too many orders are open
 */
export function storeAndStart(
  state: JobListState,
  order: JobOrder,
  workMasterVersion: string,
  now: EpochMs,
): JobChange {
  const { jobOrderId } = order;
  const known = find(state, jobOrderId);
  if (known !== undefined) return err(fault(6003, { jobOrderId, state: known.state }));
  const open = state.records.filter((record) => isOpen(record.state)).length;
  if (open >= JOB_LIST_LIMITS.open) return err(fault(6006, { jobOrderId, open, openMax: JOB_LIST_LIMITS.open }));
  const record: JobRecord = {
    order,
    workMasterVersion,
    state: 'AllowedToStart',
    substate: SUBSTATE_ON_ENTRY.AllowedToStart,
    storedAt: now,
    startTime: undefined,
    endTime: undefined,
    producedQuantity: 0,
    goodQuantity: 0,
    measurements: [],
    result: 'Unknown',
    reason: undefined,
    revision: 1,
  };
  return ok({ state: { records: forgetOldest([...state.records, record]) }, record });
}

/** Starts an order that was chosen by `nextCandidate`. Fault 6005 while another order runs: the cell runs one at a time. */
export function start(state: JobListState, jobOrderId: string, now: EpochMs): JobChange {
  return (
    refusedWhileRunning(state, jobOrderId, 'begin') ??
    change(state, jobOrderId, 'begin', () => ({ startTime: now, reason: undefined }))
  );
}

/** Lets an interrupted order go on (ISA-95 Resume). Fault 6005 while another order runs. */
export function resume(state: JobListState, jobOrderId: string): JobChange {
  return (
    refusedWhileRunning(state, jobOrderId, 'Resume') ??
    change(state, jobOrderId, 'Resume', () => ({ reason: undefined }))
  );
}

function refusedWhileRunning(state: JobListState, jobOrderId: string, command: JobMethod): JobChange | undefined {
  const other = running(state);
  const record = find(state, jobOrderId);
  if (other === undefined || record === undefined || other === record) return undefined;
  return err(fault(6005, { jobOrderId, state: record.state, command, running: other.order.jobOrderId }));
}

/** Running to Interrupted/Held; `reason` is shown to the MES. */
export function interrupt(state: JobListState, jobOrderId: string, reason: Fault): JobChange {
  return change(state, jobOrderId, 'interrupt', () => ({ reason }));
}

/** Ends an order for good without completing it (ISA-95 Abort); legal in every state that is not Ended or Aborted. */
export function abort(state: JobListState, jobOrderId: string, reason: Fault, now: EpochMs): JobChange {
  return change(state, jobOrderId, 'Abort', () => ({ reason, endTime: now, result: 'Unsuccessful' }));
}

/** Running to Ended/Completed. */
export function end(state: JobListState, jobOrderId: string, result: JobResult, now: EpochMs): JobChange {
  return change(state, jobOrderId, 'complete', () => ({ result, endTime: now }));
}

/** Counts material that the running order produced; `quantity` >= 0, in the order's unit. */
export function produced(state: JobListState, jobOrderId: string, quantity: number, good: boolean): JobChange {
  return change(state, jobOrderId, 'report', (record) => ({
    producedQuantity: record.producedQuantity + quantity,
    goodQuantity: record.goodQuantity + (good ? quantity : 0),
  }));
}

/** Adds a measurement to the running order. */
export function measured(state: JobListState, jobOrderId: string, measurement: Measurement): JobChange {
  return change(state, jobOrderId, 'report', (record) => ({
    measurements: [...record.measurements, measurement].slice(-JOB_LIST_LIMITS.measurements),
  }));
}

function interruptedByRestart(record: JobRecord): JobRecord {
  if (record.state !== 'Running') return record;
  const revision = record.revision + 1;
  return { ...record, state: 'Interrupted', substate: SUBSTATE_ON_ENTRY.Interrupted, reason: fault(4005), revision };
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
  return { records: forgetOldest([...[...byId.values()].map(interruptedByRestart), ...own.records]) };
}

/** The order that runs; at most one does. */
export function running(state: JobListState): JobRecord | undefined {
  return state.records.find((record) => record.state === 'Running');
}

/** The order to start next: AllowedToStart/Ready or Loaded, higher priority first, then first stored. Undefined while one runs. */
export function nextCandidate(state: JobListState): JobRecord | undefined {
  if (running(state) !== undefined) return undefined;
  let best: JobRecord | undefined;
  for (const record of state.records) {
    const ready = record.state === 'AllowedToStart' && record.substate !== 'Waiting';
    if (ready && (best === undefined || record.order.priority > best.order.priority)) best = record;
  }
  return best;
}
