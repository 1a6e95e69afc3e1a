// Goal: a person can copy, check and put back the journal of a cell, and sees what was done to its audit trail.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../src/core/audit.ts';
import { hashOf } from '../../src/journal/audit-chain.ts';
import { backUpJournal, restoreJournal } from '../../src/journal/copy.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { auditTrail, journalInfo, verifyAudit, verifyJournal } from '../../src/journal/look.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { sealBody } from '../../src/journal/row-body.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JournalPort, JsonValue } from '../../src/ports/journal.ts';
import { EventSource, submission } from '../support/journal-samples.ts';
import { runCelda } from '../support/run-celda.ts';

let folder: string;
let path: string;
let journal: JournalPort | undefined;
const source = new EventSource();

async function append(id: string): Promise<void> {
  const answer = await journal?.append(submission(source, id), 'now');
  if (answer?.ok !== true) throw new Error(JSON.stringify(answer));
}

async function open(): Promise<void> {
  const opened = await openJournal({ path });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celda-journal-'));
  path = join(folder, '.celda', 'cell.journal.db');
  await open();
  for (let at = 1; at <= 6; at += 1) await append(`o-${at}`);
});
afterAll(async () => {
  await journal?.close();
  rmSync(folder, { recursive: true });
});

const celda = (...args: string[]) => runCelda(args, {});

describe('the journal of a cell that runs', () => {
  it('is looked into and copied while orders go on; the copy is whole', async () => {
    const info = await celda('journal', 'info', join(folder, 'cell.yaml'), '--json');
    expect(JSON.parse(info.stdout)).toMatchObject({ position: 6, orders: { AllowedToStart: 6 }, audit: { seq: 6 } });
    const copy = join(folder, 'copy.db');
    const [made] = await Promise.all([celda('backup', path, copy), append('o-7')]);
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(verifyJournal(copy)).toMatchObject({ ok: true, value: { damage: [], audit: { breaks: [] } } });
    expect((await celda('backup', path, copy)).status).toBe(2);
  });

  it('cannot be replaced by a backup', async () => {
    const refused = await celda('restore', path, join(folder, 'copy.db'), '--json');
    expect([refused.status, existsSync(`${path}.restoring`)]).toEqual([4, false]);
  });
});

describe('the journal of a cell that stands', () => {
  it('is replaced by a backup, and what was there is kept', async () => {
    await journal?.close();
    const restored = await celda('restore', path, join(folder, 'copy.db'));
    expect([restored.status, restored.stderr]).toEqual([0, '']);
    const aside = readdirSync(join(folder, '.celda')).find((name) => /replaced-\d+$/.test(name)) ?? '';
    expect(journalInfo(join(folder, '.celda', aside))).toMatchObject({ ok: true, value: { position: 7 } });
    await open();
    expect(await journal?.orders.get('o-6')).toMatchObject({ ok: true, value: { place: 6 } });
    await journal?.close();
  });

  it('is not replaced by a backup that is damaged', () => {
    const damaged = join(folder, 'damaged.db');
    const bytes = readFileSync(join(folder, 'copy.db'));
    bytes.fill(0xff, bytes.length - 300, bytes.length - 200);
    writeFileSync(damaged, bytes);
    const before = readFileSync(path);
    expect(restoreJournal(damaged, path, '1')).toMatchObject({ ok: false, error: { code: 6505 } });
    expect(backUpJournal(damaged, join(folder, 'again.db'))).toMatchObject({ ok: false, error: { code: 6505 } });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

/** Changes the trail of a copy by hand, with checksums that fit: somebody who knows the format. */
function tampered(name: string, change: (records: AuditRecord[]) => AuditRecord[]): string {
  const file = join(folder, `${name}.db`);
  rmSync(file, { force: true });
  backUpJournal(path, file);
  const opened = openStore({ path: file, boot: () => ({ sinceBootMs: 1, bootId: 'boot' }) });
  if (opened.ok) opened.value.close();
  const trail = auditTrail(file, 0, 1_000);
  const records = trail.ok ? [...trail.value] : [];
  const db = openDatabase(file);
  db.exec('DELETE FROM audit');
  for (const record of change(records)) {
    const body = sealBody(['audit', record.seq], [record] as unknown as JsonValue);
    db.prepare('INSERT INTO audit (seq, body) VALUES (?, ?)').run(record.seq, body);
  }
  db.close();
  return file;
}

function breaksOf(file: string): unknown {
  const verdict = verifyAudit(file);
  return verdict.ok ? verdict.value.breaks.map(({ seq, kind }) => [seq, kind]) : verdict.error;
}

const rehashed = (record: AuditRecord): AuditRecord => ({ ...record, hash: hashOf(record) });

describe('an audit trail that somebody has changed', () => {
  it.each<[string, (records: AuditRecord[]) => AuditRecord[], unknown]>([
    ['left alone', (records) => records, []],
    [
      'a record changed',
      (all) => all.map((one) => (one.seq === 3 ? { ...one, result: 'DENIED' } : one)),
      [[3, 'changed']],
    ],
    [
      'a record changed, its hash too',
      (all) => all.map((one) => (one.seq === 3 ? rehashed({ ...one, result: 'DENIED' }) : one)),
      [[4, 'not-following']],
    ],
    ['a record removed', (all) => all.filter(({ seq }) => seq !== 3), [[4, 'missing']]],
    [
      'two records exchanged',
      (all) =>
        all.map((one) => ({ ...(all[one.seq === 3 ? 3 : one.seq === 4 ? 2 : one.seq - 1] ?? one), seq: one.seq })),
      [
        [3, 'changed'],
        [4, 'changed'],
        [5, 'not-following'],
      ],
    ],
    [
      'a record inserted, the others numbered anew, hashes too',
      (all) => [
        ...all.slice(0, 3),
        rehashed({ ...(all[3] as AuditRecord), reason: 'forged', prevHash: all[2]?.hash ?? '' }),
        ...all.slice(3).map((one) => rehashed({ ...one, seq: one.seq + 1 })),
      ],
      [5, 6, 7, 8].map((seq) => [seq, 'not-following']),
    ],
    ['its end cut off', (all) => all.slice(0, 4), [[4, 'cut-off']]],
  ])('is found: %s', (name, change, expected) => {
    expect(breaksOf(tampered(name.replaceAll(' ', '-'), change))).toEqual(expected);
  });

  it('from a record on, with all hashes made anew, is found by a record that is known from elsewhere', async () => {
    const whole = verifyAudit(path);
    const head = whole.ok ? whole.value.head : { seq: 0, hash: '' };
    let before = '0'.repeat(64);
    const file = tampered('rewritten', (all) =>
      all.map((one) => {
        const record = rehashed({ ...one, reason: 'another', prevHash: before });
        before = record.hash;
        return record;
      }),
    );
    expect(breaksOf(file)).toEqual([]);
    const found = await celda('audit', 'verify', file, '--expect', `${head.seq}:${head.hash}`, '--json');
    expect([found.status, JSON.parse(found.stdout)]).toMatchObject([
      1,
      { isWhole: false, breaks: [{ kind: 'not-following' }] },
    ]);
  });

  it('is shown record by record', async () => {
    const shown = await celda('audit', 'show', path, '--after', '4', '--limit', '1');
    expect(shown.stdout).toContain(
      '5 2026-09-21T14:13:20.000Z job.store-and-start job-order o-5 by mes from 127.0.0.1:40000: SUCCESS',
    );
  });
});
