// The points of stop functions and reset buttons: tripped for real in the enabled cell, timed, and restarted by nothing but a reset.
import { cellReset } from '../../commissioning/demands.ts';
import { type Point, type ResetTrial, resetTrialOf } from '../../commissioning/points.ts';
import type { Measured } from '../../commissioning/report.ts';
import { inputsText } from '../../commissioning/titles.ts';
import type { Language, MeasuredName } from '../../commissioning/words.ts';
import type { CellModel, StopFunctionModel } from '../../core/cell-model.ts';
import { describeFault } from '../../core/faults.ts';
import { UNIT_MODE_OF } from '../../core/operating-mode.ts';
import type { CellRun } from './cell-run.ts';
import { type Procedure, rounded, type Surroundings } from './procedure.ts';
import { seeEnabling } from './see-enabling.ts';
import { limitMs } from './stop-limit.ts';
import { StopWatch } from './stop-watch.ts';
import { workMasterFor } from './work-masters.ts';

type Of<Kind extends Point['kind']> = Extract<Point, { readonly kind: Kind }>;

/** For so long nothing may start by a release or by a held reset, ms. */
const STILL_MS = 2_000;
/** A stop is given up to be seen after its limit and this, ms. */
const LATE_MS = 3_000;
/** The receipt of a stop is told by then, ms. */
const RECEIPT_MS = 500;
/** Joints are seen to rest in steps of this, ms. */
const REST_STEP_MS = 100;
/** A button is held for longer than any filter of an input, ms. */
const HELD_MS = 300;
/** A job that moves no joint by then drives something else, ms. */
const MOVING_MS = 1_000;

/** Brings the cell to Idle in automatic, by the hands of the person. */
export async function makeReady({ cell, say, language }: Surroundings, run: CellRun): Promise<void> {
  run.abort();
  const reset = cellReset(cell.safety);
  const hasModes = cell.safety.modes !== undefined;
  const isReady = (): boolean => run.unit === 'Idle' && (!hasModes || run.snapshot?.mode === UNIT_MODE_OF.automatic);
  await say.until(
    hasModes ? 'ready-in-mode' : 'ready',
    { reset, modes: 'automatic' },
    { isDone: isReady, holdMs: 100, live: () => run.describe(language) },
  );
}

/** Orders a work master and waits until it is under way. */
export async function setGoing({ say, language }: Surroundings, run: CellRun, workMaster: string): Promise<void> {
  run.order(workMaster);
  await say.until(
    'moving',
    {},
    {
      isDone: () => run.unit === 'Execute' || run.refusal !== undefined,
      holdMs: MOVING_MS,
      live: () => run.describe(language),
    },
  );
  if (run.refusal !== undefined) say.fail('order-refused', { fault: describeFault(run.refusal, language) });
}

function stopNamed(cell: CellModel, name: string): StopFunctionModel {
  const stop = cell.safety.stopFunctions.find((each) => each.name === name);
  if (stop === undefined) throw new Error(`the cell has no stop function ${name}`);
  return stop;
}

/** A stop that was tripped, while it is looked at. */
interface Tripped {
  readonly watch: StopWatch;
  readonly measured: readonly Measured[];
  readonly end: () => void;
}

async function trip(around: Surroundings, run: CellRun, { stopFunction, demand }: ResetTrial): Promise<Tripped> {
  const { cell, say, language } = around;
  const stop = stopNamed(cell, stopFunction);
  const inputs = inputsText(demand.inputs.map(({ device }) => device));
  const watch = new StopWatch(cell, stop, demand);
  const commandMs: number[] = [];
  let category: number | undefined;
  let movedBy = '';
  const endings = [
    run.onImage((board, image) => watch.see(board, image)),
    run.onEvent((body) => {
      if (body.kind === 'stop' && body.stopFunction === stopFunction && category === undefined) {
        category = body.category;
        movedBy = [run.unit, ...run.moving].join(' ');
      }
      if (body.kind === 'stop-time') commandMs.push(body.stopMs);
    }),
  ];
  const end = (): void => {
    for (const ending of endings) ending();
  };
  try {
    await say.until(
      'trip',
      { stopFunction, inputs },
      { isDone: () => category !== undefined, live: () => liveLine(run, watch, language) },
    );
    const limit = limitMs(cell, stop);
    const isMoving = (): boolean => run.moving.some((joint) => stop.outputs.includes(joint));
    const wasMoving = isMoving();
    const receiptBy = run.now + RECEIPT_MS;
    let restMs: number | undefined;
    // Ends as soon as all is safe, at rest and told.
    await say.watch('stopping', limit + LATE_MS, () => {
      if (!isMoving()) restMs ??= run.now - (watch.demandedAt ?? run.now);
      const isTold = commandMs.length > 0 || run.now > receiptBy;
      return watch.safeAfterMs === undefined || restMs === undefined || !isTold;
    });
    if (!watch.isDemanded) say.fail('not-this-demand', { stopFunction, inputs });
    if (category !== stop.category)
      say.fail('wrong-category', { found: String(category), category: String(stop.category) });
    const measured: Measured[] = [
      { name: 'category', value: stop.category, unit: '' },
      { name: 'moving', value: movedBy, unit: '' },
      { name: 'energised', value: inputsText(watch.energised), unit: '' },
      ...timesOf(around, stop, { watch, commandMs, restMs: wasMoving ? restMs : 0, wasMoving }, limit),
    ];
    return { watch, measured, end };
  } catch (error) {
    end();
    throw error;
  }
}

interface Seen {
  readonly watch: StopWatch;
  /** From the input to the receipt by each board. */
  readonly commandMs: readonly number[];
  /** From the demand until no joint moved; undefined when that was not seen. */
  readonly restMs: number | undefined;
  readonly wasMoving: boolean;
}

/** @throws PointEnd for a time beyond its limit, or an output that never was safe */
function timesOf(
  { cell, say }: Surroundings,
  stop: StopFunctionModel,
  { watch, commandMs, restMs, wasMoving }: Seen,
  limit: number,
): readonly Measured[] {
  const time = (name: MeasuredName, ms: number, limitOf?: number): Measured => {
    const value = rounded(ms);
    if (limitOf === undefined) return { name, value, unit: 'ms' };
    if (value > limitOf) say.fail('too-late', { name: stop.name, value: String(value), limit: String(limitOf) });
    return { name, value, unit: 'ms', limit: limitOf };
  };
  const { safeAfterMs, unsafe, unread, energised } = watch;
  const measured = commandMs.length > 0 ? [time('stop-command', Math.max(...commandMs), cell.stopTimeBudgetMs)] : [];
  const restLimit = limit + REST_STEP_MS;
  if (wasMoving) measured.push(time('stop-rest', restMs ?? Number.POSITIVE_INFINITY, restLimit));
  if (unsafe.some((name) => !unread.includes(name))) say.fail('never-safe', { outputs: unsafe.join(', ') });
  if (unread.length > 0) measured.push({ name: 'not-read-back', value: unread.join(', '), unit: '' });
  else if (energised.length > 0 && safeAfterMs !== undefined) measured.push(time('stop-safe', safeAfterMs, limit));
  return measured;
}

/** What moves and what is energised now: the person trips the stop when it has something to stop. */
function liveLine(run: CellRun, { unsafe }: StopWatch, language: Language): string {
  return `${[run.describe(language), ...run.moving].join(' ')}; ${inputsText(unsafe)}`;
}

/** The unit stays stopped, no output leaves its safe value and no joint moves. */
async function seeStill({ say }: Surroundings, run: CellRun, watch: StopWatch): Promise<void> {
  const isStill = (): boolean =>
    (run.unit === 'Stopped' || run.unit === 'Aborted') &&
    run.moving.length === 0 &&
    watch.unsafe.every((name) => watch.unread.includes(name));
  if (!(await say.watch('still', STILL_MS, isStill))) say.fail('restarted', { unit: run.unit });
}

export const seeStop: Procedure<Of<'stop'>> = async (around, { stopFunction, demand }) => {
  const { cell, say, startCell } = around;
  const stop = stopNamed(cell, stopFunction);
  if (stop.role === 'enabling') return seeEnabling(around, stop, demand);
  const run = await startCell();
  await makeReady(around, run);
  const { outputs } = stop;
  const workMaster = workMasterFor(cell, outputs);
  if (workMaster !== undefined && (await say.choose('move', { workMaster: workMaster.id }))) {
    await setGoing(around, run, workMaster.id);
  }
  const { watch, measured, end } = await trip(around, run, { stopFunction, demand });
  try {
    await say.confirm('stopped-seen', { stopFunction });
    const inputs = inputsText(demand.inputs.map(({ device }) => device));
    await say.until('release', { inputs }, { isDone: () => watch.isReleased, holdMs: HELD_MS });
    await seeStill(around, run, watch);
    return measured;
  } finally {
    end();
    run.abort();
  }
};

export const seeReset: Procedure<Of<'reset'>> = async (around, { device }) => {
  const { cell, say, language, startCell } = around;
  const run = await startCell();
  const trial = resetTrialOf(cell, device);
  await makeReady(around, run);
  if (trial === undefined) return [];
  const { watch, end } = await trip(around, run, trial);
  const inputs = inputsText(trial.demand.inputs.map((input) => input.device));
  const isPressed = (): boolean => readsClosed(run, device);
  try {
    await say.until('reset-hold', { device, inputs }, { isDone: isPressed, holdMs: HELD_MS });
    await say.until('reset-release', { inputs }, { isDone: () => watch.isReleased && isPressed(), holdMs: HELD_MS });
    await seeStill(around, run, watch);
    await say.until('reset-let-go', {}, { isDone: () => !isPressed(), holdMs: HELD_MS });
    await seeStill(around, run, watch);
    const isReady = (): boolean => run.unit === 'Idle';
    await say.until(
      'reset-press',
      { device },
      { isDone: isReady, holdMs: HELD_MS, live: () => run.describe(language) },
    );
    return [];
  } finally {
    end();
  }
};

function readsClosed(run: CellRun, device: string): boolean {
  return run.snapshot?.devices.some(({ name, value, valid }) => name === device && valid && value === 1) === true;
}
