// Properties 3 and 4: every stop function can be tripped and reset again from wherever it is, and every input decides something.
import {
  type Context,
  count,
  exploredOf,
  keepResting,
  keepWhileRunning,
  modeIn,
  playgroundOf,
  productFor,
} from './context.ts';
import { type Graph, graphOf } from './graph.ts';
import { demandsOf } from './meaning.ts';
import type { Product } from './product.ts';
import { type Finding, finding } from './result.ts';
import { traceOf } from './trace.ts';

/** What the states of a stop function's cone were seen to do. */
interface Seen {
  readonly graph: Graph;
  /** By state: the stop function permits and counts in the mode that is selected. */
  readonly permits: Uint8Array;
  /** A state in which it permits and does not with some letter. */
  readonly trips: boolean;
  /** Inputs whose value alone was seen to decide whether it permits. */
  readonly deciding: ReadonlySet<string>;
  /** Letters that led to a state in which it permits, marked with 1. */
  readonly permitting: Uint8Array;
}

/** Inputs of which only one value differs between two letters that lead to different permissions. */
function watchInputs(product: Product, deciding: Set<string>): (permitted: Uint8Array) => void {
  return (permitted) => {
    for (const { name, weight, values } of product.inputs) {
      if (deciding.has(name)) continue;
      for (let letter = 0; letter < product.letters; letter += 1) {
        // Each letter is compared with the one in which this input has its first value.
        const own = Math.floor(letter / weight) % values;
        if (own > 0 && permitted[letter] !== permitted[letter - own * weight]) {
          deciding.add(name);
          break;
        }
      }
    }
  };
}

/** In which states a stop function counts: one without modes in all. */
function countsIn(context: Context, product: Product, stop: string): (tuple: Int32Array) => boolean {
  const modes = context.cell.safety.stopFunctions.find(({ name }) => name === stop)?.modes;
  if (modes === undefined) return () => true;
  const modeOf = modeIn(context, product);
  return (tuple) => {
    const mode = modeOf(tuple);
    return mode !== undefined && modes.includes(mode);
  };
}

function look(context: Context, product: Product, stop: string): Seen {
  const counts = countsIn(context, product, stop);
  const found = product.phasesOf(stop);
  const isPermitting = Uint8Array.from(found?.phases ?? [], (phase) => (phase === 'permitted' ? 1 : 0));
  const part = found?.part ?? 0;
  const permits: number[] = [];
  const permitting = new Uint8Array(product.letters);
  const deciding = new Set<string>();
  const watch = watchInputs(product, deciding);
  const permitted = new Uint8Array(product.letters);
  let trips = false;
  const after = new Int32Array(product.sizes.length);
  const graph = graphOf(product, context.limits, (_state, tuple) => {
    const isPermitted = isPermitting[tuple[part] as number] === 1 && counts(tuple);
    permits.push(isPermitted ? 1 : 0);
    for (let letter = 0; letter < product.letters; letter += 1) {
      product.step(tuple, letter, after);
      permitted[letter] = isPermitting[after[part] as number] as number;
      if (permitted[letter] === 1) permitting[letter] = 1;
      // To leave its mode is no trip.
      else if (isPermitted && !trips && counts(after)) trips = true;
    }
    watch(permitted);
  });
  count(context, graph.outcome);
  return { graph, permits: Uint8Array.from(permits), trips, deciding, permitting };
}

/** The first state, nearest to power-up, that no way leads out of to permission. */
function stuckState({ graph, permits }: Seen): number | undefined {
  const hopeful = graph.canReach(permits);
  const stuck = hopeful.indexOf(0);
  return stuck < 0 ? undefined : stuck;
}

/** Values that an input has in marked letters. */
function valuesIn(product: Product, input: string, marked: Uint8Array): ReadonlySet<number> {
  const values = new Set<number>();
  marked.forEach((mark, letter) => {
    if (mark === 1) values.add(product.valueOf(letter, input));
  });
  return values;
}

function checkStop(
  context: Context,
  stop: string,
  deciding: Set<string>,
  complete: { value: boolean },
): readonly Finding[] {
  const product = productFor(context, [stop]);
  if (product === undefined) {
    complete.value = false;
    const explored = { states: 0, transitions: 0, depth: 0, waiting: 1 };
    return [finding('can-be-reset', { stop }, { verdict: 'incomplete', explored })];
  }
  const seen = look(context, product, stop);
  for (const name of seen.deciding) deciding.add(name);
  const explored = exploredOf(seen.graph.outcome);
  if (seen.graph.outcome.kind !== 'complete') {
    complete.value = false;
    return [
      finding('can-be-reset', { stop }, { verdict: 'incomplete', explored }),
      finding('can-be-tripped', { stop }, { verdict: seen.trips ? 'proved' : 'incomplete', explored }),
    ];
  }
  for (const { name } of product.inputs) keepWhileRunning(context, name, valuesIn(product, name, seen.permitting));
  const first = seen.permits.indexOf(1);
  if (first > 0) keepResting(context, product, seen.graph.wayTo(first).at(-1));
  const stuck = stuckState(seen);
  const trace =
    stuck === undefined
      ? undefined
      : traceOf(product, seen.graph.wayTo(stuck), playgroundOf(context), (phases) => phases.get(stop) !== 'permitted');
  return [
    finding(
      'can-be-reset',
      { stop, ever: first >= 0 ? 'yes' : 'no' },
      {
        verdict: stuck === undefined ? 'proved' : 'refuted',
        explored,
        ...(trace === undefined ? {} : { trace }),
      },
    ),
    finding('can-be-tripped', { stop }, { verdict: seen.trips ? 'proved' : 'refuted', explored }),
  ];
}

/** Property 4, second half: it follows from property 1 for the inputs of emergency stops. */
function checkReached(context: Context): readonly Finding[] {
  const demands = demandsOf(context.cell.safety).filter(({ purpose }) => purpose === 'emergency-stop');
  return context.outputs.map(({ name: output }) => {
    const stops = context.cell.safety.stopFunctions.filter(
      ({ name, outputs }) => outputs.includes(output) && demands.some((demand) => demand.stops.includes(name)),
    );
    const subject = { output, stops: stops.map(({ name }) => name) };
    return finding('emergency-stop-reaches', subject, { verdict: stops.length > 0 ? 'proved' : 'refuted' });
  });
}

export function checkLiveness(context: Context): readonly Finding[] {
  const deciding = new Set<string>();
  const complete = { value: true };
  const stops = context.cell.safety.stopFunctions.flatMap(({ name }) => checkStop(context, name, deciding, complete));
  const read = new Set(
    context.cell.safety.stopFunctions.flatMap(({ name }) => productFor(context, [name])?.cone.inputs ?? []),
  );
  const inputs = [...read].map((input) =>
    finding(
      'input-matters',
      { input },
      {
        verdict: deciding.has(input) ? 'proved' : complete.value ? 'refuted' : 'incomplete',
      },
    ),
  );
  return [...stops, ...inputs, ...checkReached(context)];
}
