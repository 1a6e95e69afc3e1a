// Cells with a fault each, refuted for that fault, and their twins, proved.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCell } from '../../src/config/load.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import type { Finding } from '../../src/verify/result.ts';
import { showVerification } from '../../src/verify/show.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { at } from '../support/at.ts';
import { cellWith, type Essence, faultyCell, PLANTED } from '../support/planted-cells.ts';

const LIMITS = { statesMax: 1_000_000, memoryMib: 256 };

function verify(cell: CellModel) {
  return verifyCell(cell, LIMITS, () => 0);
}

function expectShown(found: Finding | undefined, shows: Essence): void {
  if (shows === 'never-permits') {
    expect([found?.subject['ever'], found?.trace?.changes]).toEqual(['no', []]);
  } else if ('step' in shows) {
    expect([found?.property, found?.subject['label']]).toEqual([5, shows.step]);
  } else {
    const last = found?.trace?.changes.filter(({ input }) => input === shows.input).at(-1);
    expect(last?.value).toBe(shows.value);
  }
}

describe('a planted fault', () => {
  it('is one of twenty-two', () => {
    expect(PLANTED).toHaveLength(22);
    // Of work masters: waits without end, steps that are never reached, steps that are never left.
    expect(new Set(PLANTED.map(({ rule }) => rule))).toEqual(
      new Set(['output-safe', 'no-restart', 'can-be-reset', 'wait-ends', 'step-reached', 'step-left', 'never']),
    );
  });

  for (const planted of PLANTED) {
    const { title, base, rule, about, shows } = planted;
    it(`is refuted: ${title}; without it the cell is proved`, () => {
      const good = verify(cellWith(base));
      expect(good.findings.filter(({ verdict }) => verdict !== 'proved')).toEqual([]);
      expect(good.verdict).toBe('proved');

      const bad = verify(faultyCell(planted));
      expect(bad.verdict).toBe('refuted');
      const found = bad.findings.find(
        (each) =>
          each.verdict === 'refuted' && each.rule === rule && Object.values(each.subject).flat().includes(about),
      );
      expect(found?.property).toBeGreaterThan(0);
      // Every counter-example was run again with the safety program of the whole cell.
      if (found?.property !== 5) expect(found?.trace?.isConfirmed).toBe(true);
      expectShown(found, shows);
    });
  }
});

/** @throws Error that shows what was refuted, and how it comes to be */
function expectProved(cell: CellModel): void {
  const result = verify(cell);
  if (result.verdict !== 'proved') throw new Error(showVerification(result, 'en').join('\n'));
}

describe('the example cells', () => {
  const cells = join(import.meta.dirname, '..', '..', 'cells');
  for (const name of readdirSync(cells, { withFileTypes: true }).filter((each) => each.isDirectory())) {
    it(`${name.name} is proved, all of it`, () => {
      const loaded = loadCell(join(cells, name.name, 'cell.yaml'));
      if (!loaded.ok) throw new Error('the cell has problems');
      expectProved(loaded.value);
    });
  }

  it('fail here with the counter-example as a timeline, when their interlock is broken', () => {
    const broken = faultyCell(at(PLANTED, 0));
    expect(() => expectProved(broken)).toThrow(
      /REFUTED \(1\): belt-motor can still be on[\s\S]+ms {2}.*estop-a closed[\s\S]+emergency-stop permits[\s\S]+!! this must not be/,
    );
  });
});
