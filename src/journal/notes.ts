// Notes: short texts under names, in the table of what the journal knows of itself, under names that cannot be among those.
import type { DatabaseSync } from 'node:sqlite';
import type { JournalNote } from '../ports/journal.ts';
import { sealOf } from './row-body.ts';
import { setMeta } from './schema.ts';
import { DamageError } from './sqlite.ts';

/** Begins the name of every note. */
const NOTE = 'note:';

/** @throws DamageError when a note is not as it was written */
export function listNotes(db: DatabaseSync, prefix: string): readonly JournalNote[] {
  const rows = db.prepare('SELECT name, value, seal FROM meta ORDER BY name').all();
  return rows.flatMap((row) => {
    const [name, text] = [String(row['name']), String(row['value'])];
    if (!name.startsWith(`${NOTE}${prefix}`)) return [];
    if (sealOf(['meta', name, text]) !== row['seal']) {
      throw new DamageError(name, 'it does not match its checksum');
    }
    return [{ name: name.slice(NOTE.length), text }];
  });
}

/** Inside a transaction. */
export function keepNote(db: DatabaseSync, { name, text }: JournalNote): void {
  setMeta(db, `${NOTE}${name}`, text);
}
