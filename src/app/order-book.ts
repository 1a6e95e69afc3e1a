// The job orders as the control process last told them: what a gateway that connects has to know first.
import type { CellEventBody } from '../core/cell-event.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';
import { isOpen } from '../core/job-transitions.ts';

/** Orders kept; of the ended ones the oldest go first. */
const ORDERS_KEPT_MAX = 1_000;

export interface OrderBook {
  put(record: JobRecord): void;
  /** Follows what control says of its orders. */
  hear(body: CellEventBody): void;
  /** Where an order stands; kept until it ends. */
  reached(checkpoint: JobCheckpoint): void;
  list(): readonly JobRecord[];
  checkpoints(): readonly JobCheckpoint[];
}

export function createOrderBook(ordersMax: number = ORDERS_KEPT_MAX): OrderBook {
  const records = new Map<string, JobRecord>();
  const checkpoints = new Map<string, JobCheckpoint>();
  const reached = (checkpoint: JobCheckpoint): void => {
    checkpoints.set(checkpoint.jobOrderId, checkpoint);
  };
  const put = (record: JobRecord): void => {
    records.set(record.order.jobOrderId, record);
    if (!isOpen(record.state)) checkpoints.delete(record.order.jobOrderId);
    if (records.size > ordersMax) dropOldestEnded(records);
  };
  const remove = (jobOrderId: string): void => {
    records.delete(jobOrderId);
    checkpoints.delete(jobOrderId);
  };
  return {
    put,
    hear: (body) => {
      if (body.kind === 'checkpoint') reached(body.checkpoint);
      if (body.kind === 'job' && body.checkpoint !== undefined) reached(body.checkpoint);
      if (body.kind === 'job') put(body.record);
      if (body.kind === 'job-removed') remove(body.record.order.jobOrderId);
    },
    reached,
    list: () => [...records.values()],
    checkpoints: () => [...checkpoints.values()],
  };
}

/** An order that has not ended is never dropped: the control process itself bounds how many there are. */
function dropOldestEnded(records: Map<string, JobRecord>): void {
  for (const [id, record] of records) {
    if (record.state === 'Ended' || record.state === 'Aborted') {
      records.delete(id);
      return;
    }
  }
}
