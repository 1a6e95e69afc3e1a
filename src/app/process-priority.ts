// Who gets the processor first: the process of the cycle. A cycle that waits for the processor is a late cycle.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

const { PRIORITY_HIGH, PRIORITY_BELOW_NORMAL } = constants.priority;

/**
 * Of the real-time class, 1 to 99 (sched(7)): before whatever has no such priority, below the 50 of interrupt threads. The threads that
 * collect garbage and compile have the same: while they are not done, the first thread of Node may look again and again whether they
 * are, and where it has no other processor to leave to them it would keep them from it for ever.
 */
const REAL_TIME_PRIORITY = '10';
const CHRT_MS = 2_000;

/** How the system lets control run: in the real-time class, with a better nice value, or as everybody else. */
export type ControlPriority = 'realTime' | 'high' | 'ordinary';

/**
 * Takes the best priority that the system allows this process: the real-time class SCHED_RR for all its threads, as root, with
 * CAP_SYS_NICE or within `LimitRTPRIO=` of a systemd unit; else a better nice value. Without either everything works, with more late
 * cycles on a busy machine (docs/adr/0007-control-runs-in-real-time.md). To be called when what is slow is done: two processes
 * of this class on one processor wait for each other.
 *
 * Node has no call for the real-time class: chrt of util-linux does it, an essential package of Debian.
 * @param command tests give their own
 */
export function takeHighPriority(command = 'chrt'): ControlPriority {
  if (chrt(command, '--all-tasks', '--pid', REAL_TIME_PRIORITY, String(process.pid))) return 'realTime';
  try {
    prioritizeThreads(PRIORITY_HIGH);
    prioritizeSession(PRIORITY_HIGH);
    return 'high';
  } catch {
    return 'ordinary';
  }
}

/** What {@link takeHighPriority} would get; this process keeps what it has. @param command tests give their own */
export function askHighPriority(command = 'chrt'): ControlPriority {
  if (chrt(command, REAL_TIME_PRIORITY, 'true')) return 'realTime';
  const before = getPriority();
  try {
    setPriority(PRIORITY_HIGH);
    setPriority(before);
    return 'high';
  } catch {
    return 'ordinary';
  }
}

function chrt(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, ['--rr', ...args], { stdio: 'ignore', timeout: CHRT_MS }).status === 0;
}

/** Lets others run first, unless it does already; always allowed. For the gateway: its load must not be the cycle's. */
export function takeLowPriority(): void {
  if (getPriority() < PRIORITY_BELOW_NORMAL) prioritizeThreads(PRIORITY_BELOW_NORMAL);
  prioritizeSession(PRIORITY_BELOW_NORMAL);
}

/** On Linux a nice value is of one thread, whatever POSIX says (setpriority(2)). @throws Error where it is not allowed */
function prioritizeThreads(nice: number): void {
  setPriority(nice);
  for (const id of threadsOfThis()) {
    try {
      setPriority(id, nice);
    } catch {
      // It has ended meanwhile: the first thread was allowed to.
    }
  }
}

function threadsOfThis(): readonly number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [];
  }
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
