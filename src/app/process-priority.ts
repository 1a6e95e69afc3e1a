// Who gets the processor first: the process of the cycle. A cycle that waits for the processor is a late cycle.
import { constants, setPriority } from 'node:os';

/**
 * Takes high priority where the system allows it (root, or CAP_SYS_NICE, e.g. `AmbientCapabilities=CAP_SYS_NICE` in a
 * systemd unit). Without it everything works, with more late cycles on a busy machine.
 * @returns whether it was allowed
 */
export function takeHighPriority(): boolean {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
    return true;
  } catch {
    return false;
  }
}

/** Lets others run first; always allowed. For the gateway: its load must not be the cycle's. */
export function takeLowPriority(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
