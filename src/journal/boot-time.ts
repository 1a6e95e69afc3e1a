// When something is recorded, by the machine's own count, which nobody can set.
import { readFileSync } from 'node:fs';
import type { BootTime } from './audit-chain.ts';

/** Empty and 0 where the system does not say it. */
export function bootTime(): BootTime {
  return { sinceBootMs: Math.round(Number(readOr('/proc/uptime', '0').split(' ')[0]) * 1000), bootId: BOOT_ID };
}

const BOOT_ID = readOr('/proc/sys/kernel/random/boot_id', '').trim();

function readOr(path: string, other: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return other;
  }
}
