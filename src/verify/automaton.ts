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
  /**
   * Bits of the letter that the last step has looked at: letters that have these in common lead to the same state.
   * Undefined: it looks at all.
   */
  looked?(): number;
}

/** More states than this in one block or stop function are a defect of its description. */
const STATES_MAX = 200_000;

/** What one state was seen to do: by the bits that were looked at, the next state by their values. */
type Row = Map<number, Map<number, number>>;

function knownIn(row: Row, letter: number): number | undefined {
  for (const [bits, nexts] of row) {
    const next = nexts.get(letter & bits);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** Calls the reducer for every reachable state with every letter that may differ. @returns the table, and one state of each number */
export function tabulate<State>(reducer: Reducer<State>): Automaton & { readonly members: readonly State[] } {
  const { letters } = reducer;
  const numbers = new Map([[reducer.keyOf(reducer.initial), 0]]);
  const members = [reducer.initial];
  const next: number[] = [];
  const numberOf = (member: State): number => {
    const key = reducer.keyOf(member);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (members.length >= STATES_MAX) throw new RangeError(`a block has more than ${STATES_MAX} states`);
    numbers.set(key, members.length);
    return members.push(member) - 1;
  };
  for (let state = 0; state < members.length; state += 1) {
    const member = members[state] as State;
    const row: Row = new Map();
    for (let letter = 0; letter < letters; letter += 1) {
      let number = knownIn(row, letter);
      if (number === undefined) {
        number = numberOf(reducer.step(member, letter));
        const bits = reducer.looked?.() ?? -1;
        const nexts = row.get(bits) ?? new Map<number, number>();
        nexts.set(letter & bits, number);
        row.set(bits, nexts);
      }
      next.push(number);
    }
  }
  return { states: members.length, letters, next: Int32Array.from(next), members };
}

/** Whether two states are of one class and every letter leads from both into one. */
function areAlike({ letters, next }: Automaton, classes: Int32Array, one: number, other: number): boolean {
  if (classes[one] !== classes[other]) return false;
  for (let letter = 0; letter < letters; letter += 1) {
    const [a, b] = [next[one * letters + letter] as number, next[other * letters + letter] as number];
    if (a !== b && classes[a] !== classes[b]) return false;
  }
  return true;
}

/** Alike states have the same; others seldom do. */
function fingerprintOf({ letters, next }: Automaton, classes: Int32Array, state: number): number {
  let hash = classes[state] as number;
  for (let letter = 0; letter < letters; letter += 1) {
    hash = Math.imul(hash ^ (classes[next[state * letters + letter] as number] as number), 0x0100_0193) ^ (hash >>> 15);
  }
  return hash;
}

/** Parts classes by where their members are led; numbers are given in the order of states. */
function refine(automaton: Automaton, classes: Int32Array): Int32Array {
  const refined = new Int32Array(automaton.states);
  const firstsByFingerprint = new Map<number, number[]>();
  let count = 0;
  for (let state = 0; state < automaton.states; state += 1) {
    const fingerprint = fingerprintOf(automaton, classes, state);
    const firsts = firstsByFingerprint.get(fingerprint) ?? [];
    const alike = firsts.find((first) => areAlike(automaton, classes, first, state));
    refined[state] = alike === undefined ? count : (refined[alike] as number);
    if (alike !== undefined) continue;
    count += 1;
    firsts.push(state);
    firstsByFingerprint.set(fingerprint, firsts);
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
