// Checks drafts of work masters against the file of the cell that is served.
import { readFileSync } from 'node:fs';
import { checkWorkMasterDraft } from '../config/draft-check.ts';
import { err, ok } from '../core/result.ts';
import type { CheckDraft } from '../ports/work-master-check.ts';

/** Reads the file once: drafts are checked against the cell that runs, whatever becomes of its file. @param readFrom see `loadCell` */
export function createDraftCheck(cellPath: string, readFrom = cellPath): CheckDraft {
  const text = readFileSync(readFrom, 'utf8');
  return (id, definition) => {
    const checked = checkWorkMasterDraft(text, cellPath, id, definition);
    if (!checked.ok) return checked;
    const { workMasters, configHash } = checked.value;
    const workMaster = workMasters.find((each) => each.id === id);
    if (workMaster === undefined) return err([{ path: '', given: undefined, allowed: 'a work master', hint: '' }]);
    return ok({ workMaster, configHash });
  };
}
