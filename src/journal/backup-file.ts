// The file of a backup: it is written beside its name, and takes the name once it is whole. No file that is there is written over.
import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncPath } from './schema.ts';
import { errnoOf } from './sqlite.ts';

/** A draft to which nothing has been written for so long, ms, is nobody's: processes of another machine or container cannot be asked. */
const LEFT_MS = 600_000;

/** What a draft adds to the name of its backup; SQLite has its own beside it while it writes one. */
const DRAFT = /^\.(\d+)(?:\.[0-9a-f]+)?\.part(?:-journal)?$/;

/** Its own for each backup: processes of two containers can have the same pid. */
export function draftNameOf(to: string): string {
  return `${to}.${process.pid}.${randomBytes(4).toString('hex')}.part`;
}

/** Removes what killed backups to this name have left, each as large as the journal. @param now ms since 1970 */
export function removeLeftDrafts(to: string, now: number): void {
  try {
    for (const name of readdirSync(dirname(to))) {
      const [, pid] = name.startsWith(basename(to)) ? (DRAFT.exec(name.slice(basename(to).length)) ?? []) : [];
      const path = join(dirname(to), name);
      if (pid !== undefined && !isOfAnother(Number(pid)) && isOld(path, now)) rmSync(path, { force: true });
    }
  } catch {
    // No reason to make no backup; a folder that takes none says so itself.
  }
}

/** A process that lives. With our own pid it is in another container, or was before us. */
function isOfAnother(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

function isOld(path: string, now: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && now - found.mtimeMs > LEFT_MS;
}

/**
 * Syncs a draft and gives it its name, in one step.
 * @returns false when the name is taken, also since it was looked at last
 * @throws what the file system throws
 */
export function placeDraft(draft: string, to: string): boolean {
  syncPath(draft);
  if (!link(draft, to)) return false;
  rmSync(draft, { force: true });
  syncPath(dirname(to));
  return true;
}

function link(draft: string, to: string): boolean {
  try {
    linkSync(draft, to);
    return true;
  } catch (error) {
    // FAT and exFAT have no links, and say so in various ways.
    return errnoOf(error) !== 'EEXIST' && renameToFree(draft, to);
  }
}

/** The name is reserved by an empty file first: a rename writes over whatever is there. */
function renameToFree(draft: string, to: string): boolean {
  try {
    closeSync(openSync(to, 'wx'));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    renameSync(draft, to);
    return true;
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}
