// Goal: a journal of an earlier version is read on, and nothing of it is lost. Method: the table of orders is made what it was then.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/units.ts';
import { restoreJournal } from '../../src/journal/copy.ts';
import { readListed } from '../../src/journal/listed-order.ts';
import { journalInfo, verifyJournal } from '../../src/journal/look.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { orderKey } from '../../src/journal/order-table.ts';
import { openBody, sealBody } from '../../src/journal/row-body.ts';
import { SCHEMA_VERSION } from '../../src/journal/schema.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JournalStore } from '../../src/journal/store.ts';
import { EventSource, jobEvent, recordOf, TIME } from '../support/journal-samples.ts';

let folder: string;
let path: string;

function open(): JournalStore {
  const opened = openStore({ path, boot: () => ({ sinceBootMs: 1_000, bootId: 'boot' }) });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

/** Before it had a column for what lists are made by, the row had the time of the end in one. */
function makeVersion1(): void {
  const db = openDatabase(path);
  const rows = db.prepare('SELECT * FROM orders').all();
  db.exec(`DROP TABLE orders;
    CREATE TABLE orders (
     place INTEGER PRIMARY KEY, state INTEGER NOT NULL, ended_at INTEGER NOT NULL, job_order_id TEXT NOT NULL, body BLOB NOT NULL
   ) STRICT;
    CREATE UNIQUE INDEX orders_by_id ON orders (job_order_id);
    CREATE INDEX orders_open ON orders (place) WHERE state < 5;
    CREATE INDEX orders_aborted ON orders (place) WHERE state = 6;
    PRAGMA user_version = 1`);
  const insert = db.prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?)');
  for (const row of rows) {
    const [place, state, id] = [Number(row['place']), Number(row['state']), String(row['job_order_id'])];
    const content = openBody(orderKey(row), row['body']);
    insert.run(place, state, TIME, id, sealBody(['orders', place, state, TIME, id], content));
  }
  db.close();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-journal-'));
  path = join(folder, 'cell.journal.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('[D8] a journal of an earlier version can be looked at and restored; opened, it is brought to this one, a copy is kept, and its orders are the same', () => {
  const source = new EventSource();
  const times = { startTime: (TIME + 5) as EpochMs, endTime: (TIME + 90) as EpochMs };
  const store = open();
  store.commit([
    source.batch([
      jobEvent(recordOf('o-1', { state: 'Ended', substate: 'Completed', ...times })),
      jobEvent(recordOf('o-2', { state: 'Aborted', substate: undefined, endTime: undefined })),
      jobEvent(recordOf('o-3')),
    ]),
  ]);
  store.probe();
  const before = store.list({ direction: 'oldest-first', limit: 10 });
  store.close();
  makeVersion1();

  const asItWas = readFileSync(path);
  expect(journalInfo(path)).toMatchObject({ value: { schemaVersion: 1, orders: { Ended: 1, Aborted: 1 } } });
  expect(verifyJournal(path)).toMatchObject({ ok: true, value: { damage: [], audit: { breaks: [] } } });
  const other = join(folder, 'other.db');
  const restoring = {
    stamp: '1',
    time: TIME as EpochMs,
    actor: { identity: 'eva', role: '', certFingerprint: '', peer: '' },
  };
  expect(restoreJournal(path, other, restoring)).toEqual({ ok: true, value: { replaced: undefined } });
  expect(journalInfo(other)).toMatchObject({
    value: { schemaVersion: SCHEMA_VERSION, orders: { Ended: 1, Aborted: 1 } },
  });
  expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
  expect(readFileSync(path).equals(asItWas)).toBe(true);

  const migrated = open();
  expect(migrated.list({ direction: 'oldest-first', limit: 10 })).toEqual(before);
  expect(migrated.get('o-2')?.event.record.state).toBe('Aborted');
  const listed = migrated.orders.listed({ after: 0, limit: 1 });
  const rest = migrated.orders.listed({ after: listed.next ?? 0, limit: 10 });
  const same = { workMasterId: 'pick-and-place', storedAt: TIME, priority: 0 };
  expect([...readListed(listed), ...readListed(rest)]).toEqual([
    { jobOrderId: 'o-1', state: 'Ended', substate: 'Completed', ...same, ...times },
    { jobOrderId: 'o-2', state: 'Aborted', substate: undefined, ...same, startTime: undefined, endTime: undefined },
  ]);
  expect(rest.next).toBeUndefined();
  migrated.close();
  expect(verifyJournal(path)).toMatchObject({ ok: true, value: { damage: [] } });
  expect(existsSync(`${path}.v1`)).toBe(true);
});

it.each([0, -1])('a journal whose version is %i, which none ever had, is damaged and left as it is', (version) => {
  open().close();
  const db = openDatabase(path);
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
  const asItWas = readFileSync(path);
  const damaged = { ok: false, error: { code: 6505 } };
  expect(verifyJournal(path)).toMatchObject(damaged);
  expect(openStore({ path, boot: () => ({ sinceBootMs: 1_000, bootId: 'boot' }) })).toMatchObject(damaged);
  expect(readFileSync(path).equals(asItWas)).toBe(true);
});
