// What crosses between the thread of the gateway and the thread of the journal. Plain data.
import type { AuditHead, AuditRecord } from '../core/audit.ts';
import type { Fault } from '../core/faults.ts';
import type { Result } from '../core/result.ts';
import type { EpochMs } from '../core/units.ts';
import type {
  EventPage,
  JournalState,
  LedgerEntry,
  OrderPage,
  OrderQuery,
  PendingResponse,
  Stored,
  StoredOrder,
  Urgency,
} from '../ports/journal.ts';
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
}

/** Questions and their answers. */
export interface Queries {
  readonly open: { readonly asked: undefined; readonly answer: readonly StoredOrder[] };
  readonly get: { readonly asked: string; readonly answer: StoredOrder | undefined };
  readonly list: { readonly asked: OrderQuery; readonly answer: OrderPage };
  readonly since: { readonly asked: { readonly position: number; readonly limit: number }; readonly answer: EventPage };
  readonly storedThrough: { readonly asked: string; readonly answer: number };
  readonly findAnswer: {
    readonly asked: Pick<LedgerEntry, 'identity' | 'method' | 'requestId'>;
    readonly answer: LedgerEntry | undefined;
  };
  readonly pending: { readonly asked: number; readonly answer: readonly PendingResponse[] };
  readonly attempted: {
    readonly asked: { readonly id: number; readonly notBefore: EpochMs; readonly error: string };
    readonly answer: undefined;
  };
  readonly acknowledge: { readonly asked: number; readonly answer: undefined };
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

/** `batch`: JSON of a JournalBatch; text crosses threads faster than objects. */
export interface AppendedBatch {
  readonly id: number;
  readonly batch: string;
  readonly urgency: Urgency;
}

export type ToWorker =
  /** All that was asked in one turn of the event loop. */
  | { readonly kind: 'append'; readonly batches: readonly AppendedBatch[] }
  | { readonly kind: 'query'; readonly id: number; readonly query: Query }
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'opened'; readonly journalId: string }
  | { readonly kind: 'not-opened'; readonly fault: Fault }
  /** Answers of a group, in the order of the asking. */
  | { readonly kind: 'appended'; readonly answers: readonly (readonly [id: number, Result<Stored, Fault>])[] }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Result<unknown, Fault> }
  | { readonly kind: 'state'; readonly state: JournalState }
  | { readonly kind: 'closed' };
