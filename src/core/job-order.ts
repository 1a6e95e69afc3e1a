// Job orders as ISA-95 Job Control (OPC 10031-4 v2.00) sees them: the data.
import type { Fault } from './faults.ts';
import type { JobParameter, LocalizedText, MaterialUse, ResourceUse } from './job-data.ts';
import type { EpochMs } from './units.ts';
import type { ParameterValue } from './work-master.ts';

/** Top-level states with the StateNumber of OPC 10031-4, 6.2. */
export const JOB_STATES = {
  NotAllowedToStart: 1,
  AllowedToStart: 2,
  Running: 3,
  Interrupted: 4,
  Ended: 5,
  Aborted: 6,
} as const;
/** Name of a top-level state. */
export type JobState = keyof typeof JOB_STATES;

/** Substates with their parent and StateNumber (OPC 10031-4, 6.2). */
export const JOB_SUBSTATES = {
  Waiting: { parent: 'AllowedToStart', number: 1 },
  Ready: { parent: 'AllowedToStart', number: 2 },
  Loaded: { parent: 'AllowedToStart', number: 3 },
  Held: { parent: 'Interrupted', number: 1 },
  Suspended: { parent: 'Interrupted', number: 2 },
  Completed: { parent: 'Ended', number: 1 },
  Closed: { parent: 'Ended', number: 2 },
} as const satisfies Record<string, { parent: JobState; number: number }>;
/** Name of a substate. */
export type JobSubstate = keyof typeof JOB_SUBSTATES;

/** OPC 40001-3, JobResult. */
export type JobResult = 'Unknown' | 'Successful' | 'Unsuccessful';

/** A work master as an order names it; an empty version stands for whatever version the cell has. */
export interface WorkMasterRef {
  readonly id: string;
  readonly version: string;
}

/** What an MES asks for. Everything was checked before the order was stored; what is absent was not given. */
export interface JobOrder {
  /** 1..64 characters of `A-Z a-z 0-9 . _ : / -`. */
  readonly jobOrderId: string;
  readonly descriptions: readonly LocalizedText[];
  /** The one to execute: of several options the first that the cell can run. */
  readonly workMasterId: string;
  /** As given, when there was a choice. */
  readonly workMasterOptions?: readonly WorkMasterRef[];
  /** Proposed: the order does not begin before it. */
  readonly startTime?: EpochMs;
  /** Proposed: of two orders that are equally urgent the one that has to end earlier goes first. */
  readonly endTime?: EpochMs;
  /** Larger is more urgent, -32768..32767. */
  readonly priority: number;
  /** By parameter id, complete: defaults are filled in. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Predefined parameters of OPC 40001-3, each once. */
  readonly predefined?: readonly JobParameter[];
  readonly personnel?: readonly ResourceUse[];
  readonly equipment?: readonly ResourceUse[];
  readonly physicalAssets?: readonly ResourceUse[];
  readonly materials?: readonly MaterialUse[];
}

/** One value taken by a measure step. `id` as the step names it; `value` finite, in `unit`; `timeMs` UTC. */
export interface Measurement {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly timeMs: EpochMs;
}

/** A job order with all that is known of it: what Get, List and Watch show. */
export interface JobRecord {
  readonly order: JobOrder;
  readonly workMasterVersion: string;
  /** Begin of the hash of what that version was when the order was stored, hex; absent: nobody knows. */
  readonly workMasterHash?: string;
  readonly state: JobState;
  readonly substate: JobSubstate | undefined;
  readonly storedAt: EpochMs;
  readonly startTime: EpochMs | undefined;
  readonly endTime: EpochMs | undefined;
  readonly producedQuantity: number;
  readonly goodQuantity: number;
  readonly measurements: readonly Measurement[];
  readonly result: JobResult;
  /** Why it is in this state, when it is not by its own course; of an order that waits: for what. */
  readonly reason: Fault | undefined;
  /** What was said with the last command of a client; empty: nothing. */
  readonly comment: string;
  /** How often its work master was begun and completed (RunsStarted, RunsCompleted). */
  readonly runs: { readonly started: number; readonly completed: number };
  /** When the top-level state was entered, and how long the order was in these states before, ms. */
  readonly times: { readonly since: EpochMs; readonly runningMs: number; readonly interruptedMs: number };
  /** Strictly increasing with every change of this record; starts at 1. */
  readonly revision: number;
}
