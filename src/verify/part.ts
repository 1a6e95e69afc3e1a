// One part of the safety wiring, a block or a stop function, as a table of integers. The tables are made by calling the reducers
// that run in the cell; nothing is written here of what a block does.
import type { SafetyBlockModel, SafetyModel, StopFunctionModel } from '../core/cell-model.ts';
import { type ModesModel, selectedMode } from '../core/operating-mode.ts';
import { blockInterface, drivesOf, resetOf, signalsOf } from '../core/safety-blocks.ts';
import { monotonicMs } from '../core/units.ts';
import { BLOCK_MACHINES, type BlockInputs } from '../safety/blocks.ts';
import { type BlockCall, type BlockState, idleBlock } from '../safety/function-block.ts';
import { blockCall, initialStop, isPermitted, type StopPhase, type StopState, stepStop } from '../safety/program.ts';
import type { SafetyInputs } from '../safety/safety-inputs.ts';
import { type WiredBlock, wiringOf } from '../safety/wiring.ts';
import { type Automaton, minimise, tabulate } from './automaton.ts';
import { limitsOf } from './limits.ts';
import { keyOf, NOW_MS, settleMoments, type TickModel, ticksOf } from './model-time.ts';

/** Values of an input in a letter. */
export const OPEN = 0;
export const CLOSED = 1;
export const UNREAD = 2;

/** A block or a stop function with the names that it reads. */
export interface Part {
  readonly name: string;
  readonly kind: 'block' | 'stop';
  /** Signals, two values each, without repetition: digital inputs, or outputs of blocks. */
  readonly references: readonly { readonly name: string; readonly whenUnread: boolean }[];
  /** Its reset button, which has three values. */
  readonly reset: string | undefined;
  /** Reads whether everything stands still. */
  readonly readsStandstill: boolean;
  /** Times that its timers are compared with, ms. */
  readonly limitsMs: readonly number[];
  tabulate(tick: TickModel): PartTable;
}

/** What a part does, in numbers. */
export interface PartTable {
  readonly automaton: Automaton;
  /** Whether the output of this name is TRUE, by state; of a stop function its phase. */
  isOn(reference: string, state: number): boolean;
  phaseOf(state: number): StopPhase;
}

/** A letter of a part, taken apart, but for whether time passes. Signals are the lowest digits, then reset, standstill, tick. */
interface Letter {
  readonly signals: readonly boolean[];
  readonly reset: number;
  readonly standstill: boolean;
}

/** How a part's letters are made of the values of its inputs. */
export interface Digits {
  readonly resetWeight: number;
  readonly standstillWeight: number;
  readonly tickWeight: number;
  readonly letters: number;
}

export function digitsOf({ references, reset, readsStandstill, limitsMs }: Omit<Part, 'tabulate'>): Digits {
  const resetWeight = 2 ** references.length;
  const standstillWeight = resetWeight * (reset === undefined ? 1 : 3);
  const tickWeight = standstillWeight * (readsStandstill ? 2 : 1);
  return { resetWeight, standstillWeight, tickWeight, letters: tickWeight * (limitsMs.length > 0 ? 2 : 1) };
}

function readLetter(part: Untimed, digits: Digits, letter: number): Letter {
  const { resetWeight, standstillWeight, tickWeight } = digits;
  return {
    signals: part.references.map((_, i) => (letter & (1 << i)) !== 0),
    reset: Math.floor((letter % standstillWeight) / resetWeight),
    standstill: part.readsStandstill && Math.floor((letter % tickWeight) / standstillWeight) === 1,
  };
}

/** A memory, how it is called, and what is seen of it. */
interface Machine<State> {
  readonly initial: State;
  call(state: State, letter: Letter, now: number): State;
  /** Signals, by bit, that the last call has looked at; undefined: all. */
  looked?(): number;
  seen(state: State): string;
}

/** A part without the times that it turns out to have. */
type Untimed = Omit<Part, 'tabulate' | 'limitsMs'>;

function partOf<State>(
  untimed: Untimed,
  machine: Machine<State>,
  table: (automaton: Automaton, members: readonly State[]) => PartTable,
): Part {
  const allDigits = digitsOf({ ...untimed, limitsMs: [1] });
  const letters = Array.from({ length: allDigits.tickWeight }, (_, letter) => readLetter(untimed, allDigits, letter));
  const letterOf = (number: number): Letter => letters[number % letters.length] as Letter;
  const limitsByPlace = limitsOf({
    initial: machine.initial,
    letters: letters.length,
    call: (state, letter, now) => machine.call(state, letterOf(letter), now),
  });
  const limitsMs = [...new Set([...limitsByPlace.values()].flat())].toSorted((a, b) => a - b);
  const part = { ...untimed, limitsMs };
  const digits = digitsOf(part);
  const known = new Map<number, PartTable>();
  const make = (tick: TickModel): PartTable => {
    const ticksMax = new Map([...limitsByPlace].map(([place, limits]) => [place, ticksOf(limits.at(-1) ?? 0, tick)]));
    const settle = (state: State, now: number): State =>
      settleMoments(state, now, tick, (place) => ticksMax.get(place) ?? 0);
    const raw = tabulate<State>({
      initial: settle(machine.initial, NOW_MS),
      letters: digits.letters,
      step: (state, number) => {
        const now = number >= letters.length ? NOW_MS + tick.tickMs + 1e-6 : NOW_MS;
        return settle(machine.call(state, letterOf(number), now), now);
      },
      keyOf,
      // Everything above the signals counts as looked at.
      looked: () => (machine.looked?.() ?? -1) | -digits.resetWeight,
    });
    const small = minimise(raw, (state) => machine.seen(raw.members[state] as State));
    return table(
      small,
      Array.from(small.representatives, (state) => raw.members[state] as State),
    );
  };
  return {
    ...part,
    tabulate: (tick) => {
      const table = known.get(tick.tickMs) ?? make(tick);
      known.set(tick.tickMs, table);
      return table;
    },
  };
}

/** A block on its own: what it is wired to has names of its own, so that nothing is another block. */
interface Lone {
  readonly block: SafetyBlockModel;
  /** By the name in `block`, the name in the cell. */
  readonly names: ReadonlyMap<string, string>;
  readonly references: Part['references'];
}

const RESET = 'reset';

function loneOf(block: SafetyBlockModel): Lone {
  const { signals, reset } = blockInterface(block.type);
  const names = new Map<string, string>();
  const found = new Map<string, boolean>();
  const wired: Record<string, string> = {};
  for (const [key, name] of signalsOf(block)) {
    wired[key] = `signal-${key}`;
    names.set(`signal-${key}`, name);
    if (!found.has(name)) found.set(name, signals[key]?.whenUnread === true);
  }
  for (const { isGate, device } of drivesOf(block)) if (isGate) found.set(wishFor(device), false);
  if (reset !== undefined) wired[reset] = RESET;
  const references = [...found].map(([name, whenUnread]) => ({ name, whenUnread }));
  return { block: { ...block, ...wired }, names, references };
}

/** Stands among the inputs for what the cycle wants of a digital output that a block gates. */
export function wishFor(device: string): string {
  return `wanted ${device}`;
}

/** No input: the cell's own reset has nothing to do with what a block does. */
const NO_INPUT = 'none';

/** Inputs of a block that remember which of them were looked at. */
interface WatchedInputs {
  /** @returns the same object every time, with other values, and nothing looked at */
  of(values: BlockInputs): BlockInputs;
  /** By bit. */
  looked(): number;
}

/** @param bitOf number of the signal behind a key; below 0 for one that is no signal: then all count as looked at */
function watchedInputs({ signals, constants }: WiredBlock, bitOf: (key: string) => number): WatchedInputs {
  let [values, looked]: [BlockInputs, number] = [{}, 0];
  const view = { ...constants };
  for (const { key } of signals) {
    const bit = bitOf(key);
    const bits = bit < 0 ? -1 : 1 << bit;
    Object.defineProperty(view, key, {
      enumerable: true,
      get: () => {
        looked |= bits;
        return values[key];
      },
    });
  }
  return {
    of: (now) => {
      [values, looked] = [now, 0];
      return view;
    },
    looked: () => looked,
  };
}

/** A block, called with what the very safety step of the cell would call it with. */
export function blockPart(model: SafetyBlockModel): Part {
  const { block, names, references } = loneOf(model);
  const safety: SafetyModel = { reset: NO_INPUT, blocks: [block], stopFunctions: [] };
  const wired = wiringOf(safety).blocks[0];
  if (wired === undefined) throw new TypeError(`block ${model.name} is not wired: it was not checked`);
  const machineOfType = BLOCK_MACHINES[block.type];
  const untimed: Untimed = {
    name: block.name,
    kind: 'block',
    references,
    reset: resetOf(model),
    readsStandstill: false,
  };
  const callFor = ({ signals, reset }: Letter): BlockCall<BlockInputs> => {
    const values = new Map(references.map(({ name }, i) => [name, signals[i] === true] as const));
    const isTrue = (name: string): boolean => values.get(name) === true;
    const inputs: SafetyInputs = {
      now: monotonicMs(NOW_MS),
      closed: (name) => (name === RESET ? reset === CLOSED : isTrue(names.get(name) ?? '')),
      valid: (name) => name !== RESET || reset !== UNREAD,
      standstill: false,
      wanted: (device) => isTrue(wishFor(device)),
    };
    return blockCall(wired, inputs, {});
  };
  // A letter is asked for in every state: what the block is called with is made once.
  const calls = new Map<Letter, BlockCall<BlockInputs>>();
  const watched = watchedInputs(wired, (key) => {
    const reference = names.get(`signal-${key}`);
    return references.findIndex(({ name }) => name === reference);
  });
  const machine: Machine<BlockState> = {
    initial: idleBlock(),
    call: (state, letter, now) => {
      const call = calls.get(letter) ?? callFor(letter);
      calls.set(letter, call);
      return machineOfType.step(state, { ...call, now: monotonicMs(now), inputs: watched.of(call.inputs) });
    },
    looked: () => watched.looked(),
    seen: (state) => JSON.stringify(machineOfType.outputs(state)),
  };
  return partOf(untimed, machine, (automaton, members) => ({
    automaton,
    isOn: (reference, state) => machineOfType.isOn(members[state] as BlockState, reference.split('.')[1]),
    phaseOf: () => 'stopped',
  }));
}

/** A stop function, fed by the reference that is its permission; by those that select the mode too where it counts in some modes only. */
export function stopPart(stop: StopFunctionModel, modes?: ModesModel): Part {
  const selectors = stop.modes === undefined ? [] : Object.values(modes?.selection ?? {});
  const names = [...new Set([stop.permission, ...selectors])];
  const untimed: Untimed = {
    name: stop.name,
    kind: 'stop',
    references: names.map((name) => ({ name, whenUnread: false })),
    reset: undefined,
    readsStandstill: stop.category !== 0,
  };
  const machine: Machine<StopState> = {
    initial: initialStop(stop),
    call: (state, { signals, standstill }, now) => {
      const inputs = { now: monotonicMs(now), closed: () => false, standstill };
      const mode = selectedMode(modes, (reference) => signals[names.indexOf(reference)] === true);
      const permitted = isPermitted(stop, mode, () => signals[0] === true);
      // What made it stop is told to people and decides nothing.
      return stepStop(stop, state, { permitted, cause: () => undefined, inputs });
    },
    seen: ({ phase }) => phase,
  };
  return partOf(untimed, machine, (automaton, members) => ({
    automaton,
    isOn: () => false,
    phaseOf: (state) => (members[state] as StopState).phase,
  }));
}
