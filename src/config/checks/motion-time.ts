// Whether the time limit of a move leaves room for the motion at the lowest speed that a job may ask for.
import type { StepDraft, WorkMasterDraft } from '../draft-steps.ts';
import type { PlainStepSource } from '../schema-steps.ts';
import { type Context, devicesOf, JOINTS, type JointRange, rangeOf } from './context.ts';

type Move = NonNullable<PlainStepSource['move']>;
/** Degrees or millimetres by joint where they are known; a joint that no move has named yet may be anywhere. */
type Joints = ReadonlyMap<string, number>;

/** A board is at most this far behind the set points of an axis, and then says that it stands, ms. */
const AXIS_BEHIND_MS = 200;

interface JointTravel {
  readonly range: JointRange;
  /** More than 0, in the unit of the joint. */
  readonly distance: number;
}

/**
 * Shortest time of a synchronised move from rest to rest, ms: a trapezoid of speed along the common path, or a triangle
 * when the top speed is never reached. The joint that is slowest for its distance limits all.
 * @param speed share of the joints' top speeds, above 0, at most 1; accelerations are not reduced
 */
function motionTimeMs(travels: readonly JointTravel[], speed: number): number {
  if (travels.length === 0) return 0;
  const speeds = travels.map(({ range, distance }) => (range.velocityMax * speed) / distance);
  const accelerations = travels.map(({ range, distance }) => range.accelerationMax / distance);
  const velocity = Math.min(...speeds);
  const acceleration = Math.min(...accelerations);
  const ramps = (velocity * velocity) / acceleration;
  const seconds = ramps <= 1 ? 1 / velocity + velocity / acceleration : 2 / Math.sqrt(acceleration);
  const behindMs = travels.some(({ range }) => range.unit === 'mm') ? AXIS_BEHIND_MS : 0;
  return 1_000 * seconds + behindMs;
}

/** The lowest speed of a move as a share of 1; undefined when its parameter is wrong, which is reported elsewhere. */
function lowestSpeed({ speedPercent }: Move, master: WorkMasterDraft): number | undefined {
  const percent = typeof speedPercent === 'number' ? speedPercent : master.parameters.get(speedPercent.slice(1))?.min;
  return percent === undefined || percent <= 0 ? undefined : Math.min(1, percent / 100);
}

function targetOf({ draft }: Context, move: Move): Readonly<Record<string, number>> {
  return typeof move.to === 'string' ? (draft.poses.get(move.to) ?? {}) : move.to;
}

/** Less than this is rounding of the arithmetic, ms. */
const ROUNDING_MS = 1e-6;

interface Walk {
  readonly context: Context;
  readonly master: WorkMasterDraft;
  readonly joints: ReadonlyMap<string, JointRange>;
  /** Moves reported already: the body of a repeat is walked twice. */
  readonly reported: Set<Move>;
}

function checkMove(
  { context, master, joints: ranges, reported }: Walk,
  step: StepDraft,
  move: Move,
  from: Joints,
): Joints {
  const target = Object.entries(targetOf(context, move));
  const speed = lowestSpeed(move, master);
  const travels = target.flatMap(([joint, position]) => {
    const range = ranges.get(joint);
    const distance = Math.abs(position - (from.get(joint) ?? position));
    return range !== undefined && distance > 0 ? [{ range, distance }] : [];
  });
  const min = speed === undefined ? 0 : Math.ceil(motionTimeMs(travels, speed) - ROUNDING_MS);
  if (move.timeoutMs < min && !reported.has(move)) {
    reported.add(move);
    context.report.add('timeout-too-short', [...step.path, 'move', 'timeoutMs'], { min: String(min) });
  }
  return new Map([...from, ...target]);
}

/** Follows the joints through the steps. A repeat goes round twice, since its second round starts where the first ended. */
function follow(walk: Walk, steps: readonly StepDraft[], start: Joints, depth: number): Joints {
  let joints = start;
  for (const step of steps) {
    const move = step.plain?.move;
    if (move !== undefined) joints = checkMove(walk, step, move, joints);
    if (step.steps.length === 0) continue;
    joints = follow(walk, step.steps, joints, depth + 1);
    if (depth < TWICE_DEPTH) joints = follow(walk, step.steps, joints, depth + 1);
  }
  return joints;
}

/** Going round twice doubles the work at every level of nesting, so deeper repeats are followed once. */
const TWICE_DEPTH = 4;

export function checkMotionTime(context: Context, master: WorkMasterDraft): void {
  const joints = new Map(devicesOf(context, JOINTS).map(([name, joint]) => [name, rangeOf(joint)]));
  follow({ context, master, joints, reported: new Set() }, master.steps, new Map(), 0);
}
