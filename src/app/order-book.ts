// The job orders as the control process last told them: what a gateway that connects has to know first.
import type { JobRecord } from '../core/job-order.ts';

/** Orders kept; of the ended ones the oldest go first. */
const ORDERS_KEPT_MAX = 1_000;

export interface OrderBook {
  put(record: JobRecord): void;
  list(): readonly JobRecord[];
}

export function createOrderBook(ordersMax: number = ORDERS_KEPT_MAX): OrderBook {
  const records = new Map<string, JobRecord>();
  return {
    put: (record) => {
      records.set(record.order.jobOrderId, record);
      if (records.size > ordersMax) dropOldestEnded(records);
    },
    list: () => [...records.values()],
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
