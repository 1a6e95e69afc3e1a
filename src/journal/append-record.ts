// Adds to the audit trail of a journal that no cell writes just now.
import { existsSync } from 'node:fs';
import type { AuditDraft } from '../core/audit.ts';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import { bootTime } from './boot-time.ts';
import { journalInfo } from './look.ts';
import { openStore } from './open-store.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { faultOf } from './sqlite.ts';
import { takeWriteLock } from './write-lock.ts';

/**
 * Commits one record. It is on disk when this returns.
 * @returns 6507 while a process writes the journal, 6502 (it is not there, or is of an earlier version, which only its cell brings to
 *   this one), 6501, 6503 (disk), 6505, 6506
 */
export function appendRecord(path: string, draft: AuditDraft): Result<void, Fault> {
  if (!existsSync(path)) return err(fault(6502, { file: path, cause: 'no such file' }));
  const lock = takeWriteLock(path);
  if (!lock.ok) return lock;
  try {
    return append(path, draft);
  } catch (error) {
    return err(faultOf(error, path));
  } finally {
    lock.value.release();
  }
}

function append(path: string, draft: AuditDraft): Result<void, Fault> {
  const info = journalInfo(path);
  if (!info.ok) return info;
  if (info.value.schemaVersion !== SCHEMA_VERSION)
    return err(fault(6502, { file: path, cause: `it is of version ${info.value.schemaVersion}` }));
  const opened = openStore({ path, boot: bootTime });
  if (!opened.ok) return opened;
  const store = opened.value;
  try {
    store.commit([{ epoch: '', events: [], audit: [draft] }]);
    return ok(undefined);
  } finally {
    store.close();
  }
}
