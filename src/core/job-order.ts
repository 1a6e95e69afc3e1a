// Job orders as ISA-95 Job Control (OPC 10031-4 v2.00) sees them: the data.
import type { Fault } from './faults.ts';
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

/** What an MES asks for. Parameters were checked against the work master before the order was stored. */
export interface JobOrder {
  /** 1..64 characters of `A-Z a-z 0-9 . _ : / -`. */
  readonly jobOrderId: string;
  readonly description: string;
  readonly workMasterId: string;
  /** Larger is more urgent, -32768..32767. */
  readonly priority: number;
  /** By parameter id, complete: defaults are filled in. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
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
  readonly state: JobState;
  readonly substate: JobSubstate | undefined;
  readonly storedAt: EpochMs;
  readonly startTime: EpochMs | undefined;
  readonly endTime: EpochMs | undefined;
  readonly producedQuantity: number;
  readonly goodQuantity: number;
  readonly measurements: readonly Measurement[];
  readonly result: JobResult;
  /** Why it is in this state, when it is not by its own course. */
  readonly reason: Fault | undefined;
  /** Strictly increasing with every change of this record; starts at 1. */
  readonly revision: number;
}

/** Return status bits of OPC 10031-4, B.2, table 95. */
export const RETURN_STATUS = {
  noError: 1n << 0n,
  unknownJobOrder: 1n << 1n,
  invalidJobOrderStatus: 1n << 3n,
  unableToAccept: 1n << 4n,
  invalidRequest: 1n << 32n,
} as const;
