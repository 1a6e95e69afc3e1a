// How the kernel lets the threads of a process run, as it says itself.
import { readdirSync, readFileSync } from 'node:fs';

const CLASSES = ['SCHED_OTHER', 'SCHED_FIFO', 'SCHED_RR'];

/** @returns class of the first thread and what it has in it, then those of the others, each once; sched(7), proc(5) */
export function schedulingOf(pid: number): readonly string[] {
  const ids = readdirSync(`/proc/${pid}/task`).map(Number);
  return [
    ...new Set(
      ids.toSorted((left, right) => left - right).map((id) => schedulingOfThread(`/proc/${pid}/task/${id}/stat`)),
    ),
  ];
}

function schedulingOfThread(path: string): string {
  const stat = readFileSync(path, 'utf8');
  // Fields from the third on; the second, the name, may have anything in it.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [nice, realTimePriority, policy] = [fields[19 - 3], fields[40 - 3], fields[41 - 3] ?? -1];
  const name = CLASSES[policy] ?? String(policy);
  return name === 'SCHED_OTHER' ? `${name} nice ${nice}` : `${name} ${realTimePriority}`;
}
