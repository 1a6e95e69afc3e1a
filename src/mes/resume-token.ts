// Where a watch goes on: a position in one journal, as text that clients give back unread.
import type { JournalPosition } from '../ports/journal.ts';

/** What a token says. */
export interface ResumePoint {
  readonly journalId: string;
  readonly position: JournalPosition;
}

const CONTENT = /^([0-9a-f]{32})\/(0|[1-9]\d{0,14})$/;
const TOKEN_CHARS_MAX = 100;

/** @param journalId 32 hex digits */
export function toResumeToken({ journalId, position }: ResumePoint): string {
  return Buffer.from(`${journalId}/${position}`).toString('base64url');
}

/** @returns undefined for a text that no cell has given */
export function readResumeToken(token: string): ResumePoint | undefined {
  if (token.length > TOKEN_CHARS_MAX) return undefined;
  const [, journalId, digits] = CONTENT.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? [];
  return journalId === undefined ? undefined : { journalId, position: Number(digits) };
}
