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

function latching(oracle: BlockOracle): readonly string[] {
  const { outputs } = interfaceOf(oracle);
  return Object.keys(outputs).filter((name) => outputs[name]?.latches === true);
}

/** An output owes an edge of the reset from the call in which it falls until the edge. */
function owingAfter(oracle: BlockOracle, pair: Pair, state: BlockState, reset: boolean | undefined): readonly string[] {
  const names = latching(oracle);
  if (names.length === 0) return names;
  const machine = machineOf(oracle);
  const isEdge = reset === true && !pair.state.resetBefore;
  const fell = names.filter((name) => machine.isOn(pair.state, name) && !machine.isOn(state, name));
  return [...new Set([...(isEdge ? [] : pair.owing), ...fell])];
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
  return { state, memory, nowMs, owing: owingAfter(oracle, pair, state, reset), depth: pair.depth + 1 };
}

/** @returns how the two differ; undefined while they agree */
export function disagreement(oracle: BlockOracle, { state, memory }: Pair): unknown {
  const expected = codeOf(oracle, memory);
  if (state.code !== expected) return { block: state.code, oracle: expected };
  const outputs = machineOf(oracle).outputs(state);
  const wrong = Object.keys(oracle.outputs).filter((name) => outputs[name] !== isOn(oracle, name, memory));
  return wrong.length === 0 ? undefined : { code: state.code, wrong, outputs };
}

/**
 * @param capMs one more than the longest limit
 * @returns a text that is the same for two pairs that behave alike from here on: times count by their age, up to the cap
 */
export function keyOf({ state, memory, nowMs, owing }: Pair, capMs: number): string {
  const own = JSON.stringify(state, (key, value: unknown) =>
    key.endsWith('At') && typeof value === 'number' ? Math.min(nowMs - value, capMs) : value,
  );
  return `${own} ${memory.code} ${memory.ms} ${memory.runMs} ${memory.before} ${memory.note} ${owing.join(' ')}`;
}
