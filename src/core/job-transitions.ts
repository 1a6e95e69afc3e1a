// Which command is legal in which state of a job order, as data. Source: OPC 10031-4 v2.00, 6.2 (states, transitions, methods).
import type { JobState } from './job-order.ts';

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

/**
 * What may change a stored order. Capitalised: methods of the standard. `begin`, `interrupt`, `complete`: causes inside
 * the cell. `report`: data of the running order, no change of state.
 */
export type JobMethod =
  | 'Start'
  | 'RevokeStart'
  | 'Update'
  | 'Pause'
  | 'Resume'
  | 'Stop'
  | 'Abort'
  | 'begin'
  | 'interrupt'
  | 'complete'
  | 'report';

/** Legal states of each method, and where it leads. What is not here is fault 6005. */
export const JOB_METHODS: Readonly<Record<JobMethod, Readonly<Partial<Record<JobState, JobState>>>>> = {
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
  begin: { AllowedToStart: 'Running' },
  interrupt: { Running: 'Interrupted' },
  complete: { Running: 'Ended' },
  report: { Running: 'Running' },
};

/** @returns the state a method leads to, or undefined when it is not legal in `from`. */
export function targetState(method: JobMethod, from: JobState): JobState | undefined {
  return JOB_METHODS[method][from];
}

/** True until the order is Ended or Aborted. */
export function isOpen(state: JobState): boolean {
  return state !== 'Ended' && state !== 'Aborted';
}
