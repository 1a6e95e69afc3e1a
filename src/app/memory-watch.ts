// Ends a process that has taken more memory than it may: what the limit of the JavaScript heap does not count, such as buffers.
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';

/** Resident, bytes; the gateway in order has 100 to 150 MiB. */
const RESIDENT_BYTES_MAX = 384 * 1024 * 1024;
const LOOK_MS = 1_000;

/**
 * @param ended told once, with a line for the log; the process is to end then, and is started again
 * @param residentBytes of this process
 */
export function watchMemory(
  clock: Clock,
  ended: (text: string) => void,
  residentBytes: () => number = () => process.memoryUsage.rss(),
): void {
  clock.schedule(monotonicMs(clock.now() + LOOK_MS), () => {
    const bytes = residentBytes();
    if (bytes <= RESIDENT_BYTES_MAX) watchMemory(clock, ended, residentBytes);
    else ended(`it holds ${Math.round(bytes / 1024 / 1024)} MiB of memory, more than it may`);
  });
}
