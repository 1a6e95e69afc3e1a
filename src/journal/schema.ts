// Tables of the journal, and the way from older ones to them.

import { randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { columnsOf, readOrderRow } from './kept-order.ts';
import { openBody, sealBody, sealOf } from './row-body.ts';
import { openDatabase } from './sqlite.ts';

/** `PRAGMA application_id`: "Celd". A file with another one is not a journal. */
const APPLICATION_ID = 0x43656c64;

/** Small pages: a commit writes whole pages, and an entry of the journal is short. Changes for new files only. */
export const PAGE_BYTES = 512;

/**
 * Pages of the write-ahead log after which they are written back, 16 MiB: a page that many commits changed is then written once, and
 * of those who wait for a commit few meet one.
 */
export const CHECKPOINT_PAGES = 32_768;

/** A step of the schema: SQL, or what SQL cannot say. */
type Migration = string | ((db: DatabaseSync) => void);

/**
 * One step per version, in order; version n is what the first n make. They are never edited once released.
 * `tail`: what the last commits added; from there it goes to `log`, `ledger` and `audit`, many commits in a row, its key the number
 * of the last of it, so that keys only grow. `orders`: those that have ended; the open ones are in the log. `listed`: see `listedText`.
 */
const MIGRATIONS: readonly Migration[] = [
  `CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal INTEGER NOT NULL) WITHOUT ROWID, STRICT;
   CREATE TABLE epochs (id INTEGER PRIMARY KEY, epoch TEXT NOT NULL, through INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT;
   CREATE TABLE log (position INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
   CREATE TABLE orders (
     place INTEGER PRIMARY KEY, state INTEGER NOT NULL, ended_at INTEGER NOT NULL, job_order_id TEXT NOT NULL, body BLOB NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX orders_by_id ON orders (job_order_id);
   CREATE INDEX orders_open ON orders (place) WHERE state < 5;
   CREATE INDEX orders_aborted ON orders (place) WHERE state = 6;
   CREATE TABLE ledger (seq INTEGER PRIMARY KEY, keys TEXT NOT NULL, body BLOB NOT NULL) STRICT;
   CREATE TABLE audit (seq INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
   CREATE TABLE tail (slot INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
   CREATE TABLE responses (id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL) STRICT;`,
  (db) => {
    db.exec(`DROP INDEX orders_by_id; DROP INDEX orders_open; DROP INDEX orders_aborted; ALTER TABLE orders RENAME TO orders_1;
      CREATE TABLE orders (
        place INTEGER PRIMARY KEY, state INTEGER NOT NULL, job_order_id TEXT NOT NULL, listed TEXT NOT NULL, body BLOB NOT NULL
      ) STRICT`);
    listOrders(db);
    db.exec(`DROP TABLE orders_1; CREATE UNIQUE INDEX orders_by_id ON orders (job_order_id);
      CREATE INDEX orders_open ON orders (place) WHERE state < 5; CREATE INDEX orders_aborted ON orders (place) WHERE state = 6`);
  },
  // No table changes: rows of the log may have their bodies apart, which the version before cannot read.
  '',
];

/** Version 1 had nothing of an order outside its body that lists are made by. */
function listOrders(db: DatabaseSync): void {
  const insert = db.prepare('INSERT INTO orders (place, state, job_order_id, listed, body) VALUES (?, ?, ?, ?, ?)');
  for (const row of db.prepare('SELECT * FROM orders_1 ORDER BY place').iterate()) {
    const key = ['orders', row['place'], row['state'], row['ended_at'], row['job_order_id']].map(String);
    const content = openBody(key, row['body']);
    const { place, state, id, listed } = columnsOf(readOrderRow(Number(row['place']), content));
    insert.run(place, state, id, listed, sealBody(['orders', place, state, id, listed], content));
  }
}

/** Version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** `new`: an empty file. `foreign`: a database, and not a journal. */
export type SchemaState =
  | { readonly kind: 'new' | 'foreign' | 'current' }
  | { readonly kind: 'older' | 'newer'; readonly version: number };

export function schemaState(db: DatabaseSync): SchemaState {
  const version = pragma(db, 'user_version');
  const id = pragma(db, 'application_id');
  if (version === 0 && id === 0) return { kind: isEmpty(db) ? 'new' : 'foreign' };
  if (id !== APPLICATION_ID || version < 1) return { kind: 'foreign' };
  if (version === SCHEMA_VERSION) return { kind: 'current' };
  return { kind: version > SCHEMA_VERSION ? 'newer' : 'older', version };
}

/** Sets what holds for a connection. `synchronous` FULL: a commit returns when the disk has confirmed it. */
export function configure(db: DatabaseSync, checkpointPages: number): void {
  db.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = ${checkpointPages}; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;`);
}

/** Brings an empty or older journal to this version, in one transaction. */
export function migrate(db: DatabaseSync, from: number): void {
  db.exec('BEGIN IMMEDIATE');
  for (const step of MIGRATIONS.slice(from)) take(db, step);
  if (from === 0) renewId(db);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
}

function take(db: DatabaseSync, step: Migration): void {
  if (typeof step === 'string') db.exec(step);
  else step(db);
}

/** Makes it a journal of its own: a position in another, even one it was copied from, is none in it. Inside a transaction. */
export function renewId(db: DatabaseSync): void {
  setMeta(db, 'id', randomBytes(16).toString('hex'));
}

/** Keeps a short text under a name. Inside a transaction. */
export function setMeta(db: DatabaseSync, name: string, value: string): void {
  const write = db.prepare('INSERT OR REPLACE INTO meta (name, value, seal) VALUES (?, ?, ?)');
  write.run(name, value, sealOf(['meta', name, value]));
}

/** Copies a journal that is about to be migrated, on disk when it returns. @returns path of the copy */
export function keepCopy(db: DatabaseSync, path: string, version: number): string {
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const copy = `${path}.v${version}`;
  copyFileSync(path, copy);
  syncPath(copy);
  syncPath(dirname(path));
  return copy;
}

/** Makes a file, or the entries of a folder, durable. */
export function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export function pragma(db: DatabaseSync, name: string): number {
  const row = db.prepare(`PRAGMA ${name}`).get();
  return Number(Object.values(row ?? {})[0] ?? 0);
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0;
}

let expected: ReadonlyMap<string, string> | undefined;

/** Definitions by name, as SQLite keeps them for a journal of this version. */
export function expectedSchema(): ReadonlyMap<string, string> {
  if (expected !== undefined) return expected;
  const db = openDatabase(':memory:');
  for (const step of MIGRATIONS) take(db, step);
  const rows = db.prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
  expected = new Map(rows.map((row) => [String(row['name']), String(row['sql'])]));
  db.close();
  return expected;
}
