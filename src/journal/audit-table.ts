// The audit trail on disk. A row holds the records of one commit.
import type { DatabaseSync } from 'node:sqlite';
import type { AuditHead, AuditRecord } from '../core/audit.ts';
import type { JsonValue } from '../ports/journal.ts';
import { type BootTime, CHAIN_START, type ChainedRecord, chain } from './audit-chain.ts';
import { openBody, sealText } from './row-body.ts';
import { DamageError, prepared } from './sqlite.ts';
import type { Tail } from './tail.ts';

export class AuditTable {
  readonly #db: DatabaseSync;
  readonly #boot: () => BootTime;
  #now: BootTime | undefined;
  /** Not in the table yet. */
  #pending: Pick<ChainedRecord, 'whole' | 'following'>[] = [];
  /** Of the running transaction. */
  #group: ChainedRecord[] = [];
  #head: AuditHead = CHAIN_START;

  readonly #tail: Tail;

  constructor(db: DatabaseSync, tail: Tail, boot: () => BootTime) {
    this.#db = db;
    this.#tail = tail;
    this.#boot = boot;
    for (const { seq, hash } of recordsIn(db, 'ORDER BY seq DESC LIMIT 1')) this.#head = { seq, hash };
    for (const record of recordsOf(tail)) {
      this.#pending.push(written(record));
      this.#head = { seq: record.seq, hash: record.hash };
    }
  }

  /** Of the newest record, those included that the running transaction has added. */
  get head(): AuditHead {
    return this.#head;
  }

  /** @param pieces see `writeDraft` */
  add(pieces: readonly string[]): void {
    this.#now ??= this.#boot();
    const record = chain(this.#head, pieces, this.#now);
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
    const isFirst = this.#tail.entries.every(({ audit }) => audit.length === 0);
    const texts = group.map(({ whole, following }, index) => (isFirst && index === 0 ? whole : following));
    return texts.map((text) => JSON.parse(text) as AuditRecord);
  }

  /** Writes what was added to its table. Inside a transaction. */
  write(): void {
    // Of a transaction that goes to the tables as a whole nothing is taken.
    this.#group = [];
    this.#now = undefined;
    const [first, ...rest] = this.#pending;
    if (first === undefined) return;
    const { seq } = this.#head;
    // Within a row the hash of the one before need not be said again.
    const records = [first.whole, ...rest.map(({ following }) => following)];
    const body = sealText(['audit', seq], `[${records.join(',')}]`);
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
    const seq = Number(row['seq']);
    const records = openBody(['audit', seq], row['body']);
    if (!areRecords(records)) throw new DamageError(`audit ${seq}`, 'these are no records');
    yield* whole(records);
  }
}

/** As far as reading them needs: what is in them is for the chain to say. */
function areRecords(content: JsonValue): content is JsonValue & readonly AuditRecord[] {
  const isRecord = (each: JsonValue): boolean => typeof each === 'object' && each !== null && !Array.isArray(each);
  return Array.isArray(content) && content.length > 0 && content.every(isRecord);
}

/** Rows whose place says another record than the one that they end with, the oldest first. @throws DamageError */
export function* misplacedRows(db: DatabaseSync): Generator<{ readonly seq: number; readonly last: number }> {
  for (const row of db.prepare('SELECT seq FROM audit ORDER BY seq').iterate()) {
    const seq = Number(row['seq']);
    let last = 0;
    for (const record of recordsIn(db, 'WHERE seq = ?', seq)) last = record.seq;
    if (last !== seq) yield { seq, last };
  }
}

function written(record: AuditRecord): Pick<ChainedRecord, 'whole' | 'following'> {
  return { whole: JSON.stringify(record), following: JSON.stringify({ ...record, prevHash: '' }) };
}

function* whole(records: readonly AuditRecord[]): Generator<AuditRecord> {
  let before = '';
  for (const record of records) {
    yield record.prevHash === '' ? { ...record, prevHash: before } : record;
    before = record.hash;
  }
}
