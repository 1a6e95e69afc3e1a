// Breadth-first exploration of a product together with a monitor, so that what is found first is a shortest way.
import { NumberSet } from './number-set.ts';
import type { Move, Product } from './product.ts';

/** Watches a run: a small memory of its own, and what must never be. */
export interface Monitor {
  /** Number of its states; 0 is the first. */
  readonly states: number;
  /**
   * @param isMarked what the product was asked about inputs is the case
   * @returns the monitor's next state, or -1: what must never be is the case after this letter
   */
  readonly step: (state: number, letter: number, before: Int32Array, after: Int32Array, isMarked: boolean) => number;
}

export interface Limits {
  readonly statesMax: number;
  readonly memoryMib: number;
  /** Transitions of one exploration, and of all together six times as many; undefined: no limit. */
  readonly transitionsMax?: number;
  /** Called every hundred thousand states. */
  readonly onProgress?: (progress: { readonly states: number; readonly depth: number }) => void;
}

/** How much was looked at. */
export interface Explored {
  readonly states: number;
  readonly transitions: number;
  /** Steps from power-up to the state that is farthest away. */
  readonly depth: number;
}

export type Outcome =
  | ({ readonly kind: 'complete' } & Explored)
  /** Steps from power-up to what must never be. */
  | ({ readonly kind: 'found'; readonly moves: readonly Move[] } & Explored)
  /** A limit was reached first; `waiting` states had been seen and were not looked at. */
  | ({ readonly kind: 'cut'; readonly waiting: number } & Explored);

/** A monitor that watches nothing. */
export const NO_MONITOR: Monitor = { states: 1, step: () => 0 };

/** Bytes that one state takes: its number, its place in the index, where it came from, each with room to grow. */
const BYTES_PER_STATE = 8 + 8 + 8;

const PROGRESS_EVERY = 100_000;

/** Told every state once, in the order of its number, and then each of its successors; one may come more than once. */
export interface Visitor {
  state(state: number, tuple: Int32Array): void;
  edge(next: number, letter: number, before: Int32Array, after: Int32Array): void;
}

/** What was explored, and how to get there. */
export interface Exploration {
  readonly outcome: Outcome;
  /** Puts the states of all parts in a state into `tuple`. */
  read(state: number, tuple: Int32Array): void;
  /** Steps of a shortest way from power-up to a state. */
  wayTo(state: number): readonly Move[];
}

/** Explores every state that any sequence of inputs leads to, or up to the first that the monitor refuses. */
export function explore(product: Product, monitor: Monitor, limits: Limits): Outcome {
  return exploreAll(product, monitor, limits).outcome;
}

/** @param visitor not told of what comes after a state that the monitor refuses */
export function exploreAll(product: Product, monitor: Monitor, limits: Limits, visitor?: Visitor): Exploration {
  const space = new Space(product, monitor);
  const { letters, sizes } = product;
  const statesMax = Math.min(limits.statesMax, Math.floor((limits.memoryMib * 1_048_576) / BYTES_PER_STATE));
  const transitionsMax = limits.transitionsMax ?? Number.POSITIVE_INFINITY;
  const { seen, cameFrom } = space;
  const before = new Int32Array(sizes.length);
  const after = new Int32Array(sizes.length);
  let [transitions, depth, levelEnd, state, letter, watched] = [0, 0, 1, 0, 0, 0];
  const found = { value: false };
  const follow = (isMarked: boolean): void => {
    if (found.value) return;
    const next = monitor.step(watched, letter, before, after, isMarked);
    transitions += 1;
    if (next < 0) {
      found.value = true;
      return;
    }
    const number = seen.add(pack(after, sizes, monitor.states, next));
    if (number > cameFrom.length) cameFrom.push(state);
    visitor?.edge(number, letter, before, after);
  };
  const end = (outcome: Outcome): Exploration => ({
    outcome,
    read: (at, tuple) => void unpack(seen.at(at), sizes, monitor.states, tuple),
    wayTo: (to) => space.wayTo(to),
  });
  for (; state < seen.size; state += 1) {
    if (state === levelEnd) {
      depth += 1;
      levelEnd = seen.size;
    }
    if (seen.size > statesMax || transitions > transitionsMax)
      return end({ kind: 'cut', waiting: seen.size - state, states: state, transitions, depth });
    if (state % PROGRESS_EVERY === PROGRESS_EVERY - 1) limits.onProgress?.({ states: state + 1, depth });
    watched = unpack(seen.at(state), sizes, monitor.states, before);
    visitor?.state(state, before);
    for (letter = 0; letter < letters; letter += 1) {
      product.nexts(before, letter, after, follow);
      if (!found.value) continue;
      const moves = space.wayBeyond(state);
      return end({ kind: 'found', moves, states: seen.size, transitions, depth: moves.length });
    }
  }
  return end({ kind: 'complete', states: seen.size, transitions, depth });
}

/** The states that were seen, each with the one that it was first reached from. */
class Space {
  readonly seen = new NumberSet();
  /** Entry i belongs to state i + 1. */
  readonly cameFrom = new Growing();
  readonly #product: Product;
  readonly #monitor: Monitor;

  constructor(product: Product, monitor: Monitor) {
    this.#product = product;
    this.#monitor = monitor;
    this.seen.add(0);
  }

  wayTo(state: number): readonly Move[] {
    const states = [state];
    for (let at = state; at > 0; ) {
      at = this.cameFrom.at(at - 1);
      states.push(at);
    }
    const moves: Move[] = [];
    for (let index = states.length - 1; index > 0; index -= 1) {
      const wanted = this.seen.at(states[index - 1] as number);
      moves.push(this.#moveFrom(states[index] as number, moves.at(-1), (next) => next === wanted));
    }
    return moves;
  }

  /** To a state, and a step further, to what must never be. */
  wayBeyond(state: number): readonly Move[] {
    const moves = this.wayTo(state);
    return [...moves, this.#moveFrom(state, moves.at(-1), (next) => next < 0)];
  }

  /** Of all steps from a state that end as wanted, the one that changes the fewest inputs. */
  #moveFrom(state: number, last: Move | undefined, isWanted: (next: number) => boolean): Move {
    const { letters, sizes, nexts, moveTo } = this.#product;
    const { states: monitorStates, step } = this.#monitor;
    const before = new Int32Array(sizes.length);
    const after = new Int32Array(sizes.length);
    const watched = unpack(this.seen.at(state), sizes, monitorStates, before);
    let best: Move | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (let letter = 0; letter < letters; letter += 1) {
      nexts(before, letter, after, (isMarked) => {
        const next = step(watched, letter, before, after, isMarked);
        if (!isWanted(next < 0 ? next : pack(after, sizes, monitorStates, next))) return;
        const move = moveTo({ before, letter, after, isMarked }, last);
        const changes = changesBetween(last, move);
        if (changes < fewest) [best, fewest] = [move, changes];
      });
    }
    if (best === undefined) throw new TypeError('a state without a way to it');
    return best;
  }
}

/** Before power-up everything is open. */
function changesBetween(last: Move | undefined, move: Move): number {
  return [...move.values].filter(([input, value]) => value !== (last?.values.get(input) ?? 0)).length;
}

function pack(tuple: Int32Array, sizes: readonly number[], monitorStates: number, monitor: number): number {
  let packed = 0;
  for (let index = sizes.length - 1; index >= 0; index -= 1) {
    packed = packed * (sizes[index] as number) + (tuple[index] as number);
  }
  return packed * monitorStates + monitor;
}

function unpack(packed: number, sizes: readonly number[], monitorStates: number, tuple: Int32Array): number {
  let rest = Math.floor(packed / monitorStates);
  const monitor = packed - rest * monitorStates;
  for (let index = 0; index < sizes.length; index += 1) {
    const size = sizes[index] as number;
    const quotient = Math.floor(rest / size);
    tuple[index] = rest - quotient * size;
    rest = quotient;
  }
  return monitor;
}

/** A list of numbers that grows. */
export class Growing {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Int32Array(this.#values.length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** @param index below `length` */
  set(index: number, value: number): void {
    this.#values[index] = value;
  }
}
