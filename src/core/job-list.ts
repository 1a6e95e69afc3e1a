// The list of job orders, as a pure reducer by ISA-95 Job Control (OPC 10031-4 v2.00, 6.2): the list, how one order of it
// changes, and which one is next. The methods of the standard are in job-methods.ts, what happens by itself in job-course.ts.
import type { Fault } from './faults.ts';
import { fault } from './faults.ts';
import type { JobRecord, JobState, JobSubstate } from './job-order.ts';
import type { JobMethod, JobSubmethod } from './job-transitions.ts';
import { isOpen, isSubtransition, targetPlace } from './job-transitions.ts';
import type { Result } from './result.ts';
import { err, ok } from './result.ts';
import { type EpochMs, epochMs } from './units.ts';

/** All orders the cell knows, in the order in which they were stored. Plain data. */
export interface JobListState {
  readonly records: readonly JobRecord[];
  /** Orders that were removed in the very millisecond in which they were stored. @defaultValue none */
  readonly removed?: readonly Removed[];
}

/** What told a removed order from all others under its identification. */
export interface Removed {
  readonly jobOrderId: string;
  readonly storedAt: EpochMs;
}

/** A change of one order, `record` as it is afterwards or was when it was removed; refused changes change nothing. */
export type JobChange = Result<{ readonly state: JobListState; readonly record: JobRecord }, Fault>;

/** The list of a control process that has just started. */
export const EMPTY_JOB_LIST: JobListState = { records: [] };

/**
 * `open`: orders that are not Ended or Aborted (MaxDownloadableJobOrders); one more is refused with fault 6006.
 * `retained`: all orders; over it the oldest ended ones are forgotten (the journal keeps them).
 * `measurements`: of one order; over it the oldest are dropped (each was published as an event).
 * `removed`: removed orders that the next ones under their ids are told from; over it the oldest are forgotten.
 */
export const JOB_LIST_LIMITS = { open: 100, retained: 200, measurements: 1000, removed: 1000 } as const;

const SUBSTATE_ON_ENTRY: Readonly<Record<JobState, JobSubstate | undefined>> = {
  NotAllowedToStart: 'Waiting',
  AllowedToStart: 'Waiting',
  Running: undefined,
  Interrupted: 'Held',
  Ended: 'Completed',
  Aborted: undefined,
};

/** @returns the order with this id, or undefined */
export function findJob(state: JobListState, jobOrderId: string): JobRecord | undefined {
  return state.records.find((record) => record.order.jobOrderId === jobOrderId);
}

/** Drops the oldest orders that have ended while there are too many. */
export function forgetOldest(records: readonly JobRecord[]): readonly JobRecord[] {
  let surplus = records.length - JOB_LIST_LIMITS.retained;
  return records.filter((record) => {
    const forget = surplus > 0 && !isOpen(record.state);
    if (forget) surplus -= 1;
    return !forget;
  });
}

/** Who changes an order, and when. */
export interface JobCall {
  readonly jobOrderId: string;
  /** When; wall time. */
  readonly now: EpochMs;
  /** Only if the record still has this revision: else fault 6016. Undefined: whatever it has. */
  readonly revision?: number | undefined;
  /** Only if it is of the order that was stored then, and of no later one under the same id: else fault 6016. */
  readonly storedAt?: EpochMs | undefined;
  /** What the client said; empty: nothing. */
  readonly comment?: string;
}

/** What a method does to a record besides its state. */
type Changes = (record: JobRecord) => Partial<JobRecord>;

function replaced(state: JobListState, before: JobRecord, record: JobRecord): JobChange {
  const records = state.records.map((each) => (each === before ? record : each));
  return ok({ state: { ...state, records }, record });
}

/** The order a call names, or why it is refused whatever it wants: faults 6004, 6016. */
export function named(
  state: JobListState,
  { jobOrderId, revision, storedAt }: Omit<JobCall, 'now'>,
): Result<JobRecord, Fault> {
  const record = findJob(state, jobOrderId);
  if (record === undefined) return err(fault(6004, { jobOrderId }));
  const isAsKnown = isOrAbsent(revision, record.revision) && isOrAbsent(storedAt, record.storedAt);
  return isAsKnown ? ok(record) : err(changed(record, revision));
}

function isOrAbsent(expected: number | undefined, is: number): boolean {
  return expected === undefined || expected === is;
}

/** Fault 6016: the order is not as the caller knows it, or another one was stored under its id since. */
export function changed({ order, state, revision }: JobRecord, expected = 0): Fault {
  return fault(6016, { jobOrderId: order.jobOrderId, state, expected, revision });
}

/** Fault 6005: the command is not legal in the present state. */
export function illegal({ order, state, substate }: JobRecord, command: JobMethod | JobSubmethod): Fault {
  return fault(6005, { jobOrderId: order.jobOrderId, state, ...(substate === undefined ? {} : { substate }), command });
}

/** How long the order was in its states up to a change of state at `now`. */
function timesAt({ state, times }: JobRecord, now: EpochMs): JobRecord['times'] {
  const passedMs = Math.max(0, now - times.since);
  return {
    since: now,
    runningMs: times.runningMs + (state === 'Running' ? passedMs : 0),
    interruptedMs: times.interruptedMs + (state === 'Interrupted' ? passedMs : 0),
  };
}

/** The date was set: orders are in their state for as long as before. @param stepMs how far, negative: back */
export function withDateSet(list: JobListState, stepMs: number): JobListState {
  const records = list.records.map((record) => {
    if (!isOpen(record.state)) return record;
    return { ...record, times: { ...record.times, since: epochMs(Math.max(0, record.times.since + stepMs)) } };
  });
  return { ...list, records };
}

/** Changes one record if it exists, is as the caller thinks, and the method is legal: else faults 6004, 6016, 6005. */
export function change(state: JobListState, call: JobCall, method: JobMethod, changes: Changes): JobChange {
  const found = named(state, call);
  if (!found.ok) return found;
  const before = found.value;
  const to = targetPlace(method, before.state);
  if (to === undefined || to === 'absent') return err(illegal(before, method));
  const isSame = to === before.state;
  const record = {
    ...before,
    state: to,
    substate: isSame ? before.substate : SUBSTATE_ON_ENTRY[to],
    times: isSame ? before.times : timesAt(before, call.now),
    comment: call.comment ?? before.comment,
    ...changes(before),
    revision: before.revision + 1,
  };
  return replaced(state, before, record);
}

/** Changes the substate of one record, and nothing of its state: else faults 6004, 6016, 6005. */
export function changeSubstate(
  state: JobListState,
  call: JobCall,
  method: JobSubmethod,
  to: JobSubstate,
  changes: Partial<JobRecord> = {},
): JobChange {
  const found = named(state, call);
  if (!found.ok) return found;
  const before = found.value;
  if (!isSubtransition(method, before.substate, to)) return err(illegal(before, method));
  const comment = call.comment ?? before.comment;
  return replaced(state, before, { ...before, substate: to, comment, ...changes, revision: before.revision + 1 });
}

/** Takes one record out of the list if the method does that in its state: else faults 6004, 6016, 6005. */
export function remove(state: JobListState, call: JobCall, method: 'Cancel' | 'Clear'): JobChange {
  const found = named(state, call);
  if (!found.ok) return found;
  const before = found.value;
  if (targetPlace(method, before.state) !== 'absent') return err(illegal(before, method));
  const record = { ...before, comment: call.comment ?? before.comment };
  const records = state.records.filter((each) => each !== before);
  return ok({ state: { ...state, records, removed: removedAt(state, before, call.now) }, record });
}

/** Only an order that is stored now can have the time of another that is gone; a date that is set back is no reason to keep more. */
function removedAt({ removed = [] }: JobListState, { order, storedAt }: JobRecord, now: EpochMs): readonly Removed[] {
  const all = [...removed, { jobOrderId: order.jobOrderId, storedAt }];
  return all.filter((each) => each.storedAt >= now).slice(-JOB_LIST_LIMITS.removed);
}

/** When an order is stored, as its record has it: at no other time than `now` but later by ms where one under its id had that time. */
export function storeTime({ removed = [] }: JobListState, jobOrderId: string, now: EpochMs): EpochMs {
  const taken = new Set(removed.filter((each) => each.jobOrderId === jobOrderId).map(({ storedAt }) => storedAt));
  let time = now;
  while (taken.has(time)) time = epochMs(time + 1);
  return time;
}

/** The order that runs; at most one does. */
export function running(state: JobListState): JobRecord | undefined {
  return state.records.find((record) => record.state === 'Running');
}

function isDue({ state, substate, order }: JobRecord, now: EpochMs): boolean {
  if (state !== 'AllowedToStart' || (substate !== 'Ready' && substate !== 'Loaded')) return false;
  return order.startTime === undefined || order.startTime <= now;
}

function goesBefore(left: JobRecord, right: JobRecord): boolean {
  if (left.order.priority !== right.order.priority) return left.order.priority > right.order.priority;
  return (left.order.endTime ?? Number.POSITIVE_INFINITY) < (right.order.endTime ?? Number.POSITIVE_INFINITY);
}

/**
 * The order to begin next: of those that are AllowedToStart and Ready or Loaded and whose start time has come, the one with
 * the highest priority, then with the earliest end time, then stored first. Undefined while one runs.
 */
export function nextCandidate(state: JobListState, now: EpochMs): JobRecord | undefined {
  if (running(state) !== undefined) return undefined;
  let best: JobRecord | undefined;
  for (const record of state.records) {
    if (isDue(record, now) && (best === undefined || goesBefore(record, best))) best = record;
  }
  return best;
}
