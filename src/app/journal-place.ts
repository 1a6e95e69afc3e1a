// Where the journal of a cell is.
import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** `.celda/<stem>.journal.db` beside the cell's file, or what that is a link to. */
export function journalPath(cellPath: string): string {
  const stem = basename(cellPath).replace(/\.ya?ml$/i, '');
  return linkedJournal(join(dirname(cellPath), '.celda', `${stem}.journal.db`));
}

/** What a person names: a cell by its file, or a journal itself. */
export function journalOf(named: string): string {
  return /\.ya?ml$/i.test(named) ? journalPath(named) : linkedJournal(named);
}

/** The file itself where `path` is a link to it: its log and its lock are beside that, under whatever name it is opened. */
export function linkedJournal(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return path;
  return existsSync(path) ? realpathSync(path) : resolve(dirname(path), readlinkSync(path));
}
