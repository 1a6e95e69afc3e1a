// A safety function block beside its oracle: both get the same calls, and what they then say is compared.
import { blockInterface, type SafetyBlockType } from '../../src/core/safety-blocks.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { BLOCK_MACHINES, type BlockMachine } from '../../src/safety/blocks.ts';
import { type BlockState, idleBlock } from '../../src/safety/function-block.ts';
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
  /** Calls so far. */
  readonly depth: number;
}

export function machineOf({ type }: BlockOracle): BlockMachine {
  return BLOCK_MACHINES[type as SafetyBlockType];
}

export function interfaceOf({ type }: BlockOracle): ReturnType<typeof blockInterface> {
  return blockInterface(type as SafetyBlockType);
}

export function firstPair(oracle: BlockOracle): Pair {
  return { state: idleBlock(), memory: firstMemory(oracle), nowMs: 0, depth: 0 };
}

type Wired = Pick<Parameters<BlockMachine['step']>[1], 'reset' | 'inputs' | 'unread'>;
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
  return { state, memory: stepOracle(oracle, settings, pair.memory, scan), nowMs, depth: pair.depth + 1 };
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
export function keyOf({ state, memory, nowMs }: Pair, capMs: number): string {
  const age = (atMs: number): number => Math.min(nowMs - atMs, capMs);
  const own = JSON.stringify({ ...state, enteredAt: age(state.enteredAt), timerFrom: age(state.timerFrom) });
  return `${own} ${memory.code} ${memory.ms} ${memory.runMs} ${memory.before} ${memory.note}`;
}
