// Trials of all kinds of faults in both directions, counted.
import { drawFrom, FAULT_KINDS, type FaultKind } from './faulted-frames.ts';
import { FaultedBoard, type Outcome } from './faults-to-board.ts';
import { FaultedHost } from './faults-to-host.ts';

export const DIRECTIONS = ['to board', 'to host'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface Tally {
  readonly direction: Direction;
  readonly kind: FaultKind;
  trials: number;
  /** Outputs, states or images that the whole frames on the line do not explain. */
  wrong: number;
  /** Trials after which the link was not valid again within 200 ms. */
  stuck: number;
  recoveredMsMax: number;
  /** The first of what was wrong, for people. */
  example: string | undefined;
}

/** Trials until a new session is opened in both directions; below half of the sequence numbers. */
const TRIALS_PER_SESSION = 4_000;

/** @returns a tally per direction and kind, all at zero */
export function emptyTallies(directions: readonly Direction[] = DIRECTIONS): Tally[] {
  return directions.flatMap((direction) =>
    FAULT_KINDS.map((kind) => ({
      direction,
      kind,
      trials: 0,
      wrong: 0,
      stuck: 0,
      recoveredMsMax: 0,
      example: undefined,
    })),
  );
}

function count(tally: Tally, { wrong, recoveredMs }: Outcome): void {
  tally.trials += 1;
  if (wrong !== undefined) tally.wrong += 1;
  tally.example ??= wrong;
  if (recoveredMs > 200) tally.stuck += 1;
  else tally.recoveredMsMax = Math.max(tally.recoveredMsMax, recoveredMs);
}

/** Adds the second to the first, each to the one of its direction and kind. */
export function addTallies(sum: readonly Tally[], more: readonly Tally[]): void {
  for (const other of more) {
    const tally = sum.find(({ direction, kind }) => direction === other.direction && kind === other.kind);
    if (tally === undefined) throw new Error(`there is no tally for ${other.direction}, ${other.kind}`);
    tally.trials += other.trials;
    tally.wrong += other.wrong;
    tally.stuck += other.stuck;
    tally.recoveredMsMax = Math.max(tally.recoveredMsMax, other.recoveredMsMax);
    tally.example ??= other.example;
  }
}

/**
 * Runs trials, the kinds and directions in turn.
 * @param trials whole number, faulted streams in total
 * @param directions which ends are tried; the board is the shipped program of the simulator
 * @param progress called every 100,000 trials with the number done
 */
export function runFaults(
  trials: number,
  seed: number,
  directions: readonly Direction[] = DIRECTIONS,
  progress: (done: number) => void = () => undefined,
): Tally[] {
  const tallies = emptyTallies(directions);
  const draw = drawFrom(seed);
  const host = directions.includes('to host') ? new FaultedHost(draw) : undefined;
  const boards = directions.includes('to board') ? [new FaultedBoard(draw, 'uno'), new FaultedBoard(draw, 'mega')] : [];
  for (let done = 0; done < trials; done += 1) {
    if (done % TRIALS_PER_SESSION === TRIALS_PER_SESSION - 1) {
      for (const end of [host, ...boards]) end?.openSession();
      // An Uno and a Mega by turns.
      boards.reverse();
    }
    const tally = tallies[done % tallies.length];
    const end = tally?.direction === 'to host' ? host : boards[0];
    if (tally === undefined || end === undefined) break;
    count(tally, end.trial(tally.kind));
    if (done % 100_000 === 99_999) progress(done + 1);
  }
  return tallies;
}
