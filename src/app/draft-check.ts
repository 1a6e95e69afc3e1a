// Checks drafts of work masters against the file of the cell that is served.
import { readFileSync } from 'node:fs';
import { checkWorkMasterDraft } from '../config/draft-check.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { CheckedDraft, DraftProblem } from '../ports/work-master-check.ts';

/** Problems of one draft that are told. A draft of 64 KB can have tens of thousands. */
const PROBLEMS_MAX = 1_000;

/** The file of a cell, read once: drafts are checked against the cell that runs, whatever becomes of its file. */
export interface CheckedFile {
  readonly text: string;
  /** For messages, and the folder that program paths start at. */
  readonly cellPath: string;
}

/** @param readFrom see `loadCell` */
export function readCheckedFile(cellPath: string, readFrom = cellPath): CheckedFile {
  return { text: readFileSync(readFrom, 'utf8'), cellPath };
}

/** Checks in the process that asks, for as long as it takes. @param readFrom see `loadCell` */
export function createDraftCheck(cellPath: string, readFrom = cellPath): ReturnType<typeof draftCheckOf> {
  return draftCheckOf(readCheckedFile(cellPath, readFrom));
}

/** The same of a file that is read already. */
export function draftCheckOf({ text, cellPath }: CheckedFile) {
  return (id: string, definition: string): Result<CheckedDraft, readonly DraftProblem[]> => {
    const checked = checkWorkMasterDraft(text, cellPath, id, definition);
    if (!checked.ok) return err(checked.error.slice(0, PROBLEMS_MAX));
    const { workMasters, configHash } = checked.value;
    const workMaster = workMasters.find((each) => each.id === id);
    if (workMaster === undefined) return err([{ path: '', given: undefined, allowed: 'a work master', hint: '' }]);
    return ok({ workMaster, configHash });
  };
}
