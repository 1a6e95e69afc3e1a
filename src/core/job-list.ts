// The list of job orders: a pure reducer by ISA-95 Job Control (OPC 10031-4 v2.00, 6.2).
import type { JobRecord } from './job-order.ts';

/** All orders the cell knows, in the order in which they were stored. Plain data. */
export interface JobListState {
  readonly records: readonly JobRecord[];
}
