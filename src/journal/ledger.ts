// Requests that were answered, by who asked what under which id. A row holds those of one commit.
import type { DatabaseSync } from 'node:sqlite';
import type { LedgerEntry } from '../ports/journal.ts';
import { KEY_CHARS, requestKey, type WrittenAnswer } from './batch-text.ts';
import { openBody, type RowKey, sealPacked, sealText } from './row-body.ts';
import { prepared } from './sqlite.ts';

type RequestKey = Pick<LedgerEntry, 'identity' | 'method' | 'requestId'>;

/** For so long an answer is kept while there is room: clients that were cut off have come back by then (AIP-155). */
const KEPT_MS = 24 * 60 * 60 * 1_000;
/** Rows removed with one group at most, and how far over its bound the table may be before. */
const TRIM_ROWS = 512;
const TRIM_SLACK = 256;

/** How many answers are kept. */
export interface LedgerBounds {
  /** Whatever their age. */
  readonly requestsMax: number;
  /** Those younger than 24 h, when there are more. @see Retention */
  readonly youngRequestsMax: number;
}

export class Ledger {
  readonly #db: DatabaseSync;
  /** Row of each request, the oldest first. */
  readonly #rows = new Map<string, number>();
  #pending = new Map<string, string>();
  /** Of the running transaction. */
  #group: string[] = [];
  #last = 0;
  /** Of the newest answer. */
  #newest = 0;
  /** Time of the newest answer in a row: asked again with every group while that row is the oldest. */
  #timed = { seq: 0, time: 0 };

  constructor(db: DatabaseSync) {
    this.#db = db;
    for (const row of db.prepare('SELECT seq, keys FROM ledger ORDER BY seq').iterate()) {
      this.#last = Number(row['seq']);
      for (const key of keysOf(String(row['keys']))) this.#rows.set(key, this.#last);
    }
  }

  /** Keeps an answer; the first under a key stays. */
  keep({ key, time, entry }: WrittenAnswer): void {
    if (this.#has(key)) return;
    this.#pending.set(key, entry);
    this.#group.push(entry);
    this.#newest = time;
  }

  /** Whether all of these are new, and each is there once. */
  isNew(keys: readonly string[]): boolean {
    return new Set(keys).size === keys.length && !keys.some((key) => this.#has(key));
  }

  #has(key: string): boolean {
    return this.#rows.has(key) || this.#pending.has(key);
  }

  /** Writes new answers as a row of their own. Inside a transaction. @param packed JSON array of their entries, see `packText` */
  writePacked(answers: readonly WrittenAnswer[], packed: Uint8Array): void {
    this.write();
    this.#newest = answers.at(-1)?.time ?? this.#newest;
    this.#insert(
      answers.map(({ key }) => key),
      (key) => sealPacked(key, packed),
    );
  }

  /** @returns what was kept since the last time */
  takeGroup(): readonly LedgerEntry[] {
    const group = this.#group;
    this.#group = [];
    return group.map(entryOf);
  }

  /** Writes what was kept to its table. Inside a transaction. */
  write(): void {
    // Of a transaction that goes to the tables as a whole nothing is taken.
    this.#group = [];
    if (this.#pending.size === 0) return;
    const json = `[${[...this.#pending.values()].join(',')}]`;
    this.#insert([...this.#pending.keys()], (key) => sealText(key, json));
    // Not cleared: see OrderTable.
    this.#pending = new Map();
  }

  #insert(added: readonly string[], seal: (key: RowKey) => Buffer): void {
    const [seq, keys] = [this.#last + added.length, added.join('')];
    prepared(this.#db, 'INSERT INTO ledger (seq, keys, body) VALUES (?, ?, ?)').run(
      seq,
      keys,
      seal(['ledger', seq, keys]),
    );
    // Of the column, not as they came: a part of a text keeps the whole text, and here that is all that came with the request.
    for (const key of keysOf(keys)) this.#rows.set(key, seq);
    this.#last = seq;
  }

  find(request: RequestKey): LedgerEntry | undefined {
    const key = requestKey(request);
    const pending = this.#pending.get(key);
    if (pending !== undefined) return entryOf(pending);
    const seq = this.#rows.get(key);
    if (seq === undefined) return undefined;
    const { keys, entries } = this.#read(seq);
    return entries[keys.indexOf(key)];
  }

  #read(seq: number): { readonly keys: readonly string[]; readonly entries: readonly LedgerEntry[] } {
    const row = prepared(this.#db, 'SELECT * FROM ledger WHERE seq = ?').get(seq) ?? {};
    const entries = openBody(ledgerKey(row), row['body']) as unknown as readonly LedgerEntry[];
    return { keys: keysOf(String(row['keys'])), entries };
  }

  /** Removes the oldest over the bounds; the newest row always stays, so that no number comes twice. Inside a transaction. */
  trim(bounds: LedgerBounds): void {
    if (this.#rows.size <= bounds.requestsMax + TRIM_SLACK) return;
    const remove = prepared(this.#db, 'DELETE FROM ledger WHERE seq = ?');
    let [removed, row] = [0, 0];
    for (const [key, seq] of this.#rows) {
      if (seq !== row) {
        if (seq === this.#last || removed === TRIM_ROWS || !this.#isTooMuch(seq, bounds)) return;
        remove.run(seq);
        removed += 1;
        row = seq;
      }
      this.#rows.delete(key);
    }
  }

  /** Whether the oldest row goes. The time is that of the newest answer: a clock that was set back only keeps them longer. */
  #isTooMuch(seq: number, { requestsMax, youngRequestsMax }: LedgerBounds): boolean {
    if (this.#rows.size > youngRequestsMax) return true;
    return this.#rows.size > requestsMax && this.#timeOf(seq) <= this.#newest - KEPT_MS;
  }

  #timeOf(seq: number): number {
    if (this.#timed.seq !== seq) {
      const times = this.#read(seq).entries.map(({ time }) => time);
      this.#timed = { seq, time: Math.max(...times) };
    }
    return this.#timed.time;
  }
}

/** What a row of the ledger is sealed with. */
export function ledgerKey(row: Readonly<Record<string, unknown>>): RowKey {
  return ['ledger', Number(row['seq']), String(row['keys'])];
}

function keysOf(keys: string): readonly string[] {
  return Array.from({ length: keys.length / KEY_CHARS }, (_, at) => keys.slice(at * KEY_CHARS, (at + 1) * KEY_CHARS));
}

function entryOf(json: string): LedgerEntry {
  return JSON.parse(json) as LedgerEntry;
}
