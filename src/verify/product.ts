// The parts of a cone put together: one machine whose letters are what the world does, and whose states are numbers.
import type { StopPhase } from '../safety/program.ts';
import { type TickModel, tickFor } from './model-time.ts';
import { CLOSED, digitsOf, type Part, type PartTable, UNREAD } from './part.ts';
import { type Cone, feederIndex } from './wiring.ts';

/** An input with the values that can make a difference: open and closed; unread too where that is another thing than both. */
interface ProductInput {
  readonly name: string;
  readonly values: number;
  /** Difference in a letter between two neighbouring values. */
  readonly weight: number;
}

/** One part in the product, with what an inner loop needs. */
interface Gear {
  readonly next: Int32Array;
  readonly letters: number;
  /** Share of each letter of the product in the letter of the part: digital inputs, reset, standstill, tick. */
  readonly fixed: Int32Array;
  /** Outputs of parts before it: which, their value by state, and what it adds when TRUE. */
  readonly feeds: readonly { readonly part: number; readonly on: Uint8Array; readonly weight: number }[];
}

export interface Product {
  readonly cone: Cone;
  readonly tick: TickModel;
  readonly inputs: readonly ProductInput[];
  readonly letters: number;
  /** Product of the numbers of states of all parts; a state is a number below it. */
  readonly space: number;
  readonly sizes: readonly number[];
  readonly tables: readonly PartTable[];
  /** Phases of a stop function by the state of its part; undefined for one that is not in the cone. */
  phasesOf(stop: string): { readonly part: number; readonly phases: readonly StopPhase[] } | undefined;
  /** @returns by the states of all parts, whether an output of a block in the cone is TRUE; undefined for another reference */
  readerOf(reference: string): ((tuple: Int32Array) => boolean) | undefined;
  /** Computes the states of all parts after a letter into `after`; both arrays as long as there are parts. */
  step(before: Int32Array, letter: number, after: Int32Array): void;
  /** Value of an input in a letter. */
  valueOf(letter: number, input: string): number;
  isTick(letter: number): boolean;
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

function inputsOf(cone: Cone): ProductInput[] {
  const names = [...cone.inputs.map((name) => [name, valuesOf(cone, name)] as const)];
  const isNamed = cone.inputs.includes(STANDSTILL);
  if (!isNamed && cone.parts.some(({ readsStandstill }) => readsStandstill)) names.push([STANDSTILL, 2]);
  let weight = 1;
  return names.map(([name, values]) => {
    const input = { name, values, weight };
    weight *= values;
    return input;
  });
}

function gearOf(
  part: Part,
  index: number,
  product: Omit<Product, 'step' | 'valueOf' | 'isTick' | 'phasesOf' | 'readerOf'>,
): Gear {
  const { cone, inputs, letters, tables } = product;
  const digits = digitsOf(part);
  const fixed = new Int32Array(letters);
  const add = (name: string, weightOf: (value: number) => number): void => {
    const input = inputs.find((each) => each.name === name);
    if (input === undefined) return;
    for (let letter = 0; letter < letters; letter += 1) {
      fixed[letter] = (fixed[letter] ?? 0) + weightOf(Math.floor(letter / input.weight) % input.values);
    }
  };
  const feeds: Gear['feeds'][number][] = [];
  const feed = (name: string, weight: number, weightOf: (value: number) => number): void => {
    const feeder = feederIndex(cone, name);
    const table = tables[feeder];
    if (table === undefined) {
      add(name, weightOf);
      return;
    }
    const on = Uint8Array.from({ length: table.automaton.states }, (_, state) => (table.isOn(name, state) ? 1 : 0));
    feeds.push({ part: feeder, on, weight });
  };
  part.references.forEach(({ name, whenUnread }, bit) => {
    feed(name, 1 << bit, (value) => (value === CLOSED || (value === UNREAD && whenUnread) ? 1 << bit : 0));
  });
  // A reset that is the pulse of a block is always known: it is CLOSED or OPEN.
  if (part.reset !== undefined) feed(part.reset, digits.resetWeight, (value) => value * digits.resetWeight);
  if (part.readsStandstill) add(STANDSTILL, (value) => value * digits.standstillWeight);
  if (part.limitsMs.length > 0) {
    for (let letter = letters / 2; letter < letters; letter += 1)
      fixed[letter] = (fixed[letter] ?? 0) + digits.tickWeight;
  }
  const { next, letters: own } = (tables[index] as PartTable).automaton;
  return { next, letters: own, fixed, feeds };
}

/** @param limitsMs times that matter besides those of the parts, such as a property's own */
export function productOf(cone: Cone, limitsMs: readonly number[] = []): Product | undefined {
  const tick = tickFor([...cone.parts.flatMap((part) => part.limitsMs), ...limitsMs]);
  const inputs = inputsOf(cone);
  const letters = inputs.reduce((count, { values }) => count * values, 1) * 2;
  if (letters > LETTERS_MAX) return undefined;
  const tables = cone.parts.map((part) => part.tabulate(tick));
  const sizes = tables.map(({ automaton }) => automaton.states);
  const space = sizes.reduce((all, size) => all * size, 1);
  const base = { cone, tick, inputs, letters, tables, sizes, space };
  const gears = cone.parts.map((part, index) => gearOf(part, index, base));
  return {
    ...base,
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
      const on = Uint8Array.from({ length: table.automaton.states }, (_, state) =>
        table.isOn(reference, state) ? 1 : 0,
      );
      return (tuple) => on[tuple[feeder] as number] === 1;
    },
    step: (before, letter, after) => {
      for (let index = 0; index < gears.length; index += 1) {
        const gear = gears[index] as Gear;
        let own = gear.fixed[letter] as number;
        for (const { part, on, weight } of gear.feeds) if (on[after[part] as number] === 1) own += weight;
        after[index] = gear.next[(before[index] as number) * gear.letters + own] as number;
      }
    },
    valueOf: (letter, name) => {
      const input = inputs.find((each) => each.name === name);
      return input === undefined ? CLOSED : Math.floor(letter / input.weight) % input.values;
    },
    isTick: (letter) => letter >= letters / 2,
  };
}
