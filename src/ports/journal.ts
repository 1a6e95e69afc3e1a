// What the cell remembers across power cuts: job orders, events, requests already answered, results to be pushed, and the audit trail.
// Everything here is asynchronous and bounded; failures are values. One process writes a journal at a time.
import type { AuditDraft, AuditHead, AuditRecord } from '../core/audit.ts';
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import type { Fault } from '../core/faults.ts';
import type { JobRecord, JobState } from '../core/job-order.ts';
import type { Result } from '../core/result.ts';
import type { EpochMs } from '../core/units.ts';

/** Plain JSON data. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Number of an event in the journal: starts at 1, strictly increasing, across all runs of control. It never goes back and is
 * never used twice. 0: before the first.
 */
export type JournalPosition = number;

/** What belongs together: all of it is on disk, or nothing of it. */
export interface JournalBatch {
  /** Run of the control process that the events are of. */
  readonly epoch: string;
  /**
   * In the order of their sequence. Those of this epoch that the journal has already are skipped, so that control may send
   * again whatever it is not sure of.
   */
  readonly events: readonly CellEvent[];
  /** Requests that are answered by this. A request that has an answer keeps its first. */
  readonly ledger?: readonly LedgerEntry[];
  readonly audit?: readonly AuditEntry[];
  /** Results that an MES is to be told. */
  readonly responses?: readonly ResponseDraft[];
  /** Each takes the place of what was under its name. */
  readonly notes?: readonly NoteChange[];
}

/**
 * `now`: somebody waits for the disk: a client, or control before it moves. `soon`: may ride with the next group that is
 * committed, and waits for one at the longest as long as the journal is configured (steps, measurements, counts).
 */
export type Urgency = 'now' | 'soon';

/** What was appended is on disk. */
export interface Stored {
  /** Of the newest event of the journal after this batch. */
  readonly position: JournalPosition;
  /** Of the newest event before this batch: those of the batch that are new have the positions in between, in their order. */
  readonly before: JournalPosition;
}

/** A request that changed something and its answer; kept for 24 h at least (AIP-155). */
export interface LedgerEntry {
  /** Whoever asked, as the door knows them; 0..256 characters. */
  readonly identity: string;
  /** Name of the method, e.g. `celda.job.v1.JobOrderReceiverService/Store`. */
  readonly method: string;
  /** 1..128 characters. */
  readonly requestId: string;
  /** SHA-256 over what was asked, hex: another digest under the same id is another request (fault 6011). */
  readonly digest: string;
  /** What was answered, or where to find it; at most 16 KiB of JSON. */
  readonly answer: JsonValue;
  readonly time: EpochMs;
}

/** Something to be recorded in the audit trail. */
export interface AuditEntry extends AuditDraft {
  /** Of the event that it tells of: with an event that the journal has already it is skipped. */
  readonly sequence?: number;
}

/** An order as the journal has it. */
export interface StoredOrder {
  /** The newest event of this order, whole: its record, and whatever control gave with it to go on from there. */
  readonly event: JobEventBody;
  /** Position of that event. */
  readonly position: JournalPosition;
  /** Place in the list of orders: the position of the first event of this order. */
  readonly place: number;
}

/** An event that tells of an order. */
export type JobEventBody = Extract<CellEventBody, { readonly kind: 'job' }>;

/** Which orders, in which order, and after which. */
export interface OrderQuery {
  /** Empty or absent: all. */
  readonly states?: readonly JobState[];
  readonly workMasterId?: string;
  /** By the order in which they were stored. */
  readonly direction: 'oldest-first' | 'newest-first';
  /** `next` of the page before. */
  readonly after?: number;
  /** 1..200. */
  readonly limit: number;
}

export interface OrderPage {
  readonly orders: readonly StoredOrder[];
  /** Where the next page begins; undefined: there is none. A page ends early when its orders are long (1 MiB of JSON). */
  readonly next: number | undefined;
  /** Orders of these states, on all pages; `workMasterId` is not looked at. */
  readonly total: number;
}

/** Which orders are asked what lists are made by. */
export interface ListedQuery {
  /** `next` of the page before; 0: from the first. */
  readonly after: number;
  /** 1..5000. */
  readonly limit: number;
}

/** Of an order, what lists are filtered and ordered by. */
export interface ListedOrder extends Pick<JobRecord, 'state' | 'substate' | 'storedAt' | 'startTime' | 'endTime'> {
  readonly jobOrderId: string;
  readonly workMasterId: string;
  readonly priority: number;
}

export interface ListedPage {
  readonly orders: readonly ListedOrder[];
  /** Where the next page begins; undefined: there is none. */
  readonly next: number | undefined;
}

export interface JournalOrders {
  /** Orders that are neither ended nor aborted, the oldest first: what a control process that starts anew must be given. */
  open(): Promise<Result<readonly StoredOrder[], Fault>>;
  /** Undefined: no such order, or it is not kept any more. */
  get(jobOrderId: string): Promise<Result<StoredOrder | undefined, Fault>>;
  /** As `get`, of each of at most 200, in their order. */
  getAll(jobOrderIds: readonly string[]): Promise<Result<readonly (StoredOrder | undefined)[], Fault>>;
  list(query: OrderQuery): Promise<Result<OrderPage, Fault>>;
  /** What lists are made by, of all orders that had ended when the journal was opened; of others perhaps too. The oldest first. */
  listed(query: ListedQuery): Promise<Result<ListedPage, Fault>>;
}

/** An event with its number. */
export interface JournalEvent {
  readonly position: JournalPosition;
  readonly epoch: string;
  readonly event: CellEvent;
}

export interface EventPage {
  readonly events: readonly JournalEvent[];
  /** To go on after this page; equal to the head of the journal when there is nothing more now. */
  readonly position: JournalPosition;
  readonly more: boolean;
}

/** Which events are asked for. */
export interface EventQuery {
  readonly position: JournalPosition;
  /** 1..1000. */
  readonly limit: number;
  /** Only what tells of an order (`job`, `job-removed`): of one of these, or of any when the list is empty. Absent: all events. */
  readonly ofOrders?: readonly string[];
}

export interface JournalEvents {
  /** Position of the newest event; 0: there is none. */
  head(): Promise<Result<JournalPosition, Fault>>;
  /**
   * Events after `position`, the oldest first, at most `limit`; a page may end sooner. `job` events carry the record as it was
   * then; those of orders that are not kept any more, or were removed, are left out.
   * @returns fault 6508 when events after `position` are not kept any more, or the journal has not come so far
   */
  since(query: EventQuery): Promise<Result<EventPage, Fault>>;
  /** The newest sequence of a run of control that is on disk; 0: none. What control keeps up to it may be dropped. */
  storedThrough(epoch: string): Promise<Result<number, Fault>>;
}

/** A result that is to be pushed to a receiver until it acknowledges. */
export interface ResponseDraft {
  /** Name of the receiver, as configured. */
  readonly receiver: string;
  readonly jobOrderId: string;
  readonly time: EpochMs;
  /** Of the order that it tells of: one stored anew under the id ends at another time. Null: not known. */
  readonly endTime: EpochMs | null;
  /** Of the event that it tells of: with an event that the journal has already it is skipped. */
  readonly sequence?: number;
}

/** One that waits. */
export interface PendingResponse extends Omit<ResponseDraft, 'sequence'> {
  /** Unique in the journal, growing. */
  readonly id: number;
  readonly attempts: number;
  /** Not to be tried before. */
  readonly notBefore: EpochMs;
  /** Why the last attempt failed; empty before the first. */
  readonly lastError: string;
}

export interface JournalResponses {
  /** Those with ids after `after`, the oldest first, at most `limit` (1..1000). */
  pending(after: number, limit: number): Promise<Result<readonly PendingResponse[], Fault>>;
  /** An attempt failed. Unknown ids: nothing. */
  attempted(id: number, outcome: { readonly notBefore: EpochMs; readonly error: string }): Promise<Result<void, Fault>>;
  /** The receiver has it. Unknown ids: nothing. */
  acknowledge(id: number): Promise<Result<void, Fault>>;
}

export interface JournalAudit {
  /** Records after `seq`, the oldest first, at most `limit` (1..1000). */
  since(seq: number, limit: number): Promise<Result<readonly AuditRecord[], Fault>>;
  /** The newest record: kept elsewhere, it shows later that nothing was cut off. */
  head(): Promise<Result<AuditHead, Fault>>;
}

/** A text under a name. */
export interface JournalNote {
  /** 1..256 characters. */
  readonly name: string;
  /** At most 262,144 characters. */
  readonly text: string;
}

/** What is to be under a name; null: nothing. */
export interface NoteChange extends Pick<JournalNote, 'name'> {
  readonly text: string | null;
}

/** What a cell has to remember besides orders, such as which work masters are retired; kept with a batch. */
export interface JournalNotes {
  /** All whose names begin with `prefix`, by name. */
  list(prefix: string): Promise<Result<readonly JournalNote[], Fault>>;
}

/** `refusing`: nothing is accepted, and what was asked meanwhile got `fault`; reading goes on where the disk allows it. */
export type JournalState = { readonly kind: 'ready' } | { readonly kind: 'refusing'; readonly fault: Fault };

/** An open journal. */
export interface JournalPort {
  /** Random, 32 hex digits: a resume token of another journal is told by it. */
  readonly id: string;
  /**
   * Resolves once the batch is on disk (commit and sync), and then everything appended earlier is on disk too. On a fault the
   * caller must not acknowledge; the batch may be on disk all the same, so it is asked again with the same events and
   * request ids. Bounded: 6504 when too much waits, 6511 when the batch alone is too long (1 MiB of JSON). Rejects never.
   */
  append(batch: JournalBatch, urgency: Urgency): Promise<Result<Stored, Fault>>;
  readonly orders: JournalOrders;
  readonly events: JournalEvents;
  readonly responses: JournalResponses;
  readonly audit: JournalAudit;
  readonly notes: JournalNotes;
  /** The first answer to a request; undefined: it is not known. */
  findAnswer(
    request: Pick<LedgerEntry, 'identity' | 'method' | 'requestId'>,
  ): Promise<Result<LedgerEntry | undefined, Fault>>;
  readonly state: JournalState;
  /** Hears every change of the state. @returns a function that ends it */
  listen(listener: (state: JournalState) => void): () => void;
  /** What waits is committed first. Afterwards everything is answered with 6510. */
  close(): Promise<void>;
}
