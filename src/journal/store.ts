// The journal itself, synchronous: one transaction per group of batches, and the queries. Runs in the worker, where a slow disk
// holds up nobody.
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { AuditHead, AuditRecord } from '../core/audit.ts';
import type {
  EventPage,
  EventQuery,
  JournalBatch,
  JournalNote,
  LedgerEntry,
  OrderPage,
  OrderQuery,
  PendingResponse,
  Stored,
  StoredOrder,
} from '../ports/journal.ts';
import { Applier } from './applier.ts';
import type { BootTime } from './audit-chain.ts';
import { AuditTable } from './audit-table.ts';
import { writeBatch, writtenAnswer } from './batch-text.ts';
import { EventLog } from './event-log.ts';
import { Ledger } from './ledger.ts';
import { listNotes } from './notes.ts';
import { OrderTable } from './order-table.ts';
import type { OwnFiles } from './own-files.ts';
import { type BatchText, type Run, readRuns, writeTurn } from './pack.ts';
import { ResponseTable } from './response-table.ts';
import type { BodyStyle } from './row-body.ts';
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
  readonly files: OwnFiles;
}

/** A journal that is open, migrated and whole. After anything is thrown by `commit`, it must be closed and opened again. */
export class JournalStore {
  readonly #db: DatabaseSync;
  readonly #guard: DatabaseSync;
  readonly #files: OwnFiles;
  readonly #orders: OrderTable;
  readonly #tail: Tail;
  readonly #log: EventLog;
  readonly #ledger: Ledger;
  readonly #retention: Retention;
  readonly id: string;
  readonly #audit: AuditTable;
  readonly #responses: ResponseTable;
  readonly #applier: Applier;
  #diskMs = 0;

  constructor({ db, guard, files }: Connections, retention: Retention, boot: () => BootTime) {
    this.#db = db;
    this.#guard = guard;
    this.#files = files;
    this.#retention = retention;
    this.id = String(db.prepare(`SELECT value FROM meta WHERE name = 'id'`).get()?.['value'] ?? '');
    this.#tail = new Tail(db);
    this.#log = new EventLog(db, this.#tail);
    this.#orders = new OrderTable(db, this.#log);
    this.#ledger = new Ledger(db);
    for (const { ledger } of this.#tail.entries) for (const entry of ledger) this.#ledger.keep(writtenAnswer(entry));
    this.#audit = new AuditTable(db, this.#tail, boot);
    this.#responses = new ResponseTable(db);
    this.#applier = new Applier(db, {
      log: this.#log,
      orders: this.#orders,
      ledger: this.#ledger,
      audit: this.#audit,
      responses: this.#responses,
    });
  }

  get position(): number {
    return this.#log.position;
  }

  /** Number of its file in the file system. */
  get inode(): bigint {
    return this.#files.inode;
  }

  get orders(): OrderTable {
    return this.#orders;
  }

  /** Makes all of it durable, or nothing. @returns where each batch stands. @throws what SQLite throws */
  commit(batches: readonly JournalBatch[]): readonly Stored[] {
    const { texts, pack } = writeTurn(batches.map(writeBatch));
    return this.commitWritten(texts.map((text) => ({ text, pack })));
  }

  /** The same of batches that are text. A pack is there as a whole. */
  commitWritten(texts: readonly BatchText[]): readonly Stored[] {
    const runs = readRuns(texts);
    return this.#writing(() => this.#commit(runs));
  }

  #commit(runs: readonly Run[]): readonly Stored[] {
    this.#db.exec('BEGIN IMMEDIATE');
    const isMany =
      runs.flatMap(({ batches }) => batches).reduce((sum, { answers }) => sum + answers.length, 0) > ANSWERS_MANY;
    const positions = isMany ? this.#applier.applyMany(runs) : this.#applier.apply(runs);
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

  /** @throws DisplacedError: what was written is not in the files that will be found */
  #writing<T>(write: () => T): T {
    this.#files.requireUntouched();
    const written = write();
    this.#files.noteWrite();
    return written;
  }

  /** Its files are there, as they were left. @throws DisplacedError */
  look(): void {
    this.#files.requireUntouched();
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

  #isLong(): boolean {
    const { eventsMax, endedOrdersMax } = this.#retention;
    return this.#log.isLong(eventsMax, this.#orders.oldestNeeded() + 1) || this.#orders.isLong(endedOrdersMax);
  }

  #trim(): void {
    this.#log.trim(this.#retention.eventsMax, this.#orders.oldestNeeded() + 1);
    this.#log.ordersGone(this.#orders.trim(this.#retention.endedOrdersMax, this.#log.position));
    this.#ledger.trim(this.#retention);
  }

  /** What was committed last goes to its tables; the disk has taken a write and confirmed it. @throws what SQLite throws */
  probe(): void {
    this.#writing(() => {
      this.#db.exec('BEGIN IMMEDIATE');
      setMeta(this.#db, 'probe', randomBytes(4).toString('hex'));
      this.#takeGroup();
      this.#settle('short');
      this.#db.exec('COMMIT');
    });
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

  pendingResponses(after: number, limit: number): readonly PendingResponse[] {
    return this.#responses.pending(after, limit);
  }

  attempted(id: number, outcome: { readonly notBefore: number; readonly error: string }): void {
    this.#writing(() => this.#responses.attempted(id, outcome));
  }

  acknowledge(id: number): void {
    this.#writing(() => this.#responses.acknowledge(id));
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

  /** Ends after a failure: nothing more is written, and the write-ahead log stays as it is. Of one that was removed all is written back. */
  abandon(): void {
    if (this.#files.isOnlyLogGone) this.#db.exec('PRAGMA wal_checkpoint(FULL)');
    this.#db.close();
    this.#guard.close();
  }
}
