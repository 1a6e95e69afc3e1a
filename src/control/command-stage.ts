// Commands to the unit from afar: each is refused as the unit refuses it, and none resets, starts anew or selects a mode. A stop is an
// alarm like any other: it latches, and the reset at the cell ends it.
import type { CellReply } from '../core/cell-event.ts';
import { isBacklogged } from '../core/event-storage.ts';
import { type Fault, fault } from '../core/faults.ts';
import { running } from '../core/job-list.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { UnitState } from '../core/packml.ts';
import { nextInMode } from '../core/packml-profile.ts';
import { err, ok, type Result } from '../core/result.ts';
import { interruptSequence } from '../core/sequence.ts';
import {
  TAKEN_COMMANDS_MAX,
  takenBefore,
  type UnitCommandRequest,
  type UnitModeRequest,
} from '../core/unit-command.ts';
import { keepSequence } from './job-events.ts';
import { pauseOrder, resumeOrder } from './job-requests.ts';
import { notReady } from './preconditions.ts';
import { raise, type Turn } from './turn.ts';
import { command } from './unit-effects.ts';

type Done = Result<undefined, Fault>;

const DONE: Done = ok(undefined);

/** Fault 6021: the unit does not take it as it is now. */
function illegal({ next: { unit, mode } }: Turn, name: string): Fault {
  return fault(6021, { command: name, unit, mode });
}

/** The step that was cut short starts again when the unit goes on; the order runs all the while. */
function suspend(turn: Turn, { order }: JobRecord): void {
  const { next } = turn;
  next.conveyorsOn = new Set();
  const sequence = next.sequences.get(order.jobOrderId);
  if (sequence !== undefined) keepSequence(turn, order.jobOrderId, interruptSequence(sequence));
  command(turn, 'Suspend');
}

/** Like a resume it moves what stood: only in a unit that was reset at the cell and has not been stopped since. */
function unsuspend(turn: Turn): Done {
  const { next, inputs } = turn;
  if (next.mode !== 'Production' || !next.enabled || !next.productionEnabled) return err(notReady(turn));
  if (isBacklogged(inputs.storage)) return err(fault(6512, { waiting: inputs.storage.waiting }));
  command(turn, 'Unsuspend');
  return DONE;
}

/** Goes on with the order that the unit holds for, if that can go on. */
function unhold(turn: Turn, { command: name, comment }: UnitCommandRequest): Done {
  const { next, inputs } = turn;
  if (next.heldFor === undefined) return err(illegal(turn, name));
  const resumed = resumeOrder(turn, { jobOrderId: next.heldFor, now: inputs.wall, comment }, '');
  if (!resumed.ok) return resumed;
  // An order whose constraint is still there has become one that is held, and nothing moves.
  return resumed.value.state === 'Running' ? DONE : err(resumed.value.reason ?? notReady(turn));
}

/** What needs an order that runs. */
function toRunning(turn: Turn, request: UnitCommandRequest): Done {
  const { next, inputs } = turn;
  const job = running(next.jobs);
  if (job === undefined) return err(illegal(turn, request.command));
  const { jobOrderId } = job.order;
  if (request.command === 'Hold') {
    const paused = pauseOrder(turn, { jobOrderId, now: inputs.wall, comment: request.comment });
    return paused.ok ? DONE : paused;
  }
  if (request.command === 'Suspend') suspend(turn, job);
  else next.completing = { jobOrderId, isPartMade: false };
  return DONE;
}

function obey(turn: Turn, request: UnitCommandRequest): Done {
  const { by, comment } = request;
  const told = { by, ...(comment === '' ? {} : { comment }) };
  switch (request.command) {
    case 'Stop':
      raise(turn, fault(4306, told));
      return DONE;
    case 'Abort':
      raise(turn, fault(4307, told));
      return DONE;
    case 'Unhold':
      return unhold(turn, request);
    case 'Unsuspend':
      return unsuspend(turn);
    case 'Hold':
    case 'Suspend':
      return toRunning(turn, request);
    case 'Complete':
      // The part in work is made in Execute only: elsewhere the order would have to move again first.
      return turn.next.unit === 'Execute' ? toRunning(turn, request) : err(illegal(turn, request.command));
    default:
      return request.command satisfies never;
  }
}

/** The state that the unit goes to first, undefined when it does not take the command. */
function targetOf({ context, next }: Turn, { command: name }: UnitCommandRequest): UnitState | undefined {
  return nextInMode(context.profile, next.mode, next.unit, name);
}

/**
 * What the unit took for this request before, whoever answered for it then: a gateway that does not know it yet, because the one before
 * died or the disk is slow, asks again. Fault 6011: it was another request.
 */
function answeredBefore({ next }: Turn, { origin, requestId }: UnitCommandRequest): CellReply | undefined {
  const taken = origin && takenBefore(next.takenCommands, origin);
  if (taken === undefined) return undefined;
  if (taken.origin.digest === origin?.digest) {
    return { requestId, ok: true, record: undefined, unit: taken.unit, repeated: true };
  }
  return { requestId, ok: false, fault: fault(6011, { requestId: taken.origin.requestId }) };
}

/** Does a command to the unit once for each request id, or says why not: faults 6021, 6008, 6011, 6512 and those of a resume. */
export function serveUnitCommand(turn: Turn, request: UnitCommandRequest): CellReply {
  const before = answeredBefore(turn, request);
  if (before !== undefined) return before;
  const { askedBy, by, origin, requestId } = request;
  const { next } = turn;
  const { mode } = next;
  const target = targetOf(turn, request);
  const done = target === undefined ? err(illegal(turn, request.command)) : obey(turn, request);
  if (!done.ok || target === undefined) {
    return { requestId, ok: false, fault: done.ok ? illegal(turn, request.command) : done.error };
  }
  const unit = { target, mode };
  const answering = { ...(askedBy && { askedBy }), ...(origin && { origin }) };
  if (origin !== undefined) next.takenCommands = [...next.takenCommands, { origin, unit }].slice(-TAKEN_COMMANDS_MAX);
  turn.events.push({ kind: 'unit-command', command: request.command, by, unit, ...answering });
  return { requestId, ok: true, record: undefined, unit };
}

/** Fault 4308 for every mode but the present one: modes are selected at the cell (ISO 10218-1:2011, 5.7). */
export function serveUnitMode(turn: Turn, { requestId, mode: wanted }: UnitModeRequest): CellReply {
  const { unit, mode } = turn.next;
  if (wanted !== mode) return { requestId, ok: false, fault: fault(4308, { mode, requested: wanted, unit }) };
  return { requestId, ok: true, record: undefined, unit: { target: unit, mode } };
}
