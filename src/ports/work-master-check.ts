// Whether a draft of a work master would fit a cell: asked by whoever serves it, answered by whoever can read files of cells.
import type { Fault } from '../core/faults.ts';
import type { Result } from '../core/result.ts';
import type { WorkMaster } from '../core/work-master.ts';

/** One thing that is wrong with a draft. */
export interface DraftProblem {
  /** Where in the draft, such as `steps[0].move.to`; of its text `:2:1`, line and column from 1; empty for the whole of it. */
  readonly path: string;
  /** Undefined when something is missing. */
  readonly given: string | undefined;
  readonly allowed: string;
  readonly hint: string;
}

/** A draft that fits. */
export interface CheckedDraft {
  readonly workMaster: WorkMaster;
  /** Of the cell with it. */
  readonly configHash: string;
}

/** Of a draft that fits; or every problem, in the order of the draft, with those elsewhere in the file that it causes last; or why it was not checked. */
export type DraftVerdict = Result<CheckedDraft, readonly DraftProblem[] | Fault>;

/** Whether the draft was not even checked. */
export function isUnchecked(error: readonly DraftProblem[] | Fault): error is Fault {
  return 'code' in error;
}

/** Checks what would stand under `id` in `workMasters` of the cell's file. Never throws for any text. */
export type CheckDraft = (id: string, definition: string) => DraftVerdict | Promise<DraftVerdict>;
