// Goal: control gets the processor before all others where that is allowed, else before the gateway also where the kernel shares it out by
// session. Method: real processes that lead a session, as those of a cell do, and say what the kernel says of them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const PRIORITY = new URL('../../src/app/process-priority.ts', import.meta.url).href;
const SCHEDULING = new URL('../support/scheduling-of.ts', import.meta.url).href;
const hasGroups = existsSync('/proc/self/autogroup');
/** Root without CAP_SYS_NICE, as in most containers, may not. */
const mayRaise = spawnSync(process.execPath, ['-e', 'os.setPriority(-1)']).status === 0;

const mayRunInRealTime = spawnSync('chrt', ['--rr', '10', 'true']).status === 0;

/** Nice value in a text of /proc/self/autogroup; -Infinity where it is empty, as in a session older than the groups. */
const NICE_OF_GROUP = String.raw`Number(/nice (-?\d+)/.exec(readFileSync('/proc/self/autogroup', 'utf8'))?.[1] ?? -Infinity)`;

const NO_CHRT = '/nowhere/chrt';
const PRELUDE = `import * as priority from '${PRIORITY}'; import { schedulingOf } from '${SCHEDULING}'; import { readFileSync } from 'node:fs'; import { getPriority } from 'node:os';`;

function outputOf(program: string, detached: boolean): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { detached, stdio: 'pipe' });
  return text(child.stdout);
}

/** @returns nice value of the process, and of its session, after `call` in a process of this session or of its own */
async function after(call: string, detached: boolean): Promise<readonly number[]> {
  const program = `${PRELUDE} ${call === '' ? '' : `priority.${call};`} console.log(getPriority(), ${NICE_OF_GROUP});`;
  return (await outputOf(program, detached)).trim().split(' ').map(Number);
}

it.skipIf(!hasGroups)('the session of a gateway gives way to others, and not only it to its like', async () => {
  expect(await after('takeLowPriority()', true)).toEqual([Math.max(10, getPriority()), 10]);
});

it.skipIf(!hasGroups || !mayRaise)('the session of control comes first where it may not run in real time', async () => {
  expect(await after(`takeHighPriority('${NO_CHRT}')`, true)).toEqual([-14, -14]);
});

it.skipIf(!mayRunInRealTime)('every thread of control runs in real time where that is allowed', async () => {
  const program = `${PRELUDE} const asked = priority.askHighPriority(); const before = schedulingOf(process.pid);
    console.log(JSON.stringify([asked, before, priority.takeHighPriority(), schedulingOf(process.pid)]));`;
  expect(JSON.parse(await outputOf(program, true))).toEqual([
    'realTime',
    [`SCHED_OTHER nice ${getPriority()}`],
    'realTime',
    ['SCHED_RR 10'],
  ]);
});

it('every thread of a gateway gives way', async () => {
  const program = `${PRELUDE} priority.takeLowPriority(); console.log(schedulingOf(process.pid).join());`;
  expect((await outputOf(program, true)).trim()).toBe(`SCHED_OTHER nice ${Math.max(10, getPriority())}`);
});

it('control is told what it may not have', async () => {
  const program = `${PRELUDE} console.log(priority.askHighPriority('${NO_CHRT}'), priority.takeHighPriority('${NO_CHRT}'));`;
  const got = mayRaise ? 'high' : 'ordinary';
  expect((await outputOf(program, true)).trim()).toBe(`${got} ${got}`);
});

it.skipIf(!hasGroups)('a session that others share is left as it is', async () => {
  const [, before] = await after('', false);
  expect(await after('takeLowPriority()', false)).toEqual([Math.max(10, getPriority()), before]);
});
