// Goal: no damaged content is ever read as if it were whole. Method: bytes of a journal are flipped, one at a time, all over the file;
// then either the journal refuses to open, or everything in it is as it was (the byte held nothing).
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/journal/open-store.ts';
import type { JournalStore } from '../../src/journal/store.ts';
import { EventSource, jobEvent, ledgerEntry, recordOf, submission } from '../support/journal-samples.ts';

const boot = () => ({ sinceBootMs: 0, bootId: '' });
const ORDERS = Array.from({ length: 6 }, (_, at) => `o-${at}`);
/** Every byte is flipped by the campaigns of whoever has the time; a prime, so that all places within a page are met. */
const EVERY = 23;

let folder: string;
let whole: Buffer;

function contentOf(store: JournalStore): string {
  return JSON.stringify([
    store.id,
    store.since({ position: 0, limit: 1_000 }),
    store.list({ direction: 'oldest-first', limit: 200 }),
    ORDERS.map((id) => [store.get(id), store.findAnswer(ledgerEntry(id))]),
    store.pendingResponses(100),
    store.auditSince(0, 1_000),
    store.storedThrough('run-1'),
  ]);
}

beforeAll(() => {
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'celda-damage-'));
  const path = join(folder, 'whole.db');
  const opened = openStore({ path, boot });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const source = new EventSource();
  for (const id of ORDERS) opened.value.commit([submission(source, id)]);
  const done = recordOf('o-0', { state: 'Ended', revision: 2 });
  const responses = [{ receiver: 'mes', jobOrderId: 'o-0', time: done.storedAt }];
  opened.value.commit([source.batch([jobEvent(done)], { responses })]);
  opened.value.close();
  whole = readFileSync(path);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a journal with one flipped byte', () => {
  it('[D3] is refused, or has everything as it was', () => {
    const path = join(folder, 'flipped.db');
    writeFileSync(path, whole);
    const before = openStore({ path, boot });
    if (!before.ok) throw new Error(JSON.stringify(before.error));
    const expected = contentOf(before.value);
    before.value.close();
    const codes = new Map<number, number>();
    for (let at = 0; at < whole.length; at += EVERY) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      for (const rest of ['', '-wal', '-shm']) rmSync(`${path}${rest}`, { force: true });
      writeFileSync(path, flipped);
      const opened = openStore({ path, boot });
      if (opened.ok) {
        expect([at, contentOf(opened.value) === expected]).toEqual([at, true]);
        opened.value.close();
      }
      const code = opened.ok ? 0 : opened.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    // Much of a small journal is room in its pages, which holds nothing.
    expect(codes.get(6505)).toBeGreaterThan(200);
  });
});
