// Goal: whatever becomes of the files of a journal while it is open, nothing is acknowledged that is not in the files that will be found,
// and what can be saved is saved. Method: files that are removed, moved, cut off and written over under an open journal.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/units.ts';
import { restoreJournal } from '../../src/journal/copy.ts';
import { openOver } from '../../src/journal/journal.ts';
import { JournalThread } from '../../src/journal/journal-thread.ts';
import { verifyJournal } from '../../src/journal/look.ts';
import { markPath } from '../../src/journal/mark.ts';
import type { FromWorker } from '../../src/journal/messages.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import { takeWriteLock } from '../../src/journal/write-lock.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { auditDraft, EventSource, submission, TIME } from '../support/journal-samples.ts';

const boot = () => ({ sinceBootMs: 0, bootId: '' });

let top: string;
let folder: string;
let path: string;
let journal: JournalPort;
let source: EventSource;
let thread: JournalThread;
let reopenings: (() => void)[];

/** The thread of the journal runs in this one; what it does later is done when the test says so. */
async function open(): Promise<void> {
  let hear: (message: FromWorker) => void = () => undefined;
  reopenings = [];
  thread = new JournalThread(
    { post: (message) => hear(message), close: () => undefined },
    { path, retention: {}, soonMs: 0, checkpointPages: 1_000, reopenMs: 5 },
    {
      now: () => 0,
      after: (ms, task) => {
        if (ms > 0) reopenings.push(task);
        else setImmediate(task);
        return () => undefined;
      },
    },
  );
  const opened = await openOver({
    isThere: true,
    start: () =>
      new Promise((resolve) => {
        hear = (message) => {
          if (message.kind === 'opened') resolve({ ok: true, value: message.journalId });
        };
        thread.start();
      }),
    tell: (listener) => {
      hear = (message) => listener.heard(message);
    },
    post: (message) => thread.hear(message),
    close: () => {
      thread.hear({ kind: 'close' });
      return Promise.resolve();
    },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
}

beforeEach(async () => {
  top = mkdtempSync(join(tmpdir(), 'celda-journal-'));
  folder = join(top, 'cell');
  path = join(folder, 'cell.journal.db');
  mkdirSync(folder);
  source = new EventSource();
  await open();
});
afterEach(async () => {
  await journal.close();
  rmSync(top, { recursive: true });
});

/** @returns 0: acknowledged, else the fault */
async function store(jobOrderId: string): Promise<number> {
  const answer = await journal.append(submission(source, jobOrderId), 'now');
  return answer.ok ? 0 : answer.error.code;
}

async function ordersKept(): Promise<readonly string[]> {
  const page = await journal.orders.list({ direction: 'oldest-first', limit: 100 });
  return page.ok ? page.value.orders.map(({ event }) => event.record.order.jobOrderId) : [];
}

/** The thread tries to open it again. @returns `ready`, or the fault */
function reopened(): number | 'ready' {
  for (const task of reopenings.splice(0)) task();
  return journal.state.kind === 'ready' ? 'ready' : journal.state.fault.code;
}

describe('an open journal', () => {
  it.each([
    ['whose file is removed', 6514, () => rmSync(path)],
    ['whose folder is removed', 6514, () => rmSync(folder, { recursive: true })],
    ['whose file is cut off', 6505, () => truncateSync(path, 0)],
    ['whose log is cut off', 6514, () => truncateSync(`${path}-wal`, 0)],
    ['in whose place a copy is put', 6514, () => putInPlace(path)],
  ])('%s acknowledges nothing any more, and makes no other in its place', async (_, fault, disturb) => {
    expect(await store('before')).toBe(0);
    const files = () => (existsSync(folder) ? readdirSync(folder).sort() : []);
    disturb();
    const left = files();
    expect(await store('after')).toBe(6514);
    expect([reopened(), reopened()]).toEqual([fault, fault]);
    expect(await store('later')).toBe(fault);
    expect(files()).toEqual(left);
  });

  it('goes on by itself when its folder was moved away and is moved back', async () => {
    expect(await store('before')).toBe(0);
    renameSync(folder, `${folder}-away`);
    expect(await store('away')).toBe(6514);
    expect(reopened()).toBe(6514);
    renameSync(`${folder}-away`, folder);
    expect(reopened()).toBe('ready');
    expect(await store('after')).toBe(0);
    expect(await ordersKept()).toEqual(['before', 'after']);
  });

  it('saves what is in its log when that is removed, though nothing happens meanwhile', async () => {
    expect(await store('before')).toBe(0);
    rmSync(`${path}-wal`);
    thread.look();
    expect(journal.state).toMatchObject({ kind: 'refusing', fault: { code: 6514 } });
    expect(reopened()).toBe('ready');
    expect(await store('after')).toBe(0);
    copyFileSync(path, `${path}.found`);
    copyFileSync(`${path}-wal`, `${path}.found-wal`);
    const found = openStore({ path: `${path}.found`, boot });
    expect(found.ok && found.value.position).toBe(2);
    if (found.ok) found.value.close();
  });

  it('takes its lock anew when that is removed, and stays refused while another process has it', async () => {
    rmSync(`${path}.lock`);
    const other = takeWriteLock(path);
    expect(await store('meanwhile')).toBe(6514);
    expect(reopened()).toBe(6507);
    expect(await store('still')).toBe(6507);
    if (other.ok) other.value.release();
    expect(reopened()).toBe('ready');
    expect(takeWriteLock(path)).toMatchObject({ ok: false, error: { code: 6507 } });
    expect(await store('after')).toBe(0);
  });
});

describe('a journal that is not open', () => {
  it('and of which only the log is left is not made anew', async () => {
    expect(await store('before')).toBe(0);
    copyFileSync(`${path}-wal`, join(top, 'alone.db-wal'));
    expect(openStore({ path: join(top, 'alone.db'), boot })).toMatchObject({
      ok: false,
      error: { code: 6505, detail: { first: 'only its write-ahead log is there' } },
    });
    expect(readdirSync(top)).toContain('alone.db-wal');
    expect(existsSync(join(top, 'alone.db'))).toBe(false);
  });

  it('and lacks what this process has confirmed is not opened', async () => {
    expect(await store('before')).toBe(0);
    await journal.close();
    const expected = { journalId: journal.id, position: 2, auditSeq: 0 };
    expect(openStore({ path, boot, expected })).toMatchObject({ ok: false, error: { code: 6505 } });
    await open();
  });
});

function putInPlace(of: string): void {
  copyFileSync(of, `${of}.copy`);
  renameSync(`${of}.copy`, of);
}

describe('a journal that a cell finds at its start', () => {
  let copy: string;

  /** Two orders; of the first there is a copy. */
  beforeEach(async () => {
    copy = join(top, 'copy.db');
    await store('first');
    await journal.close();
    copyFileSync(path, copy);
    await open();
    await store('second');
    await journal.close();
  });

  /** @returns why it is not opened, or how many orders are in it */
  async function atStart(): Promise<unknown> {
    let first: FromWorker | undefined;
    const starting = new JournalThread(
      {
        post: (message) => {
          first ??= message;
        },
        close: () => undefined,
      },
      { path, retention: {}, soonMs: 0, checkpointPages: 1_000, reopenMs: 5 },
      { now: () => 0, after: () => () => undefined },
    );
    starting.start();
    if (first?.kind === 'not-opened') return first.fault.code;
    starting.hear({ kind: 'close' });
    await open();
    return ordersKept();
  }

  it.each([
    ['gone is not begun anew', 6514, () => rmSync(path)],
    ['empty is not begun anew', 6514, () => truncateSync(path, 0)],
    ['another is not taken', 6514, () => openAnother()],
    ['an older copy of itself is not taken', 6505, () => copyFileSync(copy, path)],
  ])('and that is %s; put back, it is taken as it was', async (_, refused, disturb) => {
    const aside = join(top, 'aside.db');
    copyFileSync(path, aside);
    disturb();
    expect([await atStart(), await atStart()]).toEqual([refused, refused]);
    const verdict = verifyJournal(path);
    expect(verdict.ok && verdict.value.damage.length === 0).toBe(false);
    copyFileSync(aside, path);
    expect(await atStart()).toEqual(['first', 'second']);
  });

  it('and that a person has given up, or put a backup in the place of, is taken as it is', async () => {
    const actor = { identity: 'jo', role: 'local', certFingerprint: '', peer: '' };
    expect(restoreJournal(copy, path, { stamp: '1', time: TIME as EpochMs, actor })).toMatchObject({ ok: true });
    expect(await atStart()).toEqual(['first']);
    await journal.close();
    rmSync(path);
    rmSync(markPath(path));
    expect(await atStart()).toEqual([]);
  });

  it('shows that the end of its trail is cut off, since how far that was stands beside it', async () => {
    const opened = openStore({ path, boot });
    if (opened.ok)
      opened.value.commit([{ epoch: 'e', events: [], audit: ['a', 'b', 'c'].map((id) => auditDraft(id)) }]);
    if (opened.ok) opened.value.close();
    await atStart();
    await journal.close();
    const db = openDatabase(path);
    db.exec('DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
    db.close();
    const verdict = verifyJournal(path);
    expect(verdict).toMatchObject({ ok: true, value: { damage: [], audit: { breaks: [{ kind: 'cut-off' }] } } });
  });

  function openAnother(): void {
    rmSync(path);
    const opened = openStore({ path, boot });
    if (opened.ok) opened.value.close();
  }
});
