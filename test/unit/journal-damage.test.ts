// Goal: no damaged content is ever read as if it were whole. Method: bytes of a journal are flipped, one at a time, all over the file;
// then either the journal refuses to open, or everything in it is as it was (the byte held nothing).
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { damageInLog } from '../../src/journal/log-check.ts';
import { verifyJournal } from '../../src/journal/look.ts';
import { openStore } from '../../src/journal/open-store.ts';
import type { JournalStore } from '../../src/journal/store.ts';
import { EventSource, jobEvent, ledgerEntry, recordOf, submission } from '../support/journal-samples.ts';

const boot = () => ({ sinceBootMs: 0, bootId: '' });
const ORDERS = Array.from({ length: 6 }, (_, at) => `o-${at}`);
/** Every byte is flipped by the campaigns of whoever has the time; a prime, so that all places within a page are met. */
const EVERY = 23;
const LOG_EVERY = 11;

let folder: string;
let whole: Buffer;
/** As a process that was killed leaves it: nothing of its log has been written back. */
let killed: { readonly path: string; readonly log: Buffer; readonly lengths: readonly number[] };

function contentOf(store: JournalStore): string {
  return JSON.stringify([
    store.id,
    store.since({ position: 0, limit: 1_000 }),
    store.list({ direction: 'oldest-first', limit: 200 }),
    ORDERS.map((id) => [store.get(id), store.findAnswer(ledgerEntry(id))]),
    store.pendingResponses(0, 100),
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
  const responses = [{ receiver: 'mes', jobOrderId: 'o-0', time: done.storedAt, endTime: null }];
  opened.value.commit([source.batch([jobEvent(done)], { responses })]);
  opened.value.close();
  whole = readFileSync(path);
});

beforeAll(() => {
  const path = join(folder, 'killed.db');
  const opened = openStore({ path, boot });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const source = new EventSource();
  const lengths = ORDERS.map((id) => {
    opened.value.commit([submission(source, id)]);
    return readFileSync(`${path}-wal`).length;
  });
  killed = { path: join(folder, 'left.db'), log: readFileSync(`${path}-wal`), lengths };
  writeFileSync(killed.path, readFileSync(path));
  opened.value.close();
});

/** Opens what was left, with another log. */
function openWith(log: Buffer): ReturnType<typeof openStore> {
  const path = join(folder, 'with.db');
  writeFileSync(path, readFileSync(killed.path));
  rmSync(`${path}-shm`, { force: true });
  writeFileSync(`${path}-wal`, log);
  return openStore({ path, boot });
}

/** Orders that are there when the log is as given, or the code of the fault. */
function ordersWith(log: Buffer): number {
  const opened = openWith(log);
  if (!opened.ok) return opened.error.code;
  const found = ORDERS.filter((id) => opened.value.get(id) !== undefined).length;
  opened.value.close();
  return found;
}

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
      for (const rest of ['', '-wal', '-shm']) rmSync(`${path}${rest}`, { force: true });
      writeFileSync(path, flippedAt(whole, at));
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

describe('a write-ahead log that a killed process has left', () => {
  it('[D3] gives back every commit, and of one that was cut off nothing', () => {
    expect(ordersWith(killed.log)).toBe(ORDERS.length);
    for (const [index, length] of killed.lengths.entries()) {
      for (const cut of [length, length - 1, length - 24, length - 513]) {
        expect(ordersWith(killed.log.subarray(0, cut))).toBe(cut === length ? index + 1 : index);
      }
    }
  });

  it('[D3] is not read up to a flipped byte as if that were its end: commits that were confirmed behind it would be lost', () => {
    // In the last two commits, damage may look like a commit that was cut off.
    const confirmed = killed.lengths.at(-3) ?? 0;
    const passedOver: number[] = [];
    for (let at = 0; at < confirmed; at += LOG_EVERY) {
      if (damageInLog(flippedAt(killed.log, at)) === undefined) passedOver.push(at);
    }
    expect(passedOver).toEqual([]);
    const places = [3, 40, 60, Math.floor(confirmed / 2), confirmed - 1];
    expect(places.map((at) => ordersWith(flippedAt(killed.log, at)))).toEqual(places.map(() => 6505));
  });

  it('[D3] that is damaged is left as it is, and verify names the frame', () => {
    const path = join(folder, 'with.db');
    for (const at of [100, (killed.lengths[0] ?? 0) + 100]) {
      const log = flippedAt(killed.log, at);
      expect(ordersWith(log)).toBe(6505);
      expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
      const verdict = verifyJournal(path);
      expect(verdict.ok && verdict.value.damage[0]).toMatch(/^frame \d+ of the write-ahead log/);
      expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
    }
  });
});

function flippedAt(bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
  return flipped;
}
