// The point of an enabling device: the power comes while it is held and goes when it is let go, with no reset in between.
import { cellReset, type Demand } from '../../commissioning/demands.ts';
import type { Measured } from '../../commissioning/report.ts';
import { inputsText } from '../../commissioning/titles.ts';
import type { StopFunctionModel } from '../../core/cell-model.ts';
import { UNIT_MODE_OF } from '../../core/operating-mode.ts';
import type { CellRun } from './cell-run.ts';
import { rounded, type Surroundings } from './procedure.ts';
import { limitMs } from './stop-limit.ts';
import { StopWatch } from './stop-watch.ts';

/** So long the device is held: the outputs have to come on meanwhile, ms. */
const HELD_MS = 700;
const LET_GO_MS = 300;

/** The selector on a mode in which the device counts, and the cell reset. */
async function makeManual({ cell, say, language }: Surroundings, run: CellRun, stop: StopFunctionModel): Promise<void> {
  const modes = stop.modes ?? [];
  const wanted = modes.map((mode) => UNIT_MODE_OF[mode]);
  const isReady = (): boolean => {
    const mode = run.snapshot?.mode;
    return run.unit === 'Idle' && mode !== undefined && wanted.includes(mode);
  };
  await say.until(
    'ready-in-mode',
    { reset: cellReset(cell.safety), modes: modes.join(' / ') },
    { isDone: isReady, holdMs: 100, live: () => run.describe(language) },
  );
}

export async function seeEnabling(
  around: Surroundings,
  stop: StopFunctionModel,
  demand: Demand,
): Promise<readonly Measured[]> {
  const { cell, say, language, startCell } = around;
  const run = await startCell();
  await makeManual(around, run, stop);
  const inputs = inputsText(demand.inputs.map(({ device }) => device));
  const isHeld = (): boolean =>
    run.snapshot?.safety.some(({ name, output }) => name === demand.name && output) === true;
  const live = (): string => run.describe(language);
  await say.until('enabling-hold', { inputs }, { isDone: isHeld, holdMs: HELD_MS, live });
  const watch = new StopWatch(cell, stop, demand);
  const end = run.onImage((board, image) => watch.see(board, image));
  try {
    const isSafe = (): boolean => watch.isDemanded && watch.safeAfterMs !== undefined && !isHeld();
    await say.until('enabling-let-go', { inputs }, { isDone: isSafe, holdMs: LET_GO_MS, live });
    const value = rounded(watch.safeAfterMs ?? Number.POSITIVE_INFINITY);
    const limit = limitMs(cell, stop);
    if (watch.energised.length === 0) say.fail('never-energised', { inputs });
    if (value > limit) say.fail('too-late', { name: stop.name, value: String(value), limit: String(limit) });
    return [
      { name: 'energised', value: inputsText(watch.energised), unit: '' },
      { name: 'stop-safe', value, unit: 'ms', limit },
    ];
  } finally {
    end();
  }
}
