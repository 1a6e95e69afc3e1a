// Property 4: whether the value of one input alone decides over a stop function, in some state that the cell can be in.
import { digitIn, type Gear, ownLetter } from './gear.ts';
import type { Graph } from './graph.ts';
import type { Product } from './product.ts';

/** The states that were reached, and what may be spent on them. */
export interface Reached {
  readonly graph: Graph;
  /** Pairs of states that may be compared. */
  readonly pairsMax: number;
}

/** The same product twice, with other inputs in one step and the same before and after it. */
class Twins {
  readonly #product: Product;
  readonly one: Int32Array;
  readonly other: Int32Array;
  compared = 0;

  constructor(product: Product) {
    this.#product = product;
    this.one = new Int32Array(product.sizes.length);
    this.other = new Int32Array(product.sizes.length);
  }

  /**
   * Puts into `one` and `other` all pairs of states that a letter each and the same values of the private inputs lead to.
   * @returns one of them was accepted
   */
  some(before: Pair, letters: Pair<number>, accept: () => boolean, index = 0): boolean {
    const gear = this.#product.gears[index];
    if (gear === undefined) {
      this.compared += 1;
      return accept();
    }
    const own = ownLetter(gear, letters[0], this.one);
    const other = ownLetter(gear, letters[1], this.other);
    const pairs = pairsOf(gear, [before[0][index] as number, own], [before[1][index] as number, other]);
    for (let at = 0; at < pairs.length; at += 2) {
      [this.one[index], this.other[index]] = [pairs[at] as number, pairs[at + 1] as number];
      if (this.some(before, letters, accept, index + 1)) return true;
    }
    return false;
  }
}

type Pair<Each = Int32Array> = readonly [Each, Each];

/** Next states from a state with a letter, and from another with another, each pair once: first and second in turn. */
function pairsOf(gear: Gear, [state, own]: Pair<number>, [otherState, other]: Pair<number>): readonly number[] {
  if (state === otherState && own === other) {
    return Array.from(gear.options(state, own), (option) => [option >> 1, option >> 1]).flat();
  }
  const pairs = new Map<number, readonly number[]>();
  for (const combination of gear.combinations) {
    const [a, b] = [gear.next(state, own + combination), gear.next(otherState, other + combination)];
    pairs.set(a * gear.states + b, [a, b]);
  }
  return [...pairs.values()].flat();
}

/** Whether a stop function permits in only one of two states. */
type Differ = (one: Int32Array, other: Int32Array) => boolean;

/** Pairs of letters that differ in one input, of which one has its first value. */
function lettersOf(product: Product, input: string): readonly Pair<number>[] {
  const weight = product.inputs.find(({ name }) => name === input)?.weight ?? 0;
  const all = Array.from({ length: product.letters }, (_, letter) => letter);
  return all.flatMap((letter): Pair<number>[] => {
    const value = product.valueOf(letter, input);
    return value === 0 ? [] : [[letter, letter - value * weight]];
  });
}

/**
 * Whether the value of an input in one step decides whether a stop function permits, at once or after any steps that are the same.
 * @param product with the input watched; its states are those that were reached
 * @returns undefined when the limit was reached first
 */
export function decides(
  product: Product,
  input: string,
  { graph, pairsMax }: Reached,
  differ: Differ,
): boolean | undefined {
  const letters = lettersOf(product, input);
  const twins = new Twins(product);
  const { one, other } = twins;
  const before = new Int32Array(product.sizes.length);
  const later = new PairQueue();
  // Mostly it decides at once.
  for (let state = 0; state < graph.states; state += 1) {
    graph.read(state, before);
    for (const pair of letters) if (twins.some([before, before], pair, () => differ(one, other))) return true;
    if (twins.compared > pairsMax) return undefined;
  }
  for (let state = 0; state < graph.states && twins.compared <= pairsMax; state += 1) {
    graph.read(state, before);
    for (const pair of letters) {
      twins.some([before, before], pair, () => {
        later.add(one, other);
        return false;
      });
    }
    if (leadsToDifference(product, twins, later, differ, pairsMax)) return true;
  }
  return twins.compared > pairsMax ? undefined : false;
}

/** Pairs of states that differ, in the order in which they were found, each once. */
class PairQueue {
  readonly #known = new Set<string>();
  readonly #pairs: Pair[] = [];

  add(one: Int32Array, other: Int32Array): void {
    if (one.every((state, index) => state === other[index])) return;
    const key = `${one.join()} ${other.join()}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#pairs.push([one.slice(), other.slice()]);
  }

  take(): Pair | undefined {
    return this.#pairs.pop();
  }
}

/** Follows pairs with the same inputs for both. */
function leadsToDifference(
  product: Product,
  twins: Twins,
  queue: PairQueue,
  differ: Differ,
  pairsMax: number,
): boolean {
  const { one, other } = twins;
  for (let pair = queue.take(); pair !== undefined; pair = queue.take()) {
    for (let letter = 0; letter < product.letters; letter += 1) {
      const isFound = twins.some(pair, [letter, letter], () => {
        if (differ(one, other)) return true;
        queue.add(one, other);
        return false;
      });
      if (isFound) return true;
    }
    if (twins.compared > pairsMax) return false;
  }
  return false;
}

/** Gathers the values that inputs have in steps that end in states that matter. */
export class ValuesSeen {
  readonly values = new Map<string, Set<number>>();
  readonly #product: Product;
  readonly #letters: Uint8Array;
  readonly #steps = new Set<number>();

  constructor(product: Product) {
    this.#product = product;
    this.#letters = new Uint8Array(product.letters);
    for (const { name } of product.inputs) this.values.set(name, new Set());
  }

  add(before: Int32Array, letter: number, after: Int32Array): void {
    const { gears, inputs } = this.#product;
    if (this.#letters[letter] === 0) {
      this.#letters[letter] = 1;
      for (const { name, weight } of inputs)
        if (weight > 0) this.values.get(name)?.add(this.#product.valueOf(letter, name));
    }
    let offset = 0;
    for (let index = 0; index < gears.length; index += 1) {
      const gear = gears[index] as Gear;
      const [from, to] = [before[index] as number, after[index] as number];
      const own = ownLetter(gear, letter, after);
      const step = offset + (from * gear.digits.letters + own) * gear.states + to;
      offset += gear.states * gear.states * gear.digits.letters;
      if (gear.privates.length === 0 || this.#steps.has(step)) continue;
      this.#steps.add(step);
      this.#addPrivate(gear, from, own, to);
    }
  }

  #addPrivate(gear: Gear, from: number, own: number, to: number): void {
    for (const combination of gear.combinations) {
      if (gear.next(from, own + combination) !== to) continue;
      for (const digit of gear.privates) this.values.get(digit.input)?.add(digitIn(combination, digit));
    }
  }
}
