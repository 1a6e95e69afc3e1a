// Faults that no file shows: a block that does not do its work, and a guard lock that asks the wrong thing whether all is at rest.
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadCell } from '../../src/config/load.ts';
import type { CellModel, SafetyBlockModel } from '../../src/core/cell-model.ts';
import { BLOCK_MACHINES } from '../../src/safety/blocks.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { cellWith } from '../support/planted-cells.ts';

const LIMITS = { statesMax: 1_000_000, memoryMib: 256, transitionsMax: 500_000 };
const GUARDED = join(import.meta.dirname, '..', '..', 'cells', 'guarded-cell', 'cell.yaml');

describe('a guard block that says yes whatever it sees', () => {
  it('is refuted, and what is too large to tell is said to be not covered instead of searched for ever', () => {
    const loaded = loadCell(GUARDED);
    if (!loaded.ok) throw new Error('the cell has problems');
    vi.spyOn(BLOCK_MACHINES.SF_Guard, 'isOn').mockImplementation(({ code }) => code !== '0000');
    const result = verifyCell(loaded.value, LIMITS, () => 0);
    vi.restoreAllMocks();
    expect(result.verdict).toBe('refuted');
    expect(result.findings.filter(({ rule, verdict }) => rule === 'no-restart' && verdict === 'refuted')).not.toEqual(
      [],
    );
    // Whether an input matters is told by many explorations at once, without a figure.
    const cut = result.findings.filter(({ rule, verdict }) => verdict === 'incomplete' && rule !== 'input-matters');
    expect(cut.every(({ explored }) => (explored?.waiting ?? 0) > 0)).toBe(true);
    expect(result.transitions).toBeLessThan(20 * LIMITS.transitionsMax);
  });
});

describe('a guard lock', () => {
  function lockedCell(safetyActive: string): CellModel {
    const cell = cellWith([]);
    const door = {
      name: 'door',
      type: 'SF_GuardLocking',
      guard: 'guard-door',
      guardLock: 'guard-door',
      safetyActive,
      unlockRequest: 'part-present',
      reset: 'reset-button',
    } as const satisfies SafetyBlockModel;
    const blocks = cell.safety.blocks.map((block) => (block.name === 'door' ? door : block));
    return { ...cell, safety: { ...cell.safety, blocks } };
  }

  function unlocking(cell: CellModel) {
    return verifyCell(cell, LIMITS, () => 0).findings.find(({ rule }) => rule === 'unlocks-at-rest');
  }

  it('that waits for standstill opens at rest only; one that looks at a light barrier opens while something moves', () => {
    expect(unlocking(lockedCell('cell.standstill'))?.verdict).toBe('proved');
    const faulty = unlocking(lockedCell('part-at-pick'));
    expect(faulty?.verdict).toBe('refuted');
    expect(faulty?.trace?.isConfirmed).toBe(true);
  });
});
