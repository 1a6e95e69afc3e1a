// Entry of the process that checks drafts of work masters. First it is told the file of the cell, then one draft after the other.
import { type CheckedFile, draftCheckOf } from './draft-check.ts';
import type { AskedDraft } from './draft-process.ts';

process.once('message', (file: CheckedFile) => {
  const check = draftCheckOf(file);
  process.on('message', ({ id, definition }: AskedDraft) => process.send?.(check(id, definition)));
});
process.on('disconnect', () => process.exit(0));
