// What a measured joint must keep to, in one form for degrees and millimetres.
import type { JointModel } from '../core/cell-model.ts';

/** In the unit of the joint, and ms. */
export interface FeedbackLimits {
  readonly input: string;
  readonly unit: 'deg' | 'mm';
  readonly followingErrorMax: number;
  readonly followingErrorTimeMs: number;
  readonly standstillWindow: number;
  readonly standstillTimeMs: number;
}

/** @returns undefined for a joint that is not measured */
export function feedbackOf(joint: JointModel): FeedbackLimits | undefined {
  if (joint.kind === 'servo') {
    const { feedback } = joint;
    if (feedback === undefined) return undefined;
    const { followingErrorMaxDeg: followingErrorMax, standstillWindowDeg: standstillWindow, ...rest } = feedback;
    return { ...rest, unit: 'deg', followingErrorMax, standstillWindow };
  }
  const { feedback } = joint;
  if (feedback === undefined) return undefined;
  const { followingErrorMaxMm: followingErrorMax, standstillWindowMm: standstillWindow, ...rest } = feedback;
  return { ...rest, unit: 'mm', followingErrorMax, standstillWindow };
}
