// Where the gateway reads job orders from: what it mirrors, or what it keeps on disk.
import type { Fault } from '../core/faults.ts';
import type { JobRecord, JobState, JobSubstate } from '../core/job-order.ts';
import type { Result } from '../core/result.ts';

/** What a list of orders can be ordered by; equal ones are ordered by id. */
export const ORDER_FIELDS = ['store_time', 'start_time', 'end_time', 'priority'] as const;
export type OrderField = (typeof ORDER_FIELDS)[number];

/** Where an order stands in a list: its value in the field that the list is ordered by, and its id. */
export interface OrderPlace {
  /** Milliseconds since 1970, or the priority; null: it has no such time, and stands behind those that have. */
  readonly value: number | null;
  readonly jobOrderId: string;
}

/** Which orders, in which order, and after which. */
export interface JobOrderQuery {
  /** Undefined: in every state. */
  readonly states: readonly { readonly state: JobState; readonly substate?: JobSubstate }[] | undefined;
  /** Undefined: of every work master. */
  readonly workMasterIds: readonly string[] | undefined;
  /** Stored in this span, the end excluded; undefined: open on that side. Milliseconds since 1970. */
  readonly storedFrom: number | undefined;
  readonly storedBefore: number | undefined;
  readonly orderBy: { readonly field: OrderField; readonly isDescending: boolean };
  /** Undefined: from the first. */
  readonly after: OrderPlace | undefined;
  /** 1..200. */
  readonly limit: number;
}

export interface JobOrderPage {
  readonly records: readonly JobRecord[];
  /** More orders follow. */
  readonly hasMore: boolean;
  /** Orders that match, on all pages. */
  readonly total: number;
}

export interface JobOrderSource {
  /** Undefined: no such order, or it is not kept any more. */
  get(jobOrderId: string): Promise<Result<JobRecord | undefined, Fault>>;
  page(query: JobOrderQuery): Promise<Result<JobOrderPage, Fault>>;
}
