// Which command is legal in which state of a job order, as data. Source: OPC 10031-4 v2.00, 6.2 (states, transitions, methods).
import type { JobState, JobSubstate } from './job-order.ts';

/** The transitions of the standard by their number; there is no way out of Ended or Aborted. */
export const JOB_TRANSITIONS = [
  { number: 1, from: 'NotAllowedToStart', to: 'NotAllowedToStart' },
  { number: 2, from: 'NotAllowedToStart', to: 'AllowedToStart' },
  { number: 3, from: 'AllowedToStart', to: 'NotAllowedToStart' },
  { number: 4, from: 'AllowedToStart', to: 'AllowedToStart' },
  { number: 5, from: 'AllowedToStart', to: 'Running' },
  { number: 6, from: 'Running', to: 'Interrupted' },
  { number: 7, from: 'Running', to: 'Ended' },
  { number: 8, from: 'Running', to: 'Aborted' },
  { number: 9, from: 'Interrupted', to: 'Aborted' },
  { number: 10, from: 'Interrupted', to: 'Running' },
  { number: 11, from: 'Interrupted', to: 'Ended' },
  { number: 12, from: 'NotAllowedToStart', to: 'Aborted' },
  { number: 13, from: 'AllowedToStart', to: 'Aborted' },
] as const satisfies readonly { number: number; from: JobState; to: JobState }[];

/** The transitions of the substate machines by their number. */
export const JOB_SUBTRANSITIONS = [
  { machine: 'Prepare', number: 1, from: 'Waiting', to: 'Ready' },
  { machine: 'Prepare', number: 2, from: 'Ready', to: 'Loaded' },
  { machine: 'Prepare', number: 3, from: 'Ready', to: 'Waiting' },
  { machine: 'Prepare', number: 4, from: 'Loaded', to: 'Ready' },
  { machine: 'Prepare', number: 5, from: 'Loaded', to: 'Waiting' },
  { machine: 'Interrupted', number: 1, from: 'Held', to: 'Suspended' },
  { machine: 'Interrupted', number: 2, from: 'Suspended', to: 'Held' },
  { machine: 'Ended', number: 1, from: 'Completed', to: 'Closed' },
] as const satisfies readonly { machine: string; number: number; from: JobSubstate; to: JobSubstate }[];

/** Where an order is: in a state, or not in the list. */
export type JobPlace = JobState | 'absent';

/**
 * What may change the list. Capitalised: methods of the standard. `begin`, `interrupt`, `complete`: causes inside the cell.
 * `report`: data of the running order, no change of state.
 */
export type JobMethod =
  | 'Store'
  | 'StoreAndStart'
  | 'Start'
  | 'RevokeStart'
  | 'Update'
  | 'Pause'
  | 'Resume'
  | 'Stop'
  | 'Abort'
  | 'Cancel'
  | 'Clear'
  | 'begin'
  | 'interrupt'
  | 'complete'
  | 'report';

/** Legal places of each method, and where it leads. What is not here is fault 6003, 6004 or 6005. */
export const JOB_METHODS: Readonly<Record<JobMethod, Readonly<Partial<Record<JobPlace, JobPlace>>>>> = {
  Store: { absent: 'NotAllowedToStart' },
  StoreAndStart: { absent: 'AllowedToStart' },
  Start: { NotAllowedToStart: 'AllowedToStart' },
  RevokeStart: { AllowedToStart: 'NotAllowedToStart' },
  Update: { NotAllowedToStart: 'NotAllowedToStart', AllowedToStart: 'AllowedToStart' },
  Pause: { Running: 'Interrupted' },
  Resume: { Interrupted: 'Running' },
  Stop: { Running: 'Ended', Interrupted: 'Ended' },
  Abort: {
    NotAllowedToStart: 'Aborted',
    AllowedToStart: 'Aborted',
    Running: 'Aborted',
    Interrupted: 'Aborted',
  },
  Cancel: { NotAllowedToStart: 'absent', AllowedToStart: 'absent' },
  Clear: { Ended: 'absent', Aborted: 'absent' },
  begin: { AllowedToStart: 'Running' },
  interrupt: { Running: 'Interrupted' },
  complete: { Running: 'Ended' },
  report: { Running: 'Running' },
};

/**
 * What changes a substate and no state. `prepare`: the preconditions were looked at. Acknowledge: of the response (AcknowledgeJobResponse).
 * Resume leads from Suspended to Held only while a constraint is present; else to Running, by `JOB_METHODS`.
 */
export type JobSubmethod = 'prepare' | 'Pause' | 'Resume' | 'Acknowledge';

/** Legal substates of each, and where it may lead; an order that waits may come to wait for something else. */
export const JOB_SUBMETHODS: Readonly<
  Record<JobSubmethod, Readonly<Partial<Record<JobSubstate, readonly JobSubstate[]>>>>
> = {
  prepare: { Waiting: ['Ready', 'Waiting'], Ready: ['Loaded', 'Waiting'], Loaded: ['Ready', 'Waiting'] },
  Pause: { Held: ['Suspended'] },
  Resume: { Suspended: ['Held'] },
  Acknowledge: { Completed: ['Closed'] },
};

/** @returns the place a method leads to, or undefined when it is not legal in `from`. */
export function targetPlace(method: JobMethod, from: JobPlace): JobPlace | undefined {
  return JOB_METHODS[method][from];
}

/** True when `method` may lead from one substate to the other. */
export function isSubtransition(method: JobSubmethod, from: JobSubstate | undefined, to: JobSubstate): boolean {
  return from !== undefined && (JOB_SUBMETHODS[method][from]?.includes(to) ?? false);
}

/** True until the order is Ended or Aborted. */
export function isOpen(state: JobState): boolean {
  return state !== 'Ended' && state !== 'Aborted';
}

/** True from the first step on until the order is Ended or Aborted: it stands somewhere in its work master. */
export function hasBegun(state: JobState): boolean {
  return state === 'Running' || state === 'Interrupted';
}

/** True while the order is stored and has not begun. */
export function isPrepared(state: JobState): boolean {
  return state === 'NotAllowedToStart' || state === 'AllowedToStart';
}
