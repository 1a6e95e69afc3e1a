// What the operating system says about processes: children, command lines, memory. Linux.
import { readdirSync, readFileSync } from 'node:fs';

/** Children of a process, whichever of its threads started them. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter((text) => text.trim() !== '')
      .map(Number),
  );
}

/** @returns the child of `pid` whose command line has `text`. @throws Error when there is none */
export function childRunning(pid: number, text: string): number {
  const found = childrenOf(pid).find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(text));
  if (found === undefined) throw new Error(`process ${pid} has no child that runs ${text}`);
  return found;
}

export interface Memory {
  /** Resident now, and at most so far, MiB. */
  readonly residentMiB: number;
  readonly peakMiB: number;
}

export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (field: string): number => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { residentMiB: mebibytes('VmRSS'), peakMiB: mebibytes('VmHWM') };
}
