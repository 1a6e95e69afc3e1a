// A safety function block beside its oracle: both get the same calls, and what they then say is compared.
import { monotonicMs } from '../../src/core/units.ts';
import { BLOCK_MACHINES } from '../../src/safety/blocks.ts';
import { type BlockState, idleBlock } from '../../src/safety/function-block.ts';
import {
  type BlockOracle,
  codeOf,
  firstMemory,
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

export function firstPair(oracle: BlockOracle): Pair {
  return { state: idleBlock(), memory: firstMemory(oracle), nowMs: 0, depth: 0 };
}

/** Calls both once. */
export function stepPair(oracle: BlockOracle, settings: Settings, pair: Pair, scan: Scan): Pair {
  const nowMs = pair.nowMs + scan.dtMs;
  const { reset, ...levels } = scan.levels;
  const read = Object.fromEntries(Object.entries(levels).map(([input, level]) => [input, level === true]));
  const state = BLOCK_MACHINES[oracle.type].step(pair.state, {
    now: monotonicMs(nowMs),
    activate: scan.activate,
    reset,
    inputs: { ...read, ...settings },
  });
  return { state, memory: stepOracle(oracle, settings, pair.memory, scan), nowMs, depth: pair.depth + 1 };
}

/** What a block shows to the outside. */
export interface Shown {
  readonly code: string;
  readonly output: boolean;
}

/** @returns how the two differ; undefined while they agree */
export function disagreement(oracle: BlockOracle, { state, memory }: Pair): unknown {
  const expected = codeOf(oracle, memory);
  if (state.code !== expected) return { block: state.code, oracle: expected };
  const isOn = BLOCK_MACHINES[oracle.type].isOn(state);
  return isOn === (expected === '8000') ? undefined : { block: state.code, isOn };
}

/**
 * @param capMs one more than the longest limit
 * @returns a text that is the same for two pairs that behave alike from here on: times count by their age, up to the cap
 */
export function keyOf({ state, memory, nowMs }: Pair, capMs: number): string {
  const own = Object.entries(state).map(([key, value]: readonly [string, unknown]) =>
    key.endsWith('At') && typeof value === 'number' ? Math.min(nowMs - value, capMs) : value,
  );
  return JSON.stringify([own, Object.values(memory)]);
}
