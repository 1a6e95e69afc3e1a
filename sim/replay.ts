// Replays a counter-example of `celda verify` in the simulator: its inputs at its times, with the firmware, the line and the plant.
import { codesOf, type Replayable, ReplayJudge } from './replay-judgement.ts';
import type { SimulatedCell } from './simulated-cell.ts';

/** One moment of a replay, as it was. */
export interface ReplayMoment {
  readonly atMs: number;
  readonly changes: readonly Change[];
  /** Diagnostic codes by block; undefined when the cell has told nothing since the changes. */
  readonly codes: Readonly<Record<string, string>> | undefined;
}

export interface Replayed {
  readonly moments: readonly ReplayMoment[];
  /** What must not be was the case at the end. */
  readonly isReproduced: boolean;
}

type Change = Replayable['trace']['changes'][number];

/** Inputs are filtered and snapshots are sent now and then: so long is the end waited for, ms. */
const SETTLE_MS = 300;
const LOOK_EVERY_MS = 10;

function apply(cell: SimulatedCell, { input, value }: Change): void {
  // What stands still is up to the plant.
  if (input.startsWith('cell.')) return;
  cell.override(input, value === 'closed' ? 1 : 0);
}

/**
 * @param cell powered up
 * @param pace called before each stretch of time with its length, ms: a person watches in real time, a test does not wait
 */
export async function replay(
  cell: SimulatedCell,
  finding: Replayable,
  {
    pace,
    onMoment,
  }: { readonly pace: (ms: number) => Promise<void>; readonly onMoment: (moment: ReplayMoment) => void },
): Promise<Replayed> {
  const judge = new ReplayJudge(cell, finding);
  const moments: ReplayMoment[] = [];
  const pass = async (ms: number): Promise<void> => {
    if (ms <= 0) return;
    await pace(ms);
    for (let leftMs = ms; leftMs > 0; leftMs -= LOOK_EVERY_MS) {
      await cell.advance(Math.min(LOOK_EVERY_MS, leftMs));
      judge.look();
    }
  };
  const { trace } = finding;
  const show = (atMs: number, changes: readonly Change[], before: unknown): void => {
    const moment = { atMs, changes, codes: cell.snapshot === before ? undefined : codesOf(cell) };
    moments.push(moment);
    onMoment(moment);
  };
  const times = [...new Set([...trace.changes.map(({ atMs }) => atMs), trace.endMs])].toSorted((a, b) => a - b);
  let nowMs = 0;
  for (const [index, atMs] of times.entries()) {
    await pass(atMs - nowMs);
    const changes = trace.changes.filter((change) => change.atMs === atMs);
    const before = cell.snapshot;
    for (const change of changes) apply(cell, change);
    const next = times[index + 1];
    // Shown shortly before the next moment, when the filters of the inputs are through; the last when it is as it should not be.
    const lookMs = next === undefined ? 0 : Math.max(0, Math.min(SETTLE_MS, next - atMs - 1));
    await pass(lookMs);
    nowMs = atMs + lookMs;
    // What the cell told before the last changes says nothing of them.
    const isOver = (): boolean => cell.snapshot !== before && judge.isCase();
    for (let waitedMs = 0; next === undefined && waitedMs < SETTLE_MS && !isOver(); waitedMs += LOOK_EVERY_MS) {
      await pass(LOOK_EVERY_MS);
    }
    show(atMs, changes, before);
  }
  const isReproduced = finding.rule === 'can-be-reset' ? await judge.isStuck(pass) : judge.isCase();
  return { moments, isReproduced };
}
