// Where the journal of a cell is.
import { basename, dirname, join } from 'node:path';

/** `.celda/<stem>.journal.db` beside the cell's file. */
export function journalPath(cellPath: string): string {
  const stem = basename(cellPath).replace(/\.ya?ml$/i, '');
  return join(dirname(cellPath), '.celda', `${stem}.journal.db`);
}

/** What a person names: a cell by its file, or a journal itself. */
export function journalOf(named: string): string {
  return /\.ya?ml$/i.test(named) ? journalPath(named) : named;
}
