// How far a journal was, in a file beside it. Whoever finds the journal gone, exchanged or older than that does not begin with what is there as
// if nothing were missing.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AuditHead } from '../core/audit.ts';
import type { ExpectedJournal } from './open-store.ts';
import { syncPath } from './schema.ts';

/** What the journal certainly has: it was on disk when this was written. */
export interface Mark {
  readonly journalId: string;
  /** Of its newest event. */
  readonly position: number;
  readonly trail: AuditHead;
}

/** Of the journal at `path`. */
export function markPath(path: string): string {
  return `${path}.mark`;
}

/** Undefined: there is none, or it cannot be read. Never throws. */
export function readMark(path: string): Mark | undefined {
  try {
    const { journalId, position, trail } = JSON.parse(readFileSync(markPath(path), 'utf8')) as Mark;
    const isMark = typeof journalId === 'string' && Number.isSafeInteger(position) && Number.isSafeInteger(trail.seq);
    return isMark ? { journalId, position, trail } : undefined;
  } catch {
    return undefined;
  }
}

/** Whole and on disk when it returns; where it cannot be written the one before stays, which says less and nothing wrong. Never throws. */
export function writeMark(path: string, { journalId, position, trail }: Mark): void {
  const mark = markPath(path);
  const draft = `${mark}.part`;
  try {
    writeFileSync(draft, `${JSON.stringify({ journalId, position, trail })}\n`, { flush: true });
    renameSync(draft, mark);
    syncPath(dirname(mark));
  } catch {
    removeQuietly(draft);
  }
}

/** The journal is about to be another. @throws what the file system throws */
export function removeMark(path: string): void {
  rmSync(markPath(path), { force: true });
  syncPath(dirname(path));
}

/** What the journal must have at the least. */
export function expectedBy({ journalId, position, trail }: Mark): ExpectedJournal {
  return { journalId, position, auditSeq: trail.seq };
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is written over the next time.
  }
}
