// `npm run campaign:hostile [-- --share 1 --json]`: the hostile suite at its full size. Exit code 1 when the gateway ended, took more
// than 64 MiB, answered wrongly, or the cycle of 10 ms was later by more than 1 ms (p99.9) than with nobody there.
import { parseArgs } from 'node:util';
import { ATTACK_NAMES, type AttackName } from '../support/hostile-attacks.ts';
import { HostileRun, idleLateMs } from '../support/hostile-run.ts';

const FULL: Readonly<Record<AttackName, number>> = {
  'bytes of one message': 2 ** 30,
  'compression bombs': 20,
  'rapid resets': 100_000,
  'frames of one byte': 1_000_000,
  'stalled handshakes': 1_000,
  'malformed headers': 10_000,
  'mutated messages': 1_000_000,
};
const MEMORY_MIB_MAX = 64;
const LATER_MS_MAX = 1;
const IDLE_SECONDS = 20;

const options = { share: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } } as const;
const { share, json } = parseArgs({ options }).values;
const idleMs = await idleLateMs(IDLE_SECONDS);
process.stderr.write(`with nobody there the cycle is late by ${idleMs.toFixed(2)} ms (p99.9)\n`);
const run = await new HostileRun().start();
const results = [];
for (const attack of ATTACK_NAMES) {
  const result = await run.attack(attack, Math.max(1, Math.round(FULL[attack] * Number(share))));
  results.push(result);
  const { times, seconds, memoryMib, lateMsP999, isAlive, wrong } = result;
  const line = `${times} ${attack}: ${seconds.toFixed(1)} s, memory +${memoryMib.toFixed(0)} MiB, cycle late ${lateMsP999.toFixed(2)} ms`;
  process.stderr.write(
    `${line}${isAlive ? '' : ', THE GATEWAY ENDED'}${wrong.length === 0 ? '' : `, ${wrong.length} WRONG`}\n`,
  );
}
run.stop();
if (json) process.stdout.write(`${JSON.stringify({ idleMs, results })}\n`);
const isMet = results.every(
  ({ isAlive, wrong, memoryMib, lateMsP999 }) =>
    isAlive && wrong.length === 0 && memoryMib <= MEMORY_MIB_MAX && lateMsP999 - idleMs <= LATER_MS_MAX,
);
process.exit(isMet ? 0 : 1);
