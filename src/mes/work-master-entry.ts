// Work masters as the wire shows them: those of the cell's file, and those that are kept beside it.
import { createHash } from 'node:crypto';
import { celda } from '../../proto/generated/celda.js';
import type { Step, WorkMaster } from '../core/work-master.ts';
import { toWireWorkMaster } from './capabilities-wire.ts';
import { toTimestamp } from './wire-values.ts';
import { definitionHash, type Standing, type WorkMasterBook } from './work-master-book.ts';
import type { KeptVersion } from './work-master-versions.ts';

const { WorkMasterState } = celda.cell.v1;

type Entry = celda.cell.v1.WorkMasterEntry.$Properties;

/** What is shown of a version that is kept; what was submitted is asked for by itself. */
export interface ShownVersion extends Omit<KeptVersion, 'definition'> {
  readonly etag: string;
}

export function stepsIn(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + (step.kind === 'repeat' ? stepsIn(step.steps) : 0), 0);
}

/** Another one for whatever is submitted, even for the same by another person or at another time. */
export function etagOf({ definition, submission }: Pick<KeptVersion, 'definition' | 'submission'>): string {
  const { by, time } = submission;
  return createHash('sha256')
    .update(JSON.stringify([definition, by, time]))
    .digest('hex')
    .slice(0, 16);
}

export function shown({ definition, ...version }: KeptVersion): ShownVersion {
  return { ...version, etag: etagOf({ definition, submission: version.submission }) };
}

/** @param standing as it is shown: now, or when something was answered */
export function entryOfFile(book: WorkMasterBook, workMaster: WorkMaster, standing: Standing): Entry {
  const { isRetired, change } = standing;
  const inForce = book.isChanged(workMaster)
    ? WorkMasterState.WORK_MASTER_STATE_CHANGED
    : WorkMasterState.WORK_MASTER_STATE_ACTIVE;
  const kept = book.versions.find(workMaster);
  return {
    workMaster: toWireWorkMaster(workMaster),
    state: isRetired ? WorkMasterState.WORK_MASTER_STATE_RETIRED : inForce,
    stepCount: stepsIn(workMaster.steps),
    definitionHash: definitionHash(workMaster),
    changedBy: change?.by ?? '',
    comment: change?.comment ?? '',
    ...(change === undefined ? {} : { changeTime: toTimestamp(change.time) }),
    ...(kept?.approval === undefined ? {} : history(kept)),
    keptDefinitionHash: book.versions.hashOf(workMaster) ?? '',
  };
}

/** @param isWhole with its parameters */
export function entryOfKept(version: ShownVersion, keptDefinitionHash: string, isWhole: boolean): Entry {
  const { id, description, approval, submission, parameters } = version;
  const last = approval ?? submission;
  const workMaster = { id, version: version.version, description, parameters: isWhole ? parameters : [], steps: [] };
  return {
    workMaster: toWireWorkMaster(workMaster),
    state:
      approval === undefined ? WorkMasterState.WORK_MASTER_STATE_DRAFT : WorkMasterState.WORK_MASTER_STATE_APPROVED,
    stepCount: version.stepCount,
    definitionHash: version.definitionHash,
    changeTime: toTimestamp(last.time),
    changedBy: last.by,
    comment: last.comment,
    etag: version.etag,
    ...history(version),
    keptDefinitionHash,
  };
}

function history({ submission, approval }: Pick<KeptVersion, 'submission' | 'approval'>): Entry {
  return {
    author: submission.by,
    submitTime: toTimestamp(submission.time),
    ...(approval === undefined ? {} : { approvedBy: approval.by, approveTime: toTimestamp(approval.time) }),
  };
}
