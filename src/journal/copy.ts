// Copies of a journal: a backup while its cell runs, and the way back while it does not.
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import { verifyJournal } from './look.ts';
import { syncPath } from './schema.ts';
import { faultOf, openDatabase } from './sqlite.ts';
import { takeWriteLock } from './write-lock.ts';

const BUSY_MS = 5_000;

/**
 * Writes a whole copy of the journal as it is at this moment, to a file that is not there yet. The cell goes on meanwhile. The
 * copy is checked and on disk when this returns; it appears in one step.
 * @returns 6501, 6502 (disk; or the file is there), 6505 (the journal, or what was copied, is damaged), 6506
 */
export function backUpJournal(path: string, to: string): Result<void, Fault> {
  if (existsSync(to)) return err(fault(6502, { file: to, cause: 'it is there already' }));
  const draft = `${to}.part`;
  rmSync(draft, { force: true });
  const whole = checked(path);
  if (!whole.ok) return whole;
  try {
    const db = openDatabase(path, { readOnly: true, busyMs: BUSY_MS });
    try {
      db.prepare('VACUUM INTO ?').run(draft);
    } finally {
      db.close();
    }
    const copied = checked(draft);
    if (!copied.ok) return copied;
    place(draft, to);
    return ok(undefined);
  } catch (error) {
    return err(faultOf(error, to));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Where the journal that was replaced is kept. Undefined: there was none. */
export interface Restored {
  readonly replaced: string | undefined;
}

/**
 * Puts a backup in the place of the journal. What was there is kept beside it.
 * @returns 6507 while a process writes the journal, 6505 and 6506 for a backup that is none, 6501 and 6502 (disk)
 */
export function restoreJournal(backup: string, path: string, stamp: string): Result<Restored, Fault> {
  const whole = checked(backup);
  if (!whole.ok) return whole;
  const lock = takeWriteLock(path);
  if (!lock.ok) return lock;
  const draft = `${path}.restoring`;
  try {
    copyFileSync(backup, draft);
    syncPath(draft);
    const replaced = setAside(path, `${path}.replaced-${stamp}`);
    place(draft, path);
    return ok({ replaced });
  } catch (error) {
    return err(faultOf(error, path));
  } finally {
    rmSync(draft, { force: true });
    lock.value.release();
  }
}

/** The write-ahead log goes with its journal: beside another it would be taken for that one's. */
function setAside(path: string, aside: string): string | undefined {
  for (const rest of ['-wal', '-shm'])
    if (existsSync(`${path}${rest}`)) renameSync(`${path}${rest}`, `${aside}${rest}`);
  if (!existsSync(path)) return undefined;
  renameSync(path, aside);
  return aside;
}

function place(draft: string, path: string): void {
  syncPath(draft);
  renameSync(draft, path);
  syncPath(dirname(path));
}

function checked(path: string): Result<void, Fault> {
  const verdict = verifyJournal(path);
  if (!verdict.ok) return verdict;
  const { damage, audit } = verdict.value;
  if (damage.length > 0) return err(fault(6505, { file: path, findings: damage.length, first: damage[0] ?? '' }));
  if (audit.breaks.length > 0) return err(fault(6509, { file: path, first: audit.breaks[0]?.text ?? '' }));
  return ok(undefined);
}
