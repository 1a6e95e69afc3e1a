// Goal: a backup never writes over a file, however late that appears, and leaves nothing beside it; what killed backups left is removed.
// Method: another file appears while the draft is synced, on a file system with links and on one without.
import * as files from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftNameOf, removeLeftDrafts } from '../../src/journal/backup-file.ts';
import { backUpJournal } from '../../src/journal/copy.ts';
import { verifyJournal } from '../../src/journal/look.ts';
import { openStore } from '../../src/journal/open-store.ts';

/** What happens while a file is made durable. */
let onSync: () => void = () => undefined;
/** How the file system says that it does not do this; undefined: it does. */
let noLink: string | undefined;
let noRename: string | undefined;

function refused(code: string): Error {
  return Object.assign(new Error(code), { code });
}

vi.mock('node:fs', async (original) => {
  const real = await original<typeof files>();
  return {
    ...real,
    fsyncSync: (file: number) => {
      onSync();
      real.fsyncSync(file);
    },
    linkSync: (from: string, to: string) => {
      if (noLink !== undefined) throw refused(noLink);
      real.linkSync(from, to);
    },
    renameSync: (from: string, to: string) => {
      if (noRename !== undefined) throw refused(noRename);
      real.renameSync(from, to);
    },
  };
});

let folder: string;
let path: string;
let copy: string;

const copies = () => files.readdirSync(folder).filter((name) => name.startsWith('copy.db'));

beforeEach(() => {
  folder = files.mkdtempSync(join(tmpdir(), 'celda-backup-'));
  path = join(folder, 'j.db');
  copy = join(folder, 'copy.db');
  const opened = openStore({ path, boot: () => ({ sinceBootMs: 0, bootId: '' }) });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  opened.value.close();
});
afterEach(() => {
  onSync = () => undefined;
  noLink = undefined;
  noRename = undefined;
  files.rmSync(folder, { recursive: true });
});

describe.each([undefined, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'])(
  'where a link is answered with %s, a backup',
  (code) => {
    beforeEach(() => {
      noLink = code;
    });

    it('takes its name, whole, and leaves nothing beside it', () => {
      expect(backUpJournal(path, copy)).toMatchObject({ ok: true });
      expect(verifyJournal(copy)).toMatchObject({ ok: true, value: { damage: [] } });
      expect(copies()).toEqual(['copy.db']);
    });

    it('does not write over a file that appears while it is synced', () => {
      onSync = () => files.writeFileSync(copy, 'another');
      expect(backUpJournal(path, copy)).toMatchObject({
        ok: false,
        error: { code: 6502, detail: { cause: 'it is there already' } },
      });
      expect(files.readFileSync(copy, 'utf8')).toBe('another');
      expect(copies()).toEqual(['copy.db']);
    });
  },
);

it('a backup that does not get its name leaves none reserved', () => {
  noLink = 'EPERM';
  noRename = 'EIO';
  expect(backUpJournal(path, copy)).toMatchObject({ ok: false, error: { code: 6502 } });
  expect(copies()).toEqual([]);
});

describe('the draft of a backup', () => {
  const NOW = Date.now();
  /** Greater than any pid of Linux. */
  const GONE = 99_999_999;

  function left(name: string, ageMs: number): string {
    const file = join(folder, name);
    files.writeFileSync(file, '');
    files.utimesSync(file, new Date(NOW - ageMs), new Date(NOW - ageMs));
    return name;
  }

  it('has a name of its own, also beside one of a process with the same pid', () => {
    expect(draftNameOf(copy)).not.toBe(draftNameOf(copy));
  });

  it('is removed when its process is gone and it is old, and nothing else is', () => {
    const old = 660_000;
    left(`copy.db.${GONE}.0a1b2c3d.part`, old);
    left(`copy.db.${GONE}.0a1b2c3d.part-journal`, old);
    left(`copy.db.${GONE}.part`, old);
    left(`copy.db.${process.pid}.0a1b2c3d.part`, old);
    const kept = [
      left(`copy.db.${GONE}.4e5f6a7b.part`, 540_000),
      left(`copy.db.${process.ppid}.0a1b2c3d.part`, old),
      left(`copy.db.old.part`, old),
      left(`copy.db.${GONE}.0a1b2c3d.partial`, old),
      left(`copy.db2.${GONE}.0a1b2c3d.part`, old),
      left(`other.db.${GONE}.0a1b2c3d.part`, old),
    ];
    const before = files.readdirSync(folder).filter((name) => name.startsWith('j.db'));
    removeLeftDrafts(copy, NOW);
    expect(files.readdirSync(folder).toSorted()).toEqual([...kept, ...before].toSorted());
  });

  it('of a killed backup is removed by the next one to the same name', () => {
    left(`copy.db.${GONE}.0a1b2c3d.part`, 660_000);
    expect(backUpJournal(path, copy)).toMatchObject({ ok: true });
    expect(copies()).toEqual(['copy.db']);
  });

  it('is no reason to make no backup when it cannot be removed', () => {
    files.mkdirSync(join(folder, `copy.db.${GONE}.0a1b2c3d.part`));
    files.utimesSync(join(folder, `copy.db.${GONE}.0a1b2c3d.part`), new Date(0), new Date(0));
    expect(backUpJournal(path, copy)).toMatchObject({ ok: true });
  });
});
