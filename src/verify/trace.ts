// A way through the model as a run of the real safety program: letters become inputs at times, and the run is made again with the
// whole cell, cycle by cycle, to see whether it ends as the model says.
import type { SafetyModel } from '../core/cell-model.ts';
import { monotonicMs } from '../core/units.ts';
import { initialSafety, type SafetyState, type StopPhase, stepSafety } from '../safety/program.ts';
import { CLOSED, OPEN, wishFor } from './part.ts';
import { type Move, type Product, STANDSTILL } from './product.ts';
import type { Change, InputValue, Reaction, Trace } from './result.ts';

const VALUES: readonly InputValue[] = ['open', 'closed', 'unread'];

/** Phases of all stop functions at one moment. */
export type Phases = ReadonlyMap<string, StopPhase>;

/** What a run is made with. */
export interface Playground {
  readonly safety: SafetyModel;
  readonly cyclePeriodMs: number;
  /** Values of inputs that the counter-example does not speak of. */
  readonly rest: (input: string) => number;
}

/**
 * Between two steps that follow at once, ms: the longest that ends as the model says, so that a person could do it. At the pace of
 * the cycle no step is made that the model does not make, and at 1 ms none but those in which something changes.
 */
function pacesMs({ cyclePeriodMs }: Playground): readonly number[] {
  return [200, 50, 20, cyclePeriodMs, 1];
}

interface Timed {
  readonly atMs: number;
  readonly values: Move['values'];
}

function timesOf(product: Product, moves: readonly Move[], stepMs: number): readonly Timed[] {
  let atMs = 0;
  return moves.map(({ isTick, values }, index) => {
    if (index > 0) atMs += isTick ? product.tick.tickMs : stepMs;
    return { atMs: Math.ceil(atMs), values };
  });
}

function changesOf(steps: readonly Timed[]): readonly Change[] {
  const changes: Change[] = [];
  const last = new Map<string, number>();
  for (const { atMs, values } of steps) {
    for (const [name, value] of values) {
      if (last.get(name) === value) continue;
      last.set(name, value);
      changes.push({ atMs, input: name, value: VALUES[value] ?? 'open' });
    }
  }
  return changes;
}

/** Runs the whole safety program with these inputs, every cycle and at every change, as the controller does. */
export function play(
  { safety, cyclePeriodMs, rest }: Playground,
  changes: readonly Change[],
  endMs: number,
): { readonly reactions: readonly Reaction[]; readonly phases: Phases; readonly codeOf: (block: string) => string } {
  const reactions: Reaction[] = [];
  const values = new Map<string, number>();
  const valueNow = (input: string): number => values.get(input) ?? rest(input);
  let state: SafetyState = initialSafety(safety);
  const moments = new Set(changes.map(({ atMs }) => atMs));
  for (let atMs = 0; atMs <= endMs; atMs += cyclePeriodMs) moments.add(atMs);
  moments.add(endMs);
  for (const atMs of [...moments].toSorted((a, b) => a - b)) {
    for (const change of changes) if (change.atMs === atMs) values.set(change.input, VALUES.indexOf(change.value));
    const next = stepSafety(safety, state, {
      now: monotonicMs(atMs),
      closed: (input) => valueNow(input) === CLOSED,
      valid: (input) => valueNow(input) <= CLOSED,
      standstill: valueNow(STANDSTILL) === CLOSED,
      enabled: valueNow('cell.enabled') === CLOSED,
      running: valueNow('cell.running') === CLOSED,
      wanted: (device) => valueNow(wishFor(device)) === CLOSED,
    });
    reactions.push(...reactionsOf(atMs, state, next));
    state = next;
  }
  return {
    reactions,
    phases: new Map(state.stops.map(({ name, phase }) => [name, phase])),
    codeOf: (block) => state.blocks[block]?.code ?? '',
  };
}

function reactionsOf(atMs: number, before: SafetyState, after: SafetyState): readonly Reaction[] {
  const blocks = Object.entries(after.blocks).flatMap(([name, { code }]): Reaction[] =>
    before.blocks[name]?.code === code ? [] : [{ atMs, kind: 'block', name, value: code }],
  );
  const stops = after.stops.flatMap(({ name, phase }, index): Reaction[] =>
    before.stops[index]?.phase === phase ? [] : [{ atMs, kind: 'stop', name, value: phase }],
  );
  return [...blocks, ...stops];
}

/** @param isEnd whether the run ends as the model says, by the phases of all stop functions, what happened at the end, and codes */
export function traceOf(
  product: Product,
  moves: readonly Move[],
  playground: Playground,
  isEnd: (phases: Phases, last: readonly Reaction[], codeOf: (block: string) => string) => boolean,
): Trace {
  let trace: Trace | undefined;
  for (const stepMs of pacesMs(playground)) {
    const steps = timesOf(product, moves, stepMs);
    const endMs = steps.at(-1)?.atMs ?? 0;
    const changes = changesOf(steps);
    const { reactions, phases, codeOf } = play(playground, changes, endMs);
    const isConfirmed = isEnd(
      phases,
      reactions.filter(({ atMs }) => atMs === endMs),
      codeOf,
    );
    const parts = new Set(product.cone.parts.map(({ name }) => name));
    trace = { changes, reactions: reactions.filter(({ name }) => parts.has(name)), endMs, isConfirmed };
    if (isConfirmed) return trace;
  }
  return trace ?? { changes: [], reactions: [], endMs: 0, isConfirmed: false };
}

/**
 * Runs the whole safety program through these steps, and again with one input different in one of them.
 * @returns some such difference alone keeps a stop function from permitting at the end
 */
export function decidesOnTheWay(
  product: Product,
  moves: readonly Move[],
  playground: Playground,
  about: { readonly input: string; readonly stop: string },
): boolean {
  return pacesMs(playground).some((stepMs) => {
    const permitsWith = (steps: readonly Move[]): boolean => {
      const timed = timesOf(product, steps, stepMs);
      return play(playground, changesOf(timed), timed.at(-1)?.atMs ?? 0).phases.get(about.stop) === 'permitted';
    };
    return permitsWith(moves) && moves.some((_, index) => !permitsWith(withOther(moves, index, about.input)));
  });
}

function withOther(moves: readonly Move[], index: number, input: string): readonly Move[] {
  return moves.map(({ isTick, values }, at) => {
    const other = values.get(input) === CLOSED ? OPEN : CLOSED;
    return { isTick, values: at === index ? new Map([...values, [input, other]]) : values };
  });
}

/** Resets open, and everything else as it is while nothing is asked for. */
export function restOf(safety: SafetyModel, resting: ReadonlyMap<string, number>): (input: string) => number {
  return (input) => resting.get(input) ?? (input === STANDSTILL || input === safety.reset ? OPEN : CLOSED);
}
