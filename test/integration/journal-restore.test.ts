// Goal: a restore that is cut off loses nothing in silence: what is there then is the old journal whole, the restored one, or nothing that
// opens. Method: everything that changes files fails from one call on, as if the process had been killed before it; SQLite's own calls
// go to the draft alone.
import { hash } from 'node:crypto';
import * as files from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { epochMs } from '../../src/core/units.ts';
import { backUpJournal, restoreJournal } from '../../src/journal/copy.ts';
import { verifyJournal } from '../../src/journal/look.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { EventSource, submission, TIME } from '../support/journal-samples.ts';

/** Calls that change files and are still let through; undefined: all. */
let left: number | undefined;
const calls: string[] = [];
/** There is no room for another file. */
let isFull = false;

vi.mock('node:fs', async (original) => {
  const real = await original<typeof files>();
  const mortal = (name: string, call: (...args: never[]) => unknown): never =>
    ((...args: never[]) => {
      if (left === undefined) return call(...args);
      if (isFull && name === 'write' && String(args[0]).endsWith('.restoring')) {
        real.writeFileSync(String(args[0]), 'half of it');
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      }
      if (left <= 0) throw new Error('killed');
      left -= 1;
      calls.push(name);
      return call(...args);
    }) as never;
  return {
    ...real,
    writeFileSync: mortal('write', real.writeFileSync),
    renameSync: mortal('rename', real.renameSync),
    rmSync: mortal('rm', real.rmSync),
    fsyncSync: mortal('sync', real.fsyncSync),
  };
});

const boot = (): { sinceBootMs: number; bootId: string } => ({ sinceBootMs: 0, bootId: '' });
const RESTORING = {
  stamp: '1',
  time: epochMs(TIME),
  actor: { identity: 'eva', role: 'local', certFingerprint: '', peer: 'this machine' },
};

let folder: string;
let path: string;
let backup: string;

/** Orders that are given to the journal; it is closed then, or left as by a kill, with all of them in its log alone. */
function work(ids: readonly string[], isKilled: boolean): void {
  const opened = openStore({ path, boot });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const source = new EventSource(`run of ${ids.join(' ')}`);
  for (const id of ids) opened.value.commit([submission(source, id)]);
  const kept = ['', '-wal'].map((rest) => [rest, isKilled ? files.readFileSync(`${path}${rest}`) : undefined] as const);
  opened.value.close();
  for (const [rest, bytes] of kept) if (bytes !== undefined) files.writeFileSync(`${path}${rest}`, bytes);
}

/** Orders in what opens; or why it does not. */
function found(): readonly string[] | string {
  const opened = openStore({ path, boot });
  if (!opened.ok) return `${opened.error.code} ${String(opened.error.detail['first'])}`;
  const { orders } = opened.value.list({ direction: 'oldest-first', limit: 10 });
  opened.value.close();
  return orders.map(({ event }) => event.record.order.jobOrderId);
}

/** Restores the backup, and dies at the call after so many. */
function cutAfter(count: number): void {
  left = count;
  try {
    restoreJournal(backup, path, RESTORING);
  } catch {
    // It is dead.
  }
  left = undefined;
}

type Disk = ReadonlyMap<string, Buffer>;

function readDisk(): Disk {
  return new Map(files.readdirSync(folder).map((name) => [name, files.readFileSync(join(folder, name))]));
}

function putDisk(disk: Disk): void {
  for (const name of files.readdirSync(folder)) files.rmSync(join(folder, name));
  for (const [name, bytes] of disk) files.writeFileSync(join(folder, name), bytes);
}

/** What is there after a cut at each call, each once. */
function cutEverywhere(disk: Disk): readonly Disk[] {
  calls.length = 0;
  putDisk(disk);
  cutAfter(1_000);
  const cuts = new Map<string, Disk>();
  for (let at = 0; at < calls.length; at += 1) {
    putDisk(disk);
    const count = calls.length;
    cutAfter(at);
    calls.length = count;
    const there = readDisk();
    const name = [...there].map(([file, bytes]) => `${file} ${hash('sha1', bytes)}`).join('\n');
    cuts.set(name, there);
  }
  return [...cuts.values()];
}

beforeEach(() => {
  folder = files.mkdtempSync(join(tmpdir(), 'celda-restore-'));
  path = join(folder, 'j.db');
  backup = join(folder, 'backup.db');
  work(['a', 'b'], false);
  expect(backUpJournal(path, backup)).toMatchObject({ ok: true });
});
afterEach(() => {
  left = undefined;
  isFull = false;
  files.rmSync(folder, { recursive: true });
});

const NONE_OPENS = '6505 a restore was cut off: restore the backup again';

describe('a restore that is cut off', () => {
  it.each([
    ['orderly', false],
    ['by a kill', true],
  ])(
    'after a run that ended %s leaves the old journal or the restored one whole, or none that opens',
    (_, isKilled) => {
      work(['c', 'd'], isKilled);
      const outcomes = new Set<string>();
      const cuts = cutEverywhere(readDisk());
      for (const cut of cuts) {
        putDisk(cut);
        outcomes.add(String(found()));
        // Once more, with the draft of the first beside it.
        putDisk(cut);
        expect(restoreJournal(backup, path, RESTORING)).toMatchObject({ ok: true });
        expect(found()).toEqual(['a', 'b']);
        expect(verifyJournal(path)).toMatchObject({ ok: true, value: { damage: [], audit: { breaks: [] } } });
      }
      expect([...outcomes].sort()).toEqual([
        NONE_OPENS,
        ...(isKilled ? ['6505 only its write-ahead log is there'] : []),
        'a,b',
        'a,b,c,d',
      ]);
    },
  );

  it('twice leaves nothing that is taken for a new journal', () => {
    work(['c', 'd'], false);
    const first = cutEverywhere(readDisk()).find((disk) => !disk.has('j.db'));
    if (first === undefined) throw new Error('the journal was never set aside');
    const outcomes = cutEverywhere(first).map((disk) => {
      putDisk(disk);
      return String(found());
    });
    expect(new Set(outcomes)).toEqual(new Set([NONE_OPENS, 'a,b']));
  });
});

describe('a restore', () => {
  it('[D4] for which there is no room changes nothing, and leaves nothing', () => {
    work(['c', 'd'], false);
    [left, isFull] = [1_000, true];
    expect(restoreJournal(backup, path, RESTORING)).toMatchObject({ ok: false, error: { code: 6501 } });
    expect(files.readdirSync(folder).filter((name) => name.includes('restoring') || name.includes('replaced'))).toEqual(
      [],
    );
    [left, isFull] = [undefined, false];
    expect(found()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes nothing of the draft that another one left', () => {
    work(['c', 'd'], true);
    for (const rest of ['', '-wal']) files.copyFileSync(`${path}${rest}`, `${path}.restoring${rest}`);
    expect(restoreJournal(backup, path, RESTORING)).toMatchObject({ ok: true });
    expect(found()).toEqual(['a', 'b']);
    expect(files.readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('keeps what was replaced before, though the date is that of the time before', () => {
    expect(restoreJournal(backup, path, RESTORING)).toMatchObject({
      ok: true,
      value: { replaced: `${path}.replaced-1` },
    });
    const again = restoreJournal(backup, path, RESTORING);
    expect(again).toMatchObject({ ok: true, value: { replaced: `${path}.replaced-1-2` } });
  });
});

it('of a journal that a kill left, and that was set aside, brings back what is in its log alone', () => {
  work(['c', 'd'], true);
  expect(restoreJournal(backup, path, RESTORING)).toMatchObject({ ok: true });
  expect(found()).toEqual(['a', 'b']);
  expect(restoreJournal(`${path}.replaced-1`, path, { ...RESTORING, stamp: '2' })).toMatchObject({ ok: true });
  expect(found()).toEqual(['a', 'b', 'c', 'd']);
});
