// The audit trail on disk. A row holds the records of one commit.
import type { DatabaseSync } from 'node:sqlite';
import type { AuditDraft, AuditHead, AuditRecord } from '../core/audit.ts';
import type { JsonValue } from '../ports/journal.ts';
import { type BootTime, CHAIN_START, chain } from './audit-chain.ts';
import { openBody, sealBody } from './row-body.ts';
import { prepared } from './sqlite.ts';

export class AuditTable {
  readonly #db: DatabaseSync;
  readonly #boot: () => BootTime;
  #now: BootTime | undefined;
  #pending: AuditRecord[] = [];
  #head: AuditHead = CHAIN_START;

  constructor(db: DatabaseSync, boot: () => BootTime) {
    this.#db = db;
    this.#boot = boot;
    for (const { seq, hash } of recordsIn(db, 'ORDER BY seq DESC LIMIT 1')) this.#head = { seq, hash };
  }

  /** Of the newest record, those included that the running transaction has added. */
  get head(): AuditHead {
    return this.#head;
  }

  add(draft: AuditDraft): void {
    this.#now ??= this.#boot();
    const record = chain(this.#head, draft, this.#now);
    this.#pending.push(record);
    this.#head = { seq: record.seq, hash: record.hash };
  }

  /** Writes what was added. Inside a transaction. */
  write(): void {
    if (this.#pending.length === 0) return;
    const { seq } = this.#head;
    const body = sealBody(['audit', seq], shortened(this.#pending));
    prepared(this.#db, 'INSERT INTO audit (seq, body) VALUES (?, ?)').run(seq, body);
    this.#pending = [];
    this.#now = undefined;
  }

  since(seq: number, limit: number): readonly AuditRecord[] {
    const found: AuditRecord[] = [];
    for (const record of auditRecords(this.#db, seq)) {
      if (found.length === limit) break;
      found.push(record);
    }
    return found;
  }
}

/** Records after `seq`, the oldest first. @throws DamageError */
export function* auditRecords(db: DatabaseSync, seq: number): Generator<AuditRecord> {
  for (const record of recordsIn(db, 'WHERE seq > ? ORDER BY seq', seq)) if (record.seq > seq) yield record;
}

function* recordsIn(db: DatabaseSync, which: string, ...parameters: number[]): Generator<AuditRecord> {
  for (const row of db.prepare(`SELECT seq, body FROM audit ${which}`).iterate(...parameters)) {
    const records = openBody(['audit', Number(row['seq'])], row['body'] as Uint8Array);
    yield* whole(records as unknown as readonly AuditRecord[]);
  }
}

/** Within a row the hash of the one before need not be said again. */
function shortened([first, ...rest]: readonly AuditRecord[]): JsonValue {
  return [first, ...rest.map((record) => ({ ...record, prevHash: '' }))] as unknown as JsonValue;
}

function* whole(records: readonly AuditRecord[]): Generator<AuditRecord> {
  let before = '';
  for (const record of records) {
    yield record.prevHash === '' ? { ...record, prevHash: before } : record;
    before = record.hash;
  }
}
