// Starts a process entry of this folder as a child that dies with its supervisor.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildHandle, ChildListener } from './kept-process.ts';
import { asFromChild } from './process-message.ts';

/**
 * The gateway serves whoever comes: what they make it hold is bounded, and what goes beyond that ends it, not the machine. Its
 * largest use in order, a full list of orders and a thousand watchers, is far below.
 */
export const EXEC_ARGV = {
  'control-process': [],
  // A small young generation: floods of short-lived messages leave no trace in the memory of the process.
  'gateway-process': ['--max-old-space-size=192', '--max-semi-space-size=4'],
} as const;

/**
 * A port that does not open keeps a thread of Node's pool, and what a line does not take at once is written in that pool: four
 * threads would be too few where a hub with four boards fails.
 */
const EXEC_ENV = { 'control-process': { UV_THREADPOOL_SIZE: '16' }, 'gateway-process': {} } as const;

/**
 * Forks `entry` with `settings` as its only argument, in JSON.
 *
 * It leads its own process group, so that Ctrl-C reaches the supervisor alone, which then stops the processes in order.
 * When the supervisor dies in whatever way, the IPC channel closes, and the child takes that as a request to stop.
 * Node's own flags are not handed down: a debugger port is for one process.
 */
export function forkChild(
  entry: 'control-process' | 'gateway-process',
  settings: unknown,
  listener: ChildListener,
): ChildHandle {
  const path = fileURLToPath(new URL(`./${entry}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));
  const child = fork(path, [JSON.stringify(settings)], {
    detached: true,
    env: { ...EXEC_ENV[entry], ...process.env },
    execArgv: [...EXEC_ARGV[entry]],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let hasEnded = false;
  const end = (code: number | null, signal: string | null): void => {
    if (hasEnded) return;
    hasEnded = true;
    listener.ended({ code, signal });
  };
  child.on('message', (value) => {
    const message = asFromChild(value);
    if (message !== undefined) listener.message(message);
  });
  child.on('exit', end);
  child.on('error', () => {
    // Could not be started (then there is no `exit`), or not be signalled (then it still runs).
    if (child.pid === undefined) end(null, null);
  });
  const kill = (signal: NodeJS.Signals): void => {
    // A signal to what has never begun goes to no process of its own: it can reach the whole group, or every process.
    if (child.pid !== undefined) child.kill(signal);
  };
  return { pid: child.pid, kill };
}
