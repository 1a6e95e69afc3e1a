// Requests that were answered, by who asked what under which id.
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { JsonValue, LedgerEntry } from '../ports/journal.ts';
import { openBody, sealBody } from './row-body.ts';

type RequestKey = Pick<LedgerEntry, 'identity' | 'method' | 'requestId'>;

/** Rows removed with one group at most. */
const TRIM_ROWS = 64;
/** How far over its bound the table may be before rows are removed. */
const TRIM_SLACK = 256;

export class Ledger {
  readonly #db: DatabaseSync;
  readonly #seqs = new Map<string, number>();
  #next = 1;

  constructor(db: DatabaseSync) {
    this.#db = db;
    for (const row of db.prepare('SELECT seq, key FROM ledger ORDER BY seq').iterate()) {
      this.#seqs.set(String(row['key']), Number(row['seq']));
      this.#next = Number(row['seq']) + 1;
    }
  }

  /** Keeps an answer; the first under a key stays. Inside a transaction. */
  keep(entry: LedgerEntry): void {
    const key = keyOf(entry);
    if (this.#seqs.has(key)) return;
    const seq = this.#next;
    const body = sealBody(['ledger', seq, entry.time, key], entry as unknown as JsonValue);
    const insert = this.#db.prepare('INSERT INTO ledger (seq, time, key, body) VALUES (?, ?, ?, ?)');
    insert.run(seq, entry.time, key, body);
    this.#seqs.set(key, seq);
    this.#next += 1;
  }

  find(request: RequestKey): LedgerEntry | undefined {
    const key = keyOf(request);
    const seq = this.#seqs.get(key);
    const row = seq === undefined ? undefined : this.#db.prepare('SELECT * FROM ledger WHERE seq = ?').get(seq);
    if (row === undefined) return undefined;
    return openBody(
      ['ledger', Number(row['seq']), Number(row['time']), key],
      row['body'] as Uint8Array,
    ) as unknown as LedgerEntry;
  }

  /** Removes the oldest over the bound; the newest always stays, so that no number comes twice. Inside a transaction. */
  trim(requestsMax: number): void {
    if (this.#seqs.size <= requestsMax + TRIM_SLACK) return;
    const remove = this.#db.prepare('DELETE FROM ledger WHERE seq = ?');
    let excess = Math.min(TRIM_ROWS * 8, this.#seqs.size - Math.max(1, requestsMax));
    for (const [key, seq] of this.#seqs) {
      if (excess <= 0) return;
      remove.run(seq);
      this.#seqs.delete(key);
      excess -= 1;
    }
  }
}

/** 96 bits of a hash: short on disk, and nobody finds two requests with the same. */
function keyOf({ identity, method, requestId }: RequestKey): string {
  const text = JSON.stringify([identity, method, requestId]);
  return createHash('sha256').update(text).digest().subarray(0, 12).toString('base64url');
}
