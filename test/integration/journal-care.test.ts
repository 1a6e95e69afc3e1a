// Goal: a person can copy, check and put back the journal of a cell, and sees what was done to its audit trail.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { journalOf } from '../../src/app/journal-place.ts';
import { holdJournal } from '../../src/app/journal-run.ts';
import { EXIT_CODES } from '../../src/app/operator-error.ts';
import type { AuditRecord } from '../../src/core/audit.ts';
import { epochMs } from '../../src/core/units.ts';
import { hashOf } from '../../src/journal/audit-chain.ts';
import { backUpJournal, restoreJournal } from '../../src/journal/copy.ts';
import { openJournal } from '../../src/journal/journal.ts';
import {
  type AuditQuery,
  auditTrail,
  isForeign,
  journalInfo,
  verifyAudit,
  verifyJournal,
} from '../../src/journal/look.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { sealBody } from '../../src/journal/row-body.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JournalPort, JsonValue } from '../../src/ports/journal.ts';
import { auditDraft, EventSource, submission, TIME } from '../support/journal-samples.ts';
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

const RESTORING = {
  stamp: '1',
  time: epochMs(TIME),
  actor: { identity: 'eva', role: 'local', certFingerprint: '', peer: 'this machine' },
};

const celda = (...args: string[]) => runCelda(args, { TZ: 'UTC' });

describe('the journal of a cell that runs', () => {
  it('is looked into and copied while orders go on; the copy is whole', async () => {
    const info = await celda('journal', 'info', join(folder, 'cell.yaml'), '--json');
    expect(JSON.parse(info.stdout)).toMatchObject({ position: 6, orders: { AllowedToStart: 6 }, audit: { seq: 6 } });
    const copy = join(folder, 'copy.db');
    const [made] = await Promise.all([celda('backup', path, copy), append('o-7')]);
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(verifyJournal(copy)).toMatchObject({ ok: true, value: { damage: [], audit: { breaks: [] } } });
    expect((await celda('backup', path, copy)).status).toBe(2);
    // The process that writes the journal records the copy that was made.
    const [left = '', ...more] = readdirSync(`${path}.records`);
    const told = JSON.parse(readFileSync(join(`${path}.records`, left), 'utf8')) as AuditRecord;
    expect(more).toEqual([]);
    expect(told).toMatchObject({ type: 'journal.backup', category: 'BACKUP_RESTORE', object: { id: journal?.id } });
    const copied = journalInfo(copy);
    const { seq, hash } = copied.ok ? copied.value.audit : { seq: 0, hash: '' };
    expect(JSON.parse(told.after)).toEqual({ file: copy, trail: `${seq}:${hash}` });
  });

  it('is copied to one name by several at once: one is placed, whole, and the others are told that it is there', async () => {
    const copy = join(folder, 'at-once.db');
    const told = await Promise.all([1, 2, 3].map(() => celda('backup', path, copy, '--json')));
    const [placed, ...others] = told.toSorted((a, b) => a.status - b.status);
    expect(placed?.status).toBe(0);
    for (const { status, stdout } of others) {
      expect([status, stdout]).toEqual([2, expect.stringMatching(/is there already/)]);
    }
    expect(verifyJournal(copy)).toMatchObject({ ok: true, value: { damage: [], audit: { breaks: [] } } });
    expect(readdirSync(folder).filter((name) => name.startsWith('at-once.db'))).toEqual(['at-once.db']);
    for (const record of readdirSync(`${path}.records`)) rmSync(join(`${path}.records`, record));
  });

  it('is no folder, and a folder is no backup: neither is told as a disk that fails', async () => {
    const said = {
      exitCode: 2,
      message: `${folder} is a folder`,
      details: [expect.stringContaining('celda/cell.journal.db')],
    };
    const told = await Promise.all([
      celda('journal', 'verify', folder, '--json'),
      celda('audit', 'verify', folder, '--json'),
      celda('restore', path, folder, '--json'),
    ]);
    for (const { status, stdout } of told) {
      expect(status).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ error: said });
    }
  });

  it('is no pipe, and a pipe is no backup: nobody waits for one', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const told = await Promise.all([
      celda('journal', 'verify', pipe, '--json'),
      celda('restore', path, pipe, '--json'),
      celda('backup', pipe, join(folder, 'never.db'), '--json'),
    ]);
    for (const { status, stdout } of told) {
      expect([status, JSON.parse(stdout)]).toMatchObject([2, { error: { message: `${pipe} is no file` } }]);
    }
    // Nor does the gateway.
    expect(await openJournal({ path: pipe })).toMatchObject({ ok: false, error: { code: 6502 } });
  });

  it.each<[string, (file: string) => void]>([
    ['a text', (file) => writeFileSync(file, '# Not a journal\n'.repeat(200))],
    ['empty', (file) => writeFileSync(file, '')],
    [
      'a database of something else',
      (file) => {
        const db = openDatabase(file);
        db.exec('CREATE TABLE other (a)');
        db.close();
      },
    ],
  ])(
    'is no file that is %s: nobody is told to put a backup in its place, and none is put there',
    async (what, make) => {
      const [file, backup] = [join(folder, 'other.file'), join(folder, 'good.db')];
      make(file);
      backUpJournal(path, backup);
      const before = readFileSync(file);
      const asked = [
        ['journal', 'verify', file],
        ['journal', 'info', file],
        ['audit', 'verify', file],
        ['audit', 'show', file],
        ['backup', file, join(folder, 'never.db')],
        ['restore', join(folder, 'stopped.journal.db'), file],
        ...(what === 'empty' ? [] : [['restore', file, backup]]),
      ];
      const told = await Promise.all(asked.map((args) => celda(...args, '--json')));
      for (const [at, { status, stdout }] of told.entries()) {
        expect([asked[at], status, JSON.parse(stdout)]).toMatchObject([
          asked[at],
          EXIT_CODES.usage,
          { error: { message: `${file} is no journal of Celda` } },
        ]);
      }
      const spanish = await celda('journal', 'verify', file, '--locale', 'es');
      expect(spanish.stderr).toContain(`${file} no es un journal de Celda`);
      expect(readFileSync(file).equals(before)).toBe(true);
      rmSync(backup);
      rmSync(file);
    },
    30_000,
  );

  it('is damaged, and no other file, where its first page is lost and its mark is beside it', () => {
    const file = join(folder, 'marked.db');
    backUpJournal(path, file);
    writeFileSync(file, readFileSync(file).fill(0, 0, 512));
    expect(isForeign(file)).toBe(true);
    copyFileSync(`${path}.mark`, `${file}.mark`);
    expect([isForeign(file), journalInfo(file)]).toMatchObject([false, { ok: false, error: { code: 6505 } }]);
    rmSync(`${file}.mark`);
    rmSync(file);
  });

  it('is not copied where no file can be made, which is told of the copy', async () => {
    const copy = join(folder, 'n'.repeat(300));
    const { status, stdout } = await celda('backup', path, copy, '--json');
    expect(status).toBe(2);
    const { error } = JSON.parse(stdout) as { error: { message: string } };
    expect(error.message).toMatch(/^\[6502\]/);
    expect(error.message).toContain(`file=${copy}`);
    const unnamed = await celda('backup', path, '', '--json');
    expect([unnamed.status, JSON.parse(unnamed.stdout)]).toMatchObject([
      2,
      { error: { message: 'the copy has no name' } },
    ]);
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
    const before = journal?.id;
    await open();
    expect(await journal?.orders.get('o-6')).toMatchObject({ ok: true, value: { place: 6 } });
    expect(journal?.id).toMatch(/^[0-9a-f]{32}$/);
    expect(journal?.id, 'tokens of the journal that was replaced must not fit').not.toBe(before);
    await journal?.close();
    expect(verifyJournal(path)).toMatchObject({ ok: true, value: { damage: [], audit: { breaks: [] } } });
  });

  it('is the same file under the name of a link to it: read, held by whoever runs its cell, and replaced where it is', async () => {
    const [link, real] = [join(folder, 'link.db'), join(folder, 'real.db')];
    backUpJournal(path, real);
    symlinkSync(real, link);
    expect(journalOf(link)).toBe(real);
    const run = holdJournal(real);
    const refused = await celda('restore', link, join(folder, 'copy.db'), '--json');
    run?.release();
    expect(refused.status).toBe(EXIT_CODES.occupied);
    expect((await celda('journal', 'info', link, '--json')).stdout).toBe(
      (await celda('journal', 'info', real, '--json')).stdout,
    );
    expect((await celda('restore', link, join(folder, 'copy.db'))).status).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    const opened = await openJournal({ path: journalOf(link) });
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.value.close();
    rmSync(link);
    symlinkSync('not-there-yet.db', link);
    expect(journalOf(link)).toBe(join(folder, 'not-there-yet.db'));
  });

  it('is not put back while somebody runs its cell, though nobody writes the journal at the moment', async () => {
    const before = readFileSync(path);
    const run = holdJournal(path);
    const refused = await celda('restore', path, join(folder, 'copy.db'), '--json');
    run?.release();
    expect(refused.status).toBe(EXIT_CODES.occupied);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { reason: 'JOURNAL_IN_USE' } });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('tells of the restore in its audit trail, and how far the trail was that was replaced', async () => {
    const aside = readdirSync(join(folder, '.celda')).find((name) => /replaced-\d+$/.test(name)) ?? '';
    const replaced = journalInfo(join(folder, '.celda', aside));
    const head = replaced.ok ? replaced.value.audit : undefined;
    const shown = await celda('audit', 'show', path, '--what', 'journal', '--json');
    const record = JSON.parse(shown.stdout) as AuditRecord;
    expect(record).toMatchObject({
      source: 'cli',
      category: 'BACKUP_RESTORE',
      type: 'journal.restore',
      result: 'SUCCESS',
    });
    expect([record.before, record.actor.identity.length > 0]).toEqual([`{"trail":"${head?.seq}:${head?.hash}"}`, true]);
    expect(verifyAudit(path)).toMatchObject({ ok: true, value: { breaks: [], head: { seq: record.seq } } });
    const known = verifyAudit(path, { seq: record.seq + 1, hash: 'f'.repeat(64) });
    expect(known).toMatchObject({ ok: true, value: { breaks: [{ seq: record.seq, kind: 'cut-off' }] } });
  });

  it('is not replaced by a backup that is damaged', () => {
    const damaged = join(folder, 'damaged.db');
    const bytes = readFileSync(join(folder, 'copy.db'));
    bytes.fill(0xff, bytes.length - 300, bytes.length - 200);
    writeFileSync(damaged, bytes);
    const before = readFileSync(path);
    expect(restoreJournal(damaged, path, RESTORING)).toMatchObject({ ok: false, error: { code: 6505 } });
    expect(backUpJournal(damaged, join(folder, 'again.db'))).toMatchObject({ ok: false, error: { code: 6505 } });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('an audit trail of which a later record is known than its journal was restored to', () => {
  let [file, backup] = ['', ''];
  let known = { seq: 0, hash: '' };
  const boot = () => ({ sinceBootMs: 1, bootId: 'boot' });

  function add(count: number): void {
    const opened = openStore({ path: file, boot });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    for (let at = 0; at < count; at += 1) opened.value.commit([{ epoch: 'e', events: [], audit: [auditDraft('o')] }]);
    opened.value.close();
  }

  beforeEach(() => {
    [file, backup] = [join(folder, 'restored.db'), join(folder, 'restored-copy.db')];
    add(3);
    backUpJournal(file, backup);
    add(4);
    const info = journalInfo(file);
    if (info.ok) known = info.value.audit;
    expect(restoreJournal(backup, file, RESTORING)).toMatchObject({ ok: true });
  });
  afterEach(() => {
    for (const name of readdirSync(folder)) if (name.startsWith('restored')) rmSync(join(folder, name));
  });

  const verified = (...args: string[]) =>
    celda('audit', 'verify', file, '--expect', `${known.seq}:${known.hash}`, ...args);

  it.each([
    ['longer again', 6, 'record 7 is not the one that was known', 'el registro 7 no es el que se conocía'],
    ['shorter', 0, 'records after 4 are cut off: there were 7', 'se cortaron los registros después del registro 4'],
  ])('is %s: told that it was restored, by whom and when, and still 1', async (_, more, english, spanish) => {
    if (more > 0) add(more);
    const [told, es, json] = await Promise.all([verified(), verified('--locale', 'es'), verified('--json')]);
    expect([told.status, es.status, json.status]).toEqual([1, 1, 1]);
    const at = '2026-09-21T14:13:20.000Z';
    expect(told.stdout).toContain(`${english}: the journal was restored from a backup (record 4, ${at}, by eva)\n`);
    expect(es.stdout).toContain(`${spanish}: el journal se restauró de un respaldo (registro 4, ${at}, por eva)\n`);
    expect(JSON.parse(json.stdout)).toMatchObject({ breaks: [{ restored: { seq: 4, time: TIME, by: 'eva' } }] });
  });

  it('was made anew where the trail that the restore took the place of had not come so far', () => {
    add(6);
    const verdict = verifyAudit(file, { seq: 9, hash: 'f'.repeat(64) });
    expect(verdict.ok && verdict.value.breaks).toEqual([
      { seq: 9, kind: 'not-following', text: expect.stringContaining('made anew') as string },
    ]);
  });
});

/** Changes the trail of a copy by hand, with checksums that fit: somebody who knows the format. */
function tampered(name: string, change: (records: AuditRecord[]) => AuditRecord[]): string {
  const file = join(folder, `${name}.db`);
  rmSync(file, { force: true });
  backUpJournal(path, file);
  const opened = openStore({ path: file, boot: () => ({ sinceBootMs: 1, bootId: 'boot' }) });
  if (opened.ok) opened.value.close();
  const trail = auditTrail(file, { limit: 1_000 });
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
      [5, 6, 7, 8, 9].map((seq) => [seq, 'not-following']),
    ],
    ['its end cut off', (all) => all.slice(0, 4), [[4, 'cut-off']]],
  ])('is found: %s', (name, change, expected) => {
    expect(breaksOf(tampered(name.replaceAll(' ', '-'), change))).toEqual(expected);
  });

  it('is found where its last records are in the place of later ones, so that no honest record could follow', async () => {
    const file = tampered('moved', (records) => records);
    const db = openDatabase(file);
    const last = Number(db.prepare('SELECT max(seq) AS seq FROM audit').get()?.['seq']);
    const content = auditTrail(file, { after: last - 1, limit: 1 });
    const body = sealBody(['audit', 1e9], (content.ok ? content.value : []) as unknown as JsonValue);
    db.prepare('UPDATE audit SET seq = ?, body = ? WHERE seq = ?').run(1e9, body, last);
    db.close();
    expect(breaksOf(file)).toEqual([[1e9, 'misplaced']]);
    expect((await celda('audit', 'verify', file, '--locale', 'es')).stdout).toContain(
      '1000000000 no están donde se pusieron',
    );
    expect(backUpJournal(file, join(folder, 'moved-copy.db'))).toMatchObject({ ok: false, error: { code: 6509 } });
  });

  it.each(['{"a":1}', '[null,5,"x"]', '[[]]', '[]'])(
    'is damaged where records are %s, whatever seals it',
    async (content) => {
      const file = tampered('no-records', (records) => records);
      const db = openDatabase(file);
      const body = sealBody(['audit', 3], JSON.parse(content) as JsonValue);
      db.prepare('UPDATE audit SET body = ? WHERE seq = 3').run(body);
      db.close();
      const { status, stdout } = await celda('audit', 'verify', file, '--json');
      expect([status, JSON.parse(stdout)]).toMatchObject([
        1,
        { error: { message: expect.stringMatching(/^\[6505\].*audit 3: these are no records/) as string } },
      ]);
      expect((await celda('journal', 'verify', file)).status).toBe(1);
    },
  );

  it('with a record that has nothing of one is found changed there', () => {
    const file = tampered('empty-record', (records) => records);
    const db = openDatabase(file);
    db.prepare('UPDATE audit SET body = ? WHERE seq = 3').run(sealBody(['audit', 3], [{ a: 1 }]));
    db.close();
    expect(breaksOf(file)).toContainEqual([3, 'misplaced']);
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
    const table = await celda('audit', 'show', path, '--after', '4', '--limit', '1', '--csv');
    expect(table.stdout.split('\n').map((line) => line.split(',')[0])).toEqual(['seq', '5', '']);
    const shown = await celda('audit', 'show', path, '--after', '4', '--limit', '1');
    expect(shown.stdout).toBe(
      '5 2026-09-21T14:13:20.000Z job.store-and-start job-order o-5 by mes from 127.0.0.1:40000: SUCCESS\n',
    );
    expect(shown.stderr).toContain('--after 5');
  });

  it('is shown from its end, as somebody reads it who wants to know what has just happened', async () => {
    const [shown, both, cut] = await Promise.all([
      celda('audit', 'show', path, '--last', '2', '--json'),
      celda('audit', 'show', path, '--last', '2', '--limit', '2'),
      celda('audit', 'show', path, '--limit', '2', '--json', '--locale', 'es'),
    ]);
    const records = shown.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);
    const head = verifyAudit(path);
    const newest = head.ok ? head.value.head.seq : 0;
    expect([records.map(({ seq }) => seq), shown.stderr]).toEqual([[newest - 1, newest], '']);
    expect(both.status).toBe(EXIT_CODES.usage);
    expect(cut.stderr).toBe('puede haber más: --after 2; los más nuevos: --last 2\n');
  });
});

describe('what is shown of an audit trail', () => {
  let file: string;
  const shownBy = (query: Partial<AuditQuery>) => {
    const trail = auditTrail(file, { limit: 100, ...query });
    return trail.ok ? trail.value.map(({ seq }) => seq) : trail.error;
  };
  const drafts = [
    auditDraft('o-1', { time: epochMs(TIME) }),
    auditDraft('o-1', {
      time: epochMs(TIME + 1_000),
      type: 'job.abort',
      actor: { ...RESTORING.actor, identity: 'Eva' },
    }),
    auditDraft('o-2', { time: epochMs(TIME + 2_000), type: 'jobs', result: 'DENIED', reason: '\u001b[2J\u202e' }),
  ];

  beforeAll(() => {
    file = join(folder, 'queried.db');
    const opened = openStore({ path: file, boot: () => ({ sinceBootMs: 1, bootId: 'boot' }) });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    opened.value.commit([{ epoch: 'e', events: [], audit: drafts }]);
    opened.value.close();
  });

  it.each<[Partial<AuditQuery>, readonly number[]]>([
    [{}, [1, 2, 3]],
    [{ after: 1 }, [2, 3]],
    [{ isFromEnd: true, limit: 2 }, [2, 3]],
    [{ isFromEnd: true, limit: 1, about: 'o-1' }, [2]],
    [{ limit: 1, about: 'o-1' }, [1]],
    [{ since: epochMs(TIME + 1_000) }, [2, 3]],
    [{ until: epochMs(TIME + 1_000) }, [1]],
    [{ who: 'eva' }, [2]],
    [{ who: '127.0.0.1' }, [1, 3]],
    [{ what: 'job' }, [1, 2]],
    [{ what: 'job.abort' }, [2]],
    [{ about: 'o-1' }, [1, 2]],
    [{ result: 'DENIED' }, [3]],
    [{ about: 'o-1', what: 'job.abort', who: 'nobody' }, []],
  ])('is what was asked for: %o', (query, expected) => {
    expect(shownBy(query)).toEqual(expected);
  });

  it('is told, and asked for, by the clock of this machine; what matches nothing is told', async () => {
    // There the day has begun four hours before TIME; by UTC it begins ten hours after it.
    const inKiribati = (...args: string[]) => runCelda(['audit', 'show', file, ...args], { TZ: 'Pacific/Kiritimati' });
    const [day, before, moment, none] = await Promise.all([
      inKiribati('--since', '2026-09-22', '--limit', '1'),
      inKiribati('--until', '2026-09-22', '--json'),
      inKiribati('--since', '2026-09-22T04:13:22', '--json'),
      celda('audit', 'show', file, '--what', 'job.strat', '--locale', 'es'),
    ]);
    expect(day.stdout).toMatch(/^1 2026-09-22T04:13:20\.000\+14:00 /);
    expect(before).toEqual({
      status: 0,
      stdout: '',
      stderr: 'no record is so; which types --what can name is in docs/reference/audit-trail.md\n',
    });
    expect(JSON.parse(moment.stdout)).toMatchObject({ seq: 3, time: TIME + 2_000 });
    expect(none).toEqual({
      status: 0,
      stdout: '',
      stderr: 'ningún registro es así; los tipos que --what puede nombrar están en docs/reference/audit-trail.md\n',
    });
  });

  it('commands no terminal, whatever somebody sent; the JSON has it as it was', async () => {
    const [shown, json, wrong] = await Promise.all([
      celda('audit', 'show', file, '--result', 'DENIED', '--since', '2026-01-01'),
      celda('audit', 'show', file, '--result', 'DENIED', '--json'),
      celda('audit', 'show', file, '--since', 'yesterday'),
    ]);
    expect(shown.stdout).toContain('DENIED (?[2J?)');
    expect(JSON.parse(json.stdout)).toMatchObject({ reason: '\u001b[2J\u202e' });
    expect(wrong.status).toBe(2);
  });
});
