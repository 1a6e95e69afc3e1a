// Why a serial port did not open, and what to do about it.
import { type Fault, fault } from '../../src/core/faults.ts';
import type { EpochMs } from '../../src/core/units.ts';

const OPEN_REASONS = [
  [/no such file|enoent|file not found/i, 'not found', 'connect the board, or correct the path of the port'],
  [/permission denied|eacces|access denied/i, 'permission', 'add the user to the group dialout and log in again'],
  [/lock|busy|resource temporarily unavailable/i, 'in use', 'close the other program that holds the port'],
  [/inappropriate ioctl|not a tty|enotty/i, 'not a serial port', 'name a serial port'],
] as const;

/**
 * Fault 1006 for a serial port that did not open.
 * @param message of the serialport library, which gives the system's reason in words only
 */
export function openFault(path: string, message: string): Fault {
  const known = OPEN_REASONS.find(([pattern]) => pattern.test(message));
  if (known === undefined) return fault(1006, { path, reason: message, remedy: 'check path, cable and driver' });
  return fault(1006, { path, reason: known[1], remedy: known[2] });
}

/**
 * Fault 1006 for a serial port that the system does not finish opening: its driver or its device hangs.
 * @param since when the call was made that has not returned
 */
export function stuckFault(path: string, since: EpochMs): Fault {
  const remedy = 'unplug the board and plug it in again; if that does not help, restart the machine';
  return fault(1006, { path, reason: 'does not open', since: new Date(since).toISOString(), remedy });
}
