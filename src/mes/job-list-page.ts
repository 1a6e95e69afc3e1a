// One page of job orders (AIP-158): a token names the last order of the page before, so that new orders shift nothing.
import { fault } from '../core/faults.ts';
import type { JobRecord, JobState } from '../core/job-order.ts';
import { err, ok, type Result } from '../core/result.ts';
import {
  type JobOrderQuery,
  type JobOrderSource,
  ORDER_FIELDS,
  type OrderField,
  type OrderPlace,
} from '../ports/job-order-source.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { heldBytes } from './bounded-memory.ts';
import { jobStateOf } from './job-wire.ts';
import { placeIn } from './order-index.ts';
import { ENUMERATORS_MAX, type Violations } from './request-checks.ts';
import { fromTimestamp, isTimestamp, TIMESTAMP_ALLOWED, type WireTimestamp } from './wire-values.ts';

const PAGE_SIZE_DEFAULT = 50;
const PAGE_SIZE_MAX = 200;
const WORK_MASTERS_MAX = 20;
/** Measurements on one page, about 1.5 MB: gRPC clients refuse answers above 4 MiB unless told otherwise. */
const PAGE_MEASUREMENTS_MAX = 20_000;
/** What their orders take in memory; as sent that is below 2.4 MB. */
const PAGE_BYTES_MAX = 1_600_000;

/** Which page of what was asked for. */
export interface PageRequest {
  readonly pageSize: number;
  readonly pageToken: string;
}

/** A request of ListJobOrders. */
export interface ListRequest extends PageRequest {
  readonly states: readonly number[];
  readonly workMasterIds: readonly string[];
  readonly storeTimeFrom: WireTimestamp | null;
  readonly storeTimeBefore: WireTimestamp | null;
  readonly orderBy: string;
}

export interface Page {
  readonly records: readonly JobRecord[];
  readonly nextPageToken: string;
  readonly totalSize: number;
}

/** What a list is of, without the page. */
export type ListFilter = Omit<JobOrderQuery, 'after' | 'limit'>;

/** Place in the list after which a page begins, and the list it belongs to. */
interface Cursor extends OrderPlace {
  readonly list: string;
}

/** Reads a request of ListJobOrders. */
export function readListRequest(request: ListRequest, violations: Violations): ListFilter {
  violations.atMost('work_master_ids', request.workMasterIds.length, WORK_MASTERS_MAX);
  for (const [index, id] of request.workMasterIds.slice(0, WORK_MASTERS_MAX).entries()) {
    violations.text(`work_master_ids[${index}]`, id, 64);
  }
  const states = readStates(request.states, violations);
  return {
    states: states.length === 0 ? undefined : states.map((state) => ({ state })),
    workMasterIds: request.workMasterIds.length === 0 ? undefined : request.workMasterIds,
    storedFrom: readTime('store_time_from', request.storeTimeFrom, violations),
    storedBefore: readTime('store_time_before', request.storeTimeBefore, violations),
    orderBy: readOrderBy(request.orderBy, violations),
  };
}

/** @param violations what is wrong with the filter already */
export async function readPage(
  source: JobOrderSource,
  filter: ListFilter,
  request: PageRequest,
  violations: Violations,
): Promise<Result<Page, ServiceRefusal>> {
  const list = JSON.stringify(filter);
  const after = request.pageToken === '' ? undefined : readToken(request.pageToken, list, violations);
  if (request.pageSize < 0) {
    violations.add('page_size', {
      given: String(request.pageSize),
      allowed: `0 or more; above ${PAGE_SIZE_MAX} counts as ${PAGE_SIZE_MAX}`,
    });
  }
  if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
  const limit = Math.min(request.pageSize === 0 ? PAGE_SIZE_DEFAULT : request.pageSize, PAGE_SIZE_MAX);
  const read = await source.page({ ...filter, after, limit });
  if (!read.ok) return err(refuse(read.error));
  const { records, hasMore, total } = read.value;
  const page = fitting(records);
  const last = page.at(-1);
  const goesOn = last !== undefined && (hasMore || page.length < records.length);
  const nextPageToken = goesOn ? tokenAfter(placeIn(last, filter.orderBy.field), list) : '';
  return ok({ records: page, nextPageToken, totalSize: total });
}

/** As many orders as an answer of ordinary size holds, at least one. */
function fitting(records: readonly JobRecord[]): readonly JobRecord[] {
  let [measurements, bytes] = [0, 0];
  const end = records.findIndex((record, index) => {
    measurements += record.measurements.length;
    bytes += heldBytes(record.order);
    return index > 0 && (measurements > PAGE_MEASUREMENTS_MAX || bytes > PAGE_BYTES_MAX);
  });
  return end < 0 ? records : records.slice(0, end);
}

function readStates(numbers: readonly number[], violations: Violations): readonly JobState[] {
  const states = new Set<JobState>();
  violations.atMost('states', numbers.length, ENUMERATORS_MAX);
  for (const [index, number] of numbers.slice(0, ENUMERATORS_MAX).entries()) {
    const state = jobStateOf(number);
    if (state === undefined) violations.add(`states[${index}]`, { given: String(number), allowed: '1..6 (JobState)' });
    else states.add(state);
  }
  return [...states].sort();
}

function readTime(field: string, wire: WireTimestamp | null, violations: Violations): number | undefined {
  if (wire === null) return undefined;
  if (isTimestamp(wire)) return fromTimestamp(wire);
  violations.add(field, { given: `${wire.seconds.toString()} s`, allowed: TIMESTAMP_ALLOWED });
  return undefined;
}

function readOrderBy(orderBy: string, violations: Violations): JobOrderQuery['orderBy'] {
  const [field = '', direction, ...rest] = orderBy.trim().split(/\s+/);
  const isRight = rest.length === 0 && (direction === undefined || direction === 'asc' || direction === 'desc');
  if (orderBy.trim() === '') return { field: 'store_time', isDescending: false };
  if (isRight && isOrderField(field)) return { field, isDescending: direction === 'desc' };
  const allowed = `${ORDER_FIELDS.join(', ')}, with " desc" for the opposite order`;
  violations.add('order_by', { given: JSON.stringify(orderBy), allowed });
  return { field: 'store_time', isDescending: false };
}

function isOrderField(name: string): name is OrderField {
  return (ORDER_FIELDS as readonly string[]).includes(name);
}

function tokenAfter(place: OrderPlace, list: string): string {
  const cursor: Cursor = { ...place, list };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readToken(token: string, list: string, violations: Violations): OrderPlace | undefined {
  const cursor = parseCursor(token);
  if (cursor?.list === list) return { value: cursor.value, jobOrderId: cursor.jobOrderId };
  violations.add('page_token', {
    given: JSON.stringify(token),
    allowed: 'next_page_token of the page before, with the same filter and order',
    hint: 'start again without a token',
  });
  return undefined;
}

function parseCursor(token: string): Cursor | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return isCursor(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isCursor(given: unknown): given is Cursor {
  if (typeof given !== 'object' || given === null) return false;
  const { value, jobOrderId, list } = given as Partial<Record<keyof Cursor, unknown>>;
  return (typeof value === 'number' || value === null) && typeof jobOrderId === 'string' && typeof list === 'string';
}
