// Every counter-example of a planted cell, replayed in the simulator: it happens in the faulty cell, and not in the cell without the fault.
import { describe, expect, it } from 'vitest';
import { boardOfLevel } from '../../sim/board/load-board.ts';
import { replay } from '../../sim/replay.ts';
import type { Replayable } from '../../sim/replay-judgement.ts';
import { SimulatedCell } from '../../sim/simulated-cell.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { cellWith, faultyCell, PLANTED, type PlantedCell } from '../support/planted-cells.ts';

const LIMITS = { statesMax: 1_000_000, memoryMib: 256 };
const AT_ONCE = { pace: () => Promise.resolve(), onMoment: () => undefined };

/** Of work masters there is no timeline: what is refuted of them follows from the file. */
const REPLAYED = PLANTED.filter(({ rule }) => !['step-left', 'step-reached', 'wait-ends'].includes(rule));

function refutation({ rule, about, ...planted }: PlantedCell): Replayable {
  const { findings } = verifyCell(faultyCell({ rule, about, ...planted }), LIMITS, () => 0);
  const found = findings.find(
    (each) => each.verdict === 'refuted' && each.rule === rule && Object.values(each.subject).flat().includes(about),
  );
  const trace = found?.trace;
  if (found === undefined || trace === undefined) throw new Error(`no counter-example: ${planted.title}`);
  return { ...found, trace };
}

async function happensIn(cell: CellModel, finding: Replayable): Promise<boolean> {
  const load = await boardOfLevel(1);
  using simulated = new SimulatedCell({ cell, seed: '1', programs: [], load, isLinePaced: true });
  await simulated.startControl();
  return (await replay(simulated, finding, AT_ONCE)).isReproduced;
}

describe('a counter-example in the simulator', () => {
  it('is there for outputs, resets, restarts and what the cell itself forbids', () => {
    const rules = new Set(REPLAYED.map(({ rule }) => rule));
    expect([...rules].toSorted()).toEqual(['can-be-reset', 'never', 'no-restart', 'output-safe']);
  });

  for (const planted of REPLAYED) {
    it(`happens, and does not without the fault: ${planted.title}`, async () => {
      const finding = refutation(planted);
      expect(await happensIn(faultyCell(planted), finding)).toBe(true);
      expect(await happensIn(cellWith(planted.base), finding)).toBe(false);
    });
  }
});
