// Who holds a serial port, found without opening it: opening restarts an Arduino, and whatever cell runs on it.
import { readFileSync, statSync } from 'node:fs';

/**
 * @param path of a serial port, links followed
 * @param locks the kernel's list of file locks (proc(5)); the serial library takes one on every port it opens
 * @returns the process that holds the port, undefined when nobody does or the system does not say
 */
export function portHolder(path: string, locks = '/proc/locks'): number | undefined {
  try {
    const place = placeOf(path);
    const line = readFileSync(locks, 'utf8')
      .split('\n')
      .find((each) => each.includes('FLOCK') && each.split(/\s+/).includes(place));
    const pid = Number(line?.split(/\s+/)[4]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** `major:minor:inode` of the file system and the file, as the kernel's list has it: hexadecimal but for the inode. */
function placeOf(path: string): string {
  const { dev, ino } = statSync(path);
  const { major, minor } = deviceNumbers(dev);
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  return `${hex(major)}:${hex(minor)}:${ino}`;
}

/** Of the number that the system gives for a device (makedev(3), as Linux packs it). */
export function deviceNumbers(device: number): { readonly major: number; readonly minor: number } {
  return { major: (device >>> 8) & 0xfff, minor: (device & 0xff) | ((device >>> 12) & 0xfff00) };
}
