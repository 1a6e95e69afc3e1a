// `celda verify`: proves or refutes what a cell's safety wiring is for, over every reachable state of the reducers that run.
import type { CellModel } from '../core/cell-model.ts';
import { type Context, contextOf } from './context.ts';
import type { Limits } from './explore.ts';
import { checkLiveness } from './liveness.ts';
import { checkOutputsSafe } from './output-safe.ts';
import { checkRestart } from './restart.ts';
import type { Abstraction, Finding, Verdict, Verification } from './result.ts';
import { sensorTestOf } from './sensor-test.ts';
import { checkSequences } from './sequences.ts';
import { checkUserProperties } from './user-property.ts';

function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ verdict }) => verdict === 'refuted')) return 'refuted';
  return findings.every(({ verdict }) => verdict === 'proved') ? 'proved' : 'incomplete';
}

function sensorTests({ safety }: CellModel): Abstraction | undefined {
  const tests = safety.blocks.flatMap((block) => sensorTestOf(block) ?? []);
  if (tests.length === 0) return undefined;
  const timeMs = Math.max(...tests.map((test) => test.timeMs));
  return { code: 'sensor-tests', detail: { sensors: tests.map(({ sensor }) => sensor), timeMs } };
}

function abstractionsOf({ cell, ticks }: Context): readonly Abstraction[] {
  const isExact = [...ticks.values()].every(Boolean);
  const shortest = Math.min(...ticks.keys());
  const tick = { tickMs: Number.isFinite(shortest) ? Math.round(shortest * 10) / 10 : 0 };
  const all: readonly (Abstraction | undefined)[] = [
    { code: 'inputs-free', detail: {} },
    { code: 'unread-is-demand', detail: {} },
    { code: isExact ? 'time-ticks' : 'time-coarse', detail: tick },
    { code: 'cones', detail: {} },
    { code: 'boards-left-out', detail: {} },
    sensorTests(cell),
    cell.programs.length > 0
      ? { code: 'programs-free', detail: { programs: cell.programs.map(({ name }) => name) } }
      : undefined,
  ];
  return all.filter((each) => each !== undefined);
}

/** An input that no stop function reads can be anything; the others what they were seen to be while their stop permits. */
function isPossibleRunning({ whileRunning }: Context, input: string, value: number): boolean {
  return whileRunning.get(input)?.has(value) !== false;
}

/**
 * Verifies a checked cell. Pure but for the time that it takes: nothing is read, written or started.
 * @param now clock for the time taken, ms
 */
export function verifyCell(cell: CellModel, limits: Limits, now: () => number): Verification {
  const startedAt = now();
  const context = contextOf(cell, limits);
  // First of all: what inputs are like at rest is found here, and the counter-examples of the others start from it.
  const liveness = checkLiveness(context);
  const sequences = checkSequences(cell, (input, value) => isPossibleRunning(context, input, value));
  context.totals.states += sequences.states;
  context.totals.transitions += sequences.transitions;
  const findings = [
    ...checkOutputsSafe(context),
    ...checkRestart(context),
    ...liveness,
    ...sequences.findings,
    ...checkUserProperties(context, sequences.pictures),
  ].toSorted((a, b) => a.property - b.property);
  return {
    cell: cell.name,
    configHash: cell.configHash,
    verdict: verdictOf(findings),
    findings,
    blockTypes: Object.fromEntries(cell.safety.blocks.map(({ name, type }) => [name, type])),
    ...context.totals,
    elapsedMs: Math.round(now() - startedAt),
    abstractions: abstractionsOf(context),
  };
}
