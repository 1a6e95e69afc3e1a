// Looks at every row of a journal: what SQLite finds wrong with its structure, and rows whose content is not what was written.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { ledgerKey } from './ledger.ts';
import { orderKey } from './order-table.ts';
import { checkBody, type RowKey, sealOf } from './row-body.ts';
import { expectedSchema } from './schema.ts';
import { DamageError, isOfSqlite } from './sqlite.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

/** Findings after which the check ends: more of them say nothing new. */
const FINDINGS_MAX = 100;

const TABLES: Readonly<Record<string, (row: Row) => RowKey>> = {
  log: (row) => ['log', Number(row['position'])],
  orders: orderKey,
  ledger: ledgerKey,
  audit: (row) => ['audit', Number(row['seq'])],
  tail: (row) => ['tail', Number(row['slot'])],
  responses: (row) => ['responses', Number(row['id'])],
};

/** @returns what is damaged, one line each; empty: nothing. Never throws. */
export function findDamage(db: DatabaseSync): readonly string[] {
  const found: string[] = [];
  try {
    for (const finding of allDamage(db)) {
      found.push(finding);
      if (found.length === FINDINGS_MAX) return found;
    }
  } catch (error) {
    found.push(isOfSqlite(error) ? error.message : 'a row holds what was never written');
  }
  return found;
}

function* allDamage(db: DatabaseSync): Generator<string> {
  yield* structure(db);
  yield* schema(db);
  yield* columns(db);
  for (const [table, keyOf] of Object.entries(TABLES)) {
    for (const row of db.prepare(`SELECT * FROM ${table}`).iterate()) yield* content(keyOf(row), row['body']);
  }
}

function* structure(db: DatabaseSync): Generator<string> {
  for (const row of db.prepare(`PRAGMA integrity_check(${FINDINGS_MAX})`).iterate()) {
    const text = String(Object.values(row)[0]);
    if (text !== 'ok') yield text;
  }
}

function* schema(db: DatabaseSync): Generator<string> {
  const expected = expectedSchema();
  const found = db.prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all();
  const texts = new Map(found.map((row) => [String(row['name']), String(row['sql'])]));
  for (const [name, sql] of expected)
    if (texts.get(name) !== sql) yield `definition of ${name} is not what it should be`;
}

/** Rows that have no content but their columns. */
function* columns(db: DatabaseSync): Generator<string> {
  for (const row of db.prepare('SELECT name, value, seal FROM meta').iterate()) {
    const key = ['meta', String(row['name']), String(row['value'])];
    if (sealOf(key) !== row['seal']) yield `${key.join(' ')}: it does not match its checksum`;
  }
  for (const row of db.prepare('SELECT id, epoch, through, seal FROM epochs').iterate()) {
    const key = ['epochs', Number(row['id']), String(row['epoch']), Number(row['through'])];
    if (sealOf(key) !== row['seal']) yield `${key.join(' ')}: it does not match its checksum`;
  }
}

function* content(key: RowKey, body: SQLOutputValue | undefined): Generator<string> {
  try {
    checkBody(key, body);
  } catch (error) {
    if (!(error instanceof DamageError)) throw error;
    yield error.message;
  }
}
