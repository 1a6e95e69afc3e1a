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
import { decides, ValuesSeen } from './deciding.ts';
import { type Gate, gatesOf, isWish, opensIn } from './gates.ts';
import { type Graph, graphOf } from './graph.ts';
import { inputsRead } from './inputs-read.ts';
import { demandsOf } from './meaning.ts';
import type { Product } from './product.ts';
import { type Finding, finding } from './result.ts';
import { decidesOnTheWay, traceOf } from './trace.ts';

/** What the states of a stop function's cone were seen to do. */
interface Seen {
  readonly graph: Graph;
  /** By state: the stop function permits and counts in the mode that is selected. */
  readonly permits: Uint8Array;
  /** A state in which it permits and does not with some letter. */
  readonly trips: boolean;
  /** Values of inputs in the steps that led to a state in which it permits. */
  readonly permitting: ReadonlyMap<string, ReadonlySet<number>>;
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

/** By state of all parts: whether a stop function permits. */
function permittedIn(product: Product, stop: string): (tuple: Int32Array) => boolean {
  const { part, phases } = product.phasesOf(stop) ?? { part: 0, phases: [] };
  const isPermitting = Uint8Array.from(phases, (phase) => (phase === 'permitted' ? 1 : 0));
  return (tuple) => isPermitting[tuple[part] as number] === 1;
}

function look(context: Context, product: Product, stop: string): Seen {
  const counts = countsIn(context, product, stop);
  const isPermitted = permittedIn(product, stop);
  const permits: number[] = [];
  const seen = new ValuesSeen(product);
  let trips = false;
  const graph = graphOf(product, context.limits, {
    state: (_state, tuple) => {
      permits.push(isPermitted(tuple) && counts(tuple) ? 1 : 0);
    },
    edge: (_next, letter, before, after) => {
      if (isPermitted(after)) seen.add(before, letter, after);
      // To leave its mode is no trip.
      else if (!trips && permits.at(-1) === 1 && counts(after)) trips = true;
    },
  });
  count(context, graph.outcome);
  return { graph, permits: Uint8Array.from(permits), trips, permitting: seen.values };
}

/**
 * Finds the inputs of a stop function that decide over it: mostly on the shortest way to its permission, else anywhere.
 * @returns those of which nothing can be said
 */
function findDeciding(
  context: Context,
  stop: string,
  { graph, permits }: Seen,
  deciding: Set<string>,
): readonly string[] {
  const whole = productFor(context, [stop]);
  const first = permits.indexOf(1);
  const way = first > 0 ? graph.wayTo(first) : [];
  const pairsMax = context.limits.transitionsMax ?? Number.POSITIVE_INFINITY;
  return (whole?.inputs ?? []).flatMap(({ name: input }) => {
    if (deciding.has(input)) return [];
    if (whole !== undefined && decidesOnTheWay(whole, way, playgroundOf(context), { input, stop })) {
      deciding.add(input);
      return [];
    }
    const product = productFor(context, [stop], { inputs: [input] });
    if (product === undefined) return [input];
    const isPermitted = permittedIn(product, stop);
    const found = decides(product, input, { graph, pairsMax }, (one, other) => isPermitted(one) !== isPermitted(other));
    if (found === true) deciding.add(input);
    return found === undefined ? [input] : [];
  });
}

/** The first state, nearest to power-up, that no way leads out of to permission. */
function stuckState({ graph, permits }: Seen): number | undefined {
  const hopeful = graph.canReach(permits);
  const stuck = hopeful.indexOf(0);
  return stuck < 0 ? undefined : stuck;
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
  const unknown = findDeciding(context, stop, seen, deciding);
  if (unknown.length > 0) complete.value = false;
  const explored = exploredOf(seen.graph.outcome);
  if (seen.graph.outcome.kind !== 'complete') {
    complete.value = false;
    return [
      finding('can-be-reset', { stop }, { verdict: 'incomplete', explored }),
      finding('can-be-tripped', { stop }, { verdict: seen.trips ? 'proved' : 'incomplete', explored }),
    ];
  }
  for (const { name } of product.inputs) keepWhileRunning(context, name, seen.permitting.get(name) ?? new Set());
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

/** Finds the inputs of a gate that decide over its output; those of stop functions are known by then. @returns all that it reads */
function checkGate(
  context: Context,
  gate: Gate,
  deciding: Set<string>,
  complete: { value: boolean },
): readonly string[] {
  const blocks = [gate.block];
  const product = productFor(context, [], { blocks });
  const inputs = (product?.cone.inputs ?? []).filter((input) => !isWish(gate, input));
  const asked = inputs.filter((input) => !deciding.has(input));
  if (product === undefined || asked.length === 0) return inputs;
  const graph = graphOf(product, context.limits, { state: () => undefined, edge: () => undefined });
  count(context, graph.outcome);
  const pairsMax = context.limits.transitionsMax ?? Number.POSITIVE_INFINITY;
  for (const input of asked) {
    const watching = productFor(context, [], { blocks, inputs: [input] });
    const opens = watching === undefined ? () => true : opensIn(watching, [gate]);
    const differ = (one: Int32Array, other: Int32Array): boolean => opens(one) !== opens(other);
    const found = watching === undefined ? undefined : decides(watching, input, { graph, pairsMax }, differ);
    if (found === true) deciding.add(input);
    if (found === undefined || (!found && graph.outcome.kind !== 'complete')) complete.value = false;
  }
  return inputs;
}

/** Digital inputs that nothing in the file reads. A program may read any. */
function checkRead({ cell }: Context): readonly Finding[] {
  if (cell.programs.length > 0) return [];
  const read = inputsRead(cell);
  const inputs = cell.devices.filter(({ kind }) => kind === 'digital-input').map(({ name }) => name);
  return inputs.map((input) => finding('input-read', { input }, { verdict: read.has(input) ? 'proved' : 'refuted' }));
}

export function checkLiveness(context: Context): readonly Finding[] {
  const deciding = new Set<string>();
  const complete = { value: true };
  const stops = context.cell.safety.stopFunctions.flatMap(({ name }) => checkStop(context, name, deciding, complete));
  const gates = gatesOf(context.cell.safety).flatMap((gate) => checkGate(context, gate, deciding, complete));
  const read = new Set([
    ...context.cell.safety.stopFunctions.flatMap(({ name }) => productFor(context, [name])?.cone.inputs ?? []),
    ...gates,
  ]);
  const inputs = [...read].map((input) =>
    finding(
      'input-matters',
      { input },
      {
        verdict: deciding.has(input) ? 'proved' : complete.value ? 'refuted' : 'incomplete',
      },
    ),
  );
  return [...stops, ...inputs, ...checkRead(context), ...checkReached(context)];
}
