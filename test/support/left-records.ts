// What commands leave beside a journal that they cannot write.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { leftRecords } from '../../src/app/command-record.ts';
import { journalPath } from '../../src/app/journal-place.ts';
import type { AuditDraft } from '../../src/core/audit.ts';

/** Puts a file in the place of the cell's journal that no command can open. */
export function leaveJournal(cellPath: string): void {
  const path = journalPath(cellPath);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'no command opens this');
}

/** The oldest first. */
export function recordsBeside(cellPath: string): readonly AuditDraft[] {
  const folder = leftRecords(journalPath(cellPath));
  const names = readdirSync(folder).toSorted();
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as AuditDraft);
}
