// Breadth-first exploration of a product together with a monitor, so that what is found first is a shortest way.
import { NumberSet } from './number-set.ts';
import type { Product } from './product.ts';

/** Watches a run: a small memory of its own, and what must never be. */
export interface Monitor {
  /** Number of its states; 0 is the first. */
  readonly states: number;
  /** @returns the monitor's next state, or -1: what must never be is the case after this letter */
  step(state: number, letter: number, before: Int32Array, after: Int32Array): number;
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
  /** Letters from power-up to what must never be. */
  | ({ readonly kind: 'found'; readonly letters: readonly number[] } & Explored)
  /** A limit was reached first; `waiting` states had been seen and were not looked at. */
  | ({ readonly kind: 'cut'; readonly waiting: number } & Explored);

/** A monitor that watches nothing. */
export const NO_MONITOR: Monitor = { states: 1, step: () => 0 };

/** Bytes that one state takes: its number, its place in the index at half load, where it came from. */
const BYTES_PER_STATE = 8 + 8 + 8;

const PROGRESS_EVERY = 100_000;

/** Told every state once, in the order of its number, with all its successors. */
export type Visit = (state: number, tuple: Int32Array, successors: Int32Array) => void;

/**
 * Explores every state that any sequence of letters leads to, or up to the first that the monitor refuses.
 * @param start letters that every run begins with
 * @param visit not called for a run that ends early
 */
export function explore(product: Product, monitor: Monitor, limits: Limits, visit?: Visit): Outcome {
  const { letters, sizes } = product;
  const length = sizes.length;
  const statesMax = Math.min(limits.statesMax, Math.floor((limits.memoryMib * 1_048_576) / BYTES_PER_STATE));
  const transitionsMax = limits.transitionsMax ?? Number.POSITIVE_INFINITY;
  const seen = new NumberSet();
  const cameFrom = new Growing();
  const cameBy = new Growing();
  const before = new Int32Array(length);
  const after = new Int32Array(length);
  const successors = new Int32Array(visit === undefined ? 0 : letters);
  seen.add(0);
  let [transitions, depth, levelEnd] = [0, 0, 1];
  for (let state = 0; state < seen.size; state += 1) {
    if (state === levelEnd) {
      depth += 1;
      levelEnd = seen.size;
    }
    if (seen.size > statesMax || transitions > transitionsMax)
      return { kind: 'cut', waiting: seen.size - state, states: state, transitions, depth };
    if (state % PROGRESS_EVERY === PROGRESS_EVERY - 1) limits.onProgress?.({ states: state + 1, depth });
    const watched = unpack(seen.at(state), sizes, monitor.states, before);
    for (let letter = 0; letter < letters; letter += 1) {
      product.step(before, letter, after);
      const next = monitor.step(watched, letter, before, after);
      transitions += 1;
      if (next < 0) {
        const way = wayTo(state, cameFrom, cameBy);
        return { kind: 'found', letters: [...way, letter], states: seen.size, transitions, depth: way.length + 1 };
      }
      const number = seen.add(pack(after, sizes, monitor.states, next));
      if (number === seen.size - 1 && number > cameFrom.length) {
        cameFrom.push(state);
        cameBy.push(letter);
      }
      if (visit !== undefined) successors[letter] = number;
    }
    visit?.(state, before, successors);
  }
  return { kind: 'complete', states: seen.size, transitions, depth };
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

/** Letters from the first state to a state. Entry i of the arrays belongs to state i + 1. */
export function wayTo(state: number, cameFrom: Growing, cameBy: Growing): number[] {
  const way: number[] = [];
  for (let at = state; at > 0; at = cameFrom.at(at - 1)) way.push(cameBy.at(at - 1));
  return way.toReversed();
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
}
