// Step axes in the cycle: where each stands by its board's count, whether that means a position, and when it really stands.
import type { JointModel, StepperAxisModel } from '../core/cell-model.ts';
import { fault } from '../core/faults.ts';
import { isStandstill, type JointLimits } from '../core/motion.ts';
import { type AxisReadBack, positionMmOf, stepsOf } from '../devices/axis.ts';
import type { DeviceTable } from '../devices/device-table.ts';
import type { StopStatus } from '../safety/program.ts';
import type { CycleContext, CycleState } from './cycle.ts';
import { raise, type Turn } from './turn.ts';

/** What is known of one axis. */
export interface AxisZero {
  /** What its board counts at 0 mm; means something only while the axis is homed. */
  readonly zeroSteps: number;
  /** Reference of the board under which the axis was homed; undefined: it is not. */
  readonly homedUnder: number | undefined;
  /** Newest word of its board; undefined while there is no session. */
  readonly readBack: AxisReadBack | undefined;
}

const UNKNOWN: AxisZero = { zeroSteps: 0, homedUnder: undefined, readBack: undefined };

/** At power-up no axis knows where it stands. */
export function initialAxes(table: DeviceTable): readonly (AxisZero | undefined)[] {
  return table.joints.map(({ model }) => (model.kind === 'stepper-axis' ? UNKNOWN : undefined));
}

/** Limits of motion; an axis has its own in millimetres. */
export function limitsOf(joint: JointModel): JointLimits {
  if (joint.kind === 'servo') return joint;
  return {
    minDeg: joint.minMm,
    maxDeg: joint.maxMm,
    velocityMaxDegPerS: joint.velocityMaxMmPerS,
    accelerationMaxDegPerS2: joint.accelerationMaxMmPerS2,
  };
}

/** The limits that hold now: positions of an axis that is not homed mean nothing, and none is out of range. */
export function presentLimits(context: CycleContext, { axes }: Pick<CycleState, 'axes'>): readonly JointLimits[] {
  if (axes.every((axis) => axis === undefined || axis.homedUnder !== undefined)) return context.limits;
  const unlimited = { minDeg: Number.NEGATIVE_INFINITY, maxDeg: Number.POSITIVE_INFINITY };
  return context.limits.map((limit, joint) => {
    const axis = axes[joint];
    return axis === undefined || axis.homedUnder !== undefined ? limit : { ...limit, ...unlimited };
  });
}

/** @returns the name of the first of these joints that is an axis and not homed */
export function unhomedAmong(
  context: CycleContext,
  { axes }: Pick<CycleState, 'axes'>,
  joints: readonly string[],
): string | undefined {
  const index = context.table.joints.findIndex(({ model }, joint) => {
    const axis = axes[joint];
    return axis !== undefined && axis.homedUnder === undefined && joints.includes(model.name);
  });
  return context.table.joints[index]?.model.name;
}

/** What an axis is told: its set point, or where it stands until its board is armed, which arms for nothing else. */
export function axisTarget(model: StepperAxisModel, axis: AxisZero, positionMm: number): number {
  const { readBack, zeroSteps } = axis;
  return readBack?.isArmed === true ? stepsOf(model, positionMm, zeroSteps) : (readBack?.steps ?? 0);
}

function isSettled(context: CycleContext, state: Pick<CycleState, 'motion' | 'axes'>): boolean {
  return state.axes.every((axis, joint) => {
    const model = context.table.joints[joint]?.model;
    if (axis?.readBack?.isArmed !== true || model?.kind !== 'stepper-axis') return true;
    const { steps, isMoving } = axis.readBack;
    return !isMoving && steps === axisTarget(model, axis, state.motion.positionDeg[joint] ?? 0);
  });
}

/** Nothing moves: all set points are reached, and the boards of the axes say that these stand there. */
export function isAtRest(context: CycleContext, state: Pick<CycleState, 'motion' | 'axes'>): boolean {
  return isStandstill(state.motion) && isSettled(context, state);
}

/** Every axis follows its set points. Until then these wait. */
export function areArmed({ axes }: Pick<CycleState, 'axes'>): boolean {
  return axes.every((axis) => axis === undefined || axis.readBack?.isArmed === true);
}

/** Nobody holds the enabling device: nothing is driven, and power comes back with it, without a reset. */
export function isLetGo(stops: readonly StopStatus[]): boolean {
  return stops.some(({ role, phase }) => role === 'enabling' && phase === 'stopped');
}

/**
 * Boards, by index, that a stop disarms: those with an axis, which stands still in no other way; and all of them while an enabling
 * device is let go, since they watch it themselves while they are armed.
 */
export function disarmedBoards(context: CycleContext, stops: readonly StopStatus[]): ReadonlySet<number> {
  if (isLetGo(stops)) return new Set(context.table.plans.keys());
  const stopped = stops.filter(({ phase }) => phase === 'stopped');
  const boards = context.table.joints.flatMap(({ model, board }) => {
    const isStopped = model.kind === 'stepper-axis' && stopped.some(({ outputs }) => outputs.includes(model.name));
    return isStopped ? [board] : [];
  });
  return new Set(boards);
}

function withReadBack(turn: Turn, joint: number, model: StepperAxisModel, before: AxisZero): AxisZero {
  const readBack = turn.readings.axis(joint);
  const hasMoved = readBack !== undefined && readBack.reference !== before.homedUnder;
  const isLoose = model.driver !== undefined && !turn.next.enabled;
  if (before.homedUnder === undefined || !(hasMoved || isLoose)) return { ...before, readBack };
  raise(turn, fault(2007, { axis: model.name, cause: hasMoved ? 'stopped-at-speed-or-restarted' : 'driver-off' }));
  return { ...before, readBack, homedUnder: undefined };
}

/** Takes the newest word of the boards: an axis whose count begins anew is not homed any more, and says so. */
export function axisStage(turn: Turn): void {
  const { context, next } = turn;
  if (next.axes.every((axis) => axis === undefined)) return;
  next.axes = next.axes.map((axis, joint) => {
    const model = context.table.joints[joint]?.model;
    return axis === undefined || model?.kind !== 'stepper-axis' ? axis : withReadBack(turn, joint, model, axis);
  });
  next.drivenDeg = next.drivenDeg.map((lastMm, joint) => {
    const model = context.table.joints[joint]?.model;
    const axis = next.axes[joint];
    if (model?.kind !== 'stepper-axis' || axis?.readBack === undefined) return lastMm;
    return positionMmOf(model, axis.readBack.steps, axis.zeroSteps);
  });
}

/** Full joint target from a partial one: joints that are not named keep their position. */
export function targetOf(turn: Turn, targetDeg: Readonly<Record<string, number>>): number[] {
  const { context, next } = turn;
  return context.table.joints.map(({ model }, joint) => targetDeg[model.name] ?? next.motion.positionDeg[joint] ?? 0);
}
