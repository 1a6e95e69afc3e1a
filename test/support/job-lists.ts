// Lists of job orders to start a test from.
import { EMPTY_JOB_LIST, type JobCall, type JobChange, type JobListState } from '../../src/core/job-list.ts';
import { type NewOrder, storeAndStart } from '../../src/core/job-methods.ts';
import type { JobOrder, JobRecord, JobState, JobSubstate } from '../../src/core/job-order.ts';
import { epochMs } from '../../src/core/units.ts';

export const NOW = epochMs(1_700_000_000_000);
export const LATER = epochMs(1_700_000_060_000);

export function listedOrder(jobOrderId: string, changes: Partial<JobOrder> = {}): JobOrder {
  return { jobOrderId, descriptions: [], workMasterId: 'sort', priority: 0, parameters: { rounds: 3 }, ...changes };
}

/** Ready. */
export function newOrder(jobOrderId: string, changes: Partial<JobOrder> = {}): NewOrder {
  return { order: listedOrder(jobOrderId, changes), workMasterVersion: '1', waitsFor: undefined };
}

export function callOf(jobOrderId: string, changes: Partial<JobCall> = {}): JobCall {
  return { jobOrderId, now: LATER, ...changes };
}

export function accepted(change: JobChange) {
  if (!change.ok) throw new Error(JSON.stringify(change.error));
  return change.value;
}

/** Orders that may start, in this order. */
export function stored(...orders: readonly NewOrder[]): JobListState {
  return orders.reduce((list, each) => accepted(storeAndStart(list, each, NOW)).state, EMPTY_JOB_LIST);
}

/** A list with one order, `A`, in the wanted state. */
export function inPlace(state: JobState, substate?: JobSubstate): JobListState {
  const { records } = stored(newOrder('A'));
  return { records: records.map((record) => ({ ...record, state, substate: substate ?? record.substate })) };
}

export function only(state: JobListState): JobRecord {
  const [record] = state.records;
  if (record === undefined) throw new Error('empty');
  return record;
}
