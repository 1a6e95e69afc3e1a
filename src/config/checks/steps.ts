// Steps: what they name exists, and nothing can wait for ever.

import { nearest } from '../did-you-mean.ts';
import type { StepDraft, WorkMasterDraft } from '../draft-steps.ts';
import { showPath } from '../problem.ts';
import { type PlainStepSource, TIMES_MAX, VERBS } from '../schema-steps.ts';
import { DURATION_MAX_MS } from '../schema-values.ts';
import type { Path } from '../source.ts';
import { type Context, type DeviceOf, expectDevice, list } from './context.ts';
import { checkExpression, type Wanted } from './expressions.ts';
import { checkTarget } from './poses.ts';

type Source<Verb extends keyof PlainStepSource> = NonNullable<PlainStepSource[Verb]>;

const SPEED = { min: 1, max: 100, types: ['number', 'integer'] } as const satisfies Wanted;
const DURATION = { min: 0, max: DURATION_MAX_MS, types: ['number', 'integer'] } as const satisfies Wanted;
const TIMES = { min: 0, max: TIMES_MAX, types: ['integer'] } as const satisfies Wanted;

function checkMove(context: Context, path: Path, move: Source<'move'>, master: WorkMasterDraft): void {
  const { draft, report } = context;
  checkExpression(context, [...path, 'speedPercent'], move.speedPercent, SPEED, master);
  if (typeof move.to !== 'string') checkTarget(context, [...path, 'to'], move.to);
  else if (!draft.poses.has(move.to)) {
    const known = [...draft.poses.keys()];
    report.add('unknown-pose', [...path, 'to'], { known: list(known), nearest: nearest(move.to, known) });
  }
}

function checkTimedWait(context: Context, path: Path, wait: Source<'wait'>, master: WorkMasterDraft): void {
  if (wait.durationMs === undefined) return;
  const bounds = checkExpression(context, [...path, 'durationMs'], wait.durationMs, DURATION, master);
  if (bounds === undefined || wait.timeoutMs === undefined || wait.timeoutMs >= bounds.max) return;
  context.report.add('timeout-too-short', [...path, 'timeoutMs'], { min: String(bounds.max) });
}

function checkWait(context: Context, path: Path, wait: Source<'wait'>, master: WorkMasterDraft): void {
  const timed = wait.durationMs !== undefined;
  if (timed === (wait.input !== undefined) || (timed && wait.is !== undefined)) {
    context.report.add('wait-ambiguous', path, {});
    return;
  }
  checkTimedWait(context, path, wait, master);
  if (wait.input === undefined) return;
  expectDevice(context, [...path, 'input'], wait.input, ['digital-input']);
  if (wait.timeoutMs === undefined) context.report.add('can-wait-for-ever', [...path, 'timeoutMs'], {});
}

function checkReachable(
  context: Context,
  path: Path,
  measure: Source<'measure'>,
  input: DeviceOf<'analog-input'>,
): void {
  if (input.plausibleMin >= input.plausibleMax) return;
  const range = `${input.plausibleMin}..${input.plausibleMax} ${input.unit}`;
  const { min, max } = measure;
  if (min !== undefined && min > input.plausibleMax) {
    context.report.add('measure-limit-unreachable', [...path, 'min'], { range });
  }
  if (max !== undefined && max < input.plausibleMin) {
    context.report.add('measure-limit-unreachable', [...path, 'max'], { range });
  }
}

function checkMeasure(context: Context, path: Path, measure: Source<'measure'>): void {
  const { min, max } = measure;
  const device = expectDevice(context, [...path, 'device'], measure.device, ['analog-input', 'thermometer']);
  if (device?.kind === 'analog-input') checkReachable(context, path, measure, device);
  if (min === undefined || max === undefined || min <= max) return;
  context.report.add('min-above-max', [...path, 'min'], { max: String(max) });
}

function checkPlain(context: Context, path: Path, step: PlainStepSource, master: WorkMasterDraft): void {
  const { move, home, grip, release, convey, wait, measure } = step;
  if (move) checkMove(context, [...path, 'move'], move, master);
  for (const [i, axis] of (home?.axes ?? []).entries()) {
    expectDevice(context, [...path, 'home', 'axes', i], axis, ['stepper-axis']);
  }
  if (grip) expectDevice(context, [...path, 'grip', 'gripper'], grip.gripper, ['vacuum-gripper']);
  if (release) expectDevice(context, [...path, 'release', 'gripper'], release.gripper, ['vacuum-gripper']);
  if (convey) {
    expectDevice(context, [...path, 'convey', 'conveyor'], convey.conveyor, ['conveyor']);
    expectDevice(context, [...path, 'convey', 'until', 'input'], convey.until.input, ['digital-input']);
  }
  if (wait) checkWait(context, [...path, 'wait'], wait, master);
  if (measure) checkMeasure(context, [...path, 'measure'], measure);
}

function checkRepeat(context: Context, { path, times }: StepDraft, master: WorkMasterDraft): void {
  if (times === undefined) return;
  const at = [...path, 'repeat', 'times'];
  if (typeof times === 'number' && !Number.isSafeInteger(times)) context.report.add('not-whole', at, {});
  checkExpression(context, at, times, TIMES, master);
}

function checkStep(context: Context, step: StepDraft, master: WorkMasterDraft): void {
  if (step.verbs.length !== 1) {
    context.report.add('step-not-one-verb', step.path, { verbs: list(VERBS) }, step.verbs.join(' + ') || undefined);
  }
  if (step.plain !== undefined) checkPlain(context, step.path, step.plain, master);
  checkRepeat(context, step, master);
  for (const inner of step.steps) checkStep(context, inner, master);
}

function flatten(steps: readonly StepDraft[]): readonly StepDraft[] {
  return steps.flatMap((step) => [step, ...flatten(step.steps)]);
}

function checkMeasurementNames({ report }: Context, master: WorkMasterDraft): void {
  const first = new Map<string, string>();
  for (const { path, plain } of flatten(master.steps)) {
    if (plain?.measure === undefined) continue;
    const at = [...path, 'measure', 'as'];
    const other = first.get(plain.measure.as);
    if (other === undefined) first.set(plain.measure.as, showPath(at));
    else report.add('duplicate-measurement', at, { other });
  }
}

export function checkSteps(context: Context, master: WorkMasterDraft): void {
  for (const step of master.steps) checkStep(context, step, master);
  checkMeasurementNames(context, master);
}
