// Resuming an order whose progress comes from an earlier run of the control process: the sensors have the last word.
import { type Fault, fault } from '../core/faults.ts';
import {
  describeDifferences,
  digestOf,
  type Interruption,
  type JobCheckpoint,
  type ResumeDifference,
  resumeDifferences,
  type SeenCell,
  type SeenPosition,
} from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';
import { err, ok, type Result } from '../core/result.ts';
import { listsOf, type SequenceFrame, type SequenceState, sequenceAt } from '../core/sequence.ts';
import type { Step } from '../core/work-master.ts';
import type { CycleContext } from './cycle.ts';
import { homedAxes } from './job-events.ts';
import { checkRecord, type RunnableOrder } from './order-check.ts';
import type { Turn } from './turn.ts';

/** How an order goes on. */
export interface Reconciled {
  readonly sequence: SequenceState;
  /** Grippers that must not let go: they hold what the order believes, or what it had just gripped. */
  readonly keeps: readonly string[];
  /** Grippers whose part is gone. */
  readonly letsGo: readonly string[];
}

/** The place in its work master where an order stood. */
export interface KnownPlace extends RunnableOrder, Interruption {
  /** @see listsOf */
  readonly lists: readonly (readonly Step[])[];
}

/**
 * What no reset and no sensor changes while this control process runs.
 *
 * @param checkpoint where an earlier run of control has told that it stood, if it has
 * @returns where the order stood, or why it can never go on: fault 6001, 6002 or 6024 when its work master has changed, 6029 when
 * nobody knows its place in it
 */
export function knownPlace(
  context: Pick<CycleContext, 'workMasters'>,
  record: JobRecord,
  checkpoint: JobCheckpoint | undefined,
): Result<KnownPlace, Fault> {
  const { jobOrderId } = record.order;
  if (checkpoint === undefined) return err(fault(6029, { jobOrderId }));
  const checked = checkRecord(context, record);
  if (!checked.ok) return checked;
  const lists = listsOf(checked.value.workMaster, checkpoint.frames);
  return lists === undefined
    ? err(fault(6029, { jobOrderId }))
    : ok({ ...checked.value, checkpoint, since: record.times.since, lists });
}

/**
 * @param acknowledges digest of the differences that the person who resumes knows
 * @returns where the order goes on. Fault 6513 while there is a difference that was not acknowledged or cannot be
 */
export function reconcile(turn: Turn, place: KnownPlace, acknowledges: string): Result<Reconciled, Fault> {
  const { workMaster, parameters, checkpoint, lists } = place;
  const differences = resumeDifferences(lists, checkpoint, seenCell(turn));
  const refused = refusalOf(place, differences, acknowledges);
  if (refused !== undefined) return err(refused);
  const frames = differences.some(({ remedy }) => remedy === 'repeat-round')
    ? roundAgain(checkpoint.frames)
    : checkpoint.frames;
  const missing = new Set(differences.filter(({ seen }) => seen === 'no part').map(({ device }) => device));
  const holding = checkpoint.holding.filter((gripper) => !missing.has(gripper));
  const gripped = differences.filter(({ seen }) => seen === 'a part').map(({ device }) => device);
  return ok({
    sequence: sequenceAt(workMaster, parameters, frames, holding),
    keeps: [...holding, ...gripped],
    letsGo: [...missing],
  });
}

function refusalOf(
  interruption: Interruption,
  differences: readonly ResumeDifference[],
  acknowledges: string,
): Fault | undefined {
  if (differences.length === 0) return undefined;
  const mend = differences.filter(({ remedy }) => remedy === 'mend').map(({ device }) => device);
  const digest = digestOf(differences, interruption);
  if (mend.length === 0 && acknowledges === digest) return undefined;
  return fault(6513, {
    jobOrderId: interruption.checkpoint.jobOrderId,
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
      table.joints.flatMap(({ model }, joint): [string, SeenPosition][] => {
        const value = next.motion.positionDeg[joint];
        const isKnown = model.kind === 'servo' || homed.has(model.name);
        return value === undefined || !isKnown
          ? []
          : [[model.name, { value, unit: model.kind === 'servo' ? 'deg' : 'mm' }]];
      }),
    ),
  };
}
