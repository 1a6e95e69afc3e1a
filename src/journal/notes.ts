// Notes: texts under names, in the table of what the journal knows of itself, under names that cannot be among those.
import type { DatabaseSync } from 'node:sqlite';
import type { JournalNote, NoteChange } from '../ports/journal.ts';
import { sealOf } from './row-body.ts';
import { setMeta } from './schema.ts';
import { DamageError } from './sqlite.ts';

/** Begins the name of every note. */
const NOTE = 'note:';

/** @throws DamageError when a note is not as it was written */
export function listNotes(db: DatabaseSync, prefix: string): readonly JournalNote[] {
  const start = `${NOTE}${prefix}`;
  const notes: JournalNote[] = [];
  for (const row of db.prepare('SELECT name, value, seal FROM meta WHERE name >= ? ORDER BY name').iterate(start)) {
    const [name, text] = [String(row['name']), String(row['value'])];
    // Names that begin alike stand together.
    if (!name.startsWith(start)) break;
    if (sealOf(['meta', name, text]) !== row['seal']) {
      throw new DamageError(name, 'it does not match its checksum');
    }
    notes.push({ name: name.slice(NOTE.length), text });
  }
  return notes;
}

/** Inside a transaction. */
export function changeNote(db: DatabaseSync, { name, text }: NoteChange): void {
  if (text === null) db.prepare('DELETE FROM meta WHERE name = ?').run(`${NOTE}${name}`);
  else setMeta(db, `${NOTE}${name}`, text);
}
