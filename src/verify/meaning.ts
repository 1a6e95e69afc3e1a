// What the wiring is meant for, read from what each block is for and from what the cell file declares; not from what blocks do.
import type { SafetyModel, StopFunctionModel } from '../core/cell-model.ts';
import { OPERATING_MODES, type OperatingMode } from '../core/operating-mode.ts';
import { blockInterface, neededSignals, type SafetyBlockType, signalsOf } from '../core/safety-blocks.ts';
import { type Gate, gatesOf } from './gates.ts';
import { CLOSED, OPEN } from './part.ts';
import type { Mark } from './product.ts';
import { type SensorTest, sensorTestOf } from './sensor-test.ts';

/** What an input asks for: a stop of everything; of what the safeguard protects; or a stop of what the hands permit. */
export type Purpose = 'emergency-stop' | 'safeguard' | 'hold-to-run' | 'channel';

interface Meaning {
  /** `channel`: what is behind it says what it is for. */
  readonly purpose: Purpose;
  /** Value that asks for the stop, by key of the block; what is not here asks for none. */
  readonly demands: Readonly<Record<string, number>>;
  /** Keys of signals that may excuse a demand: two that are closed say that material passes, or that somebody holds an override. */
  readonly excuses?: readonly string[];
}

const SENSORS = ['switch11', 'switch12', 'switch21', 'switch22'] as const;
const MUTING: Meaning = { purpose: 'safeguard', demands: { aopdIn: OPEN }, excuses: SENSORS };

/**
 * By block type. Written from what the devices are (ISO 13850 for the emergency stop, ISO 14119 for guards, IEC 61496 for light
 * curtains, ISO 13851 for two hands, IEC 60204-1 9.2.3.9 for enabling), so that a block that does otherwise is found.
 */
const MEANINGS: Readonly<Partial<Record<string, Meaning>>> = {
  SF_Equivalent: { purpose: 'channel', demands: { channelA: OPEN, channelB: OPEN } },
  SF_Antivalent: { purpose: 'channel', demands: { channelNC: OPEN, channelNO: CLOSED } },
  SF_EmergencyStop: { purpose: 'emergency-stop', demands: { input: OPEN } },
  SF_ESPE: { purpose: 'safeguard', demands: { input: OPEN } },
  SF_PSE: { purpose: 'safeguard', demands: { input: OPEN } },
  SF_Guard: { purpose: 'safeguard', demands: { switch1: OPEN, switch2: OPEN } },
  SF_GuardLocking: { purpose: 'safeguard', demands: { guard: OPEN, guardLock: OPEN } },
  SF_TestableSafetySensor: { purpose: 'safeguard', demands: { ossdIn: OPEN } },
  SF_MutingSeq: MUTING,
  SF_MutingPar: MUTING,
  SF_MutingPar_2Sensor: MUTING,
  SF_Override: { purpose: 'channel', demands: { safetyIn: OPEN }, excuses: ['overrideEnable', 'hold'] },
  SF_TwoHandControlTypeII: { purpose: 'hold-to-run', demands: { button1: OPEN, button2: OPEN } },
  SF_TwoHandControlTypeIII: { purpose: 'hold-to-run', demands: { button1: OPEN, button2: OPEN } },
  SF_EnableSwitch: { purpose: 'hold-to-run', demands: { channel1: OPEN, channel2: OPEN } },
} satisfies Readonly<Partial<Record<SafetyBlockType | (string & {}), Meaning>>>;

/** Signals that excuse a demand while two of them are closed; each by the inputs that are closed whenever it is. */
export type Excuse = readonly (readonly string[])[];

/** An input in the state in which something has to stop. */
export interface Demand {
  readonly input: string;
  /** OPEN, which includes an input that cannot be read, or CLOSED. */
  readonly value: number;
  readonly purpose: Purpose;
  /** Any of them excuses it: no demand. */
  readonly excuses: readonly Excuse[];
  /** Tests that ask for it: a drop that one of them asks for is no demand. */
  readonly tests: readonly SensorTest[];
  /** Stop functions that are wired to it. */
  readonly stops: readonly string[];
  /** Gates that are wired to it. */
  readonly gates: readonly Gate[];
  /** The only mode in which it is one; undefined: it is one in all. */
  readonly mode?: OperatingMode;
}

interface Found {
  readonly input: string;
  readonly value: number;
  readonly purpose: Purpose;
  readonly excuses: readonly Excuse[];
  readonly tests: readonly SensorTest[];
}

function blockOf({ blocks }: SafetyModel, reference: string) {
  return blocks.find(({ name }) => name === reference) ?? blocks.find(({ name }) => name === reference.split('.')[0]);
}

/** Inputs that are closed whenever a reference is TRUE; the reference itself where a block does not say. */
function closedBehind(safety: SafetyModel, reference: string): readonly string[] {
  const block = blockOf(safety, reference);
  const needs = block === undefined ? [] : neededSignals(block, reference.split('.')[1]);
  return needs.length === 0 ? [reference] : needs.flatMap((need) => closedBehind(safety, need));
}

/** What has to be TRUE for an output of a block that only passes something on. */
function passedOn(safety: SafetyModel, reference: string): readonly string[] {
  const block = blockOf(safety, reference);
  if (block === undefined) return [];
  const { signals } = blockInterface(block.type);
  const needs = neededSignals(block, reference.split('.')[1]);
  return signalsOf(block).flatMap(([key, signal]) =>
    signals[key]?.lane === 'safe' && needs.includes(signal) ? [signal] : [],
  );
}

/** Demands behind a reference: what is nearest to the stop function says what it is for. */
function demandsBehind(
  safety: SafetyModel,
  name: string,
  value: number,
  outer: Omit<Found, 'input' | 'value'>,
): Found[] {
  const block = blockOf(safety, name);
  if (block === undefined) return name.startsWith('cell.') ? [] : [{ input: name, value, ...outer }];
  const meaning = MEANINGS[block.type];
  if (meaning === undefined)
    return passedOn(safety, name).flatMap((signal) => demandsBehind(safety, signal, OPEN, outer));
  const signals = signalsOf(block);
  const purpose = outer.purpose === 'channel' ? meaning.purpose : outer.purpose;
  const own = new Set(signals.flatMap(([key, signal]) => (meaning.excuses?.includes(key) === true ? [signal] : [])));
  const excuse: Excuse = [...own].map((signal) => closedBehind(safety, signal));
  const excuses = excuse.length === 0 ? outer.excuses : [...outer.excuses, excuse];
  const test = sensorTestOf(block);
  const tests = test === undefined ? outer.tests : [...outer.tests, test];
  return signals.flatMap(([key, signal]) => {
    const asks = meaning.demands[key];
    return asks === undefined ? [] : demandsBehind(safety, signal, asks, { purpose, excuses, tests });
  });
}

interface Read extends Found {
  readonly stops: string[];
  readonly gates: Gate[];
}

/** What makes two ways of reading an input different claims: what it is for there, and what excuses it. */
function wayOf({ input, value, purpose, excuses, tests }: Found): string {
  return JSON.stringify([input, value, purpose, excuses, tests]);
}

/**
 * Every demand of a cell, in the order of its stop functions; then those of its gates, and what only `protects` names. An input that
 * is read in several ways, such as with a muting and without, is a demand in each of them; see `claimedBy` of claims.ts.
 */
export function demandsOf(safety: SafetyModel): readonly Demand[] {
  const found = new Map<string, Read>();
  const each = (reference: string, wiredTo: (demand: Read) => void) => {
    for (const demand of demandsBehind(safety, reference, OPEN, { purpose: 'channel', excuses: [], tests: [] })) {
      const way = wayOf(demand);
      const known = found.get(way) ?? { ...demand, stops: [], gates: [] };
      wiredTo(known);
      found.set(way, known);
    }
  };
  for (const stop of safety.stopFunctions) {
    each(stop.permission, ({ stops }) => {
      if (!stops.includes(stop.name)) stops.push(stop.name);
    });
  }
  for (const gate of gatesOf(safety)) {
    for (const need of gate.needs) {
      each(need, ({ gates }) => {
        if (!gates.includes(gate)) gates.push(gate);
      });
    }
  }
  for (const input of Object.keys(safety.protects ?? {})) {
    if ([...found.values()].some((demand) => demand.input === input)) continue;
    const only = { input, value: OPEN, purpose: 'safeguard', excuses: [], tests: [] } as const;
    found.set(wayOf(only), { ...only, stops: [], gates: [] });
  }
  const all = [...found.values()];
  return all.flatMap((read): Demand[] => {
    // A bare contact behind a gate alone is for the output of the gate, and for nothing else.
    const bare = read.stops.length === 0 && read.gates.length > 0 ? 'hold-to-run' : 'safeguard';
    const demand = { ...read, purpose: read.purpose === 'channel' ? bare : read.purpose };
    const ways = all.filter((other) => isSameInput(other, read));
    return modesOf(safety, ways)?.flatMap((mode) => inMode(safety, demand, mode)) ?? [demand];
  });
}

function isSameInput(one: Found, { input, value }: Found): boolean {
  return one.input === input && one.value === value;
}

/** Modes in which an input counts that is read in these ways; undefined: all, whichever way it is. */
function modesOf(safety: SafetyModel, ways: readonly Read[]): readonly OperatingMode[] | undefined {
  const modes = ways.map(({ stops }) => modesOfStops(safety, stops));
  if (modes.every((each) => each === undefined)) return undefined;
  const { selection } = safety.modes ?? {};
  const all = OPERATING_MODES.filter((mode) => mode === 'automatic' || selection?.[mode] !== undefined);
  return ways.length === 1 ? modes[0] : [...new Set(modes.flatMap((each) => each ?? all))];
}

/** Modes in which any of these stop functions counts; undefined: all, for one of them counts in all, or there is none. */
function modesOfStops({ stopFunctions }: SafetyModel, stops: readonly string[]): readonly OperatingMode[] | undefined {
  const reading = stopFunctions.filter(({ name }) => stops.includes(name));
  if (reading.length === 0 || reading.some(({ modes }) => modes === undefined)) return undefined;
  return [...new Set(reading.flatMap(({ modes }) => modes ?? []))];
}

/** The same demand in one mode, of the stop functions that count in it; none where it is not read in it. */
function inMode({ stopFunctions }: SafetyModel, demand: Demand, mode: OperatingMode): readonly Demand[] {
  const counting = stopFunctions.filter(({ modes }) => modes === undefined || modes.includes(mode));
  const stops = demand.stops.filter((stop) => counting.some(({ name }) => name === stop));
  return stops.length === 0 && demand.gates.length === 0 ? [] : [{ ...demand, mode, stops }];
}

/** Signals that must be TRUE at a time: one alone may be stuck (IEC 62046: at least two independent sensors). */
const EXCUSES_MIN = 2;

/** The demand stands: its input has the value, or cannot be read, and nothing excuses it. */
export function isStanding({ input, value, excuses }: Demand, read: (input: string) => number): boolean {
  const met = value === OPEN ? CLOSED : OPEN;
  const isClosed = (name: string): boolean => read(name) === CLOSED;
  const isExcused = excuses.some((excuse) => excuse.filter((names) => names.every(isClosed)).length >= EXCUSES_MIN);
  return read(input) !== met && !isExcused;
}

/** Inputs that may excuse a demand. Each is named once. */
export function excusingInputs({ excuses }: Demand): readonly string[] {
  return [...new Set(excuses.flat(2))];
}

/** Asks of a product whether a demand stands. */
export function markOf(demand: Demand): Mark {
  return { inputs: [demand.input, ...excusingInputs(demand)], isMet: (read) => isStanding(demand, read) };
}

/** Inputs that a claim about a demand speaks of. */
export function inputsOf(demand: Demand): readonly string[] {
  return [demand.input, ...excusingInputs(demand), ...demand.tests.flatMap(({ sensor, start }) => [sensor, start])];
}

/** Time that a stop function's category leaves until its outputs are at their safe values, ms. */
export function categoryTimeMs({ category, timeLimitMs }: StopFunctionModel): number {
  return category === 0 ? 0 : timeLimitMs;
}
