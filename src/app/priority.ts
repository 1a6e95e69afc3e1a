// Asks the operating system to run this process before others that want the processor at the same time.
import { constants, setPriority } from 'node:os';

/**
 * Best effort: it needs root or CAP_SYS_NICE (systemd: `Nice=-20` does the same before the start).
 * @returns false when the system refused; the process then shares the processor like any other
 */
export function raisePriority(): boolean {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST);
    return true;
  } catch {
    return false;
  }
}
