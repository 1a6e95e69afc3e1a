// Stop category 2 (IEC 60204-1, 9.2.2): the unit is stopped and its joints hold their position with power on, while nothing moves.
import { FAULTS, type Fault, fault } from '../core/faults.ts';
import { isStandstillKnown } from './feedback-stage.ts';
import { raise, type Turn } from './turn.ts';

/** The unit is stopped with power on. Not while it is on its way to Idle, when a person has pressed reset. */
export function isPowerHeld({ next }: Pick<Turn, 'next'>): boolean {
  return next.unit === 'Stopped' && next.enabled && !next.resetting;
}

/** The alarm of a stop function of category 2. */
export function isHoldingStop({ context }: Turn, { code, detail }: Fault): boolean {
  if (code !== 4002) return false;
  const stop = context.cell.safety.stopFunctions.find(({ name }) => name === detail['stopFunction']);
  return stop?.category === 2;
}

/** Power may stay on: the causes of the stop are stops of category 2 alone, and everything is known to stand. */
export function holdsPower(turn: Turn): boolean {
  const { context, inputs, next } = turn;
  const causes = next.alarms.filter(({ code }) => FAULTS[code].reaction.startsWith('stop-category'));
  return (
    causes.length > 0 &&
    causes.every((cause) => isHoldingStop(turn, cause)) &&
    next.safety.stops.every(({ phase }) => phase === 'permitted' || phase === 'standstill') &&
    !inputs.shutdown &&
    isStandstillKnown(context, next)
  );
}

/** Standstill that is held and lost is a stop of category 0, until a reset at the cell. */
export function watchStandstill(turn: Turn): void {
  const { context, next } = turn;
  const isHeld = isPowerHeld(turn) || next.safety.stops.some(({ phase }) => phase === 'standstill');
  const isLost = next.safety.stops.some(
    ({ category, phase, cause }) => category === 2 && phase === 'stopped' && cause !== undefined,
  );
  if (!isLost && !(isHeld && !isStandstillKnown(context, next))) return;
  if (next.enabled) raise(turn, fault(4014, { joints: movingJoints(turn) }));
}

/** Names of the joints that move or cannot be seen. */
function movingJoints({ context, next }: Turn): string {
  const names = context.table.joints.flatMap(({ model }, joint) => {
    const seen = next.feedback[joint];
    return seen !== undefined && (seen.measured === undefined || seen.anchoredAt === next.lastAt) ? [model.name] : [];
  });
  return names.join(', ');
}
