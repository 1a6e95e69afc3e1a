// Joints that are measured: by an analog input in their unit, over all of their travel.
import { type Context, devicesOf, expectDevice, JOINTS, rangeOf } from './context.ts';

export function checkFeedback(context: Context): void {
  for (const [name, joint] of devicesOf(context, JOINTS)) {
    if (joint.feedback === undefined) continue;
    const path = ['devices', name, 'feedback', 'input'];
    const input = expectDevice(context, path, joint.feedback.input, ['analog-input']);
    if (input === undefined) continue;
    const { min, max, unit } = rangeOf(joint);
    if (input.unit !== unit) context.report.add('feedback-unit', path, { unit });
    else if (input.plausibleMin > min || input.plausibleMax < max) {
      context.report.add('feedback-too-narrow', path, { range: `${min} to ${max} ${unit}` });
    }
  }
}
