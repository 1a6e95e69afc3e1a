// Where a watch goes on: a position in one journal, as text that clients give back unread.
import { hash } from 'node:crypto';
import type { JournalPosition } from '../ports/journal.ts';

/** What a token says. */
export interface ResumePoint {
  readonly journalId: string;
  readonly position: JournalPosition;
}

const CONTENT = /^([0-9a-f]{32})\/(0|[1-9]\d{0,14})\//;
const TOKEN_CHARS_MAX = 100;
/** A token that lost its end, or that somebody made up, is not taken for one of an earlier position. */
const CHECK_DIGITS = 8;

/** @param journalId 32 hex digits */
export function toResumeToken({ journalId, position }: ResumePoint): string {
  const content = `${journalId}/${position}/`;
  return Buffer.from(content + hash('sha256', content).slice(0, CHECK_DIGITS)).toString('base64url');
}

/** @returns undefined for a text that no cell has given */
export function readResumeToken(token: string): ResumePoint | undefined {
  if (token.length > TOKEN_CHARS_MAX) return undefined;
  const [, journalId, digits] = CONTENT.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? [];
  if (journalId === undefined) return undefined;
  const point = { journalId, position: Number(digits) };
  return toResumeToken(point) === token ? point : undefined;
}
