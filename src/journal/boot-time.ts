// When something is recorded, by the machine's own count, which nobody can set.
import { readFileSync } from 'node:fs';
import type { BootTime } from './audit-chain.ts';

/** The system is asked no more often: between, a clock goes on that stands still only while the machine sleeps. */
const ASKED_MS = 100;

let asked = { at: Number.NEGATIVE_INFINITY, uptimeMs: 0 };

/** Empty and 0 where the system does not say it. */
export function bootTime(): BootTime {
  const at = performance.now();
  if (at - asked.at >= ASKED_MS) asked = { at, uptimeMs: Number(readOr('/proc/uptime', '0').split(' ')[0]) * 1000 };
  return { sinceBootMs: asked.uptimeMs === 0 ? 0 : Math.round(asked.uptimeMs + at - asked.at), bootId: BOOT_ID };
}

const BOOT_ID = readOr('/proc/sys/kernel/random/boot_id', '').trim();

function readOr(path: string, other: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return other;
  }
}
