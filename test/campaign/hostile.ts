// `npm run campaign:hostile [-- --share 1 --only 'rapid resets' --json]`: the hostile suite at its full size against the gateway of a whole simulated cell. Exit
// code 1 when the gateway ended, took more than 64 MiB, answered wrongly, the control process was another one or in another run afterwards, or
// its cycle (10 ms) began later by more than 1 ms (p99.9) than with nobody there, just before and just after the attack.
import { parseArgs } from 'node:util';
import { p999 } from '../support/cycle-lateness.ts';
import { ATTACK_NAMES, type AttackName } from '../support/hostile-attacks.ts';
import { type CellUnderAttack, HostileCell, type ReferenceLoad } from '../support/hostile-cell.ts';

const FULL: Readonly<Record<AttackName, number>> = {
  'bytes of one message': 2 ** 30,
  'compression bombs': 20,
  'rapid resets': 100_000,
  'frames of one byte': 1_000_000,
  'stalled handshakes': 1_000,
  'malformed headers': 10_000,
  'slow readers': 60,
  'orders full of mistakes': 1_000,
  'mutated messages': 1_000_000,
};
const MEMORY_MIB_MAX = 64;
const LATER_MS_MAX = 1;
/** 6,000 cycles: the 99.9th percentile is the sixth worst. */
const SECONDS = 60;
const SECONDS_MIN = 2;
/** Attacks that wait for no answer: what the attacker alone costs this machine can be told from what the gateway does. */
const BLIND: readonly AttackName[] = ['malformed headers'];

const options = {
  share: { type: 'string', default: '1' },
  only: { type: 'string', multiple: true, default: ATTACK_NAMES.map(String) },
  json: { type: 'boolean', default: false },
} as const;
const { share, only, json } = parseArgs({ options }).values;
const attacks = ATTACK_NAMES.filter((name) => only.includes(name));
if (attacks.length < new Set(only).size || !(Number(share) > 0 && Number(share) <= 1)) {
  process.stderr.write(
    `campaign:hostile: --share is above 0 and at most 1; --only is one of: ${ATTACK_NAMES.join(', ')}\n`,
  );
  process.exit(2);
}
const seconds = Math.max(SECONDS_MIN, SECONDS * Number(share));

interface Judged extends Omit<CellUnderAttack, 'lateMs'> {
  readonly attack: AttackName;
  readonly times: number;
  readonly lateMsP999: number;
  readonly idleMsP999: number;
  /** With the same attacker at a listener that only closes; undefined where it needs answers. */
  readonly nobodyMsP999: number | undefined;
  readonly nobodyRounds: number | undefined;
  readonly isMet: boolean;
}

function judge(
  attack: AttackName,
  times: number,
  { lateMs, ...found }: CellUnderAttack,
  idleMs: readonly number[],
  nobody: ReferenceLoad | undefined,
): Judged {
  const [lateMsP999, idleMsP999] = [p999(lateMs), p999(idleMs)];
  const { isAlive, isControlUntouched, wrong, memoryMib } = found;
  const isHarmless = isAlive && isControlUntouched && wrong.length === 0 && memoryMib <= MEMORY_MIB_MAX;
  const isMet = isHarmless && lateMsP999 - idleMsP999 <= LATER_MS_MAX;
  const nobodyMsP999 = nobody && p999(nobody.lateMs);
  return { attack, times, ...found, lateMsP999, idleMsP999, nobodyMsP999, nobodyRounds: nobody?.rounds, isMet };
}

function lineOf(judged: Judged): string {
  const { attack, times, rounds, memoryMib, controlMemoryMib, lateMsP999, idleMsP999, overruns, isMet } = judged;
  const { nobodyMsP999, nobodyRounds } = judged;
  const { isAlive, isControlUntouched, wrong } = judged;
  const parts = [
    `${times} ${attack}: ${rounds} times in ${judged.seconds.toFixed(0)} s`,
    `gateway +${memoryMib.toFixed(0)} MiB, control +${controlMemoryMib.toFixed(0)} MiB`,
    `cycle late ${lateMsP999.toFixed(2)} ms (p99.9; with nobody there ${idleMsP999.toFixed(2)} ms), ${overruns} overruns`,
    ...(nobodyMsP999 === undefined
      ? []
      : [`${nobodyMsP999.toFixed(2)} ms with the same attacker at a listener that only closes, ${nobodyRounds} times`]),
    ...(isAlive ? [] : ['THE GATEWAY ENDED']),
    ...(isControlUntouched ? [] : ['CONTROL IS ANOTHER']),
    ...(wrong.length === 0 ? [] : [`${wrong.length} WRONG ANSWERS`]),
  ];
  return `${isMet ? 'met   ' : 'MISSED'} ${parts.join(', ')}\n`;
}

const cell = await HostileCell.start();
const { control } = cell;
cell.onProgress = (attack, lasted, memoryMib) =>
  process.stderr.write(`campaign:hostile: ${attack}, ${lasted.toFixed(0)} s, gateway +${memoryMib.toFixed(0)} MiB\n`);
process.stderr.write(`campaign:hostile: control is process ${control.pid}, run ${control.epoch}\n`);
const results: Judged[] = [];
try {
  let before = await cell.idle(seconds);
  for (const attack of attacks) {
    const times = Math.max(1, Math.round(FULL[attack] * Number(share)));
    const found = await cell.attack(attack, times, seconds);
    const after = await cell.idle(seconds);
    const nobody =
      found.isAlive && BLIND.includes(attack) ? await cell.attackNobody(attack, times, seconds) : undefined;
    const judged = judge(attack, times, found, [...before, ...after], nobody);
    results.push(judged);
    process.stderr.write(lineOf(judged));
    before = after;
    // Another gateway than the one that was begun with: what comes after it says nothing.
    if (!found.isAlive) break;
  }
} finally {
  await cell.stop();
}
if (json) process.stdout.write(`${JSON.stringify({ share: Number(share), control, results })}\n`);
process.exit(results.length === attacks.length && results.every(({ isMet }) => isMet) ? 0 : 1);
