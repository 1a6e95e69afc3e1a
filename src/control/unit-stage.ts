// The unit stage: moves the PackML unit by stops, resets and finished states. Decides what may be driven at all.
import { FAULTS } from '../core/faults.ts';
import { abort, interrupt, running } from '../core/job-list.ts';
import { motionAt } from '../core/motion.ts';
import type { UnitState } from '../core/packml.ts';
import { STOP_TIME_LIMIT_MS } from '../core/permits.ts';
import { interruptSequence } from '../core/sequence.ts';
import { resetEdge } from '../safety/program.ts';
import { isAtRest } from './axes.ts';
import { forgetSequence, keepSequence, publishRecord } from './job-events.ts';
import { dropRefusal, tellRefusal } from './reset-refusal.ts';
import { isStopTimeGood, isUsable } from './safety-stage.ts';
import { clearAlarms, stopCause, type Turn, trigger } from './turn.ts';

const STOPPING: ReadonlySet<UnitState> = new Set(['Stopping', 'Aborting']);
export const STOPPED: ReadonlySet<UnitState> = new Set(['Stopped', 'Aborted', 'Clearing', 'Resetting']);

/** Takes the running order out of execution as the cell is configured, and forgets what was being switched. */
function stopJob(turn: Turn): void {
  const { context, next, inputs } = turn;
  const cause = stopCause(next.alarms);
  const job = running(next.jobs);
  next.productionEnabled = false;
  next.conveyorsOn = new Set();
  next.programOn = new Set();
  if (job === undefined || cause === undefined) return;
  const id = job.order.jobOrderId;
  const aborts = context.cell.onSafetyStop === 'abort';
  const changed = aborts ? abort(next.jobs, id, cause, inputs.wall) : interrupt(next.jobs, id, cause);
  if (!changed.ok) return;
  next.jobs = changed.value.state;
  publishRecord(turn, changed.value.record);
  const sequence = next.sequences.get(id);
  if (aborts || sequence === undefined) forgetSequence(turn, id);
  else keepSequence(turn, id, interruptSequence(sequence));
}

/** Removes power from everything at once; what was under way is dropped. */
function disable({ next }: Turn): void {
  next.enabled = false;
  next.motion = motionAt(next.motion.positionDeg);
}

function beginStop(turn: Turn): void {
  const { next, inputs } = turn;
  if (stopCause(next.alarms) === undefined) return;
  const isCategory0 = next.alarms.some(({ code }) => FAULTS[code].reaction === 'stop-category-0');
  const aborts = isCategory0 || next.alarms.some(({ code }) => code === 4001);
  if (isCategory0) disable(turn);
  const before = next.unit;
  next.resetting = false;
  next.stoppingForAbort = false;
  trigger(turn, aborts ? 'Abort' : 'Stop');
  if (next.unit === before) return;
  next.stopSince = inputs.now;
  stopJob(turn);
}

function endStop(turn: Turn): void {
  const { context, next, inputs } = turn;
  if (!STOPPING.has(next.unit)) return;
  const active = next.safety.stops.filter((stop) => stop.phase !== 'permitted');
  const timedOut = inputs.now - (next.stopSince ?? inputs.now) >= STOP_TIME_LIMIT_MS;
  // An abort takes no power away, so the time limit is not for it: in Idle the rest of the move would go on.
  const settled = isAtRest(context, next) || (timedOut && !next.stoppingForAbort);
  if (next.enabled && !(settled && active.every((stop) => stop.phase === 'stopped'))) return;
  trigger(turn, 'StateComplete');
  if (next.stoppingForAbort) {
    next.stoppingForAbort = false;
    next.resetting = true;
    return;
  }
  disable(turn);
}

/** Everything that a reset needs holds now. */
export function resetPossible(turn: Turn): boolean {
  const { context, next, inputs } = turn;
  return (
    (next.unit === 'Stopped' || next.unit === 'Aborted') &&
    !inputs.shutdown &&
    inputs.boards.every((board, index) => isUsable(board.link) || context.cell.boards[index]?.firmware === 'firmata') &&
    isStopTimeGood(turn) &&
    next.safety.stops.every((stop) => stop.phase === 'permitted')
  );
}

function acceptReset(turn: Turn): void {
  const { next } = turn;
  if (!resetEdge(next.safety) || next.resetting) return;
  if (!resetPossible(turn)) {
    if (!next.enabled) tellRefusal(turn);
    return;
  }
  turn.events.push({ kind: 'reset' });
  clearAlarms(turn, () => true);
  next.resetting = true;
}

/** Grippers whose valve is on while the board is stopped: only these can have kept a part, and no reset turns another on. */
function grippersOnInStop({ context }: Turn): readonly string[] {
  const { digitalOutputs, grippers } = context.table;
  return [...grippers].flatMap(([name, { valve }]) => (digitalOutputs.get(valve)?.model.safe === 'on' ? [name] : []));
}

/**
 * Positions are what the boards drove last, also when one has been reset since and no longer knows, so that nothing jumps;
 * grippers that hold a part keep it.
 */
function enable(turn: Turn): void {
  const { next, readings } = turn;
  next.motion = motionAt(next.drivenDeg);
  const on = grippersOnInStop(turn);
  const holding = on.filter((name) => readings.gripper(name)?.partPresent === true);
  next.grippersKept = new Set(holding.filter((name) => !next.grippersOn.has(name) || next.grippersKept.has(name)));
  next.grippersOn = new Set([...on.filter((name) => next.grippersOn.has(name)), ...holding]);
  next.enabled = true;
}

/** One state per cycle, so that every state is seen by whoever watches. */
function advanceReset(turn: Turn): void {
  const { next } = turn;
  if (!next.resetting) return;
  switch (next.unit) {
    case 'Aborted':
      trigger(turn, 'Clear');
      break;
    case 'Clearing':
    case 'Resetting':
      trigger(turn, 'StateComplete');
      break;
    case 'Stopped':
    case 'Complete':
      trigger(turn, 'Reset');
      break;
    default:
      next.resetting = false;
  }
  if (next.unit !== 'Idle') return;
  next.resetting = false;
  if (!next.enabled) enable(turn);
}

/** Acting states whose work is done within the cycle that entered them; Clearing ends by itself when its reset was cut short. */
function advanceActing(turn: Turn): void {
  const { context, next } = turn;
  if (next.unit === 'Holding' && isAtRest(context, next)) trigger(turn, 'StateComplete');
  else if (next.unit === 'Starting' || next.unit === 'Unholding' || next.unit === 'Completing') {
    trigger(turn, 'StateComplete');
  } else if (next.unit === 'Clearing' && !next.resetting) trigger(turn, 'StateComplete');
  else if (next.unit === 'Complete') next.resetting = true;
}

export function unitStage(turn: Turn): void {
  advanceActing(turn);
  dropRefusal(turn);
  acceptReset(turn);
  beginStop(turn);
  endStop(turn);
  advanceReset(turn);
}

/** Ends the running order by request: a controlled stop of the unit that needs no reset at the cell. */
export function stopForAbort(turn: Turn): void {
  const { next, inputs } = turn;
  const before = next.unit;
  trigger(turn, 'Stop');
  if (next.unit === before) return;
  next.stopSince = inputs.now;
  next.stoppingForAbort = true;
  next.productionEnabled = false;
  next.conveyorsOn = new Set();
}
