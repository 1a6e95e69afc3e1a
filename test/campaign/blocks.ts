// `npm run campaign:blocks`: long random histories of every safety function block, beside its oracle.
import { parseArgs } from 'node:util';
import { createRandom } from '../../sim/kernel/random.ts';
import { judge, judgeRandom } from '../support/block-judgement.ts';
import { ORACLES } from '../support/oracles/all.ts';
import type { BlockOracle } from '../support/oracles/oracle.ts';

const HELP = `Compares every safety function block with its oracle: all values of all inputs in every state that they can
reach together, and then random histories.

Usage: npm run campaign:blocks -- [options]

  --scans <n>     random calls of each block (1000000)
  --block <type>  only this one, such as SF_Guard
  --seed <n>      of all choices (1)
  --json          JSON instead of the table
  --help          this

Progress goes to standard error. Exit code 1 when a block differs from its oracle or breaks a rule, 2 for a wrong option.
`;

interface Line {
  readonly block: string;
  readonly steps: number;
  readonly pairs: number;
  readonly depth: number;
  readonly scans: number;
  readonly seconds: number;
  readonly disagreements: number;
  readonly broken: number;
  readonly examples: readonly unknown[];
}

const { values } = parseArgs({
  options: {
    scans: { type: 'string', default: '1000000' },
    block: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function runBlock(oracle: BlockOracle, scans: number, seed: number): Line {
  const startedMs = performance.now();
  const all = judge(oracle, 'all');
  const random = judgeRandom(oracle, scans, createRandom(seed).stream(oracle.type));
  const disagreements = [...all.disagreements, ...random.disagreements];
  const broken = [...all.broken, ...random.broken];
  return {
    block: oracle.type,
    steps: all.steps,
    pairs: all.pairs,
    depth: all.depth,
    scans,
    seconds: Math.round(performance.now() - startedMs) / 1000,
    disagreements: disagreements.length,
    broken: broken.length,
    examples: [...disagreements, ...broken],
  };
}

function print({ block, steps, pairs, depth, scans, seconds, disagreements, broken, examples }: Line): void {
  const explored = `${String(steps).padStart(10)} steps from ${pairs} pairs, depth ${depth}`;
  process.stdout.write(
    `${block.padEnd(26)}${explored}; ${scans} random calls; ${disagreements} differ, ${broken} broken; ${seconds} s\n`,
  );
  for (const example of examples) process.stdout.write(`  ${JSON.stringify(example)}\n`);
}

function main(): number {
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [scans, seed] = [Number(values.scans), Number(values.seed)];
  const oracles = ORACLES.filter(({ type }) => values.block === undefined || type === values.block);
  if (![scans, seed].every((value) => Number.isSafeInteger(value) && value >= 1) || oracles.length === 0) {
    process.stderr.write('campaign:blocks: --scans and --seed are whole numbers from 1, --block is a block type\n');
    return 2;
  }
  process.stderr.write(`campaign:blocks: seed ${seed}, ${scans} random calls of each of ${oracles.length} blocks\n`);
  const lines = oracles.map((oracle, index) => {
    process.stderr.write(`campaign:blocks: ${index + 1} of ${oracles.length}, ${oracle.type}\n`);
    return runBlock(oracle, scans, seed);
  });
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, blocks: lines }, undefined, 2)}\n`);
  else lines.forEach(print);
  return lines.every(({ disagreements, broken }) => disagreements + broken === 0) ? 0 : 1;
}

process.exitCode = main();
