// One page of the list of job orders. A token names the last order of the page before, so that new orders shift nothing.
import { fault } from '../core/faults.ts';
import type { JobRecord, JobState } from '../core/job-order.ts';
import { err, ok, type Result } from '../core/result.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { byPlace, type Place, placeOf } from './job-mirror.ts';
import { jobStateOf } from './job-wire.ts';
import { Violations } from './request-checks.ts';

const PAGE_SIZE_DEFAULT = 50;
const PAGE_SIZE_MAX = 200;
/** Measurements on one page, about 1.5 MB: gRPC clients refuse answers above 4 MiB unless told otherwise. */
const PAGE_MEASUREMENTS_MAX = 20_000;

export interface PageRequest {
  readonly pageSize: number;
  readonly pageToken: string;
  readonly states: readonly number[];
}

export interface Page {
  readonly records: readonly JobRecord[];
  readonly nextPageToken: string;
  readonly totalSize: number;
}

/** Place in the list after which a page begins, and the filter it belongs to. */
interface Cursor extends Place {
  readonly filter: string;
}

/** @param records ordered by store time, then id */
export function pageOf(records: readonly JobRecord[], request: PageRequest): Result<Page, ServiceRefusal> {
  const violations = new Violations();
  const states = readStates(request.states, violations);
  const filter = [...states].sort().join(',');
  const cursor = request.pageToken === '' ? undefined : readToken(request.pageToken, filter, violations);
  if (request.pageSize < 0) {
    violations.add('page_size', { given: String(request.pageSize), allowed: `0..${PAGE_SIZE_MAX}` });
  }
  if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
  const matching = records.filter((record) => states.size === 0 || states.has(record.state));
  const rest = cursor === undefined ? matching : matching.filter((record) => isAfter(record, cursor));
  const pageSize = Math.min(request.pageSize === 0 ? PAGE_SIZE_DEFAULT : request.pageSize, PAGE_SIZE_MAX);
  const page = fitting(rest.slice(0, pageSize));
  const last = page.at(-1);
  const nextPageToken = rest.length > page.length && last !== undefined ? tokenAfter(last, filter) : '';
  return ok({ records: page, nextPageToken, totalSize: matching.length });
}

/** As many orders as an answer of ordinary size holds, at least one. */
function fitting(records: readonly JobRecord[]): readonly JobRecord[] {
  let measurements = 0;
  const end = records.findIndex((record, index) => {
    measurements += record.measurements.length;
    return index > 0 && measurements > PAGE_MEASUREMENTS_MAX;
  });
  return end < 0 ? records : records.slice(0, end);
}

function readStates(numbers: readonly number[], violations: Violations): ReadonlySet<JobState> {
  const states = new Set<JobState>();
  for (const [index, number] of numbers.entries()) {
    const state = jobStateOf(number);
    if (state === undefined) violations.add(`states[${index}]`, { given: String(number), allowed: '1..6 (JobState)' });
    else states.add(state);
  }
  return states;
}

function isAfter(record: JobRecord, cursor: Cursor): boolean {
  return byPlace(placeOf(record), cursor) > 0;
}

function tokenAfter(record: JobRecord, filter: string): string {
  const cursor: Cursor = { ...placeOf(record), filter };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readToken(token: string, filter: string, violations: Violations): Cursor | undefined {
  const cursor = parseCursor(token);
  if (cursor?.filter === filter) return cursor;
  violations.add('page_token', {
    given: JSON.stringify(token),
    allowed: 'next_page_token of the page before, with the same filter',
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

function isCursor(value: unknown): value is Cursor {
  if (typeof value !== 'object' || value === null) return false;
  const { storedAt, jobOrderId, filter } = value as Partial<Record<keyof Cursor, unknown>>;
  return typeof storedAt === 'number' && typeof jobOrderId === 'string' && typeof filter === 'string';
}
