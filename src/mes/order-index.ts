// What lists are made by, of every order that the journal keeps: in memory, so that any filter and any order of a hundred thousand costs
// a glance at each. The orders themselves are read when they are on the page.
import type { JobRecord } from '../core/job-order.ts';
import type { JobOrderQuery, OrderField, OrderPlace } from '../ports/job-order-source.ts';
import type { ListedOrder } from '../ports/journal.ts';

/** Of an order, what filters and orders look at. */
type IndexEntry = Readonly<Record<OrderField, number | null>> &
  Pick<JobRecord, 'state' | 'substate'> & { readonly jobOrderId: string; readonly workMasterId: string };

/** One page by its orders' ids. */
export interface IndexPage {
  readonly jobOrderIds: readonly string[];
  readonly hasMore: boolean;
  readonly total: number;
}

export class OrderIndex {
  readonly #entries = new Map<string, IndexEntry>();

  /** An order as it is now. */
  set(record: JobRecord): void {
    this.#entries.set(record.order.jobOrderId, entryOf(listedOf(record)));
  }

  /** An order as it was when it was read; what is known of it already is newer. */
  add(listed: ListedOrder): void {
    if (!this.#entries.has(listed.jobOrderId)) this.#entries.set(listed.jobOrderId, entryOf(listed));
  }

  delete(jobOrderId: string): void {
    this.#entries.delete(jobOrderId);
  }

  /** Those that have been known longest. */
  oldest(limit: number): readonly string[] {
    const ids: string[] = [];
    for (const id of this.#entries.keys()) {
      if (ids.length === limit) break;
      ids.push(id);
    }
    return ids;
  }

  /** Known from now on only: what is read after it may be older. */
  renew(jobOrderId: string): void {
    const entry = this.#entries.get(jobOrderId);
    if (entry === undefined) return;
    this.#entries.delete(jobOrderId);
    this.#entries.set(jobOrderId, entry);
  }

  page(query: JobOrderQuery): IndexPage {
    const { orderBy, after, limit } = query;
    const first: OrderPlace[] = [];
    let [total, following] = [0, 0];
    for (const entry of this.#entries.values()) {
      if (!matches(entry, query)) continue;
      total += 1;
      const place = { value: entry[orderBy.field], jobOrderId: entry.jobOrderId };
      if (after !== undefined && byPlaceIn(place, after, orderBy.isDescending) <= 0) continue;
      following += 1;
      insert(first, place, limit, orderBy.isDescending);
    }
    return { jobOrderIds: first.map(({ jobOrderId }) => jobOrderId), hasMore: following > first.length, total };
  }
}

function listedOf({ order, state, substate, storedAt, startTime, endTime }: JobRecord): ListedOrder {
  const { jobOrderId, workMasterId, priority } = order;
  return { jobOrderId, workMasterId, priority, state, substate, storedAt, startTime, endTime };
}

function entryOf(listed: ListedOrder): IndexEntry {
  const { jobOrderId, workMasterId, state, substate } = listed;
  return {
    ...{ jobOrderId, workMasterId, state, substate },
    store_time: valueIn(listed, 'store_time'),
    start_time: valueIn(listed, 'start_time'),
    end_time: valueIn(listed, 'end_time'),
    priority: valueIn(listed, 'priority'),
  };
}

/** Keeps the first `limit` places in their order. */
function insert(first: OrderPlace[], place: OrderPlace, limit: number, isDescending: boolean): void {
  const last = first.at(-1);
  const isFull = first.length === limit;
  if (isFull && last !== undefined && byPlaceIn(place, last, isDescending) > 0) return;
  let [from, to] = [0, first.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (byPlaceIn(first[middle] ?? place, place, isDescending) < 0) from = middle + 1;
    else to = middle;
  }
  first.splice(from, 0, place);
  if (isFull) first.pop();
}

const VALUES: Readonly<Record<OrderField, (listed: ListedOrder) => number | undefined>> = {
  store_time: ({ storedAt }) => storedAt,
  start_time: ({ startTime }) => startTime,
  end_time: ({ endTime }) => endTime,
  priority: ({ priority }) => priority,
};

function valueIn(listed: ListedOrder, field: OrderField): number | null {
  return VALUES[field](listed) ?? null;
}

/** Where a record stands in a list that is ordered by `field`. */
export function placeIn(record: JobRecord, field: OrderField): OrderPlace {
  return { value: valueIn(listedOf(record), field), jobOrderId: record.order.jobOrderId };
}

/** Negative: `left` comes first. What has no value comes last whatever the direction. */
function byPlaceIn(left: OrderPlace, right: OrderPlace, isDescending: boolean): number {
  if (left.value !== right.value) {
    if (left.value === null || right.value === null) return left.value === null ? 1 : -1;
    return isDescending ? right.value - left.value : left.value - right.value;
  }
  return left.jobOrderId < right.jobOrderId ? -1 : Number(left.jobOrderId !== right.jobOrderId);
}

function matches(entry: IndexEntry, { states, workMasterIds, storedFrom, storedBefore }: JobOrderQuery): boolean {
  const inState = states?.some(
    ({ state, substate }) => state === entry.state && (substate === undefined || substate === entry.substate),
  );
  if (inState === false || workMasterIds?.includes(entry.workMasterId) === false) return false;
  const storedAt = entry.store_time ?? 0;
  if (storedFrom !== undefined && storedAt < storedFrom) return false;
  return storedBefore === undefined || storedAt < storedBefore;
}
