// Hobby servos: joint angle <-> pulse width.
import type { ServoModel } from '../core/cell-model.ts';

/**
 * Pulse width for a position.
 * @param positionDeg inside `minDeg`..`maxDeg`; outside it is clamped, so that no caller can leave the soft limits
 * @returns microseconds, whole
 */
export function pulseOf(servo: ServoModel, positionDeg: number): number {
  const clamped = Math.min(servo.maxDeg, Math.max(servo.minDeg, positionDeg));
  const share = (clamped - servo.minDeg) / (servo.maxDeg - servo.minDeg);
  return Math.round(servo.pulseAtMinUs + share * (servo.pulseAtMaxUs - servo.pulseAtMinUs));
}

/**
 * Position that a pulse width asks for.
 * @param pulseUs width in force; 0 means that none was ever driven
 * @returns degrees inside `minDeg`..`maxDeg`, or undefined for 0
 */
export function positionOf(servo: ServoModel, pulseUs: number): number | undefined {
  if (pulseUs === 0) return undefined;
  const share = (pulseUs - servo.pulseAtMinUs) / (servo.pulseAtMaxUs - servo.pulseAtMinUs);
  const positionDeg = servo.minDeg + share * (servo.maxDeg - servo.minDeg);
  return Math.min(servo.maxDeg, Math.max(servo.minDeg, positionDeg));
}
