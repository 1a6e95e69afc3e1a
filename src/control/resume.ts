// Resuming an order whose progress comes from an earlier run of the control process: the sensors have the last word.
import { type Fault, fault } from '../core/faults.ts';
import {
  describeDifferences,
  digestOf,
  type JobCheckpoint,
  type ResumeDifference,
  resumeDifferences,
  type SeenCell,
} from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';
import { err, ok, type Result } from '../core/result.ts';
import { listsOf, type SequenceFrame, type SequenceState, sequenceAt } from '../core/sequence.ts';
import { homedAxes } from './job-events.ts';
import { checkRecord } from './order-check.ts';
import type { Turn } from './turn.ts';

/** How an order goes on. */
export interface Reconciled {
  readonly sequence: SequenceState;
  /** Grippers that must not let go: they hold what the order believes, or what it had just gripped. */
  readonly keeps: readonly string[];
}

/**
 * @param acknowledges digest of the differences that the person who resumes knows
 * @returns where the order goes on. Fault 6001, 6002 or 6024 when its work master has changed, 6005 when its progress fits no
 * place in it, 6513 while there is a difference that was not acknowledged or cannot be
 */
export function reconcile(
  turn: Turn,
  record: JobRecord,
  checkpoint: JobCheckpoint,
  acknowledges: string,
): Result<Reconciled, Fault> {
  const { jobOrderId } = record.order;
  const checked = checkRecord(turn.context, record);
  if (!checked.ok) return checked;
  const { workMaster, parameters } = checked.value;
  const lists = listsOf(workMaster, checkpoint.frames);
  if (lists === undefined) {
    const hint = 'its progress fits no step of its work master: abort it and order the rest anew';
    return err(fault(6005, { jobOrderId, state: record.state, hint }));
  }
  const differences = resumeDifferences(lists, checkpoint, seenCell(turn));
  const refused = refusalOf(jobOrderId, differences, acknowledges);
  if (refused !== undefined) return err(refused);
  const frames = differences.some(({ remedy }) => remedy === 'repeat-round')
    ? roundAgain(checkpoint.frames)
    : checkpoint.frames;
  const missing = new Set(differences.filter(({ seen }) => seen === 'no part').map(({ device }) => device));
  const holding = checkpoint.holding.filter((gripper) => !missing.has(gripper));
  const gripped = differences.filter(({ seen }) => seen === 'a part').map(({ device }) => device);
  return ok({ sequence: sequenceAt(workMaster, parameters, frames, holding), keeps: [...holding, ...gripped] });
}

function refusalOf(
  jobOrderId: string,
  differences: readonly ResumeDifference[],
  acknowledges: string,
): Fault | undefined {
  if (differences.length === 0) return undefined;
  const mend = differences.filter(({ remedy }) => remedy === 'mend').map(({ device }) => device);
  const digest = digestOf(differences);
  if (mend.length === 0 && acknowledges === digest) return undefined;
  return fault(6513, {
    jobOrderId,
    differences: describeDifferences(differences),
    ...(mend.length > 0 ? { mend: mend.join(' ') } : { acknowledge: digest }),
  });
}

function roundAgain(frames: readonly SequenceFrame[]): readonly SequenceFrame[] {
  return frames.map((frame, depth) => (depth === frames.length - 1 ? { ...frame, index: 0 } : frame));
}

function seenCell(turn: Turn): SeenCell {
  const { context, next, readings } = turn;
  const { table } = context;
  const homed = new Set(homedAxes(turn, next));
  return {
    grippers: new Map([...table.grippers.keys()].map((name) => [name, readings.gripper(name)?.partPresent])),
    homed,
    positions: new Map(
      table.joints.flatMap(({ model }, joint): [string, number][] => {
        const position = next.motion.positionDeg[joint];
        const isKnown = model.kind === 'servo' || homed.has(model.name);
        return position === undefined || !isKnown ? [] : [[model.name, position]];
      }),
    ),
  };
}
