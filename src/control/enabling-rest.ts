// The rest of an enabling device: what comes back too soon gives no power yet. A contact that bounces for longer than the filter of its
// input would otherwise be armed by in one of its closed moments, and its board, which watches it, trips when it opens under the command.
import type { OperatingMode } from '../core/operating-mode.ts';
import { type MonotonicMs, monotonicMs } from '../core/units.ts';
import type { SafetyState, StopState } from '../safety/program.ts';
import type { CycleContext } from './cycle.ts';

/** An enabling device gives power when it has been held for this long, ms: longer than a contact bounces or a finger slips. */
export const ENABLING_REST_MS = 200;

function isCounting(context: CycleContext, name: string, mode: OperatingMode | undefined): boolean {
  const { modes } = context.cell.safety.stopFunctions.find((stop) => stop.name === name) ?? {};
  return modes === undefined || (mode !== undefined && modes.includes(mode));
}

/** @returns until when an enabling device rests that counts and is not held now; else what it was */
export function restAfter(
  context: CycleContext,
  { stops, mode }: SafetyState,
  now: MonotonicMs,
  before: MonotonicMs | undefined,
): MonotonicMs | undefined {
  const isLetGo = stops.some(
    ({ name, role, phase }) => role === 'enabling' && phase !== 'permitted' && isCounting(context, name, mode),
  );
  return isLetGo ? monotonicMs(now + ENABLING_REST_MS) : before;
}

/** @returns the safety state in which what permits during the rest is stopped still; off at once, on only after it */
export function withRest(
  context: CycleContext,
  safety: SafetyState,
  now: MonotonicMs,
  restUntil: MonotonicMs | undefined,
): SafetyState {
  if (restUntil === undefined || now >= restUntil) return safety;
  const isResting = ({ name, role, phase }: StopState): boolean =>
    role === 'enabling' && phase === 'permitted' && isCounting(context, name, safety.mode);
  if (!safety.stops.some(isResting)) return safety;
  return { ...safety, stops: safety.stops.map((stop) => (isResting(stop) ? { ...stop, phase: 'stopped' } : stop)) };
}
