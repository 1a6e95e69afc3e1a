// Copies of a journal: a backup while its cell runs, and the way back while it does not.
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AuditActor, AuditDraft } from '../core/audit.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { EpochMs } from '../core/units.ts';
import { draftNameOf, placeDraft, removeLeftDrafts } from './backup-file.ts';
import { bootTime } from './boot-time.ts';
import { journalInfo, RESTORE_TYPE, verifyJournal } from './look.ts';
import { removeMark } from './mark.ts';
import { draftOf, openStore } from './open-store.ts';
import { renewId, SCHEMA_VERSION, syncPath } from './schema.ts';
import { faultOf, openDatabase } from './sqlite.ts';
import { takeWriteLock } from './write-lock.ts';

const BUSY_MS = 5_000;

/**
 * Writes a whole copy of the journal as it is at this moment, to a file that is not there yet. The cell goes on meanwhile. The
 * copy is checked and on disk when this returns; it appears in one step.
 * @returns 6501, 6502 (disk; or the file is there), 6505 (the journal, or what was copied, is damaged), 6506
 */
export function backUpJournal(path: string, to: string): Result<void, Fault> {
  if (existsSync(to)) return isThere(to);
  try {
    removeLeftDrafts(to, Date.now());
    const whole = checked(path);
    return whole.ok ? copyChecked(path, draftNameOf(to), to) : whole;
  } catch (error) {
    return err(faultOf(error, to));
  }
}

function isThere(to: string): Result<void, Fault> {
  return err(fault(6502, { file: to, cause: 'it is there already' }));
}

/** @throws what SQLite and the file system throw */
function copyChecked(path: string, draft: string, to: string): Result<void, Fault> {
  try {
    copyWhole(path, draft);
    const copied = checked(draft);
    if (!copied.ok) return copied;
    return placeDraft(draft, to) ? ok(undefined) : isThere(to);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * What was committed last may be in the write-ahead log alone: in a journal that is written, and in one that a kill left.
 * @param draft not there, or empty
 * @throws what SQLite throws
 */
function copyWhole(path: string, draft: string): void {
  const db = openDatabase(path, { readOnly: true, busyMs: BUSY_MS });
  try {
    db.prepare('VACUUM INTO ?').run(draft);
  } finally {
    db.close();
  }
}

/** Where the journal that was replaced is kept. Undefined: there was none. */
export interface Restored {
  readonly replaced: string | undefined;
}

/** Who restores, and when. */
export interface Restoring {
  /** Goes into the name under which the old journal is kept. */
  readonly stamp: string;
  readonly time: EpochMs;
  readonly actor: AuditActor;
}

/**
 * Puts a backup in the place of the journal, with an id of its own. What was there is kept beside it. The audit trail of the backup goes on with a record
 * of this, which says how far the trail was that it took the place of.
 * @returns 6507 while a process writes the journal, 6505 and 6506 for a backup that is none, 6501 and 6502 (disk)
 */
export function restoreJournal(backup: string, path: string, restoring: Restoring): Result<Restored, Fault> {
  const whole = checked(backup);
  if (!whole.ok) return whole;
  const lock = takeWriteLock(path);
  if (!lock.ok) return lock;
  try {
    return replaceJournal(backup, path, restoring);
  } catch (error) {
    return err(faultOf(error, path));
  } finally {
    lock.value.release();
  }
}

/** @throws what the file system throws */
function replaceJournal(backup: string, path: string, restoring: Restoring): Result<Restored, Fault> {
  const draft = draftOf(path);
  // Of an earlier restore that was cut off with nothing in the place of the journal: it must never be missing meanwhile.
  let isNeeded = existsSync(draft) && !existsSync(path);
  try {
    // Its log would be taken for that of the copy.
    removeBeside(draft);
    // Emptied, not removed: in the place of a journal it must not be missing either.
    writeFileSync(draft, '');
    copyWhole(backup, draft);
    begin(draft);
    const recorded = record(draft, path, restoring);
    if (!recorded.ok) return recorded;
    syncPath(draft);
    syncPath(dirname(path));
    isNeeded = true;
    removeMark(path);
    const replaced = setAside(path, freeName(`${path}.replaced-${restoring.stamp}`));
    // On disk before the other takes its name: beside it the log that was here would be taken for its own.
    syncPath(dirname(path));
    place(draft, path);
    return ok({ replaced });
  } finally {
    // In the place of a journal that was set aside it says that nothing has taken that place (`openStore`).
    removeBeside(draft);
    if (!isNeeded || existsSync(path)) rmSync(draft, { force: true });
  }
}

/** What an opened journal leaves beside itself; one of an earlier version was brought to this one, and has a copy of what it was. */
function removeBeside(draft: string): void {
  const earlier = Array.from({ length: SCHEMA_VERSION - 1 }, (_, index) => `.v${index + 1}`);
  for (const rest of ['-wal', '-shm', ...earlier]) rmSync(`${draft}${rest}`, { force: true });
}

/** Nothing that was kept is written over, whatever the date says. */
function freeName(wanted: string): string {
  let name = wanted;
  for (let count = 2; existsSync(name) || existsSync(`${name}-wal`); count += 1) name = `${wanted}-${count}`;
  return name;
}

/** What comes after a backup happens a second time, and differs: positions of the first time must not be taken for these. */
function begin(draft: string): void {
  const db = openDatabase(draft);
  try {
    renewId(db);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

function record(draft: string, replaced: string, { actor, time }: Restoring): Result<void, Fault> {
  const opened = openStore({ path: draft, boot: bootTime });
  if (!opened.ok) return opened;
  const store = opened.value;
  const { hash, seq } = store.auditHead;
  const audit: AuditDraft = {
    time,
    clockQuality: 'UNSYNCED',
    source: 'cli',
    category: 'BACKUP_RESTORE',
    type: RESTORE_TYPE,
    actor,
    object: { kind: 'journal', id: store.id, revision: 0 },
    before: existsSync(replaced) ? stateOf(replaced) : '',
    after: canonicalJson({ trail: `${seq}:${hash}` }),
    reason: '',
    result: 'SUCCESS',
    resultCode: '',
    correlation: { requestId: '', jobOrderId: '', traceId: '' },
  };
  try {
    store.commit([{ epoch: '', events: [], audit: [audit] }]);
    return ok(undefined);
  } finally {
    store.close();
  }
}

/** How far the trail of a journal is, or why nobody can tell. */
function stateOf(path: string): string {
  const info = journalInfo(path);
  return canonicalJson(
    info.ok ? { trail: `${info.value.audit.seq}:${info.value.audit.hash}` } : { fault: info.error.code },
  );
}

/**
 * The write-ahead log goes with its journal: beside another it would be taken for that one's. It goes after it: a journal without its log
 * would be opened as if it were whole.
 */
function setAside(path: string, aside: string): string | undefined {
  const isReplaced = existsSync(path);
  for (const rest of ['', '-wal', '-shm'])
    if (existsSync(`${path}${rest}`)) renameSync(`${path}${rest}`, `${aside}${rest}`);
  return isReplaced ? aside : undefined;
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
