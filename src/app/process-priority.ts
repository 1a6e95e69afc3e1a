// Who gets the processor first: the process of the cycle. A cycle that waits for the processor is a late cycle.
import { readFileSync, writeFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

const { PRIORITY_HIGH, PRIORITY_BELOW_NORMAL } = constants.priority;

/**
 * Takes high priority where the system allows it (root, or CAP_SYS_NICE, e.g. `AmbientCapabilities=CAP_SYS_NICE` in a
 * systemd unit). Without it everything works, with more late cycles on a busy machine.
 * @returns whether it was allowed
 */
export function takeHighPriority(): boolean {
  try {
    setPriority(PRIORITY_HIGH);
    prioritizeSession(PRIORITY_HIGH);
    return true;
  } catch {
    return false;
  }
}

/** Lets others run first, unless it does already; always allowed. For the gateway: its load must not be the cycle's. */
export function takeLowPriority(): void {
  if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
  prioritizeSession(PRIORITY_BELOW_NORMAL);
}

/**
 * Where the kernel shares the processor out by session (autogroup, sched(7)) a nice value only counts within one, and each process of a
 * cell has a session of its own. A session with others in it is left as it is.
 */
function prioritizeSession(nice: number): void {
  try {
    if (sessionOfThis() === process.pid) writeFileSync('/proc/self/autogroup', String(nice));
  } catch {
    // There are no such groups, or it is not allowed.
  }
}

/** Field 6 of /proc/self/stat (proc(5)); the name before it may have anything in it. */
function sessionOfThis(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
}
