// The journal itself, synchronous: one transaction per group of batches, and the queries. Runs in the worker, where a slow disk
// holds up nobody.
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { AuditHead, AuditRecord } from '../core/audit.ts';
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import type {
  EventPage,
  EventQuery,
  JournalBatch,
  JournalNote,
  JsonValue,
  LedgerEntry,
  OrderPage,
  OrderQuery,
  PendingResponse,
  ResponseDraft,
  Stored,
  StoredOrder,
} from '../ports/journal.ts';
import type { BootTime } from './audit-chain.ts';
import { AuditTable } from './audit-table.ts';
import { readBatch, type WrittenBatch, type WrittenEvent, writeBatch, writtenAnswer } from './batch-text.ts';
import { EventLog } from './event-log.ts';
import { Ledger } from './ledger.ts';
import type { ShortJobEvent } from './log-row.ts';
import { changeNote, listNotes } from './notes.ts';
import { OrderTable } from './order-table.ts';
import { type BodyStyle, openBody, sealBody } from './row-body.ts';
import { pragma, setMeta } from './schema.ts';
import { Tail, type TailEntry } from './tail.ts';

/** With so many answers a commit is of clients that wait: it goes to the tables at once, the shortest way for so much. */
const ANSWERS_MANY = 8;

/** How much is kept. What is over it goes, the oldest first, a little with every group that is committed. */
export interface Retention {
  /** Orders that have ended. @defaultValue 100,000 */
  readonly endedOrdersMax: number;
  /** Events for watches that resume. @defaultValue 1,000,000 */
  readonly eventsMax: number;
  /** Answered requests, whatever their age. @defaultValue 100,000 */
  readonly requestsMax: number;
  /**
   * Answered requests while those over `requestsMax` are younger than 24 h; with more of them even such go.
   * @defaultValue 250,000: three requests a second, for a whole day, in 25 MiB of memory
   */
  readonly youngRequestsMax: number;
}

export const RETENTION: Retention = {
  endedOrdersMax: 100_000,
  eventsMax: 1_000_000,
  requestsMax: 100_000,
  youngRequestsMax: 250_000,
};

/** `guard` only reads: SQLite writes the log back when the last connection closes, and a failed disk must not be written to. */
export interface Connections {
  readonly db: DatabaseSync;
  readonly guard: DatabaseSync;
}

/** A journal that is open, migrated and whole. After anything is thrown by `commit`, it must be closed and opened again. */
export class JournalStore {
  readonly #db: DatabaseSync;
  readonly #guard: DatabaseSync;
  readonly #orders: OrderTable;
  readonly #tail: Tail;
  readonly #log: EventLog;
  readonly #ledger: Ledger;
  readonly #retention: Retention;
  readonly id: string;
  readonly #audit: AuditTable;
  #diskMs = 0;

  constructor({ db, guard }: Connections, retention: Retention, boot: () => BootTime) {
    this.#db = db;
    this.#guard = guard;
    this.#retention = retention;
    this.id = String(db.prepare(`SELECT value FROM meta WHERE name = 'id'`).get()?.['value'] ?? '');
    this.#tail = new Tail(db);
    this.#log = new EventLog(db, this.#tail);
    this.#orders = new OrderTable(db, this.#log);
    this.#ledger = new Ledger(db);
    for (const { ledger } of this.#tail.entries) for (const entry of ledger) this.#ledger.keep(writtenAnswer(entry));
    this.#audit = new AuditTable(db, this.#tail, boot);
  }

  get position(): number {
    return this.#log.position;
  }

  get orders(): OrderTable {
    return this.#orders;
  }

  /** Makes all of it durable, or nothing. @returns where each batch stands. @throws what SQLite throws */
  commit(batches: readonly JournalBatch[]): readonly Stored[] {
    return this.commitWritten(batches.map(writeBatch));
  }

  /** The same of batches that are text. @see writeBatch */
  commitWritten(texts: readonly string[]): readonly Stored[] {
    const batches = texts.map(readBatch);
    this.#db.exec('BEGIN IMMEDIATE');
    const isMany = batches.reduce((sum, { answers }) => sum + answers.length, 0) > ANSWERS_MANY;
    // Undefined: nothing goes to the tables at once.
    const withRow = isMany ? this.#orders.withRow(batches.flatMap(firstOrders)) : undefined;
    const positions = batches.map((batch) => this.#apply(batch, withRow));
    if (isMany) this.#settle('fast');
    else {
      const entry = this.#takeGroup();
      if (this.#isLong() || !this.#tail.add(entry)) this.#settle('short');
    }
    const begun = performance.now();
    this.#db.exec('COMMIT');
    this.#diskMs = performance.now() - begun;
    return positions;
  }

  /** How long the disk took for the last commit, ms. */
  get diskMs(): number {
    return this.#diskMs;
  }

  #takeGroup(): TailEntry {
    const log = this.#log.takeGroup(this.#audit.head.seq, this.#orders.oldestNeeded());
    return { log, ledger: this.#ledger.takeGroup(), audit: this.#audit.takeGroup() };
  }

  /** Puts all that is not in the tables there. Inside a transaction. */
  #settle(style: BodyStyle): void {
    this.#audit.write();
    this.#ledger.write();
    this.#orders.write();
    this.#log.write(this.#audit.head.seq, this.#orders.oldestNeeded(), style);
    this.#tail.clear();
    this.#trim();
  }

  #apply(batch: WrittenBatch, withRow: ReadonlySet<string> | undefined): Stored {
    const { position } = this.#log;
    const before = this.#log.storedThrough(batch.epoch);
    for (const { sequence, pieces } of batch.audit) {
      if (sequence === undefined || sequence > before) this.#audit.add(pieces);
    }
    for (const event of batch.events) {
      if (event.sequence <= this.#log.storedThrough(batch.epoch)) continue;
      if (withRow === undefined) this.#log.add(batch.epoch, ...this.#keep(event));
      else if (this.#keepFirst(event, withRow)) this.#log.addFirstToTable(batch.epoch, event);
      else this.#log.addToTable(batch.epoch, ...this.#keep(event));
    }
    for (const answer of batch.answers) this.#ledger.keep(answer);
    for (const { sequence, ...draft } of batch.responses) {
      if (sequence === undefined || sequence > before) this.#queue(draft);
    }
    for (const note of batch.notes) changeNote(this.#db, note);
    return { position: this.#log.position, before: position };
  }

  #keepFirst({ jobOrderId, body }: WrittenEvent, withRow: ReadonlySet<string>): boolean {
    if (jobOrderId === '' || withRow.has(jobOrderId)) return false;
    return this.#orders.keepFirst(jobOrderId, body, this.#log.position + 1);
  }

  /** @returns the event, and its short form if it is of an order */
  #keep({ sequence, at, time, body: json }: WrittenEvent): readonly [CellEvent, ShortJobEvent | undefined] {
    const body = JSON.parse(json) as CellEventBody;
    if (body.kind === 'job-removed') this.#orders.remove(body.record.order.jobOrderId);
    const job = body.kind === 'job' ? this.#orders.keep(body, this.#log.position + 1) : undefined;
    return [{ sequence, at, time, body }, job];
  }

  #queue(draft: Omit<ResponseDraft, 'sequence'>): void {
    const { lastInsertRowid } = this.#db.prepare('INSERT INTO responses (body) VALUES (?)').run(Buffer.alloc(0));
    this.#writeResponse(Number(lastInsertRowid), { ...draft, attempts: 0, notBefore: 0, lastError: '' });
  }

  #writeResponse(id: number, value: JsonValue): void {
    this.#db.prepare('UPDATE responses SET body = ? WHERE id = ?').run(sealBody(['responses', id], value), id);
  }

  #isLong(): boolean {
    const { eventsMax, endedOrdersMax } = this.#retention;
    return this.#log.isLong(eventsMax, this.#orders.oldestNeeded() + 1) || this.#orders.isLong(endedOrdersMax);
  }

  #trim(): void {
    this.#log.trim(this.#retention.eventsMax, this.#orders.oldestNeeded() + 1);
    this.#orders.trim(this.#retention.endedOrdersMax);
    this.#ledger.trim(this.#retention);
  }

  /** What was committed last goes to its tables; the disk has taken a write and confirmed it. @throws what SQLite throws */
  probe(): void {
    this.#db.exec('BEGIN IMMEDIATE');
    setMeta(this.#db, 'probe', randomBytes(4).toString('hex'));
    this.#takeGroup();
    this.#settle('short');
    this.#db.exec('COMMIT');
  }

  list(query: OrderQuery): OrderPage {
    return this.#orders.list(query);
  }

  get(jobOrderId: string): StoredOrder | undefined {
    return this.#orders.find(jobOrderId);
  }

  /** Undefined: not kept any more, or not yet there. */
  since(query: EventQuery): EventPage | undefined {
    return this.#log.since(query, this.#orders);
  }

  storedThrough(epoch: string): number {
    return this.#log.storedThrough(epoch);
  }

  findAnswer(request: Pick<LedgerEntry, 'identity' | 'method' | 'requestId'>): LedgerEntry | undefined {
    return this.#ledger.find(request);
  }

  pendingResponses(limit: number): readonly PendingResponse[] {
    const rows = this.#db.prepare('SELECT id, body FROM responses ORDER BY id LIMIT ?').all(limit);
    return rows.map((row) => ({ ...this.#responseOf(row), id: Number(row['id']) }));
  }

  #responseOf(row: Readonly<Record<string, unknown>>): Omit<PendingResponse, 'id'> {
    const body = openBody(['responses', Number(row['id'])], row['body'] as Uint8Array);
    return body as unknown as Omit<PendingResponse, 'id'>;
  }

  attempted(id: number, outcome: { readonly notBefore: number; readonly error: string }): void {
    const row = this.#db.prepare('SELECT id, body FROM responses WHERE id = ?').get(id);
    if (row === undefined) return;
    const before = this.#responseOf(row);
    const { notBefore, error } = outcome;
    const after = { ...before, attempts: before.attempts + 1, notBefore, lastError: error.slice(0, 1_000) };
    this.#writeResponse(id, after);
  }

  acknowledge(id: number): void {
    this.#db.prepare('DELETE FROM responses WHERE id = ?').run(id);
  }

  notes(prefix: string): readonly JournalNote[] {
    return listNotes(this.#db, prefix);
  }

  auditSince(seq: number, limit: number): readonly AuditRecord[] {
    return this.#audit.since(seq, limit);
  }

  get auditHead(): AuditHead {
    return this.#audit.head;
  }

  /** Size of the file, bytes, without what is still in the write-ahead log. */
  get bytes(): number {
    return pragma(this.#db, 'page_count') * pragma(this.#db, 'page_size');
  }

  /** Ends an orderly run: the write-ahead log is written back and removed. */
  close(): void {
    this.#guard.close();
    this.#db.close();
  }

  /** Ends after a failure: nothing more is written, and the write-ahead log stays as it is. */
  abandon(): void {
    this.#db.close();
    this.#guard.close();
  }
}

/** Orders that may be new with this batch. */
function firstOrders({ events }: WrittenBatch): readonly string[] {
  return events.flatMap(({ jobOrderId }) => (jobOrderId === '' ? [] : [jobOrderId]));
}
