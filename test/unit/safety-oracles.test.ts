// Goal: each function block does what its published description says, for every history of its inputs.
// Method: an independent oracle walks in parallel; all values of all inputs are tried in every state that the two can reach.
import { expect, test } from 'vitest';
import { createRandom } from '../../sim/kernel/random.ts';
import { SAFETY_BLOCKS } from '../../src/core/safety-blocks.ts';
import { type BlockFindings, judge, judgeRandom } from '../support/block-judgement.ts';
import { disagreement, firstPair, interfaceOf, machineOf, type Pair, stepPair } from '../support/block-under-test.ts';
import { ORACLES } from '../support/oracles/all.ts';
import { EMERGENCY_STOP } from '../support/oracles/emergency-stop.ts';
import type { BlockOracle } from '../support/oracles/oracle.ts';

const BLOCKS = ORACLES.map((oracle) => [oracle.type, oracle] as const);

const judged = new Map<BlockOracle, BlockFindings>();
function findings(oracle: BlockOracle): BlockFindings {
  const known = judged.get(oracle) ?? judge(oracle, 'slice');
  judged.set(oracle, known);
  return known;
}

test('there is an oracle for every block type', () => {
  expect(ORACLES.map(({ type }) => type).sort()).toEqual(Object.keys(SAFETY_BLOCKS).sort());
});

test.each(BLOCKS)('every output of %s is judged', (_type, oracle) => {
  expect(Object.keys(oracle.outputs).sort()).toEqual(Object.keys(interfaceOf(oracle).outputs).sort());
});

test.each(BLOCKS)('%s agrees with its oracle for every history of its inputs', (_type, oracle) => {
  const { disagreements, pairs, depth } = findings(oracle);
  expect(disagreements).toEqual([]);
  // The exploration is closed: nothing new comes from going deeper than this.
  expect(depth).toBeGreaterThanOrEqual(3);
  expect(pairs).toBeGreaterThan(8);
});

test.each(BLOCKS)('%s keeps the rules that all function blocks have in common', (_type, oracle) => {
  expect(findings(oracle).broken).toEqual([]);
});

test.each(BLOCKS)('%s agrees with its oracle, and keeps the rules, in a long random history', (type, oracle) => {
  expect(judgeRandom(oracle, 2_000, createRandom(1).stream(type))).toMatchObject({ disagreements: [], broken: [] });
});

test.each(BLOCKS)('%s reaches every state and takes every transition of its table', (_type, oracle) => {
  const { codes, transitions } = findings(oracle);
  const machine = machineOf(oracle);
  expect([...codes].sort()).toEqual([...machine.codes].sort());
  const tabled = new Set(machine.transitions.map(([from, to]) => `${from} ${to}`));
  // A state that is passed within a call shows as a change of state that is in no row.
  const isPassed = (from: string, over: string): boolean =>
    machine.transitions.some(
      ([state, to]) => state === over && transitions.has(`${from} ${to}`) && !tabled.has(`${from} ${to}`),
    );
  const isTaken = ([from, to]: readonly [from: string, to: string, ...unknown[]]): boolean =>
    transitions.has(`${from} ${to}`) || isPassed(from, to);
  expect(machine.transitions.filter((pair) => !isTaken(pair))).toEqual([]);
});

test('every sequence of eight calls of an emergency stop gives the answers of the oracle, without any short cut', () => {
  const oracle = EMERGENCY_STOP;
  const scans = [false, true].flatMap((input) =>
    [false, true].map((reset) => ({ activate: true, levels: { input, reset }, dtMs: 0 })),
  );
  let leaves = 0;
  const descend = (pair: Pair): void => {
    const difference = disagreement(oracle, pair);
    if (difference !== undefined) expect({ difference, pair }).toBeUndefined();
    if (pair.depth === 8) leaves += 1;
    else for (const scan of scans) descend(stepPair(oracle, {}, pair, scan));
  };
  descend(firstPair(oracle));
  expect(leaves).toBe(4 ** 8);
});
