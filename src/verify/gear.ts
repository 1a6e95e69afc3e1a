// One part inside a product: where it can go, by what the whole product knows of its inputs. Inputs that nothing else reads are left
// open, and those of their values that lead to the same state count as one: what remains is what an exploration has to follow.
import { type Digits, digitsOf, type Part, type PartTable } from './part.ts';

/** A digit of a part's letter that belongs to one input alone. */
export interface PrivateDigit {
  readonly input: string;
  readonly values: number;
  readonly weight: number;
}

/** What feeds a part: which part before it, its value by state, and what it adds to the letter when TRUE. */
export interface Feed {
  readonly part: number;
  readonly on: Uint8Array;
  readonly weight: number;
}

export interface Gear {
  readonly digits: Digits;
  readonly states: number;
  /** Share of each letter of the product in the letter of the part. */
  readonly fixed: Int32Array;
  readonly feeds: readonly Feed[];
  readonly privates: readonly PrivateDigit[];
  /**
   * @returns next states for some values of the private inputs, each once and times two, + 1 where the mark is set: with and
   * without it they are two. `own` is the letter with all private inputs open
   */
  options(state: number, own: number): Int32Array;
  /** Combinations of values of the private inputs: what each adds to a letter. */
  readonly combinations: Int32Array;
  /** 1 for each combination that sets the mark. */
  readonly marks: Uint8Array;
  next(state: number, letter: number): number;
}

function combinationsOf(privates: readonly PrivateDigit[]): Int32Array {
  let all = [0];
  for (const { values, weight } of privates) {
    all = Array.from({ length: values }, (_, value) => all.map((sum) => sum + value * weight)).flat();
  }
  return Int32Array.from(all);
}

/** @param isMarked by values of its private inputs: what a question asks for is the case */
export function gearOf(
  part: Part,
  { automaton }: PartTable,
  wired: { readonly fixed: Int32Array; readonly feeds: readonly Feed[]; readonly privates: readonly PrivateDigit[] },
  isMarked: (read: (input: string) => number) => boolean,
): Gear {
  const { states, letters, next } = automaton;
  const combinations = combinationsOf(wired.privates);
  const marks = Uint8Array.from(combinations, (combination) => {
    const read = (input: string): number => {
      const digit = wired.privates.find((each) => each.input === input);
      return digit === undefined ? 0 : digitIn(combination, digit);
    };
    return isMarked(read) ? 1 : 0;
  });
  const known = Array.from<Int32Array | undefined>({ length: states * letters });
  const optionsAt = (from: number): Int32Array => {
    const options = new Set<number>();
    combinations.forEach((more, index) => {
      options.add((next[from + more] as number) * 2 + (marks[index] as number));
    });
    return Int32Array.from(options);
  };
  return {
    ...wired,
    digits: digitsOf(part),
    states,
    combinations,
    marks,
    options: (state, own) => {
      const from = state * letters + own;
      const options = known[from] ?? optionsAt(from);
      known[from] = options;
      return options;
    },
    next: (state, letter) => next[state * letters + letter] as number,
  };
}

/** @returns the letter of a part, its private inputs open, by the letter of the product and the states of the parts before it */
export function ownLetter({ fixed, feeds }: Gear, letter: number, after: Int32Array): number {
  let own = fixed[letter] as number;
  for (const { part, on, weight } of feeds) if (on[after[part] as number] === 1) own += weight;
  return own;
}

/** @returns value of a private input in one of the combinations */
export function digitIn(combination: number, { weight, values }: PrivateDigit): number {
  return Math.floor(combination / weight) % values;
}
