// Pages of the orders that the gateway mirrors: filtered, ordered and cut in memory.
import type { JobRecord } from '../core/job-order.ts';
import { ok } from '../core/result.ts';
import type { JobOrderPage, JobOrderQuery, JobOrderSource, OrderField, OrderPlace } from '../ports/job-order-source.ts';
import type { JobMirror } from './job-mirror.ts';

const VALUES: Readonly<Record<OrderField, (record: JobRecord) => number | undefined>> = {
  store_time: (record) => record.storedAt,
  start_time: (record) => record.startTime,
  end_time: (record) => record.endTime,
  priority: (record) => record.order.priority,
};

/** Where a record stands in a list that is ordered by `field`. */
export function placeIn(record: JobRecord, field: OrderField): OrderPlace {
  return { value: VALUES[field](record) ?? null, jobOrderId: record.order.jobOrderId };
}

/** Negative: `left` comes first. What has no value comes last whatever the direction. */
function byPlaceIn(left: OrderPlace, right: OrderPlace, isDescending: boolean): number {
  if (left.value !== right.value) {
    if (left.value === null || right.value === null) return left.value === null ? 1 : -1;
    return isDescending ? right.value - left.value : left.value - right.value;
  }
  return left.jobOrderId < right.jobOrderId ? -1 : Number(left.jobOrderId !== right.jobOrderId);
}

function matches(record: JobRecord, query: JobOrderQuery): boolean {
  const { states, workMasterIds, storedFrom, storedBefore } = query;
  const inState = states?.some(
    ({ state, substate }) => state === record.state && (substate === undefined || substate === record.substate),
  );
  if (inState === false || workMasterIds?.includes(record.order.workMasterId) === false) return false;
  if (storedFrom !== undefined && record.storedAt < storedFrom) return false;
  return storedBefore === undefined || record.storedAt < storedBefore;
}

/** @returns one page of `records`, which may be in any order */
export function pageOfRecords(records: readonly JobRecord[], query: JobOrderQuery): JobOrderPage {
  const { field, isDescending } = query.orderBy;
  const { after } = query;
  const matching = records
    .filter((record) => matches(record, query))
    .map((record) => ({ record, place: placeIn(record, field) }))
    .sort((left, right) => byPlaceIn(left.place, right.place, isDescending));
  const rest =
    after === undefined ? matching : matching.filter(({ place }) => byPlaceIn(place, after, isDescending) > 0);
  const page = rest.slice(0, query.limit).map(({ record }) => record);
  return { records: page, hasMore: rest.length > page.length, total: matching.length };
}

export function mirrorOrders(mirror: JobMirror): JobOrderSource {
  return {
    get: (jobOrderId) => Promise.resolve(ok(mirror.get(jobOrderId))),
    page: (query) => Promise.resolve(ok(pageOfRecords(mirror.records(), query))),
  };
}
