// Trials of all kinds of faults in both directions, counted.
import { drawFrom, FAULT_KINDS, type FaultKind } from './faulted-frames.ts';
import { FaultedBoard, type Outcome } from './faults-to-board.ts';
import { FaultedHost } from './faults-to-host.ts';

export interface Tally {
  readonly direction: 'to board' | 'to host';
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
export function emptyTallies(): Tally[] {
  return (['to board', 'to host'] as const).flatMap((direction) =>
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

/** Adds the second to the first. */
export function addTallies(sum: Tally[], more: readonly Tally[]): void {
  for (const [index, tally] of sum.entries()) {
    const other = more[index];
    if (other === undefined) continue;
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
 * @param progress called about every 100,000 trials with the number done
 */
export function runFaults(trials: number, seed: number, progress: (done: number) => void = () => undefined): Tally[] {
  const tallies = emptyTallies();
  const draw = drawFrom(seed);
  const ends = { 'to board': new FaultedBoard(draw), 'to host': new FaultedHost(draw) };
  for (let done = 0; done < trials; done += 1) {
    if (done % TRIALS_PER_SESSION === TRIALS_PER_SESSION - 1) {
      ends['to board'].openSession();
      ends['to host'].openSession();
    }
    const tally = tallies[done % tallies.length];
    if (tally === undefined) break;
    count(tally, ends[tally.direction].trial(tally.kind));
    if (done % 100_000 === 99_999) progress(done + 1);
  }
  return tallies;
}
