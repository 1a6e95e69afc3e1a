// Goal: whatever the disk does, nothing that was acknowledged is lost and nothing is acknowledged wrongly. Method: a shim between the
// journal and the kernel that makes calls fail or wait, and that records a run so that the power can be cut after every call.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/journal/open-store.ts';
import { seededRandom } from '../support/disk-record.ts';
import { type DiskRule, diskShim, ERRNO, shimEnvironment } from '../support/disk-shim.ts';
import type { UnderRuleReport } from '../support/journal-under-rule.ts';
import { cutEverywhere, type RecordedRun, recordRun } from '../support/power-cut.ts';

const shim = diskShim();

/** @returns what was answered, and the orders that are in the journal afterwards */
function under(rule: DiskRule): UnderRuleReport & { readonly orders: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'celda-disk-'));
  try {
    const place = { folder: join(folder, 'disk'), rule: join(folder, 'rule') };
    mkdirSync(place.folder);
    const path = join(place.folder, 'cell.journal.db');
    const script = join(import.meta.dirname, '..', 'support', 'journal-under-rule.ts');
    const argument = JSON.stringify({ path, ruleFile: place.rule, rule });
    const env = shimEnvironment(shim ?? '', place);
    const { stdout, stderr } = spawnSync(process.execPath, [script, argument], { env, encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return { ...(JSON.parse(stdout) as UnderRuleReport), orders: ordersOf(path) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ordersOf(path: string): readonly string[] {
  const store = openStore({ path, boot: () => ({ sinceBootMs: 0, bootId: '' }) });
  if (!store.ok) throw new Error(JSON.stringify(store.error));
  const { orders } = store.value.list({ direction: 'oldest-first', limit: 100 });
  store.value.close();
  return orders.map(({ event }) => event.record.order.jobOrderId);
}

const fails = (operation: DiskRule['operation'], errno: number): DiskRule => ({ operation, errno, delayMs: 0 });

describe.skipIf(shim === undefined)('a disk that fails under the journal', () => {
  it('[D4] is full: orders are refused until there is room, and what was acknowledged is there', () => {
    const report = under(fails('write', ERRNO.ENOSPC));
    expect(report).toMatchObject({ before: 0, during: 6501, refused: 6501, again: 0 });
    expect(report.orders).toEqual(['before', 'again']);
  });

  it.each([
    ['an error of the device', ERRNO.EIO],
    ['a file system that became read-only', ERRNO.EROFS],
  ])('[D5] refuses writes by %s: orders are refused until it takes them', (_, errno) => {
    const report = under(fails('write', errno));
    expect(report).toMatchObject({ before: 0, during: 6502, refused: 6502, again: 0 });
    expect(report.orders).toEqual(['before', 'again']);
  });

  it('[D6] does not confirm a sync: nothing is believed until all of it was written again and confirmed', () => {
    const report = under(fails('sync', ERRNO.EIO));
    expect(report).toMatchObject({ before: 0, during: 6503, refused: 6503, again: 0 });
    // What was not acknowledged may be there: the client asks again with the same id, and gets that answer.
    expect(report.orders.filter((id) => id !== 'during')).toEqual(['before', 'again']);
  });

  it('[D7] takes two seconds for a sync: the answer is late and right, and whoever asked is not held up', () => {
    const report = under({ operation: 'sync', errno: 0, delayMs: 2_000 });
    expect(report).toMatchObject({ before: 0, during: 0, again: 0 });
    expect(report.duringMs).toBeGreaterThan(1_900);
    expect(report.heldUpMs).toBeLessThan(1_000);
  });
});

describe.skipIf(shim === undefined)('a power cut', () => {
  let run: RecordedRun;
  const plan = { styles: ['lost', 'kept', 'torn'] as const, every: 5, random: seededRandom(1) };

  it('[D2] loses nothing that was acknowledged and doubles nothing, whatever of the unsynced is left', () => {
    run = recordRun(shim ?? '', 8, 4);
    const report = cutEverywhere(run, plan);
    expect(report.wrong).toEqual([]);
    expect(report.acknowledged).toBe(16);
    expect(report.cuts).toBeGreaterThan(100);
  });

  it('of a journal that does not wait for the disk is found to lose orders: the check can fail', () => {
    const operations = run.operations.filter(({ kind, file }) => kind !== 'sync' || !file.endsWith('-wal'));
    const report = cutEverywhere({ ...run, operations }, { ...plan, styles: ['lost'], every: 20 });
    expect(report.wrong.join('\n')).toContain('was acknowledged and is lost');
  });
});
