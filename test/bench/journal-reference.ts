// SQLite with nothing around it: what a durable order takes at least, in whole groups, in the thread that makes the orders.
import type { DatabaseSync } from 'node:sqlite';
import { CHECKPOINT_PAGES, PAGE_BYTES } from '../../src/journal/schema.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JournalBatch } from '../../src/ports/journal.ts';
import { EventSource, submission } from '../support/journal-samples.ts';

/** What is written for an order. */
export interface Reference {
  readonly schema: string;
  /** @returns writes one order; `at` grows */
  readonly writer: (db: DatabaseSync) => (batch: JournalBatch, at: number) => void;
}

/** Everything as one row that nobody can find again: the least that SQLite can do. */
export const ONE_ROW: Reference = {
  schema: 'CREATE TABLE orders (id INTEGER PRIMARY KEY, body TEXT)',
  writer: (db) => {
    const insert = db.prepare('INSERT INTO orders (body) VALUES (?)');
    return (batch) => insert.run(JSON.stringify(batch));
  },
};

/**
 * The rows that an order needs: itself, found by its id, which no other has; its event, which refers to it; the answer to its request,
 * found by who asked what under which id; its record in the audit trail, whose hashes are there without being computed.
 */
export const ITS_ROWS: Reference = {
  schema: `CREATE TABLE orders (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE log (position INTEGER PRIMARY KEY, epoch TEXT NOT NULL, sequence INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE ledger (identity TEXT, method TEXT, request TEXT, digest TEXT, answer TEXT, time INTEGER,
      PRIMARY KEY (identity, method, request)) WITHOUT ROWID;
    CREATE TABLE audit (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL)`,
  writer: (db) => {
    const order = db.prepare('INSERT INTO orders VALUES (?, ?, ?, ?)');
    const log = db.prepare('INSERT INTO log VALUES (?, ?, ?, ?)');
    const ledger = db.prepare('INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)');
    const audit = db.prepare('INSERT INTO audit VALUES (?, ?, ?)');
    const hash = 'f'.repeat(64);
    return ({ epoch, events, ledger: answers = [], audit: drafts = [] }, at) => {
      for (const { sequence, time, at: monotonic, body } of events) {
        if (body.kind !== 'job') continue;
        const { jobOrderId } = body.record.order;
        order.run(at, jobOrderId, body.record.state, JSON.stringify(body.record));
        log.run(
          at,
          epoch,
          sequence,
          JSON.stringify({ time, at: monotonic, jobOrderId, revision: body.record.revision }),
        );
      }
      for (const { identity, method, requestId, digest, answer, time } of answers)
        ledger.run(identity, method, requestId, digest, JSON.stringify(answer), time);
      for (const draft of drafts) audit.run(at, JSON.stringify(draft), hash);
    };
  },
};

export interface ReferenceRun {
  /** Time for one order, ms. */
  readonly eachMs: number;
  /** Times of the commits, ms. */
  readonly commits: readonly number[];
}

/** A page that SQLite takes by itself, bytes. */
const ITS_PAGE_BYTES = 4_096;
/** A write-ahead log as long as the journal's. */
const ITS_CHECKPOINT_PAGES = (CHECKPOINT_PAGES * PAGE_BYTES) / ITS_PAGE_BYTES;

/** Orders in groups of `group`, for `runMs`; in the journal's mode, with the pages that SQLite takes by itself. */
export function runReference({ schema, writer }: Reference, path: string, group: number, runMs: number): ReferenceRun {
  const db = openDatabase(path);
  db.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${ITS_CHECKPOINT_PAGES}; ${schema}`,
  );
  const write = writer(db);
  const source = new EventSource();
  const commits: number[] = [];
  let count = 0;
  const begun = performance.now();
  let now = begun;
  while (now - begun < runMs) {
    db.exec('BEGIN IMMEDIATE');
    for (let row = 0; row < group; row += 1) {
      count += 1;
      write(submission(source, `order-${count}`), count);
    }
    db.exec('COMMIT');
    const after = performance.now();
    commits.push(after - now);
    now = after;
  }
  db.close();
  return { eachMs: (now - begun) / count, commits };
}
