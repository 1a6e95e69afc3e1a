// What all properties of one verification share: the wiring, its products, limits and counts.
import type { CellModel, StopFunctionModel } from '../core/cell-model.ts';
import { type OperatingMode, selectedMode } from '../core/operating-mode.ts';
import { type HazardousOutput, outputsOf } from './claims.ts';
import { type Explored, explore, type Limits, type Monitor, type Outcome } from './explore.ts';
import { OPEN } from './part.ts';
import { type Mark, type Move, type Product, productOf } from './product.ts';
import type { Finding, Rule, Subject, Verdict } from './result.ts';
import { finding } from './result.ts';
import type { SensorTest } from './sensor-test.ts';
import { type Playground, restOf } from './trace.ts';
import { coneOf, feederIndex, type Wiring, wire } from './wiring.ts';

/** Sums over all explorations. */
export interface Totals {
  states: number;
  transitions: number;
  depth: number;
}

export interface Context {
  readonly cell: CellModel;
  readonly wiring: Wiring;
  readonly outputs: readonly HazardousOutput[];
  readonly limits: Limits;
  readonly totals: Totals;
  /** Ticks of all products, for the statement of what was done. */
  readonly ticks: Map<number, boolean>;
  /** Values of inputs while nothing is asked for, as found on the way to permission. */
  readonly resting: Map<string, number>;
  /** Values that inputs can have in a step that ends with every stop function that reads them permitting. */
  readonly whileRunning: Map<string, ReadonlySet<number>>;
}

export function contextOf(cell: CellModel, limits: Limits): Context {
  return {
    cell,
    wiring: wire(cell.safety),
    outputs: outputsOf(cell),
    limits,
    totals: { states: 0, transitions: 0, depth: 0 },
    ticks: new Map(),
    resting: new Map(),
    whileRunning: new Map(),
  };
}

export function playgroundOf({ cell, resting }: Context): Playground {
  return { safety: cell.safety, cyclePeriodMs: cell.cyclePeriodMs, rest: restOf(cell.safety, resting) };
}

/**
 * The product of the cones of some stop functions; undefined when it has too many letters.
 * @param more.inputs what a question is about, also when none of them reads it
 */
export function productFor(
  context: Context,
  stops: readonly string[],
  more: {
    readonly inputs?: readonly string[];
    readonly blocks?: readonly string[];
    readonly limitsMs?: readonly number[];
    readonly mark?: Mark | undefined;
    /** Tests of sensors that a question knows of. */
    readonly tests?: readonly SensorTest[];
    /** Blocks whose outputs are left free. */
    readonly free?: (block: string) => boolean;
  } = {},
): Product | undefined {
  const cone = coneOf(context.wiring, stops, more);
  const { inputs = [], limitsMs = [], mark, tests = [] } = more;
  const signals = tests.flatMap(({ sensor, start }) => [sensor, start]);
  const watched = [...new Set([...inputs, ...signals.filter((name) => feederIndex(cone, name) < 0)])];
  const product = productOf(cone, { watched, limitsMs, mark });
  if (product !== undefined) context.ticks.set(product.tick.tickMs, product.tick.isExact);
  return product;
}

export function count({ totals }: Context, { states, transitions, depth }: Explored): void {
  totals.states += states;
  totals.transitions += transitions;
  totals.depth = Math.max(totals.depth, depth);
}

/** All explorations together may take this many times what one may. */
const EXPLORATIONS = 6;

/** Whatever was spent before, so much is looked at: enough for most stop functions alone. */
const TRANSITIONS_MIN = 200_000;

/** What a product that was not even begun comes to. */
const NOTHING: Explored & { readonly waiting: number } = { states: 0, transitions: 0, depth: 0, waiting: 1 };

/** What is left of the transitions of all explorations: one that is not worth its share is cut at once, and says so. */
function limitsLeft({ limits, totals }: Context): Limits {
  if (limits.transitionsMax === undefined) return limits;
  const left = Math.max(0, limits.transitionsMax * EXPLORATIONS - totals.transitions);
  return { ...limits, transitionsMax: Math.max(TRANSITIONS_MIN, Math.min(limits.transitionsMax, left)) };
}

export function run(context: Context, product: Product | undefined, monitor: (product: Product) => Monitor): Outcome {
  if (product === undefined) return { kind: 'cut', ...NOTHING };
  const outcome = explore(product, monitor(product), limitsLeft(context));
  count(context, outcome);
  return outcome;
}

/**
 * Blocks that have nothing to do with some inputs: a claim about these that holds whatever the blocks say holds. Those that make
 * the pulses of resets or select the mode are kept, for claims are about them too.
 */
export function farFrom({ wiring, cell }: Context, inputs: readonly string[]): (block: string) => boolean {
  const kept = new Set<string>();
  for (const [name, { reset }] of wiring.blocks) {
    if (coneOf(wiring, [], { blocks: [name] }).inputs.some((input) => inputs.includes(input))) kept.add(name);
    if (reset !== undefined) kept.add(reset.split('.')[0] ?? reset);
  }
  for (const reference of Object.values(cell.safety.modes?.selection ?? {}))
    kept.add(reference.split('.')[0] ?? reference);
  return (block) => !kept.has(block);
}

export function exploredOf(outcome: Outcome): NonNullable<Finding['explored']> {
  const { states, transitions, depth } = outcome;
  return outcome.kind === 'cut'
    ? { states, transitions, depth, waiting: outcome.waiting }
    : { states, transitions, depth };
}

/** @returns a finding of an exploration that did not find what must never be */
export function verdictOf(rule: Rule, subject: Subject, outcome: Outcome): Finding {
  const verdict: Verdict = outcome.kind === 'complete' ? 'proved' : 'incomplete';
  return finding(rule, subject, { verdict, explored: exploredOf(outcome) });
}

/** Stop functions that name an output. */
export function stopsNaming({ cell }: Context, output: string): readonly StopFunctionModel[] {
  return cell.safety.stopFunctions.filter(({ outputs }) => outputs.includes(output));
}

/** Reset buttons that a cone reads, the one nearest to its stop function last: digital inputs, also behind a block that makes a pulse of one. */
export function resetsOf({ cone }: Product): readonly string[] {
  const resets = cone.parts.flatMap(({ reset }) => (reset === undefined ? [] : [reset]));
  return resets.filter((name, index) => cone.inputs.includes(name) && resets.lastIndexOf(name) === index);
}

/** Tells by the states of all parts which mode is selected, as far as the cone knows. */
export function modeIn({ cell }: Context, product: Product): (tuple: Int32Array) => OperatingMode | undefined {
  const { modes } = cell.safety;
  const readers = new Map(
    Object.values(modes?.selection ?? {}).map((reference) => [reference, product.readerOf(reference)] as const),
  );
  return (tuple) => selectedMode(modes, (reference) => readers.get(reference)?.(tuple) === true);
}

/** Keeps what inputs are like while a stop function permits. */
export function keepResting({ resting, wiring }: Context, product: Product, move: Move | undefined): void {
  if (move === undefined) return;
  const resets = new Set([...resetsOf(product), wiring.safety.reset]);
  for (const { name } of product.inputs) resting.set(name, resets.has(name) ? OPEN : (move.values.get(name) ?? OPEN));
}

/** An input may only have values that every stop function that reads it permits with. */
export function keepWhileRunning({ whileRunning }: Context, input: string, values: ReadonlySet<number>): void {
  const before = whileRunning.get(input);
  whileRunning.set(input, before === undefined ? values : new Set([...before].filter((value) => values.has(value))));
}
