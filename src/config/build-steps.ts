// Work masters: from the checked source to the typed model. Names of poses become joint angles here.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';
import type { NumberExpression, ParameterSpec, Step, StepPath, WorkMaster } from '../core/work-master.ts';
import type { ParameterSource, StepSource, WorkMasterSource } from './schema-steps.ts';

export interface StepContext {
  readonly poses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  /** Joints whose positions are millimetres. */
  readonly axes: ReadonlySet<string>;
}

/** Beyond the longest time that a timed wait can take: its own time limit is only a backstop. */
const WAIT_MARGIN_MS = 1_000;

/** `$count` is the parameter `count`; anything else is a number. */
function expression(value: number | string): NumberExpression {
  return typeof value === 'number' ? value : { parameter: value.slice(1) };
}

/** The greatest value that an expression can have; undefined for a parameter without a maximum. */
function greatest(value: NumberExpression, parameters: StepContext['parameters']): number | undefined {
  return typeof value === 'number' ? value : parameters[value.parameter]?.max;
}

function buildWait(
  wait: NonNullable<StepSource['wait']>,
  base: { path: StepPath; label: string },
  of: StepContext,
): Step {
  if (wait.durationMs === undefined) {
    const input = { input: wait.input ?? '', is: wait.is ?? true };
    return { ...base, kind: 'wait', for: input, timeoutMs: wait.timeoutMs ?? 0 };
  }
  const durationMs = expression(wait.durationMs);
  const timeoutMs = wait.timeoutMs ?? (greatest(durationMs, of.parameters) ?? 0) + WAIT_MARGIN_MS;
  return { ...base, kind: 'wait', for: { durationMs }, timeoutMs };
}

function targetLabel(to: string | Readonly<Record<string, number>>, { axes }: StepContext): string {
  if (typeof to === 'string') return to;
  return Object.entries(to)
    .map(([joint, position]) => `${joint} ${position} ${axes.has(joint) ? 'mm' : 'deg'}`)
    .join(', ');
}

/** What an operator reads when the step has no label of its own. */
function defaultLabel(step: StepSource, of: StepContext): string {
  if (step.move) return `move to ${targetLabel(step.move.to, of)}`;
  if (step.home) return `home ${step.home.axes.join(', ')}`;
  if (step.grip) return `grip with ${step.grip.gripper}`;
  if (step.release) return `release ${step.release.gripper}`;
  if (step.convey) return `run ${step.convey.conveyor} until ${step.convey.until.input}`;
  if (step.wait)
    return step.wait.input === undefined ? `wait ${step.wait.durationMs} ms` : `wait for ${step.wait.input}`;
  if (step.measure) return `measure ${step.measure.as}`;
  if (step.produce) return step.produce.good ? 'count a good part' : 'count a rejected part';
  return `repeat ${step.repeat?.times} times`;
}

/** Builds one step; the source has exactly one verb and its names exist. */
function buildStep(step: StepSource, path: StepPath, of: StepContext): Step {
  const base = { path, label: step.label ?? defaultLabel(step, of) };
  if (step.move) {
    const { to, speedPercent, timeoutMs } = step.move;
    const targetDeg = typeof to === 'string' ? { ...of.poses[to] } : to;
    return { ...base, kind: 'move', targetDeg, speedPercent: expression(speedPercent), timeoutMs };
  }
  if (step.home) return { ...base, kind: 'home', ...step.home };
  if (step.grip) return { ...base, kind: 'grip', ...step.grip };
  if (step.release) return { ...base, kind: 'release', ...step.release };
  if (step.convey) return { ...base, kind: 'convey', ...step.convey };
  if (step.wait) return buildWait(step.wait, base, of);
  if (step.measure) return { ...base, kind: 'measure', ...step.measure };
  if (step.produce) return { ...base, kind: 'produce', ...step.produce };
  if (step.repeat) {
    const steps = buildSteps(step.repeat.steps, `${path}.repeat.steps`, of);
    return { ...base, kind: 'repeat', times: expression(step.repeat.times), steps };
  }
  throw new Error(`step ${path} has no verb: the source was not checked`);
}

function buildSteps(steps: readonly StepSource[], path: StepPath, of: StepContext): readonly Step[] {
  return steps.map((step, i) => buildStep(step, `${path}[${i}]`, of));
}

function buildParameter(id: string, { default: defaultValue, ...rest }: ParameterSource): ParameterSpec {
  return { id, ...rest, ...(defaultValue === undefined ? {} : { defaultValue }) };
}

/** @param written what stands under the id in the file, before defaults: what they are may change from one Celda to the next */
export function buildWorkMaster(
  id: string,
  source: WorkMasterSource,
  { poses, axes }: Pick<StepContext, 'poses' | 'axes'>,
  written: unknown,
): WorkMaster {
  const of = { poses, axes, parameters: source.parameters };
  return {
    id,
    version: source.version,
    description: source.description,
    parameters: Object.entries(source.parameters).map(([name, parameter]) => buildParameter(name, parameter)),
    steps: buildSteps(source.steps, 'steps', of),
    definitionHash: createHash('sha256')
      .update(canonicalJson([id, written]))
      .digest('hex'),
  };
}
