// Goal: whatever the disk does under the journal, orders are refused with the right reason, and a running one goes on. Method: a whole
// cell in one process, its time virtual, with a shim between it and its disk.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FullStopReport, TroubleReport } from '../support/cell-under-rule.ts';
import { diskShim, shimEnvironment } from '../support/disk-shim.ts';

interface Report extends Readonly<Record<'full' | 'readOnly' | 'unsynced' | 'slow', TroubleReport>> {
  readonly orders: readonly string[];
  readonly stopped: FullStopReport;
}

const shim = diskShim();

describe.skipIf(shim === undefined)('a cell that runs an order, and whose disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'celda-disk-'));
  let report: Report;

  beforeAll(() => {
    const place = { folder: join(folder, 'disk'), rule: join(folder, 'rule') };
    mkdirSync(place.folder);
    const script = join(import.meta.dirname, '..', 'support', 'cell-under-rule.ts');
    const argument = JSON.stringify({ path: join(place.folder, 'cell.journal.db'), ruleFile: place.rule });
    const env = { ...shimEnvironment(shim ?? '', place), XDG_RUNTIME_DIR: folder };
    const { stdout, stderr } = spawnSync(process.execPath, [script, argument], {
      env,
      encoding: 'utf8',
      timeout: 230_000,
    });
    if (stdout === '') throw new Error(stderr);
    report = JSON.parse(stdout) as Report;
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The order that runs moves a part in six seconds. */
  function goesOn({ moved, overruns }: TroubleReport): void {
    expect(moved).toBeGreaterThanOrEqual(2);
    expect(overruns).toBe(0);
  }

  /** Whoever is at the cell is told, for as long as it is so. */
  function alarmed({ alarms }: TroubleReport, code: number): void {
    expect(alarms).toEqual({ during: [code], after: [] });
  }

  it('[D4] is full: a new one is refused until there is room', () => {
    expect(report.full).toMatchObject({ answer: 'RESOURCE_EXHAUSTED JOURNAL_FULL' });
    alarmed(report.full, 6501);
    goesOn(report.full);
  });

  it('[D4] is full: the cell stops as ever, by a request and by its emergency stop', () => {
    expect(report.stopped).toEqual({
      answer: 'OK',
      seen: ['Execute armed', 'Stopped stopped', 'Aborted stopped'],
    });
  });

  it('[D5] becomes read-only: a new one is refused until it takes writes', () => {
    expect(report.readOnly).toMatchObject({ answer: 'UNAVAILABLE JOURNAL_UNWRITABLE' });
    alarmed(report.readOnly, 6502);
    goesOn(report.readOnly);
  });

  it('[D6] confirms no sync: a new one is not acknowledged', () => {
    expect(report.unsynced).toMatchObject({ answer: 'UNAVAILABLE JOURNAL_SYNC_FAILED' });
    alarmed(report.unsynced, 6503);
    goesOn(report.unsynced);
  });

  it('[D7] takes two seconds for a sync: a new one is acknowledged late, and the cycle does not wait', () => {
    expect(report.slow).toMatchObject({ answer: 'OK' });
    expect(report.slow.answerMs).toBeGreaterThan(1_900);
    expect(report.slow.alarms).toEqual({ during: [], after: [] });
    goesOn(report.slow);
  });

  it('works again: others are taken, and what was refused and asked for again under its request id is there once', () => {
    const asked = ['full', 'read-only', 'unsynced', 'slow'];
    expect(report.orders).toEqual(['running', ...asked.flatMap((id) => [id, `after-${id}`])]);
  });
});
