// What one step of a work master does when it starts and on every turn after that. Knows nothing of the order of steps.
import type { Fault } from './faults.ts';
import { fault } from './faults.ts';
import type { SequenceCommand, SequenceEvent, SequenceView } from './sequence.ts';
import type {
  ConveyStep,
  GripStep,
  HomeStep,
  MeasureStep,
  NumberExpression,
  ParameterValue,
  ReleaseStep,
  RepeatStep,
  Step,
} from './work-master.ts';

/** A step that acts; a repeat step only orders others. */
export type ActingStep = Exclude<Step, RepeatStep>;

/** What a step did in this turn. */
export interface StepTurn {
  readonly outcome: 'running' | 'done' | Fault;
  readonly commands: readonly SequenceCommand[];
  readonly events: readonly SequenceEvent[];
}

/** Parameters of a job order by id, complete. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

function turn(
  outcome: StepTurn['outcome'],
  commands: readonly SequenceCommand[] = [],
  events: readonly SequenceEvent[] = [],
): StepTurn {
  return { outcome, commands, events };
}

/** Value of a number in a step, or undefined when the job has no finite number under this name: a defect of its check. */
export function numberOf(expression: NumberExpression, parameters: Parameters): number | undefined {
  const value = typeof expression === 'number' ? expression : parameters[expression.parameter];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Fault 9001: a parameter that the check of the job order should have ensured. */
export function parameterDefect(step: Step, expression: NumberExpression): Fault {
  const parameter = typeof expression === 'number' ? String(expression) : expression.parameter;
  return fault(9001, { problem: 'numberMissing', step: step.path, parameter });
}

function switchGripper(step: GripStep | ReleaseStep, on: boolean): SequenceCommand {
  return { kind: 'gripper', gripper: step.gripper, on };
}

function runConveyor(step: ConveyStep, run: boolean): SequenceCommand {
  return { kind: 'conveyor', conveyor: step.conveyor, run };
}

/** Commands that must go out when a step ends early, by a fault or otherwise: a belt never runs on without its step. */
export function leaveStep(step: ActingStep): readonly SequenceCommand[] {
  return step.kind === 'convey' ? [runConveyor(step, false)] : [];
}

/** Waits for a digital input: `done`, fault 3005 when it cannot be read, fault 3003 after the time limit. */
function awaitInput(
  step: Step,
  until: { readonly input: string; readonly is: boolean },
  elapsedMs: number,
  timeoutMs: number,
  view: SequenceView,
): StepTurn['outcome'] {
  const value = view.input(until.input);
  if (value === undefined) return fault(3005, { step: step.path, device: until.input });
  if (value === until.is) return 'done';
  if (elapsedMs >= timeoutMs) {
    return fault(3003, { step: step.path, device: until.input, awaited: until.is, timeoutMs });
  }
  return 'running';
}

function convey(step: ConveyStep, elapsedMs: number, view: SequenceView): StepTurn {
  const outcome = awaitInput(step, step.until, elapsedMs, step.timeoutMs, view);
  return turn(outcome, outcome === 'running' ? [] : leaveStep(step));
}

function measure(step: MeasureStep, view: SequenceView): StepTurn {
  const reading = view.analog(step.device);
  if (reading === undefined || !Number.isFinite(reading.value)) {
    return turn(fault(3005, { step: step.path, device: step.device }));
  }
  const { value, unit } = reading;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = step;
  // The value is reported either way: whoever reads the job response wants to see what was out of range.
  const events: readonly SequenceEvent[] = [{ kind: 'measured', id: step.as, value, unit }];
  if (value >= min && value <= max) return turn('done', [], events);
  const limits = {
    ...(step.min === undefined ? {} : { min: step.min }),
    ...(step.max === undefined ? {} : { max: step.max }),
  };
  return turn(fault(3004, { step: step.path, device: step.device, id: step.as, value, unit, ...limits }), [], events);
}

/** Starts a step: its commands, once. A step that needs no waiting is `done` at once. */
export function enterStep(step: ActingStep, parameters: Parameters, view: SequenceView): StepTurn {
  switch (step.kind) {
    case 'move': {
      const speedPercent = numberOf(step.speedPercent, parameters);
      if (speedPercent === undefined) return turn(parameterDefect(step, step.speedPercent));
      return turn('running', [{ kind: 'move', targetDeg: step.targetDeg, speedPercent }]);
    }
    case 'home':
      return turn('running', [{ kind: 'home', axes: step.axes }]);
    case 'grip':
      return turn('running', [switchGripper(step, true)]);
    case 'release':
      return turn('running', [switchGripper(step, false)]);
    case 'convey': {
      const first = convey(step, 0, view);
      return first.outcome === 'running' ? turn('running', [runConveyor(step, true)]) : first;
    }
    case 'wait':
      return pollStep(step, 0, parameters, view);
    case 'measure':
      return measure(step, view);
    case 'produce':
      return turn('done', [], [{ kind: 'produced', quantity: step.quantity, good: step.good }]);
    default:
      return step satisfies never;
  }
}

/** Looks whether a step that was started in an earlier turn has ended; `elapsedMs` counts from its start. */
export function pollStep(step: ActingStep, elapsedMs: number, parameters: Parameters, view: SequenceView): StepTurn {
  switch (step.kind) {
    case 'move':
      return turn(moveOutcome(step, elapsedMs, view));
    case 'home':
      return turn(homeOutcome(step, elapsedMs, view));
    case 'grip':
    case 'release':
      return turn(gripperOutcome(step, elapsedMs, view));
    case 'convey':
      return convey(step, elapsedMs, view);
    case 'wait': {
      if ('input' in step.for) return turn(awaitInput(step, step.for, elapsedMs, step.timeoutMs, view));
      const durationMs = numberOf(step.for.durationMs, parameters);
      if (durationMs === undefined) return turn(parameterDefect(step, step.for.durationMs));
      return turn(elapsedMs >= durationMs ? 'done' : 'running');
    }
    case 'measure':
    case 'produce':
      return enterStep(step, parameters, view);
    default:
      return step satisfies never;
  }
}

function moveOutcome(
  step: Extract<Step, { kind: 'move' }>,
  elapsedMs: number,
  view: SequenceView,
): StepTurn['outcome'] {
  if (view.moveEnded) return 'done';
  return elapsedMs >= step.timeoutMs ? fault(2002, { step: step.path, timeoutMs: step.timeoutMs }) : 'running';
}

function homeOutcome(step: HomeStep, elapsedMs: number, view: SequenceView): StepTurn['outcome'] {
  const { homing = 'running' } = view;
  if (homing === 'done') return 'done';
  if (homing !== 'running') return fault(homing.code, { step: step.path, ...homing.detail });
  if (elapsedMs < step.timeoutMs) return 'running';
  return fault(2005, { step: step.path, axes: step.axes.join(', '), timeoutMs: step.timeoutMs });
}

/** Gripping that fails leaves the valve on: what hangs there must not fall. */
function gripperOutcome(step: GripStep | ReleaseStep, elapsedMs: number, view: SequenceView): StepTurn['outcome'] {
  const seen = view.gripper(step.gripper);
  if (seen === undefined) return fault(3005, { step: step.path, device: step.gripper });
  if (step.kind === 'grip' ? seen.holds : !seen.partPresent && !seen.holds) return 'done';
  if (elapsedMs < step.timeoutMs) return 'running';
  const detail = { step: step.path, gripper: step.gripper, timeoutMs: step.timeoutMs };
  return step.kind === 'grip' ? fault(3001, detail) : fault(3006, detail);
}
