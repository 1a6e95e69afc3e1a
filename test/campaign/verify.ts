// `npm run campaign:verify [-- steps]`: how long proofs take, and whether random simulation agrees with them.
import { DEFAULT_LIMITS } from '../../src/verify/default-limits.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { faultyHardCell, hardCell } from '../support/hard-cell.ts';
import { cellWith, faultyCell, PLANTED } from '../support/planted-cells.ts';
import { largeCell, randomWalk } from '../support/verify-campaign.ts';

const steps = Number(process.argv[2] ?? 10_000_000);
const SEED = 4711;
let failures = 0;

const PLAIN = '24 inputs, 8 blocks, 12 outputs';
const SHARED = `${PLAIN}, shared cones`;

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}

for (const [name, cell, expected] of [
  ['example cell', cellWith([]), 'proved'],
  [PLAIN, largeCell(), 'proved'],
  [SHARED, hardCell(), 'proved'],
  [`${SHARED}, a passage not wired`, faultyHardCell(), 'refuted'],
] as const) {
  const startedMs = processorMs();
  const { verdict, states, transitions, elapsedMs } = verifyCell(cell, DEFAULT_LIMITS, () => performance.now());
  const mib = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${name}: ${verdict}, ${states} states, ${transitions} transitions, ${elapsedMs} ms` +
      ` (${processorMs() - startedMs} ms of processor time), ${mib} MiB at most`,
  );
  if (verdict !== expected) failures += 1;
}

for (const [name, cell] of [
  ['example cell', cellWith([])],
  ['large cell', largeCell()],
  ['cell with shared cones', hardCell()],
] as const) {
  const { violation, permissions } = randomWalk(cell, steps, SEED, ['unlock-request']);
  console.log(`${name}: ${steps} random steps, ${permissions} permissions: ${violation ?? 'no violation'}`);
  if (violation !== undefined || permissions === 0) failures += 1;
}

/** What a monitor of outputs and resets can see; the others are about what cannot be. */
for (const planted of PLANTED) {
  const { title, base, rule } = planted;
  if (rule !== 'output-safe' && rule !== 'no-restart') continue;
  const { violation } = randomWalk(faultyCell(planted), steps, SEED);
  const { violation: good } = randomWalk(cellWith(base), Math.ceil(steps / 10), SEED);
  console.log(`${title}: ${violation ?? 'NOT FOUND'}; twin: ${good ?? 'no violation'}`);
  if (violation === undefined || good !== undefined) failures += 1;
}
process.exitCode = failures === 0 ? 0 : 1;
