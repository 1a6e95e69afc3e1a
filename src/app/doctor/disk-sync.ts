// How long the disk takes to have what it was given for good.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, roundMs, showSpread, spreadOf } from './finding.ts';

const BLOCK_BYTES = 4_096;
/** Slower than this is an SD card near its end, or a disk that others keep busy, ms. */
const GOOD_MS = { p50: 30, max: 500 } as const;

/**
 * Appends blocks to a file of its own and waits for each.
 * @returns how long each took, ms
 * @throws Error of the system when the directory cannot be written to, or the disk is full
 */
function measureSync(directory: string, count: number): readonly number[] {
  const own = mkdtempSync(join(directory, 'sync-'));
  const file = openSync(join(own, 'blocks'), 'w');
  const block = Buffer.alloc(BLOCK_BYTES, 0xa5);
  try {
    return Array.from({ length: count }, () => {
      const startedAt = performance.now();
      writeSync(file, block);
      fdatasyncSync(file);
      return performance.now() - startedAt;
    });
  } finally {
    closeSync(file);
    rmSync(own, { recursive: true, force: true });
  }
}

/** @param count blocks to write and wait for */
export function checkDisk(directory: string, count: number): Finding {
  const base = { check: 'disk-sync', subject: directory };
  let tookMs: readonly number[];
  try {
    tookMs = measureSync(directory, count);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ...base,
      level: 'fail',
      text: { en: `cannot be written to: ${reason}`, es: `no se puede escribir: ${reason}` },
      remedy: {
        en: 'make room or mend its permissions: df -h and ls -ld show both',
        es: 'libere espacio o corrija los permisos: df -h y ls -ld muestran ambos',
      },
      values: { count: 0 },
    };
  }
  const spread = spreadOf(tookMs);
  const isGood = spread.p50 <= GOOD_MS.p50 && spread.max <= GOOD_MS.max;
  const figures = showSpread(spread);
  return {
    ...base,
    level: isGood ? 'ok' : 'warn',
    text: { en: `fdatasync of 4 KiB takes ${figures}`, es: `fdatasync de 4 KiB tarda ${figures}` },
    ...(isGood
      ? {}
      : {
          remedy: {
            en: 'use an SSD or a better SD card, or end what writes so much',
            es: 'use un SSD o una mejor tarjeta SD, o cierre lo que escribe tanto',
          },
        }),
    values: {
      count: tookMs.length,
      p50Ms: roundMs(spread.p50),
      p99Ms: roundMs(spread.p99),
      maxMs: roundMs(spread.max),
    },
  };
}
