// Pages of the orders that the gateway mirrors, where nothing is kept on disk.
import type { JobRecord } from '../core/job-order.ts';
import { ok } from '../core/result.ts';
import type { JobOrderPage, JobOrderQuery, JobOrderSource } from '../ports/job-order-source.ts';
import type { JobMirror } from './job-mirror.ts';
import { OrderIndex } from './order-index.ts';

/** @returns one page of `records`, which may be in any order */
export function pageOfRecords(records: readonly JobRecord[], query: JobOrderQuery): JobOrderPage {
  const byId = new Map(records.map((record) => [record.order.jobOrderId, record]));
  const index = new OrderIndex();
  for (const record of records) index.set(record);
  const { jobOrderIds, hasMore, total } = index.page(query);
  return { records: jobOrderIds.flatMap((id) => byId.get(id) ?? []), hasMore, total };
}

export function mirrorOrders(mirror: JobMirror): JobOrderSource {
  return {
    get: (jobOrderId) => Promise.resolve(ok(mirror.get(jobOrderId))),
    page: (query) => Promise.resolve(ok(pageOfRecords(mirror.records(), query))),
  };
}
