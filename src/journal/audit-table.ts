// The audit trail on disk. A row holds the records of one commit.
import type { DatabaseSync } from 'node:sqlite';
import type { AuditDraft, AuditHead, AuditRecord } from '../core/audit.ts';
import type { JsonValue } from '../ports/journal.ts';
import { type BootTime, CHAIN_START, chain } from './audit-chain.ts';
import { openBody, sealBody } from './row-body.ts';
import { prepared } from './sqlite.ts';
import type { Tail } from './tail.ts';

export class AuditTable {
  readonly #db: DatabaseSync;
  readonly #boot: () => BootTime;
  #now: BootTime | undefined;
  /** Not in the table yet. */
  #pending: AuditRecord[] = [];
  /** Of the running transaction. */
  #group: AuditRecord[] = [];
  #head: AuditHead = CHAIN_START;

  readonly #tail: Tail;

  constructor(db: DatabaseSync, tail: Tail, boot: () => BootTime) {
    this.#db = db;
    this.#tail = tail;
    this.#boot = boot;
    for (const { seq, hash } of recordsIn(db, 'ORDER BY seq DESC LIMIT 1')) this.#head = { seq, hash };
    for (const record of recordsOf(tail)) {
      this.#pending.push(record);
      this.#head = { seq: record.seq, hash: record.hash };
    }
  }

  /** Of the newest record, those included that the running transaction has added. */
  get head(): AuditHead {
    return this.#head;
  }

  add(draft: AuditDraft): void {
    this.#now ??= this.#boot();
    const record = chain(this.#head, draft, this.#now);
    this.#pending.push(record);
    this.#group.push(record);
    this.#head = { seq: record.seq, hash: record.hash };
  }

  /** @returns what was added since the last time, as it is kept */
  takeGroup(): readonly AuditRecord[] {
    const group = this.#group;
    this.#group = [];
    this.#now = undefined;
    // After others in the tail the first of them follows the last of those.
    return this.#tail.entries.every(({ audit }) => audit.length === 0)
      ? shortened(group)
      : group.map((record) => ({ ...record, prevHash: '' }));
  }

  /** Writes what was added to its table. Inside a transaction. */
  write(): void {
    if (this.#pending.length === 0) return;
    const { seq } = this.#head;
    const body = sealBody(['audit', seq], shortened(this.#pending) as unknown as JsonValue);
    prepared(this.#db, 'INSERT INTO audit (seq, body) VALUES (?, ?)').run(seq, body);
    this.#pending = [];
  }

  since(seq: number, limit: number): readonly AuditRecord[] {
    const found: AuditRecord[] = [];
    for (const record of auditRecords(this.#db, this.#tail, seq)) {
      if (found.length === limit) break;
      found.push(record);
    }
    return found;
  }
}

/** Records after `seq`, the oldest first. @throws DamageError */
export function* auditRecords(db: DatabaseSync, tail: Tail, seq: number): Generator<AuditRecord> {
  for (const record of recordsIn(db, 'WHERE seq > ? ORDER BY seq', seq)) if (record.seq > seq) yield record;
  for (const record of recordsOf(tail)) if (record.seq > seq) yield record;
}

function* recordsOf(tail: Tail): Generator<AuditRecord> {
  yield* whole(tail.entries.flatMap(({ audit }) => audit));
}

function* recordsIn(db: DatabaseSync, which: string, ...parameters: number[]): Generator<AuditRecord> {
  for (const row of db.prepare(`SELECT seq, body FROM audit ${which}`).iterate(...parameters)) {
    const records = openBody(['audit', Number(row['seq'])], row['body'] as Uint8Array);
    yield* whole(records as unknown as readonly AuditRecord[]);
  }
}

/** Within a row the hash of the one before need not be said again. */
function shortened(records: readonly AuditRecord[]): readonly AuditRecord[] {
  return records.map((record, index) => (index === 0 ? record : { ...record, prevHash: '' }));
}

function* whole(records: readonly AuditRecord[]): Generator<AuditRecord> {
  let before = '';
  for (const record of records) {
    yield record.prevHash === '' ? { ...record, prevHash: before } : record;
    before = record.hash;
  }
}
