// One writer per journal. The lock is one of the kernel on a file beside it, so that it ends with its process, however that ends.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import { faultOf, openDatabase } from './sqlite.ts';

export interface WriteLock {
  /** Its file is still there, so that nobody else can take it. */
  readonly isOurs: boolean;
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
  const file = fileOf(path);
  return ok({
    get isOurs() {
      return fileOf(path) === file;
    },
    release: () => held.close(),
  });
}

/** Which file the lock is; empty: there is none. */
function fileOf(path: string): string {
  const found = statSync(`${path}.lock`, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev} ${found.ino}`;
}

/** 0: not known. */
function ownerOf(path: string): number {
  try {
    return Number(readFileSync(`${path}.owner`, 'utf8')) || 0;
  } catch {
    return 0;
  }
}
