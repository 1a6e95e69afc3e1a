// Which job orders a list shows: as people choose them, and as the cell is asked for them.
import { celda } from '../../proto/generated/celda.js';
import type { JobState } from '../core/job-order.ts';
import { epochMs } from '../core/units.ts';
import { toTimestamp } from '../mes/wire-values.ts';

const { JobState: WireState } = celda.job.v1;

const STATES: Readonly<Record<JobState, celda.job.v1.JobState>> = {
  NotAllowedToStart: WireState.JOB_STATE_NOT_ALLOWED_TO_START,
  AllowedToStart: WireState.JOB_STATE_ALLOWED_TO_START,
  Running: WireState.JOB_STATE_RUNNING,
  Interrupted: WireState.JOB_STATE_INTERRUPTED,
  Ended: WireState.JOB_STATE_ENDED,
  Aborted: WireState.JOB_STATE_ABORTED,
};

/** Which orders a list has, and how they follow each other; what is left out chooses nothing. */
export interface ListFilter {
  readonly states?: readonly JobState[];
  readonly workMasterIds?: readonly string[];
  readonly storedFrom?: Date;
  readonly storedBefore?: Date;
  /** @defaultValue `store_time` */
  readonly orderBy?: 'store_time' | 'start_time' | 'end_time' | 'priority';
  readonly isDescending?: boolean;
  /** At most so many. @defaultValue all */
  readonly countMax?: number;
}

/** What ListJobOrders is asked for, without its page. */
export function listRequest(filter: ListFilter): celda.job.v1.ListJobOrdersRequest.$Properties {
  const { states = [], workMasterIds = [], storedFrom, storedBefore, orderBy = 'store_time', isDescending } = filter;
  return {
    states: states.map((state) => STATES[state]),
    workMasterIds: [...workMasterIds],
    ...(storedFrom && { storeTimeFrom: toTimestamp(epochMs(storedFrom.getTime())) }),
    ...(storedBefore && { storeTimeBefore: toTimestamp(epochMs(storedBefore.getTime())) }),
    orderBy: isDescending === true ? `${orderBy} desc` : orderBy,
  };
}
