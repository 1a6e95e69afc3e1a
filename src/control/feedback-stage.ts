// Joints that are measured: whether they follow their set points, and whether they really stand.
import { fault } from '../core/faults.ts';
import type { MonotonicMs } from '../core/units.ts';
import type { DeviceTable } from '../devices/device-table.ts';
import { type FeedbackLimits, feedbackOf } from '../devices/feedback.ts';
import { isAtRest } from './axes.ts';
import type { CycleContext, CycleState } from './cycle.ts';
import { raise, type Turn } from './turn.ts';

/** What is remembered of one measured joint; positions are degrees, of an axis mm. */
export interface JointFeedback {
  /** Newest measurement; undefined while there is none to believe. */
  readonly measured: number | undefined;
  /** The place that the joint has kept to within its window, and since when. */
  readonly anchor: number | undefined;
  readonly anchoredAt: MonotonicMs;
  /** Since when the joint is too far from its set point. */
  readonly awaySince: MonotonicMs | undefined;
}

/** At power-up nothing has been measured. By joint index; undefined for a joint without feedback. */
export function initialFeedback(table: DeviceTable): readonly (JointFeedback | undefined)[] {
  return table.joints.map(({ model }) =>
    model.feedback === undefined
      ? undefined
      : { measured: undefined, anchor: undefined, anchoredAt: 0 as MonotonicMs, awaySince: undefined },
  );
}

type FeedbackState = Pick<CycleState, 'motion' | 'axes' | 'feedback' | 'lastAt'>;

/**
 * Nothing moves: set points are reached, and every measured joint has kept to its place for its time. A joint whose measurement is
 * missing is not known to stand.
 */
export function isStandstillKnown(context: CycleContext, state: FeedbackState): boolean {
  const now = state.lastAt;
  if (!isAtRest(context, state)) return false;
  return state.feedback.every((joint, index) => {
    const model = context.table.joints[index]?.model;
    const limits = model && feedbackOf(model);
    if (joint === undefined || limits === undefined) return true;
    if (joint.measured === undefined || joint.anchor === undefined || now === undefined) return false;
    return now - joint.anchoredAt >= limits.standstillTimeMs;
  });
}

function withMeasurement(
  before: JointFeedback,
  measured: number | undefined,
  { standstillWindow }: FeedbackLimits,
  now: MonotonicMs,
): JointFeedback {
  if (measured === undefined) return { ...before, measured, anchor: undefined };
  const keeps = before.anchor !== undefined && Math.abs(measured - before.anchor) <= standstillWindow;
  return keeps ? { ...before, measured } : { ...before, measured, anchor: measured, anchoredAt: now };
}

/** A set point means something: the joint is driven, and an axis knows its zero. */
function isComparable({ next }: Turn, joint: number): boolean {
  const axis = next.axes[joint];
  return next.enabled && (axis === undefined || axis.homedUnder !== undefined);
}

function watchFollowing(turn: Turn, joint: number, now: JointFeedback, limits: FeedbackLimits): JointFeedback {
  const { context, inputs, next } = turn;
  const setPoint = next.motion.positionDeg[joint];
  const { measured } = now;
  const isAway =
    measured !== undefined && setPoint !== undefined && Math.abs(measured - setPoint) > limits.followingErrorMax;
  if (!isAway || !isComparable(turn, joint)) return { ...now, awaySince: undefined };
  const awaySince = now.awaySince ?? inputs.now;
  if (inputs.now - awaySince >= limits.followingErrorTimeMs) {
    const name = context.table.joints[joint]?.model.name ?? '';
    if (!next.alarms.some(({ code, detail }) => code === 2003 && detail['joint'] === name)) {
      const [commanded, found] = [setPoint, measured].map((position) => Math.round(position * 10) / 10);
      raise(turn, fault(2003, { joint: name, commanded: commanded ?? 0, measured: found ?? 0, unit: limits.unit }));
    }
  }
  return { ...now, awaySince };
}

/** Takes the newest measurements. Called once per cycle, before the safety stage. */
export function feedbackStage(turn: Turn): void {
  const { context, inputs, next, readings } = turn;
  if (next.feedback.every((joint) => joint === undefined)) return;
  next.feedback = next.feedback.map((before, joint) => {
    const model = context.table.joints[joint]?.model;
    const limits = model && feedbackOf(model);
    if (before === undefined || limits === undefined) return before;
    const measured = readings.analog(limits.input);
    return watchFollowing(turn, joint, withMeasurement(before, measured, limits, inputs.now), limits);
  });
}

/**
 * Where each joint is to be driven from when power comes: a servo that is measured somewhere else than it was driven last starts from
 * there, so that it does not jump.
 */
export function startingPositions({ context, next }: Turn): readonly number[] {
  return next.drivenDeg.map((driven, joint) => {
    const model = context.table.joints[joint]?.model;
    const measured = next.feedback[joint]?.measured;
    const limits = model && feedbackOf(model);
    if (model?.kind !== 'servo' || measured === undefined || limits === undefined) return driven;
    if (Math.abs(measured - driven) <= limits.followingErrorMax) return driven;
    return Math.min(model.maxDeg, Math.max(model.minDeg, measured));
  });
}
