// Goal: control gets the processor before the gateway also where the kernel shares it out by session. Method: real processes that lead a
// session, as those of a cell do, and say what the kernel says of them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const PRIORITY = new URL('../../src/app/process-priority.ts', import.meta.url).href;
const hasGroups = existsSync('/proc/self/autogroup');
/** Root without CAP_SYS_NICE, as in most containers, may not. */
const mayRaise = spawnSync(process.execPath, ['-e', 'os.setPriority(-1)']).status === 0;

/** Nice value in a text of /proc/self/autogroup; -Infinity where it is empty, as in a session older than the groups. */
const NICE_OF_GROUP = String.raw`Number(/nice (-?\d+)/.exec(readFileSync('/proc/self/autogroup', 'utf8'))?.[1] ?? -Infinity)`;

/** @returns nice value of the process, and of its session, after `call` in a process of this session or of its own */
async function after(
  call: 'nothing' | 'takeHighPriority' | 'takeLowPriority',
  detached: boolean,
): Promise<readonly number[]> {
  const program = `import * as priority from '${PRIORITY}'; import { readFileSync } from 'node:fs'; import { getPriority } from 'node:os';
    priority.${call}?.(); console.log(getPriority(), ${NICE_OF_GROUP});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { detached, stdio: 'pipe' });
  return (await text(child.stdout)).trim().split(' ').map(Number);
}

it.skipIf(!hasGroups)('the session of a gateway gives way to others, and not only it to its like', async () => {
  expect(await after('takeLowPriority', true)).toEqual([Math.max(10, getPriority()), 10]);
});

it.skipIf(!hasGroups || !mayRaise)('the session of control comes first where that is allowed', async () => {
  expect(await after('takeHighPriority', true)).toEqual([-14, -14]);
});

it.skipIf(!hasGroups)('a session that others share is left as it is', async () => {
  const [, before] = await after('nothing', false);
  expect(await after('takeLowPriority', false)).toEqual([Math.max(10, getPriority()), before]);
});
