// Goal: the journal in its thread keeps what it acknowledged, holds nobody up, and refuses clearly.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JournalOptions, openJournal } from '../../src/journal/journal.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { EventSource, ledgerEntry, submission } from '../support/journal-samples.ts';

let folder: string;
let path: string;
const opened: JournalPort[] = [];

async function open(options: Partial<JournalOptions> = {}): Promise<JournalPort> {
  const journal = await openJournal({ path, ...options });
  if (!journal.ok) throw new Error(JSON.stringify(journal.error));
  opened.push(journal.value);
  return journal.value;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-journal-'));
  path = join(folder, 'deep', 'cell.journal.db');
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  rmSync(folder, { recursive: true });
});

describe('a journal', () => {
  it('has what it acknowledged when it is opened again, under the same id', async () => {
    const source = new EventSource();
    const first = await open();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) => first.append(submission(source, `o-${at}`), 'now')),
    );
    expect(answers.map((answer) => answer.ok && answer.value.position)).toEqual(answers.map((_, at) => at + 1));
    await first.close();
    const second = await open();
    expect(second.id).toBe(first.id);
    expect(await second.orders.list({ direction: 'oldest-first', limit: 1 })).toMatchObject({
      ok: true,
      value: { total: 200 },
    });
    expect(await second.findAnswer(ledgerEntry('o-7'))).toEqual({ ok: true, value: ledgerEntry('o-7') });
  });

  it('commits what is not urgent with what is, and all of it when it is closed', async () => {
    const source = new EventSource();
    const journal = await open({ soonMs: 60_000 });
    const soon = journal.append(source.batch([{ kind: 'reset' }]), 'soon');
    const now = await journal.append(source.batch([{ kind: 'reset' }]), 'now');
    expect([await soon, now].map((answer) => answer.ok && answer.value.position)).toEqual([1, 2]);
    const last = journal.append(source.batch([{ kind: 'reset' }]), 'soon');
    await journal.close();
    expect(await last).toMatchObject({ ok: true, value: { position: 3 } });
    expect(await journal.append(source.batch([]), 'now')).toMatchObject({ ok: false, error: { code: 6510 } });
  });

  it('commits what is not urgent by itself before long', async () => {
    const journal = await open({ soonMs: 20 });
    expect(await journal.append(new EventSource().batch([{ kind: 'reset' }]), 'soon')).toMatchObject({ ok: true });
  });

  it('is written by one only: a second is told who has it, and may begin when the first has ended', async () => {
    const journal = await open();
    expect(await openJournal({ path })).toMatchObject({
      ok: false,
      error: { code: 6507, detail: { pid: process.pid } },
    });
    await journal.close();
    await open();
  });

  it('refuses a batch that is too long, and goes on', async () => {
    const source = new EventSource();
    const journal = await open();
    const long = source.batch([], { ledger: [ledgerEntry('r', { answer: 'x'.repeat(1_100_000) })] });
    expect(await journal.append(long, 'now')).toMatchObject({ ok: false, error: { code: 6511 } });
    expect(await journal.append(source.batch([{ kind: 'reset' }]), 'now')).toMatchObject({ ok: true });
  });

  it('refuses what waits beyond its bound', async () => {
    const source = new EventSource();
    const journal = await open();
    const answers = await Promise.all(
      Array.from({ length: 20_050 }, () => journal.append(source.batch([{ kind: 'reset' }]), 'now')),
    );
    const codes = answers.map((answer) => (answer.ok ? 0 : answer.error.code));
    expect([codes.filter((code) => code === 0).length, codes.filter((code) => code === 6504).length]).toEqual([
      20_000, 50,
    ]);
  });
});

describe('a file that is not this journal', () => {
  it('[D8] is refused when a newer version wrote it, and left as it is', async () => {
    await (await open()).close();
    const db = openDatabase(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(await openJournal({ path })).toMatchObject({ ok: false, error: { code: 6506, detail: { version: 99 } } });
    const after = openDatabase(path);
    expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    after.close();
  });

  it('is refused when it is a database of something else, or no database', async () => {
    const db = openDatabase(join(folder, 'other.db'));
    db.exec('CREATE TABLE other (id INTEGER)');
    db.close();
    expect(await openJournal({ path: join(folder, 'other.db') })).toMatchObject({ ok: false, error: { code: 6505 } });
    expect(existsSync(join(folder, 'other.db-wal'))).toBe(false);
  });
});
