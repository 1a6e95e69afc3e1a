// Who uses a port: the process that has it open, or a running cell, which has it closed while it connects again.
import { readFileSync } from 'node:fs';
import { type LockOwner, lockOwner } from './lock-file.ts';
import { portHolder } from './port-holder.ts';
import { realPathOf } from './real-path.ts';
import { runtimeLocks } from './runtime-dir.ts';

export interface PortUser {
  /** The one to be stopped: of a cell its supervisor. */
  readonly pid: number;
  readonly isCell: boolean;
}

/**
 * Looks without opening the port. A cell of this user that was started with the port uses it all the time that it runs; so does one that
 * has found its board there.
 * @param path of a serial port, or an address over tcp
 * @returns undefined when nobody uses it, or nobody says so
 */
export function portUser(path: string): PortUser | undefined {
  const real = realPathOf(path);
  const holder = portHolder(real);
  const cell = runningCells().find(
    (owner) =>
      owner.ports.some((port) => realPathOf(port) === real) || (holder !== undefined && isOfRun(holder, owner.pid)),
  );
  if (cell !== undefined) return { pid: cell.pid, isCell: true };
  return holder === undefined ? undefined : { pid: holder, isCell: false };
}

/** Whether a process is the supervisor of a run or was started by it. */
export function isOfRun(pid: number, supervisor: number): boolean {
  return pid === supervisor || parentOf(pid) === supervisor;
}

/** A lock without ports is held by whoever looks at the boards of a cell that does not run. */
function runningCells(): readonly LockOwner[] {
  return runtimeLocks().flatMap((path) => {
    const owner = lockOwner(path);
    return owner === undefined || owner.ports.length === 0 ? [] : [owner];
  });
}

function parentOf(pid: number): number | undefined {
  try {
    // The second field is the command in parentheses and may hold anything; the fourth is the parent.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return Number(fields?.[1]);
  } catch {
    return undefined;
  }
}
