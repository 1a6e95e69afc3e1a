// What crosses between the thread of the gateway and the thread of the journal. Plain data.
import type { AuditHead, AuditRecord } from '../core/audit.ts';
import type { Fault } from '../core/faults.ts';
import type { Result } from '../core/result.ts';
import type { EpochMs } from '../core/units.ts';
import type {
  EventPage,
  EventQuery,
  JournalNote,
  JournalState,
  LedgerEntry,
  ListedQuery,
  OrderPage,
  OrderQuery,
  PendingResponse,
  StoredOrder,
} from '../ports/journal.ts';
import type { ListedText } from './listed-order.ts';
import type { ExpectedJournal } from './open-store.ts';
import type { Turn } from './pack.ts';
import type { Retention } from './store.ts';

/** What the worker is started with. */
export interface WorkerSettings {
  readonly path: string;
  readonly retention: Partial<Retention>;
  /** How long what is not urgent may wait for others, ms. */
  readonly soonMs: number;
  readonly checkpointPages: number;
  /** Time between attempts to open a journal that failed, ms; doubled up to 30 s. */
  readonly reopenMs: number;
  /** Undefined: for the first time in this process. */
  readonly expected?: ExpectedJournal | undefined;
}

/** Questions and their answers. */
export interface Queries {
  readonly open: { readonly asked: undefined; readonly answer: readonly StoredOrder[] };
  readonly get: { readonly asked: string; readonly answer: StoredOrder | undefined };
  readonly getAll: { readonly asked: readonly string[]; readonly answer: readonly (StoredOrder | undefined)[] };
  readonly listed: { readonly asked: ListedQuery; readonly answer: ListedText };
  readonly list: { readonly asked: OrderQuery; readonly answer: OrderPage };
  readonly head: { readonly asked: undefined; readonly answer: number };
  readonly since: { readonly asked: EventQuery; readonly answer: EventPage };
  readonly storedThrough: { readonly asked: string; readonly answer: number };
  readonly findAnswer: {
    readonly asked: Pick<LedgerEntry, 'identity' | 'method' | 'requestId'>;
    readonly answer: LedgerEntry | undefined;
  };
  readonly pending: {
    readonly asked: { readonly after: number; readonly limit: number };
    readonly answer: readonly PendingResponse[];
  };
  readonly attempted: {
    readonly asked: { readonly id: number; readonly notBefore: EpochMs; readonly error: string };
    readonly answer: undefined;
  };
  readonly acknowledge: { readonly asked: number; readonly answer: undefined };
  readonly notes: { readonly asked: string; readonly answer: readonly JournalNote[] };
  readonly auditSince: {
    readonly asked: { readonly seq: number; readonly limit: number };
    readonly answer: readonly AuditRecord[];
  };
  readonly auditHead: { readonly asked: undefined; readonly answer: AuditHead };
}

export type QueryKind = keyof Queries;

export type Query = {
  readonly [Kind in QueryKind]: { readonly kind: Kind; readonly asked: Queries[Kind]['asked'] };
}[QueryKind];

/** All that was appended in one turn of the event loop, as lists of the same length: these and text cross threads faster than objects. */
export interface AppendedBatches extends Turn {
  readonly ids: readonly number[];
  readonly urgent: readonly boolean[];
}

export type ToWorker =
  | ({ readonly kind: 'append' } & AppendedBatches)
  | { readonly kind: 'query'; readonly id: number; readonly query: Query }
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'opened'; readonly journalId: string }
  | { readonly kind: 'not-opened'; readonly fault: Fault }
  /** A group is on disk; the position after each of its batches. */
  /** `positions` after each batch, `before` the first of them. */
  | {
      readonly kind: 'appended';
      readonly ids: readonly number[];
      readonly before: number;
      readonly positions: readonly number[];
    }
  | { readonly kind: 'not-appended'; readonly ids: readonly number[]; readonly fault: Fault }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Result<unknown, Fault> }
  | { readonly kind: 'state'; readonly state: JournalState }
  | { readonly kind: 'closed' };
