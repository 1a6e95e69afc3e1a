// Goal: control gets the processor before all others where that is allowed, else before the gateway also where the kernel shares it out by
// session. Method: real processes that lead a session, as those of a cell do, and say what the kernel says of them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const PRIORITY = new URL('../../src/app/process-priority.ts', import.meta.url).href;
const hasGroups = existsSync('/proc/self/autogroup');
/** Root without CAP_SYS_NICE, as in most containers, may not. */
const mayRaise = spawnSync(process.execPath, ['-e', 'os.setPriority(-1)']).status === 0;

const mayRunInRealTime = spawnSync('chrt', ['--rr', '10', 'true']).status === 0;

/** Nice value in a text of /proc/self/autogroup; -Infinity where it is empty, as in a session older than the groups. */
const NICE_OF_GROUP = String.raw`Number(/nice (-?\d+)/.exec(readFileSync('/proc/self/autogroup', 'utf8'))?.[1] ?? -Infinity)`;

const NO_CHRT = '/nowhere/chrt';
const PRELUDE = `import * as priority from '${PRIORITY}'; import { readFileSync, readdirSync } from 'node:fs'; import { getPriority } from 'node:os';`;

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
  const program = `${PRELUDE}
    const threads = () => readdirSync('/proc/self/task').map((id) => readFileSync('/proc/self/task/' + id + '/stat', 'utf8'));
    const classOf = (stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(37, 39).join(' ');
    console.log(JSON.stringify([priority.askHighPriority(), ...new Set(threads().map(classOf))]));
    console.log(JSON.stringify([priority.takeHighPriority(), ...new Set(threads().map(classOf))]));`;
  const lines = (await outputOf(program, true))
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  // Priority and class as in proc(5): 0 is SCHED_OTHER, 2 is SCHED_RR.
  expect(lines).toEqual([
    ['realTime', '0 0'],
    ['realTime', '10 2', '9 2'],
  ]);
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
