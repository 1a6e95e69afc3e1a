// How far an order has come, as it is remembered across a loss of the control process; and what the cell must show before it goes on.
import type { SequenceFrame } from './sequence.ts';
import type { EpochMs } from './units.ts';
import type { Step } from './work-master.ts';

/** Taken between two steps; plain JSON data, short. */
export interface JobCheckpoint {
  readonly jobOrderId: string;
  /** The step that runs next, from the outermost list to the innermost. */
  readonly frames: readonly SequenceFrame[];
  /** Grippers that hold a part. */
  readonly holding: readonly string[];
  /** Axes that know their zero. */
  readonly homed: readonly string[];
  /** Set points by joint name, degrees or mm, to 0.1. */
  readonly positions: Readonly<Record<string, number>>;
}

/** What the cell sees when an order is to be resumed. */
export interface SeenCell {
  /** By name, all grippers of the cell: a part is in it; undefined: cannot be read. */
  readonly grippers: ReadonlyMap<string, boolean | undefined>;
  /** Axes that know their zero. */
  readonly homed: ReadonlySet<string>;
  /** By joint name; an axis that is not homed has none. */
  readonly positions: ReadonlyMap<string, SeenPosition>;
}

export interface SeenPosition {
  readonly value: number;
  readonly unit: 'deg' | 'mm';
}

/**
 * What becomes of a difference when a person says that it is known:
 * `go-on`: the step is done again from where the cell stands. `repeat-round`: the part counts as lost, and the innermost
 * list of steps begins its round again. `mend`: it cannot be talked away, only mended, or the order aborted.
 */
export type DifferenceRemedy = 'go-on' | 'repeat-round' | 'mend';

/** One thing that is not as the checkpoint says. */
export interface ResumeDifference {
  readonly device: string;
  readonly expected: string;
  readonly seen: string;
  readonly remedy: DifferenceRemedy;
}

/** A joint this near to where it should be is there, degrees or mm. */
const POSITION_TOLERANCE = 2;

/**
 * Compares a checkpoint with what the sensors say.
 *
 * @param path the lists of steps of `checkpoint.frames`, the innermost last (`stepsOf`)
 */
export function resumeDifferences(
  path: readonly (readonly Step[])[],
  checkpoint: JobCheckpoint,
  seen: SeenCell,
): readonly ResumeDifference[] {
  const steps = path.at(-1) ?? [];
  const index = checkpoint.frames.at(-1)?.index ?? 0;
  const next = steps[index];
  return [
    ...[...seen.grippers].flatMap(([gripper, hasPart]) => {
      const isHeld = checkpoint.holding.includes(gripper);
      const isAlone = checkpoint.holding.length === 1;
      return gripperDifference({
        gripper,
        isHeld,
        hasPart,
        next,
        isLoss: isAlone && isRepeatable(steps, index, gripper),
      });
    }),
    ...checkpoint.homed
      .filter((axis) => !seen.homed.has(axis))
      .map((axis): ResumeDifference => ({ device: axis, expected: 'homed', seen: 'not homed', remedy: 'mend' })),
    ...positionDifferences(checkpoint, next, seen),
  ];
}

interface GripperCase {
  readonly gripper: string;
  readonly isHeld: boolean;
  readonly hasPart: boolean | undefined;
  readonly next: Step | undefined;
  /** The round can begin again without it. */
  readonly isLoss: boolean;
}

function gripperDifference({ gripper, isHeld, hasPart, next, isLoss }: GripperCase): readonly ResumeDifference[] {
  const expected = isHeld ? 'a part' : 'no part';
  if (hasPart === undefined) return [{ device: gripper, expected, seen: 'unreadable', remedy: 'mend' }];
  if (hasPart === isHeld) return [];
  const releases = next?.kind === 'release' && next.gripper === gripper;
  if (isHeld) {
    const otherwise = isLoss ? 'repeat-round' : 'mend';
    return [{ device: gripper, expected, seen: 'no part', remedy: releases ? 'go-on' : otherwise }];
  }
  // A valve that is on while the cell is stopped can pull back what was just let go.
  if (releases) return [];
  const grips = next?.kind === 'grip' && next.gripper === gripper;
  return [{ device: gripper, expected, seen: 'a part', remedy: grips ? 'go-on' : 'mend' }];
}

/** The part was gripped in this round, and nothing was counted since the round began. */
function isRepeatable(steps: readonly Step[], index: number, gripper: string): boolean {
  const done = steps.slice(0, index);
  return done.some((step) => step.kind === 'grip' && step.gripper === gripper) && !done.some(counts);
}

function counts(step: Step): boolean {
  return step.kind === 'repeat' ? step.steps.some(counts) : step.kind === 'produce';
}

/** A move that was interrupted has left the joints somewhere between its two ends. */
function positionDifferences(
  { positions }: JobCheckpoint,
  next: Step | undefined,
  seen: SeenCell,
): readonly ResumeDifference[] {
  const targets: Readonly<Record<string, number>> = next?.kind === 'move' ? next.targetDeg : {};
  return Object.entries(positions).flatMap(([joint, from]): readonly ResumeDifference[] => {
    const place = seen.positions.get(joint);
    if (place === undefined) return [];
    const { value: at, unit } = place;
    const to = targets[joint] ?? from;
    const isNear = at >= Math.min(from, to) - POSITION_TOLERANCE && at <= Math.max(from, to) + POSITION_TOLERANCE;
    if (isNear) return [];
    const expected = from === to ? `at ${whole(from)} ${unit}` : `between ${whole(from)} and ${whole(to)} ${unit}`;
    return [{ device: joint, expected, seen: `at ${whole(at)} ${unit}`, remedy: 'go-on' }];
  });
}

function whole(position: number): string {
  return String(Math.round(position));
}

/** One line for people: what was expected, what is seen. */
export function describeDifferences(differences: readonly ResumeDifference[]): string {
  return differences.map(({ device, expected, seen }) => `${device}: expected ${expected}, seen ${seen}`).join('; ');
}

/** Which interruption of which order somebody looks at. */
export interface Interruption {
  readonly checkpoint: JobCheckpoint;
  /** When the order entered its state, as of its record: of two interruptions never the same. */
  readonly since: EpochMs;
}

/**
 * Stands for exactly these differences in exactly this interruption: whoever gives it back was told of them. The same difference of another
 * order, or after the next loss of the control process, has another. 8 hex digits (FNV-1a, 32 bit).
 */
export function digestOf(differences: readonly ResumeDifference[], { checkpoint, since }: Interruption): string {
  const { jobOrderId, frames } = checkpoint;
  const place = frames.map(({ index, rounds }) => `${index}.${rounds}`).join('/');
  let hash = 0x811c9dc5;
  for (const character of `${jobOrderId} ${since} ${place} ${describeDifferences(differences)}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}
