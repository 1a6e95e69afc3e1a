// A proof is kept beside the cell's file and counts for one configuration only.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/app/operator-error.ts';
import { keepVerification, requireVerification, verifiedPath, verifiedState } from '../../src/app/verified.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { cellWith } from '../support/planted-cells.ts';

const LIMITS = { statesMax: 1_000_000, memoryMib: 256 };
const REQUIRED = ['  reset: reset-button # also', '  requireVerified: true\n  reset: reset-button # also'] as const;

describe('a cell that requires a proof', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'celda-verified-'));
    path = join(folder, 'cell.yaml');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function verify(cell: CellModel, limits = LIMITS): void {
    keepVerification(
      path,
      verifyCell(cell, limits, () => 0),
    );
  }
  function start(cell: CellModel): string {
    try {
      requireVerification(cell, path, 'en');
      return 'starts';
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      return /\b4501\b/.exec(error.message)?.[0] ?? error.message;
    }
  }

  it('is refused with 4501 until it is proved, and starts then', () => {
    const cell = cellWith([REQUIRED]);
    expect([verifiedState(cell, path), start(cell)]).toEqual(['none', '4501']);
    verify(cell);
    expect([verifiedState(cell, path), start(cell)]).toEqual(['proved', 'starts']);
  });

  it('is refused again when its configuration changes', () => {
    verify(cellWith([REQUIRED]));
    const changed = cellWith([REQUIRED, ['cyclePeriodMs: 20', 'cyclePeriodMs: 10']]);
    expect([verifiedState(changed, path), start(changed)]).toEqual(['other', '4501']);
  });

  it('is refused when it is refuted, when a limit was reached first, and when the file is no result', () => {
    const faulty = cellWith([
      REQUIRED,
      [
        'role: protective-stop\n      outputs: [base, shoulder, elbow, wrist, actuator-power, belt-motor, vacuum-valve]',
        'role: protective-stop\n      outputs: [base, shoulder, elbow, wrist, actuator-power, vacuum-valve]',
      ],
    ]);
    verify(faulty);
    expect([verifiedState(faulty, path), start(faulty)]).toEqual(['refuted', '4501']);
    const cell = cellWith([REQUIRED]);
    verify(cell, { statesMax: 5, memoryMib: 1 });
    expect([verifiedState(cell, path), start(cell)]).toEqual(['incomplete', '4501']);
    writeFileSync(verifiedPath(path), 'proved');
    expect([verifiedState(cell, path), start(cell)]).toEqual(['other', '4501']);
  });

  it('is refused when its result was changed by hand, and when another version of the explorer found it', () => {
    const cell = cellWith([REQUIRED]);
    verify(cell, { statesMax: 5, memoryMib: 1 });
    const kept = verifiedPath(path);
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('"verdict": "incomplete"', '"verdict": "proved"'));
    expect([verifiedState(cell, path), start(cell)]).toEqual(['edited', '4501']);

    verify(cell);
    const proof = JSON.parse(readFileSync(kept, 'utf8')) as Record<string, unknown>;
    expect(proof['explorerSources']).toMatch(/^[0-9a-f]{64}$/);
    const unsealed = Object.entries(proof).filter(([key]) => key !== 'seal');
    const older = { ...Object.fromEntries(unsealed), explorerSources: '0'.repeat(64) };
    const seal = createHash('sha256').update(JSON.stringify(older)).digest('hex');
    writeFileSync(kept, JSON.stringify({ ...older, seal }));
    expect([verifiedState(cell, path), start(cell)]).toEqual(['older', '4501']);
  });

  it('starts without a proof when it does not require one', () => {
    expect(start(cellWith([]))).toBe('starts');
  });
});
