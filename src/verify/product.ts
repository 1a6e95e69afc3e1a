// The parts of a cone put together: one machine whose letters are what the world does, and whose states are numbers.
import type { StopPhase } from '../safety/program.ts';
import { digitIn, type Feed, type Gear, gearOf, ownLetter, type PrivateDigit } from './gear.ts';
import { type TickModel, tickFor } from './model-time.ts';
import { CLOSED, digitsOf, OPEN, type Part, type PartTable, UNREAD } from './part.ts';
import { type Cone, feederIndex } from './wiring.ts';

/** An input with the values that can make a difference: open and closed; unread too where that is another thing than both. */
interface ProductInput {
  readonly name: string;
  readonly values: number;
  /** Difference in a letter between two neighbouring values; 0 for an input that letters do not tell apart. */
  readonly weight: number;
}

/** One step of the world: time passes or not, and every input has a value. */
export interface Move {
  readonly isTick: boolean;
  readonly values: ReadonlyMap<string, number>;
}

export interface Product {
  readonly cone: Cone;
  readonly tick: TickModel;
  /** All inputs, the watched and shared ones first. */
  readonly inputs: readonly ProductInput[];
  /** Letters differ in the inputs that several parts read or that are watched, and in whether time passes. */
  readonly letters: number;
  /** Product of the numbers of states of all parts; a state is a number below it. */
  readonly space: number;
  readonly sizes: readonly number[];
  readonly tables: readonly PartTable[];
  readonly gears: readonly Gear[];
  /** Phases of a stop function by the state of its part; undefined for one that is not in the cone. */
  phasesOf(stop: string): { readonly part: number; readonly phases: readonly StopPhase[] } | undefined;
  /** @returns by the states of all parts, whether an output of a block in the cone is TRUE; undefined for another reference */
  readerOf(reference: string): ((tuple: Int32Array) => boolean) | undefined;
  /**
   * Computes the states of all parts after a letter into `after`, once for each that some values of the other inputs lead to, and
   * tells whether the mark is the case with them; both arrays as long as there are parts.
   */
  readonly nexts: (before: Int32Array, letter: number, after: Int32Array, visit: (isMarked: boolean) => void) => void;
  /** Value of a watched or shared input in a letter. @throws RangeError for another one: it was to be watched */
  readonly valueOf: (letter: number, input: string) => number;
  isTick(letter: number): boolean;
  /** A step with this letter, with or without the mark, between these states; of several the one that changes least. */
  readonly moveTo: (step: Step, last: Move | undefined) => Move;
}

/** One step of a product. */
export interface Step {
  readonly before: Int32Array;
  readonly letter: number;
  readonly after: Int32Array;
  readonly isMarked: boolean;
}

/** What a question asks of inputs: letters need not tell them apart where one part alone reads them. */
export interface Mark {
  readonly inputs: readonly string[];
  readonly isMet: (read: (input: string) => number) => boolean;
}

/** Stands among the inputs for "everything is at rest". */
export const STANDSTILL = 'cell.standstill';

/** A letter counts a state's successors: more than these would not be explored in a lifetime. */
const LETTERS_MAX = 1 << 22;

function valuesOf({ parts }: Cone, name: string): number {
  if (parts.some(({ reset }) => reset === name)) return 3;
  const unread = parts.flatMap(({ references }) => references.filter((each) => each.name === name));
  return unread.some(({ whenUnread }) => whenUnread) && unread.some(({ whenUnread }) => !whenUnread) ? 3 : 2;
}

/** How often an input is read: by two parts, or twice by one, it has to have the same value for both. */
function readersOf({ parts }: Cone, name: string): number {
  return parts
    .flatMap(({ references, reset }) => [...references.map((each) => each.name), reset])
    .filter((each) => each === name).length;
}

interface Inputs {
  readonly shared: readonly ProductInput[];
  readonly privates: readonly ProductInput[];
}

function inputsOf(cone: Cone, watched: readonly string[]): Inputs {
  const reads = cone.inputs.includes(STANDSTILL) || cone.parts.some(({ readsStandstill }) => readsStandstill);
  const names = [...new Set([...watched, ...cone.inputs, ...(reads ? [STANDSTILL] : [])])];
  const isPrivate = (name: string): boolean =>
    name !== STANDSTILL && !watched.includes(name) && readersOf(cone, name) === 1;
  let weight = 1;
  const shared = names
    .filter((name) => !isPrivate(name))
    .map((name) => {
      const input = { name, values: valuesOf(cone, name), weight };
      weight *= input.values;
      return input;
    });
  const privates = names.filter(isPrivate).map((name) => ({ name, values: valuesOf(cone, name), weight: 0 }));
  return { shared, privates };
}

interface Wired extends Pick<Product, 'cone' | 'letters' | 'tables'>, Inputs {
  /** Part that alone reads all inputs of the mark; -1: letters tell. */
  readonly marking: number;
  readonly mark: Mark | undefined;
}

/** Which part alone reads all inputs of a mark; -1 when none does. */
function markingPart({ parts }: Cone, mark: Mark | undefined, watched: readonly string[]): number {
  if (mark === undefined || mark.inputs.length === 0) return -1;
  const reads = ({ references, reset }: Part, input: string): boolean =>
    reset === input || references.some(({ name }) => name === input);
  const isOwn = (input: string): boolean => input !== STANDSTILL && !watched.includes(input);
  return parts.findIndex((part) =>
    mark.inputs.every((input) => isOwn(input) && reads(part, input) && readersOf({ parts, inputs: [] }, input) === 1),
  );
}

/** A signal or the reset of a part: an output of a part before it, an input that letters know, or one of its own. */
function wireGear(part: Part, index: number, wired: Wired): Gear {
  const { cone, letters, tables, shared, privates, mark, marking } = wired;
  const digits = digitsOf(part);
  const fixed = new Int32Array(letters);
  const own: PrivateDigit[] = [];
  const feeds: Feed[] = [];
  const add = (name: string, weightOf: (value: number) => number): void => {
    const input = shared.find((each) => each.name === name);
    if (input === undefined) return;
    for (let letter = 0; letter < letters; letter += 1) {
      fixed[letter] = (fixed[letter] as number) + weightOf(Math.floor(letter / input.weight) % input.values);
    }
  };
  const feed = (name: string, weight: number, weightOf: (value: number) => number): void => {
    const feeder = feederIndex(cone, name);
    const table = tables[feeder];
    const lone = privates.find((each) => each.name === name);
    if (table !== undefined) feeds.push({ part: feeder, on: whereOn(table, name), weight });
    else if (lone !== undefined) own.push({ input: name, values: lone.values, weight });
    else add(name, weightOf);
  };
  part.references.forEach(({ name, whenUnread }, bit) => {
    feed(name, 1 << bit, (value) => (value === CLOSED || (value === UNREAD && whenUnread) ? 1 << bit : 0));
  });
  // A reset that is the pulse of a block is always known: it is CLOSED or OPEN.
  if (part.reset !== undefined) feed(part.reset, digits.resetWeight, (value) => value * digits.resetWeight);
  if (part.readsStandstill) add(STANDSTILL, (value) => value * digits.standstillWeight);
  if (part.limitsMs.length > 0) {
    for (let letter = letters / 2; letter < letters; letter += 1)
      fixed[letter] = (fixed[letter] as number) + digits.tickWeight;
  }
  const isMarked: Mark['isMet'] = index === marking && mark !== undefined ? mark.isMet : () => false;
  return gearOf(part, tables[index] as PartTable, { fixed, feeds, privates: own }, isMarked);
}

function whereOn(table: PartTable, reference: string): Uint8Array {
  return Uint8Array.from({ length: table.automaton.states }, (_, state) => (table.isOn(reference, state) ? 1 : 0));
}

/** Values of the private inputs of one part with which it goes where it went; of several the ones nearest to the last. */
function privateValues(
  gear: Gear,
  step: { readonly from: number; readonly own: number; readonly to: number; readonly mark: number | undefined },
  last: Move | undefined,
): number {
  let [best, fewest] = [0, Number.POSITIVE_INFINITY];
  for (const [index, combination] of gear.combinations.entries()) {
    if (gear.next(step.from, step.own + combination) !== step.to) continue;
    if (step.mark !== undefined && gear.marks[index] !== step.mark) continue;
    const changed = gear.privates.filter(
      (digit) => digitIn(combination, digit) !== (last?.values.get(digit.input) ?? OPEN),
    ).length;
    if (changed < fewest) [best, fewest] = [combination, changed];
  }
  return best;
}

/** What is asked of a product. */
export interface Question {
  readonly watched?: readonly string[];
  readonly mark?: Mark | undefined;
  readonly limitsMs?: readonly number[];
}

/**
 * @param watched inputs that a question is about: letters tell them apart
 * @param mark what else a question asks of inputs
 * @param limitsMs times that matter besides those of the parts, such as a property's own
 * @returns undefined when there are too many letters
 */
export function productOf(
  cone: Cone,
  { watched: asked = [], mark, limitsMs = [] }: Question = {},
): Product | undefined {
  const marking = markingPart(cone, mark, asked);
  const watched = marking < 0 && mark !== undefined ? [...asked, ...mark.inputs] : asked;
  const tick = tickFor([...cone.parts.flatMap((part) => part.limitsMs), ...limitsMs]);
  const inputs = inputsOf(cone, watched);
  const letters = inputs.shared.reduce((count, { values }) => count * values, 1) * 2;
  if (letters > LETTERS_MAX) return undefined;
  const tables = cone.parts.map((part) => part.tabulate(tick));
  const sizes = tables.map(({ automaton }) => automaton.states);
  const space = sizes.reduce((all, size) => all * size, 1);
  const gears = cone.parts.map((part, index) =>
    wireGear(part, index, { cone, letters, tables, mark, marking, ...inputs }),
  );
  const isTick = (letter: number): boolean => letter >= letters / 2;
  const read = (letter: number, name: string): number => {
    const input = inputs.shared.find((each) => each.name === name);
    if (input !== undefined) return Math.floor(letter / input.weight) % input.values;
    if (inputs.privates.some((each) => each.name === name)) throw new RangeError(`${name} is not watched`);
    return CLOSED;
  };
  const markedLetters = Uint8Array.from({ length: letters }, (_, letter) =>
    marking < 0 && mark?.isMet((name) => read(letter, name)) === true ? 1 : 0,
  );
  const last = gears.length;
  const descend = (
    index: number,
    step: { readonly before: Int32Array; readonly letter: number; readonly after: Int32Array },
    isMarked: boolean,
    visit: (isMarked: boolean) => void,
  ): void => {
    if (index === last) {
      visit(isMarked);
      return;
    }
    const gear = gears[index] as Gear;
    const { before, letter, after } = step;
    for (const option of gear.options(before[index] as number, ownLetter(gear, letter, after))) {
      after[index] = option >> 1;
      descend(index + 1, step, isMarked || (option & 1) === 1, visit);
    }
  };
  return {
    cone,
    tick,
    inputs: [...inputs.shared, ...inputs.privates],
    letters,
    space,
    sizes,
    tables,
    gears,
    phasesOf: (stop) => {
      const part = cone.parts.findIndex(({ kind, name }) => kind === 'stop' && name === stop);
      const table = tables[part];
      if (table === undefined) return undefined;
      return { part, phases: Array.from({ length: table.automaton.states }, (_, state) => table.phaseOf(state)) };
    },
    readerOf: (reference) => {
      const feeder = feederIndex(cone, reference);
      const table = tables[feeder];
      if (table === undefined) return undefined;
      const on = whereOn(table, reference);
      return (tuple) => on[tuple[feeder] as number] === 1;
    },
    nexts: (before, letter, after, visit) => descend(0, { before, letter, after }, markedLetters[letter] === 1, visit),
    valueOf: read,
    isTick,
    moveTo: ({ before, letter, after, isMarked }, previous) => {
      const values = new Map(
        inputs.shared.map(({ name, values: count, weight }) => [name, Math.floor(letter / weight) % count] as const),
      );
      gears.forEach((gear, index) => {
        const step = {
          from: before[index] as number,
          own: ownLetter(gear, letter, after),
          to: after[index] as number,
          mark: index === marking ? Number(isMarked) : undefined,
        };
        const combination = privateValues(gear, step, previous);
        for (const digit of gear.privates) values.set(digit.input, digitIn(combination, digit));
      });
      return { isTick: isTick(letter), values };
    },
  };
}
