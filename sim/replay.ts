// Replays a counter-example of `celda verify` in the simulator: its inputs at its times, with the firmware, the line and the plant.
import type { CounterExample } from '../src/app/counter-examples.ts';
import type { SimulatedCell } from './simulated-cell.ts';

/** One moment of a replay, as it was. */
export interface ReplayMoment {
  readonly atMs: number;
  readonly changes: readonly Change[];
  /** Diagnostic codes by block. */
  readonly codes: Readonly<Record<string, string>>;
}

export interface Replayed {
  readonly moments: readonly ReplayMoment[];
  /** What must not be was the case at the end. */
  readonly isReproduced: boolean;
}

/** A finding with its counter-example. */
type Replayable = CounterExample['finding'];
type Trace = Replayable['trace'];
type Change = Trace['changes'][number];

/** Inputs are filtered and snapshots are sent now and then: so long is the end waited for, ms. */
const SETTLE_MS = 300;
const LOOK_EVERY_MS = 10;

function codesOf(cell: SimulatedCell): Readonly<Record<string, string>> {
  return Object.fromEntries((cell.snapshot?.safety ?? []).map(({ name, diagCode }) => [name, diagCode]));
}

/** Codes of the blocks at the end of a counter-example. */
function codesAtEnd({ reactions }: Trace): ReadonlyMap<string, string> {
  return new Map(reactions.flatMap(({ kind, name, value }) => (kind === 'block' ? [[name, value] as const] : [])));
}

/** Every stop function of this cell that names the output is permitted by its block: in a mended cell one is not. */
function isFree({ cell, snapshot }: SimulatedCell, output: string): boolean {
  return cell.safety.stopFunctions
    .filter(({ outputs }) => outputs.includes(output))
    .every(({ permission }) =>
      snapshot?.safety.some((block) => block.name === permission.split('.')[0] && block.output),
    );
}

/** What the counter-example says is the case: of outputs that they are free, of everything else that blocks stand where it says. */
function isCase(simulated: SimulatedCell, { rule, subject, trace }: Replayable): boolean {
  const codes = codesOf(simulated);
  if (![...codesAtEnd(trace)].every(([block, code]) => codes[block] === code)) return false;
  return rule !== 'output-safe' || [subject['outputs']].flat().every((output) => isFree(simulated, String(output)));
}

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
  const moments: ReplayMoment[] = [];
  const pass = async (ms: number): Promise<void> => {
    if (ms <= 0) return;
    await pace(ms);
    await cell.advance(ms);
  };
  const { trace } = finding;
  const show = (atMs: number, changes: readonly Change[]): void => {
    const moment = { atMs, changes, codes: codesOf(cell) };
    moments.push(moment);
    onMoment(moment);
  };
  const times = [...new Set([...trace.changes.map(({ atMs }) => atMs), trace.endMs])].toSorted((a, b) => a - b);
  let nowMs = 0;
  for (const [index, atMs] of times.entries()) {
    await pass(atMs - nowMs);
    const changes = trace.changes.filter((change) => change.atMs === atMs);
    for (const change of changes) apply(cell, change);
    const next = times[index + 1];
    // Shown shortly before the next moment, when the filters of the inputs are through; the last when it is as it should not be.
    const lookMs = next === undefined ? 0 : Math.max(0, Math.min(SETTLE_MS, next - atMs - 1));
    await pass(lookMs);
    nowMs = atMs + lookMs;
    for (
      let waitedMs = 0;
      next === undefined && waitedMs < SETTLE_MS && !isCase(cell, finding);
      waitedMs += LOOK_EVERY_MS
    ) {
      await pass(LOOK_EVERY_MS);
    }
    show(atMs, changes);
  }
  return { moments, isReproduced: isCase(cell, finding) };
}
