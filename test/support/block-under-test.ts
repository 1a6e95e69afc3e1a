// A safety function block beside its oracle: both get the same calls, and what they then say is compared.
import { blockInterface, type SafetyBlockType } from '../../src/core/safety-blocks.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { BLOCK_MACHINES, type BlockInputs, type BlockMachine } from '../../src/safety/blocks.ts';
import { type BlockCall, type BlockState, idleBlock } from '../../src/safety/function-block.ts';
import {
  type BlockOracle,
  codeOf,
  firstMemory,
  isOn,
  type Levels,
  type Memory,
  type Scan,
  type Settings,
  stepOracle,
} from './oracles/oracle.ts';

/** A block and its oracle after the same history. */
export interface Pair {
  readonly state: BlockState;
  readonly memory: Memory;
  readonly nowMs: number;
  /** Outputs that latch and have been FALSE, with no rising edge of the reset since. */
  readonly owing: readonly string[];
  /** Calls so far. */
  readonly depth: number;
}

export function machineOf({ type }: BlockOracle): BlockMachine {
  return BLOCK_MACHINES[type as SafetyBlockType];
}

export function interfaceOf({ type }: BlockOracle): ReturnType<typeof blockInterface> {
  return blockInterface(type as SafetyBlockType);
}

const NOTHING: readonly string[] = [];
const RESET: readonly string[] = ['reset'];
const latchingOutputs = new Map<BlockOracle, readonly string[]>();

function latching(oracle: BlockOracle): readonly string[] {
  const known = latchingOutputs.get(oracle);
  if (known !== undefined) return known;
  const { outputs } = interfaceOf(oracle);
  const names = Object.keys(outputs).filter((name) => outputs[name]?.latches === true);
  latchingOutputs.set(oracle, names);
  return names;
}

/** An output owes an edge of the reset from the call in which it falls until the edge of the reset. */
function owingAfter(oracle: BlockOracle, pair: Pair, state: BlockState, { levels }: Scan): readonly string[] {
  const names = latching(oracle);
  if (names.length === 0) return names;
  const machine = machineOf(oracle);
  const wasOff = (input: string): boolean => pair.memory.before[oracle.edges.indexOf(input)] === 'f';
  const isEdge = (oracle.rearms ?? RESET).some((input) => levels[input] === true && wasOff(input));
  const owed = isEdge ? NOTHING : pair.owing;
  const fell = names.filter((name) => machine.isOn(pair.state, name) && !machine.isOn(state, name));
  return fell.length === 0 ? owed : [...new Set([...owed, ...fell])];
}

export function firstPair(oracle: BlockOracle): Pair {
  return { state: idleBlock(), memory: firstMemory(oracle), nowMs: 0, owing: latching(oracle), depth: 0 };
}

type Wired = Pick<BlockCall<BlockInputs>, 'reset' | 'inputs'> & { readonly unread: readonly string[] };
const prepared = new WeakMap<Levels, Wired>();

/** Levels as the block takes them: read or not, reset apart, parameters among them. Kept for the next call with the same. */
function wire(all: Levels, settings: Settings): Wired {
  const known = prepared.get(all);
  if (known !== undefined) return known;
  const { reset, ...levels } = all;
  const read = Object.fromEntries(Object.entries(levels).map(([input, level]) => [input, level === true]));
  const unread = Object.keys(levels).filter((input) => levels[input] === undefined);
  const wired: Wired = { reset, inputs: { ...read, ...settings }, unread };
  prepared.set(all, wired);
  return wired;
}

/** Calls both once. Levels are not shared between settings. */
export function stepPair(oracle: BlockOracle, settings: Settings, pair: Pair, scan: Scan): Pair {
  const nowMs = pair.nowMs + scan.dtMs;
  const { reset, inputs, unread } = wire(scan.levels, settings);
  const call = { now: monotonicMs(nowMs), activate: scan.activate, reset, inputs, unread };
  const state = machineOf(oracle).step(pair.state, call);
  const memory = stepOracle(oracle, settings, pair.memory, scan);
  return { state, memory, nowMs, owing: owingAfter(oracle, pair, state, scan), depth: pair.depth + 1 };
}

/** @returns how the two differ; undefined while they agree */
export function disagreement(oracle: BlockOracle, { state, memory }: Pair): unknown {
  const expected = codeOf(oracle, memory);
  if (state.code !== expected) return { block: state.code, oracle: expected };
  const machine = machineOf(oracle);
  for (const name in oracle.outputs) {
    if (machine.isOn(state, name) !== isOn(oracle, name, memory)) return { code: state.code, output: name };
  }
  return undefined;
}

/**
 * @param capMs one more than the longest limit
 * @returns a text that is the same for two pairs that behave alike from here on: times count by their age, up to the cap
 */
export function keyOf({ state, memory, nowMs, owing }: Pair, capMs: number): string {
  let own = '';
  for (const [key, value] of Object.entries(state) as [string, unknown][]) {
    const isTime = typeof value === 'number' && key.endsWith('At');
    own += `${JSON.stringify(isTime ? Math.min(nowMs - value, capMs) : value)} `;
  }
  return `${own}${memory.code} ${memory.ms} ${memory.runMs} ${memory.before} ${memory.note} ${owing.join(' ')}`;
}
