// The unit stage: tells the unit of this cycle's stops and of the reset at the cell. What follows is the unit's decision.
import { isAlwaysShown } from '../core/alarm-class.ts';
import { FAULTS } from '../core/faults.ts';
import { isResettable, type StopDemand } from '../core/unit-machine.ts';
import { resetEdge } from '../safety/program.ts';
import { failingActuators } from './actuator-watch.ts';
import { isAtRest } from './axes.ts';
import { isStandstillKnown } from './feedback-stage.ts';
import { isModeInForce } from './mode-stage.ts';
import { failingSafetySensors } from './plausibility-stage.ts';
import { dropRefusal, tellRefusal } from './reset-refusal.ts';
import { isStopTimeGood, isUsable } from './safety-stage.ts';
import { holdsPower } from './stop-hold.ts';
import { clearAlarms, stopCause, type Turn } from './turn.ts';
import { applyUnit } from './unit-effects.ts';
import { isWatchInForce } from './watch-stage.ts';

/** The stop that the standing alarms demand together. */
function demandOf({ next }: Turn): StopDemand | undefined {
  if (stopCause(next.alarms) === undefined) return undefined;
  const isCategory0 = next.alarms.some(({ code }) => FAULTS[code].reaction === 'stop-category-0');
  return {
    category: isCategory0 ? 0 : 1,
    aborts: isCategory0 || next.alarms.some(({ code }) => code === 4001 || code === 4307),
  };
}

/** Everything that a reset needs besides the state of the unit holds now. */
function isResetAllowed(turn: Turn): boolean {
  const { context, next, inputs } = turn;
  return (
    !inputs.shutdown &&
    stopCause([...turn.raised]) === undefined &&
    inputs.boards.every((board, index) => isUsable(board.link) || context.cell.boards[index]?.firmware === 'firmata') &&
    isStopTimeGood(turn) &&
    failingSafetySensors(turn).length === 0 &&
    failingActuators(turn).length === 0 &&
    isModeInForce(turn) &&
    isWatchInForce(turn) &&
    next.safety.stops.every(({ role, phase }) => role === 'enabling' || phase === 'permitted')
  );
}

/** A reset at the cell would be accepted now. */
export function resetPossible(turn: Turn): boolean {
  return isResettable(turn.next) && isResetAllowed(turn);
}

export function unitStage(turn: Turn): void {
  const { context, inputs, next } = turn;
  dropRefusal(turn);
  const resetRose = resetEdge(next.safety) && !turn.resetSpent;
  const active = next.safety.stops.filter(({ phase }) => phase !== 'permitted');
  const demand = demandOf(turn);
  const told = {
    now: inputs.now,
    demand,
    // A stop by request is no safety function: what was commanded is enough for it.
    atRest: demand === undefined ? isAtRest(context, next) : isStandstillKnown(context, next),
    stopsEnded: active.every(({ phase }) => phase === 'stopped' || phase === 'standstill'),
    holdsPower: holdsPower(turn),
    resetRose,
    resetAllowed: resetRose && isResetAllowed(turn),
  };
  applyUnit(turn, { kind: 'cycle', inputs: told }, ({ kind }) => {
    if (kind === 'reset') clearAlarms(turn, (found) => !turn.raised.has(found) && !isAlwaysShown(found.code));
    else if (kind === 'reset-refused') tellRefusal(turn);
  });
}
