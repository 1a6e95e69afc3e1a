// Turns a reducer into a small table of integers: its reachable states numbered, its inputs numbered, and what cannot be told
// apart from outside made one.

/** A machine as a table. State 0 is the initial one. */
export interface Automaton {
  readonly states: number;
  readonly letters: number;
  /** Next state of `state` under `letter` at `state * letters + letter`. */
  readonly next: Int32Array;
}

/** A reducer seen as a machine: `letters` different inputs, states told apart by a key. */
export interface Reducer<State> {
  readonly initial: State;
  readonly letters: number;
  step(state: State, letter: number): State;
  keyOf(state: State): string;
}

/** More states than this in one block or stop function are a defect of its description. */
const STATES_MAX = 200_000;

/** Calls the reducer for every reachable state with every letter. @returns the table, and one state of each number */
export function tabulate<State>(reducer: Reducer<State>): Automaton & { readonly members: readonly State[] } {
  const { letters } = reducer;
  const numbers = new Map([[reducer.keyOf(reducer.initial), 0]]);
  const members = [reducer.initial];
  const next: number[] = [];
  for (let state = 0; state < members.length; state += 1) {
    const member = members[state] as State;
    for (let letter = 0; letter < letters; letter += 1) {
      const after = reducer.step(member, letter);
      const key = reducer.keyOf(after);
      let number = numbers.get(key);
      if (number === undefined) {
        number = members.length;
        if (number >= STATES_MAX) throw new RangeError(`a block has more than ${STATES_MAX} states`);
        numbers.set(key, number);
        members.push(after);
      }
      next.push(number);
    }
  }
  return { states: members.length, letters, next: Int32Array.from(next), members };
}

/** Numbers pairs in the order in which they are first seen. */
class PairNumbers {
  readonly #numbers = new Map<number, number>();

  of(first: number, second: number): number {
    const key = first * STATES_MAX + second;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  get size(): number {
    return this.#numbers.size;
  }
}

function refine({ states, letters, next }: Automaton, classes: Int32Array): Int32Array {
  let refined = classes;
  for (let letter = 0; letter < letters; letter += 1) {
    const pairs = new PairNumbers();
    const step = new Int32Array(states);
    for (let state = 0; state < states; state += 1) {
      step[state] = pairs.of(refined[state] ?? 0, classes[next[state * letters + letter] ?? 0] ?? 0);
    }
    refined = step;
  }
  return refined;
}

function countOf(classes: Int32Array): number {
  return classes.reduce((most, each) => Math.max(most, each), -1) + 1;
}

/**
 * Joins states that no sequence of letters can tell apart (partition refinement after Moore).
 * @param seen what can be seen of a state; states that are joined look the same
 * @returns the quotient with its initial state 0, and a state of the original for each of its states
 */
export function minimise(
  automaton: Automaton,
  seen: (state: number) => string,
): Automaton & { readonly representatives: Int32Array } {
  const { states, letters, next } = automaton;
  const colours = new Map<string, number>();
  let classes: Int32Array = Int32Array.from({ length: states }, (_, state) => {
    const colour = seen(state);
    if (!colours.has(colour)) colours.set(colour, colours.size);
    return colours.get(colour) ?? 0;
  });
  for (let count = countOf(classes), before = 0; count !== before; ) {
    before = count;
    classes = refine(automaton, classes);
    count = countOf(classes);
  }
  // Numbers of classes are given in the order of states, so the class of state 0 is 0.
  const count = countOf(classes);
  const representatives = new Int32Array(count).fill(-1);
  for (let state = states - 1; state >= 0; state -= 1) representatives[classes[state] ?? 0] = state;
  const quotient = new Int32Array(count * letters);
  for (let joined = 0; joined < count; joined += 1) {
    for (let letter = 0; letter < letters; letter += 1) {
      quotient[joined * letters + letter] = classes[next[(representatives[joined] ?? 0) * letters + letter] ?? 0] ?? 0;
    }
  }
  return { states: count, letters, next: quotient, representatives };
}
