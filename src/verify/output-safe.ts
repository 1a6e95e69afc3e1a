// Property 1: no hazardous output is on while its condition is not met, beyond the time of the stop's category.
import { OPERATING_MODES, type OperatingMode } from '../core/operating-mode.ts';
import { claimedBy, type HazardousOutput, protectedBy } from './claims.ts';
import {
  type Context,
  exploredOf,
  farFrom,
  modeIn,
  playgroundOf,
  productFor,
  run,
  stopsNaming,
  verdictOf,
} from './context.ts';
import type { Outcome } from './explore.ts';
import { type Gate, gatesOf, opensIn, opensWith } from './gates.ts';
import { categoryTimeMs, type Demand, demandsOf, inputsOf, markOf } from './meaning.ts';
import { canHarm, harmOf, neverMonitor } from './never.ts';
import { OPEN } from './part.ts';
import type { Product } from './product.ts';
import { type Finding, finding } from './result.ts';
import { excusingTests } from './sensor-test.ts';
import { traceOf } from './trace.ts';
import { checkUnlocking } from './unlocking.ts';

/** Outputs that the same stop functions and gates stop in the same way: what holds for one holds for all. */
interface Alike {
  readonly output: HazardousOutput;
  readonly gates: readonly Gate[];
  readonly names: readonly string[];
}

function alike(context: Context, names: readonly string[]): readonly Alike[] {
  const groups = new Map<string, Alike & { readonly names: string[] }>();
  for (const name of names) {
    const output = context.outputs.find((each) => each.name === name);
    if (output === undefined) continue;
    const stops = stopsNaming(context, name).map((stop) => stop.name);
    const gates = gatesOf(context.cell.safety).filter(({ device }) => device === name);
    const key = [output.keepsPowerInRamp, ...stops, '|', ...gates.map(({ block }) => block)].join(' ');
    const group = groups.get(key) ?? { output, gates, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What is proved with less is proved. */
function nearOrWhole(near: () => Outcome, whole: () => Outcome): Outcome {
  const first = near();
  return first.kind === 'complete' ? first : whole();
}

/** No mode selected is every mode: a stop that counts in some withdraws then. */
function countsIn(context: Context, { mode: only }: Demand, product: Product): (tuple: Int32Array) => boolean {
  if (only === undefined) return () => true;
  const modeOf = modeIn(context, product);
  return (tuple) => (modeOf(tuple) ?? only) === only;
}

function check(
  context: Context,
  demand: Demand,
  { output, names, gates }: Alike,
  /** Of the same demand. */
  cache: Map<string, Outcome>,
): Finding {
  const naming = stopsNaming(context, output.name);
  const reached = naming.filter(({ name }) => demand.stops.includes(name));
  const asked = gates.filter(({ block }) => demand.gates.some((gate) => gate.block === block));
  const timeMs = reached.length === 0 ? 0 : Math.min(...reached.map(categoryTimeMs));
  const subject = {
    input: demand.input,
    value: demand.value === OPEN ? 'open' : 'closed',
    outputs: names,
    timeMs,
    stops: [...reached.map(({ name }) => name), ...asked.map(({ block }) => block)],
    ...(demand.mode === undefined ? {} : { mode: demand.mode }),
  };
  const { tests } = demand;
  const more = { mark: markOf(demand), limitsMs: [timeMs], tests };
  const free = farFrom(context, inputsOf(demand));
  const explored = (stops: typeof naming, product: Product | undefined): Outcome =>
    run(context, product, (made) => {
      const [harms, opens] = [harmOf(made, output, stops), opensIn(made, gates)];
      const canBeOn = (tuple: Int32Array): boolean => opens(tuple) && harms(tuple);
      return excusingTests(made, tests, neverMonitor(made, timeMs, canBeOn, countsIn(context, demand, made)));
    });
  // One of the stop functions that read the input is enough, and by itself it is small.
  for (const stop of reached) {
    const key = [stop.name, timeMs, output.keepsPowerInRamp].join(' ');
    // With everything else free it is smaller still; what that refutes need not be so.
    const near = (): Outcome => explored([stop], productFor(context, [stop.name], { ...more, free }));
    const whole = (): Outcome => explored([stop], productFor(context, [stop.name], more));
    const outcome = cache.get(key) ?? nearOrWhole(near, whole);
    cache.set(key, outcome);
    if (outcome.kind === 'complete') return verdictOf('output-safe', subject, outcome);
  }
  for (const { block } of asked) {
    const outcome = explored([], productFor(context, [], { ...more, blocks: [block] }));
    if (outcome.kind === 'complete') return verdictOf('output-safe', subject, outcome);
  }
  // Perhaps only all of them together keep it safe: then it takes all of them to tell.
  const product = productFor(
    context,
    naming.map(({ name }) => name),
    { ...more, blocks: asked.map(({ block }) => block) },
  );
  const outcome = explored(naming, product);
  if (outcome.kind !== 'found' || product === undefined) return verdictOf('output-safe', subject, outcome);
  const trace = traceOf(
    product,
    outcome.moves,
    playgroundOf(context),
    (phases, _last, codeOf) =>
      opensWith(asked, codeOf) && naming.every(({ name }) => canHarm(output, phases.get(name) ?? 'stopped')),
  );
  return finding('output-safe', subject, { verdict: 'refuted', explored: exploredOf(outcome), trace });
}

/** Modes of the cell in which a safeguard does not count. */
function modesWithout(
  { cell }: Context,
  demands: readonly Demand[],
  { input, value }: Demand,
): readonly OperatingMode[] {
  const same = demands.filter(
    (demand) => demand.input === input && demand.value === value && demand.purpose !== 'hold-to-run',
  );
  return OPERATING_MODES.filter(
    (mode) =>
      cell.safety.modes?.selection[mode] !== undefined && same.every((demand) => (demand.mode ?? mode) !== mode),
  );
}

/** Where a safeguard does not count, somebody holds an enabling device (ISO 10218-1:2011, 5.8); property 1 is about that one too. */
function checkEnabling(context: Context, demands: readonly Demand[]): readonly Finding[] {
  const held = demands.filter(({ purpose }) => purpose === 'hold-to-run');
  const first = demands.filter(
    ({ input, value, purpose }, at) =>
      purpose !== 'hold-to-run' &&
      demands.findIndex((demand) => demand.input === input && demand.value === value) === at,
  );
  return first.flatMap((demand) =>
    modesWithout(context, demands, demand).flatMap((mode) => {
      const covering = held.filter((each) => (each.mode ?? mode) === mode).flatMap(({ stops }) => stops);
      return alike(context, protectedBy(demand, context.cell, context.outputs)).map(({ names }) => {
        const bare = names.filter((name) => !stopsNaming(context, name).some((stop) => covering.includes(stop.name)));
        const subject = { input: demand.input, mode, outputs: bare.length > 0 ? bare : names };
        return finding('enabling-covers', subject, { verdict: bare.length > 0 ? 'refuted' : 'proved' });
      });
    }),
  );
}

export function checkOutputsSafe(context: Context): readonly Finding[] {
  const demands = demandsOf(context.cell.safety);
  return [...checkEnabling(context, demands), ...checkUnlocking(context), ...checkStanding(context, demands)];
}

function checkStanding(context: Context, demands: readonly Demand[]): readonly Finding[] {
  return demands.flatMap((demand) => {
    const cache = new Map<string, Outcome>();
    const claimed = claimedBy(demand, demands, context.cell, context.outputs);
    return alike(context, claimed).map((group) => check(context, demand, group, cache));
  });
}
