// Goal: in the real-time class control takes no more of a machine of one core than without. Method: a process that makes garbage as a cell
// does, on one processor, in both classes.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../support/programs/garbage.ts', import.meta.url));
const LATE_MS = 30_000;
/** A processor that there is, among those of this process. */
const PROCESSOR = /list: (\d+)/.exec(
  spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' }).stdout,
)?.[1];
const mayRunInRealTime = spawnSync('chrt', ['--rr', '10', 'true']).status === 0;

/** @returns share of one processor, 0 to 1 */
function shareTaken(kind: 'ordinary' | 'realTime'): number {
  const { status, stdout } = spawnSync('taskset', ['-c', PROCESSOR ?? '0', process.execPath, PROGRAM, kind], {
    encoding: 'utf8',
    timeout: LATE_MS,
    killSignal: 'SIGKILL',
  });
  expect(status).toBe(0);
  return Number(stdout);
}

it.skipIf(!mayRunInRealTime || PROCESSOR === undefined)(
  'a process of the real-time class is no busier on one core while its garbage is collected',
  () => {
    const [ordinary, realTime] = [shareTaken('ordinary'), shareTaken('realTime')];
    expect(realTime).toBeLessThan(2 * ordinary);
  },
);
