// One writer per journal. The lock is one of the kernel on a file beside it, so that it ends with its process, however that ends.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import { faultOf, openDatabase } from './sqlite.ts';

export interface WriteLock {
  release(): void;
}

/** Takes the lock of the journal at `path`. @returns fault 6507 with the process that has it */
export function takeWriteLock(path: string): Result<WriteLock, Fault> {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    // An empty database that is never written: its exclusive transaction is the lock.
    db = openDatabase(`${path}.lock`);
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    // Says who has it, for people; not in the locked file itself, since closing that would give the lock away.
    writeFileSync(`${path}.owner`, `${process.pid}\n`);
  } catch (error) {
    db?.close();
    const found = faultOf(error, path);
    return err(found.code === 6507 ? fault(6507, { file: path, pid: ownerOf(path) }) : found);
  }
  const held = db;
  return ok({ release: () => held.close() });
}

/** 0: not known. */
function ownerOf(path: string): number {
  try {
    return Number(readFileSync(`${path}.owner`, 'utf8')) || 0;
  } catch {
    return 0;
  }
}
