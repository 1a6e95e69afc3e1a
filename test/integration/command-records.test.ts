// Goal: what commands do beside a cell is in its audit trail, whether a process writes the journal just then or none does.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandRecord, leftRecords, recordCommand } from '../../src/app/command-record.ts';
import { commissionRecord } from '../../src/app/commission/commission-record.ts';
import { type LeftRecords, takeLeftRecords } from '../../src/app/left-records.ts';
import { verifyRecord } from '../../src/app/verify-record.ts';
import { confirmed, emptyReport, type PointRecord, withRecord } from '../../src/commissioning/report.ts';
import type { AuditRecord } from '../../src/core/audit.ts';
import { fault } from '../../src/core/faults.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { auditTrail, verifyAudit } from '../../src/journal/look.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { exampleCell } from '../support/cycle-rig.ts';
import { EventSource, submission } from '../support/journal-samples.ts';
import { RecordingJournal } from '../support/recording-journal.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const TOLD: CommandRecord = {
  type: 'journal.backup',
  category: 'BACKUP_RESTORE',
  object: { kind: 'journal', id: 'j', revision: 0 },
  after: '{"file":"/media/copy.db"}',
  result: 'SUCCESS',
};
const WHO = { identity: userInfo().username, role: 'local', certFingerprint: '', peer: hostname() };

let folder: string;
let path: string;
let notes: string[];
let clock: VirtualClock;
let taking: LeftRecords | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-records-'));
  path = join(folder, '.celda', 'cell.journal.db');
  notes = [];
  clock = new VirtualClock();
});
afterEach(async () => {
  await taking?.end();
  taking = undefined;
  rmSync(folder, { recursive: true });
});

async function open(): Promise<JournalPort> {
  const opened = await openJournal({ path });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

async function written(): Promise<void> {
  const journal = await open();
  await journal.append(submission(new EventSource(), 'o-1'), 'now');
  await journal.close();
}

const record = (told: CommandRecord = TOLD) =>
  recordCommand(path, told, { locale: 'es', note: (line) => void notes.push(line) });
const take = (journal: JournalPort) => {
  taking = takeLeftRecords(path, { journal, clock, log: (line) => void notes.push(line) });
};
const left = () => (existsSync(leftRecords(path)) ? readdirSync(leftRecords(path)) : []);

function trail(): readonly AuditRecord[] {
  const read = auditTrail(path, { limit: 100 });
  return read.ok ? read.value.filter(({ source }) => source === 'cli') : [];
}

describe('what a command does beside a cell', () => {
  it('is in the trail at once when no process writes the journal: who, on which machine, what, with which result', async () => {
    await written();
    record();
    expect(trail()).toMatchObject([{ ...TOLD, seq: 2, source: 'cli', actor: WHO, clockQuality: 'UNSYNCED' }]);
    expect(Math.abs((trail()[0]?.time ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(verifyAudit(path)).toMatchObject({ ok: true, value: { breaks: [], head: { seq: 2 } } });
    expect([left(), notes]).toEqual([[], []]);
  });

  it('is left beside a journal that a process writes, which takes it up, at its own time and once', async () => {
    const journal = await open();
    record();
    record({ ...TOLD, type: 'cell.verify' });
    expect([left().length, trail()]).toEqual([2, []]);
    const before = Date.now();
    take(journal);
    await taking?.end();
    await journal.close();
    expect(trail().map(({ type, actor }) => [type, actor])).toEqual([
      ['journal.backup', WHO],
      ['cell.verify', WHO],
    ]);
    expect(trail()[0]?.time).toBeLessThanOrEqual(before);
    expect([left(), verifyAudit(path)]).toMatchObject([[], { ok: true, value: { breaks: [], head: { seq: 2 } } }]);
  });

  it('is taken up once by processes of which the first was killed before its file was gone', async () => {
    const journal = await open();
    record();
    const [name = ''] = left();
    const file = join(leftRecords(path), name);
    const text = readFileSync(file, 'utf8');
    for (let life = 0; life < 2; life += 1) {
      take(journal);
      await taking?.end();
      expect(left()).toEqual([]);
      writeFileSync(file, text);
    }
    writeFileSync(file, text.replace('copy.db', 'other.db'));
    take(journal);
    await taking?.end();
    await journal.close();
    expect(trail().map(({ after }) => after)).toEqual([TOLD.after, '{"file":"/media/other.db"}']);
  });

  it('is taken up while the cell runs, and waits while the journal takes nothing', async () => {
    const journal = new RecordingJournal();
    journal.refuseWith = fault(6501, { file: path });
    const settled = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    };
    mkdirSync(join(folder, '.celda'));
    writeFileSync(path, 'another process has it');
    take(journal);
    await settled();
    record();
    clock.advance(5_000);
    await settled();
    expect([journal.records.length, left().length]).toEqual([0, 1]);
    journal.refuseWith = undefined;
    clock.advance(5_000);
    await settled();
    expect([journal.records, left()]).toMatchObject([[{ source: 'cli', type: 'journal.backup' }], []]);
  });

  it('stays out of the trail when the file was not written by a command, and holds up no other', async () => {
    const journal = new RecordingJournal();
    const lies = leftRecords(path);
    mkdirSync(lies, { recursive: true });
    writeFileSync(path, 'another process has it');
    writeFileSync(join(lies, '1-torn.json'), '{"time": 17');
    writeFileSync(join(lies, '2-long.json'), 'x'.repeat(40_000));
    record();
    const [good = ''] = left().filter((name) => /^\d{15}-/.test(name));
    copyFileSync(join(lies, good), join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(lies, '0-link.json'));
    const one = JSON.parse(readFileSync(join(lies, good), 'utf8')) as object;
    for (const [at, change] of [
      { time: -1 },
      { reason: 7 },
      { result: 'FINE' },
      { type: 'JOB STORE' },
      { category: 'ACCESS_CONTROL' },
    ].entries())
      writeFileSync(join(lies, `3-${at}.json`), JSON.stringify({ ...one, ...change }));
    writeFileSync(join(lies, '4.json'), JSON.stringify({ ...one, source: 'grpc', clockQuality: 'SYNCED' }));
    take(journal);
    await taking?.end();
    expect(journal.records.map(({ source, clockQuality }) => [source, clockQuality])).toEqual([
      ['cli', 'UNSYNCED'],
      ['cli', 'UNSYNCED'],
    ]);
    expect(left()).toHaveLength(8);
    expect(notes).toHaveLength(8);
  });

  it('is nowhere for a cell without a journal, and whoever did it is told when it could not be recorded', async () => {
    record();
    expect([left(), existsSync(path), notes]).toEqual([[], false, []]);
    await written();
    const journal = await open();
    writeFileSync(leftRecords(path), 'a file in the place of the folder');
    record();
    await journal.close();
    expect(notes).toEqual([expect.stringMatching(/^no quedó en el registro de auditoría: /)]);
    rmSync(leftRecords(path));
  });

  it('waits for the cell where the journal is of an earlier version or damaged, which stays as it is', async () => {
    await written();
    const db = openDatabase(path);
    db.exec('PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(path);
    record();
    expect([left().length, readFileSync(path).equals(before)]).toEqual([1, true]);
  });
});

describe('what the trail says', () => {
  it('of a proof: for which configuration, and that one which is none has failed', () => {
    const of = { cell: 'c', configHash: 'abc' };
    expect(verifyRecord({ ...of, verdict: 'proved' })).toMatchObject({
      result: 'SUCCESS',
      after: '{"configHash":"abc","verdict":"proved"}',
    });
    for (const verdict of ['refuted', 'incomplete'] as const)
      expect(verifyRecord({ ...of, verdict })).toMatchObject({ result: 'FAILED', resultCode: 'NOT_VERIFIED' });
  });

  it('of a commissioning: by whom, how many points now, which of them failed, and whether it is complete', () => {
    const cell = exampleCell();
    const point = (id: string, result: PointRecord['result']): PointRecord => ({
      ...{ id, result, fingerprint: 'f', by: 'Ana', at: '', reason: '', measured: [], configHash: '', boards: [] },
    });
    const before = withRecord(emptyReport(cell, false), point('a', 'failed'));
    expect(commissionRecord(cell, before, before)).toBeUndefined();
    const failed = commissionRecord(
      cell,
      before,
      withRecord(withRecord(before, point('b', 'failed')), point('c', 'passed')),
    );
    expect(failed).toMatchObject({ result: 'FAILED', resultCode: 'NOT_COMMISSIONED' });
    expect(JSON.parse(failed?.after ?? '')).toEqual({
      ...{ by: 'Ana', configHash: cell.configHash, isComplete: false, points: 2, failed: ['b'], failedCount: 1 },
    });
    const told = commissionRecord(cell, before, confirmed(before, cell, 'Eva', ''));
    expect([told?.result, JSON.parse(told?.after ?? '')]).toMatchObject(['SUCCESS', { by: 'Eva', points: 0 }]);
  });
});
