// Homing: drives an axis to its switch, stops, leaves it slowly, and takes the place where it opens for its position.
import type { StepperAxisModel } from '../core/cell-model.ts';
import { type Fault, fault } from '../core/faults.ts';
import { motionAt, planMove } from '../core/motion.ts';
import { positionMmOf, zeroOf } from '../devices/axis.ts';
import { type AxisZero, isAtRest, presentLimits } from './axes.ts';
import { clearAlarms, type Turn } from './turn.ts';

/** What the axis does: waits for rest, searches the switch, brakes on it, leaves it, brakes behind it. */
type HomingPhase = 'begin' | 'search' | 'brake' | 'leave' | 'settle';

/** The axes of a step, one after the other. Plain data. */
export interface HomingState {
  readonly axes: readonly string[];
  /** Of the axis under way in `axes`. */
  readonly index: number;
  readonly phase: HomingPhase;
  /** The board's count where the switch closed. */
  readonly closedAtSteps: number;
  /** The board's count at 0 mm, from `settle` on. */
  readonly zeroSteps: number;
  readonly outcome: 'running' | 'done' | Fault;
}

/** Of the speed towards the switch: the place where it opens is known to what the axis travels in one cycle. */
const LEAVING_SPEED = 0.1;

export function beginHoming(axes: readonly string[]): HomingState {
  return { axes, index: 0, phase: 'begin', closedAtSteps: 0, zeroSteps: 0, outcome: 'running' };
}

/** Motion ramps down now. */
export function isBraking(homing: HomingState | undefined): boolean {
  return homing?.outcome === 'running' && (homing.phase === 'brake' || homing.phase === 'settle');
}

/** The axis under way. */
interface Subject {
  readonly joint: number;
  readonly model: StepperAxisModel;
  readonly axis: AxisZero;
  readonly steps: number;
  /** The home switch is closed. */
  readonly isClosed: boolean;
}

function subjectOf(turn: Turn, homing: HomingState): Subject | Fault {
  const { context, next, readings } = turn;
  const name = homing.axes[homing.index] ?? '';
  const joint = context.table.joints.findIndex((placed) => placed.model.name === name);
  const model = context.table.joints[joint]?.model;
  const axis = next.axes[joint];
  if (model?.kind !== 'stepper-axis' || axis === undefined) return fault(9001, { problem: 'noAxis', axis: name });
  const isClosed = readings.input(model.homing.switch);
  if (isClosed === undefined || axis.readBack === undefined) return fault(3005, { device: model.homing.switch });
  return { joint, model, axis, steps: axis.readBack.steps, isClosed };
}

function replaceAxis({ next }: Turn, joint: number, axis: AxisZero): void {
  next.axes = next.axes.map((other, index) => (index === joint ? axis : other));
}

/** Sets the axis off on its own. @returns why it cannot, a defect */
function travel(turn: Turn, { joint, model }: Subject, distanceMm: number, speedMmPerS: number): Fault | undefined {
  const { context, next } = turn;
  const limits = presentLimits(context, next).map((limit, index) =>
    index === joint ? { ...limit, velocityMaxDegPerS: speedMmPerS } : limit,
  );
  const away = model.homing.towards === 'min' ? 1 : -1;
  const target = next.motion.positionDeg.map((position, index) =>
    index === joint ? position + away * distanceMm : position,
  );
  const planned = planMove(limits, next.motion, target, 100);
  if (!planned.ok) return planned.error;
  next.motion = planned.value;
  return undefined;
}

function leave(turn: Turn, subject: Subject, closedAtSteps: number): Partial<HomingState> {
  const { releaseMm, speedMmPerS } = subject.model.homing;
  const distanceMm = Math.abs(subject.steps - closedAtSteps) / subject.model.stepsPerMm + releaseMm;
  const defect = travel(turn, subject, distanceMm, speedMmPerS * LEAVING_SPEED);
  return defect === undefined ? { phase: 'leave' } : { outcome: defect };
}

function begin(turn: Turn, subject: Subject): Partial<HomingState> {
  replaceAxis(turn, subject.joint, { ...subject.axis, homedUnder: undefined });
  if (subject.isClosed) return leave(turn, subject, subject.steps);
  const { searchMm, speedMmPerS } = subject.model.homing;
  const defect = travel(turn, subject, -searchMm, speedMmPerS);
  return defect === undefined ? { phase: 'search' } : { outcome: defect };
}

/** The place is the axis' own from here on: it is homed. */
function finish(turn: Turn, { joint, model, axis, steps }: Subject, homing: HomingState): Partial<HomingState> {
  const { next } = turn;
  const { zeroSteps } = homing;
  replaceAxis(turn, joint, { ...axis, zeroSteps, homedUnder: axis.readBack?.reference });
  const positionMm = positionMmOf(model, steps, zeroSteps);
  next.motion = motionAt(next.motion.positionDeg.map((other, index) => (index === joint ? positionMm : other)));
  clearAlarms(turn, ({ code, detail }) => code === 2007 && detail['axis'] === model.name);
  const index = homing.index + 1;
  return index < homing.axes.length ? { index, phase: 'begin' } : { index, outcome: 'done' };
}

function step(turn: Turn, subject: Subject, homing: HomingState): Partial<HomingState> {
  const { model, steps, isClosed } = subject;
  const rests = isAtRest(turn.context, turn.next);
  const detail = { axis: model.name, device: model.homing.switch };
  switch (homing.phase) {
    case 'begin':
      return rests ? begin(turn, subject) : {};
    case 'search':
      if (isClosed) return { phase: 'brake', closedAtSteps: steps };
      return rests ? { outcome: fault(2005, { ...detail, searchMm: model.homing.searchMm }) } : {};
    case 'brake':
      return rests ? leave(turn, subject, homing.closedAtSteps) : {};
    case 'leave':
      if (!isClosed) return { phase: 'settle', zeroSteps: zeroOf(model, steps, model.homing.positionMm) };
      return rests ? { outcome: fault(2006, { ...detail, releaseMm: model.homing.releaseMm }) } : {};
    case 'settle':
      return rests ? finish(turn, subject, homing) : {};
    default:
      return homing.phase satisfies never;
  }
}

/** Goes on with the homing of a step, once per cycle before the step looks at it. What leaves Execute is forgotten. */
export function homingStage(turn: Turn): void {
  const { next } = turn;
  if (next.homing === undefined) return;
  if (next.unit !== 'Execute') {
    next.homing = undefined;
    return;
  }
  if (next.homing.outcome !== 'running') return;
  const subject = subjectOf(turn, next.homing);
  next.homing = { ...next.homing, ...('code' in subject ? { outcome: subject } : step(turn, subject, next.homing)) };
}
