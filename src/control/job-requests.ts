// Requests about job orders: the methods of ISA-95 Job Control on the list, and what they mean for the unit.
import type { CellReply } from '../core/cell-event.ts';
import { isBacklogged } from '../core/event-storage.ts';
import { FAULTS, type Fault, fault } from '../core/faults.ts';
import { findJob, type JobCall, type JobChange, type JobListState, named, running } from '../core/job-list.ts';
import * as methods from '../core/job-methods.ts';
import type { JobOrder, JobRecord } from '../core/job-order.ts';
import type { JobRequest } from '../core/job-request.ts';
import { isOpen } from '../core/job-transitions.ts';
import { err, ok, type Result } from '../core/result.ts';
import { interruptSequence } from '../core/sequence.ts';
import { takesOrders } from '../core/unit-machine.ts';
import { checkpointOf, forgetSequence, keepSequence, publishMoving, publishRecord } from './job-events.ts';
import { mesLost } from './mes-stage.ts';
import { checkOrder, editionOf } from './order-check.ts';
import { busy, notReady, waitsFor } from './preconditions.ts';
import { type KnownPlace, knownPlace, type Reconciled, reconcile } from './resume.ts';
import { clearAlarms, type Turn } from './turn.ts';
import { applyUnit, command } from './unit-effects.ts';

/** Takes a change over and tells it. @returns the record afterwards */
function keep(turn: Turn, change: JobChange): Result<JobRecord, Fault> {
  if (!change.ok) return change;
  turn.next.jobs = change.value.state;
  publishRecord(turn, change.value.record);
  return ok(change.value.record);
}

/** The order as it is to be stored: checked, complete, and with what it waits for. */
function prepared(turn: Turn, order: JobOrder): Result<methods.NewOrder, Fault> {
  const checked = checkOrder(turn.context, order);
  if (!checked.ok) return checked;
  const { workMaster, parameters } = checked.value;
  if (isBacklogged(turn.inputs.storage)) return err(backlog(turn));
  const complete = { order: { ...order, parameters }, ...editionOf(workMaster) };
  return ok({ ...complete, waitsFor: waitsFor(turn, { ...complete, state: 'NotAllowedToStart' }) });
}

function backlog({ inputs }: Turn): Fault {
  return fault(6512, { waiting: inputs.storage.waiting });
}

function prepareNew(turn: Turn, order: JobOrder): Result<methods.NewOrder, Fault> {
  const known = methods.duplicate(turn.next.jobs, order.jobOrderId);
  return known === undefined ? prepared(turn, order) : err(known);
}

function storeOrder(turn: Turn, order: JobOrder): Result<JobRecord, Fault> {
  const added = prepareNew(turn, order);
  return added.ok ? keep(turn, methods.store(turn.next.jobs, added.value, turn.inputs.wall)) : added;
}

/** Only a client's order releases production after a stop: what a program orders waits until then. */
export function storeAndStartOrder(turn: Turn, order: JobOrder): Result<JobRecord, Fault> {
  const added = prepareNew(turn, order);
  if (!added.ok) return added;
  if (!takesOrders(turn.next)) return err(notReady(turn));
  return keep(turn, methods.storeAndStart(turn.next.jobs, added.value, turn.inputs.wall));
}

function updateOrder(turn: Turn, order: JobOrder, call: JobCall): Result<JobRecord, Fault> {
  const standing = methods.updatable(turn.next.jobs, call);
  if (!standing.ok) return standing;
  const updated = prepared(turn, order);
  if (!updated.ok) return updated;
  const problem = waitsFor(turn, { ...updated.value, state: standing.value.state });
  return keep(turn, methods.update(turn.next.jobs, { ...updated.value, waitsFor: problem }, call));
}

/** Like a fresh order, a start is a decision to produce: it needs a unit that was reset, and releases production. */
function startOrder(turn: Turn, call: JobCall): Result<JobRecord, Fault> {
  const started = methods.start(turn.next.jobs, call);
  if (started.ok && isBacklogged(turn.inputs.storage)) return err(backlog(turn));
  if (started.ok && !takesOrders(turn.next)) return err(notReady(turn));
  return released(turn, keep(turn, started));
}

function released(turn: Turn, outcome: Result<JobRecord, Fault>): Result<JobRecord, Fault> {
  if (outcome.ok) applyUnit(turn, { kind: 'production' });
  return outcome;
}

/** The unit ramps down and holds; parts stay gripped, and the step that was cut short starts again after the resume. */
export function pauseOrder(turn: Turn, call: JobCall): Result<JobRecord, Fault> {
  const { next } = turn;
  const job = running(next.jobs);
  const paused = keep(turn, methods.pause(next.jobs, call));
  if (paused.ok && job?.order.jobOrderId === call.jobOrderId) holdFor(turn, call.jobOrderId);
  return paused;
}

/** Holds the unit with the progress of the order kept, for as long as the order is interrupted. */
export function holdFor(turn: Turn, jobOrderId: string): void {
  const { next } = turn;
  next.conveyorsOn = new Set();
  const sequence = next.sequences.get(jobOrderId);
  if (sequence !== undefined) keepSequence(turn, jobOrderId, interruptSequence(sequence));
  next.heldFor = jobOrderId;
  command(turn, 'Hold');
}

/** The unit holds, or ramps down to hold, because of this order. */
function isHeldFor({ next }: Turn, jobOrderId: string): boolean {
  return next.heldFor === jobOrderId && (next.unit === 'Held' || next.unit === 'Holding');
}

/** Ends an order whatever becomes of it: a unit that is busy with it stops under control, actuators stay on. */
function endOrder(turn: Turn, call: JobCall, change: JobChange): Result<JobRecord, Fault> {
  const { next, inputs } = turn;
  const isBusy = running(next.jobs)?.order.jobOrderId === call.jobOrderId || isHeldFor(turn, call.jobOrderId);
  const ended = keep(turn, change);
  if (!ended.ok) return ended;
  forgetSequence(turn, call.jobOrderId);
  if (isBusy) {
    clearProcessAlarms(turn);
    applyUnit(turn, { kind: 'stop-by-request', now: inputs.now });
  }
  return ended;
}

/** Alarms of a step end with the decision of a person on what becomes of its order. */
function clearProcessAlarms(turn: Turn): void {
  clearAlarms(turn, ({ code }) => FAULTS[code].reaction === 'hold' || FAULTS[code].reaction === 'reject');
}

/**
 * A part that was just released can have been pulled back by the safe value of the valve during the stop. The order that
 * goes on knows nothing of it and would carry it away.
 */
function letGoOfKept({ next }: Turn): void {
  next.grippersOn = new Set([...next.grippersOn].filter((name) => !next.grippersKept.has(name)));
  next.grippersKept = new Set();
}

/** A constraint that is still present refuses the resume, and makes of an order that was suspended one that is held. */
export function resumeOrder(turn: Turn, call: JobCall, acknowledges: string): Result<JobRecord, Fault> {
  const { next } = turn;
  const found = named(next.jobs, call);
  if (!found.ok) return found;
  const { state, substate } = found.value;
  const place = state === 'Interrupted' ? placeOf(turn, found.value) : ok(undefined);
  if (!place.ok) return place;
  const goesOn = state === 'Interrupted' ? howToGoOn(turn, place.value, acknowledges) : ok(undefined);
  if (!goesOn.ok) {
    const constraint = goesOn.error;
    const isRamping = next.unit === 'Holding' && next.heldFor === call.jobOrderId;
    if (substate !== 'Suspended' || isRamping) return err(constraint);
    return keep(turn, methods.resumeToHeld(next.jobs, call, constraint));
  }
  const resumed = methods.resume(next.jobs, call);
  if (!resumed.ok) return resumed;
  next.jobs = resumed.value.state;
  applyUnit(turn, { kind: 'production' });
  letGoOfKept(turn);
  if (goesOn.value !== undefined) takeUp(turn, call.jobOrderId, goesOn.value);
  clearProcessAlarms(turn);
  command(turn, next.unit === 'Held' ? 'Unhold' : 'Start');
  const sequence = next.sequences.get(call.jobOrderId);
  publishMoving(turn, resumed.value.record, sequence && checkpointOf(turn, call.jobOrderId, sequence));
  return ok(resumed.value.record);
}

/** @returns where the order stood in an earlier run of control, undefined when this one knows; or why it can never go on */
function placeOf({ context, next }: Turn, record: JobRecord): Result<KnownPlace | undefined, Fault> {
  const { jobOrderId } = record.order;
  return next.sequences.has(jobOrderId) ? ok(undefined) : knownPlace(context, record, next.checkpoints.get(jobOrderId));
}

/** @returns where an order of an earlier run of control goes on, undefined for one of this run; or why it cannot as the cell is */
function howToGoOn(
  turn: Turn,
  place: KnownPlace | undefined,
  acknowledges: string,
): Result<Reconciled | undefined, Fault> {
  const { next, inputs } = turn;
  if (!takesOrders(next)) return err(notReady(turn));
  const runs = running(next.jobs);
  if (runs !== undefined || (next.unit !== 'Idle' && next.unit !== 'Held')) return err(busy(turn, runs));
  if (isBacklogged(inputs.storage)) return err(backlog(turn));
  const lost = mesLost(turn, 'hold');
  if (lost !== undefined) return err(lost);
  return place === undefined ? ok(undefined) : reconcile(turn, place, acknowledges);
}

function takeUp(turn: Turn, jobOrderId: string, { sequence, keeps, letsGo }: Reconciled): void {
  const { next } = turn;
  next.grippersOn = new Set([...next.grippersOn, ...keeps].filter((name) => !letsGo.includes(name)));
  keepSequence(turn, jobOrderId, sequence);
}

function removed(turn: Turn, change: JobChange): Result<JobRecord, Fault> {
  if (!change.ok) return change;
  turn.next.jobs = change.value.state;
  forgetSequence(turn, change.value.record.order.jobOrderId);
  turn.events.push({ kind: 'job-removed', record: change.value.record });
  return ok(change.value.record);
}

/** The list with an ended order that only others still know; an order of the list itself, or an open one, is never given. */
function recalled({ next }: Turn, forgotten: JobRecord | undefined): JobListState {
  if (forgotten === undefined || isOpen(forgotten.state)) return next.jobs;
  if (findJob(next.jobs, forgotten.order.jobOrderId) !== undefined) return next.jobs;
  return { ...next.jobs, records: [forgotten, ...next.jobs.records] };
}

/** What was forgotten stays so: whoever keeps it is told what it is now. */
function closeOrder(turn: Turn, call: JobCall, forgotten: JobRecord | undefined): Result<JobRecord, Fault> {
  const list = recalled(turn, forgotten);
  const closed = methods.close(list, call);
  if (list === turn.next.jobs || !closed.ok) return keep(turn, closed);
  publishRecord(turn, closed.value.record);
  return ok(closed.value.record);
}

function callOf(request: JobRequest, turn: Turn): JobCall {
  const { comment } = request;
  return {
    jobOrderId: 'order' in request ? request.order.jobOrderId : request.jobOrderId,
    now: turn.inputs.wall,
    revision: 'revision' in request ? request.revision : undefined,
    storedAt: 'storedAt' in request ? request.storedAt : undefined,
    ...(comment === undefined ? {} : { comment }),
  };
}

function outcomeOf(turn: Turn, request: JobRequest): Result<JobRecord, Fault> {
  const { next } = turn;
  const call = callOf(request, turn);
  switch (request.kind) {
    case 'store':
      return storeOrder(turn, request.order);
    case 'store-and-start':
      return released(turn, storeAndStartOrder(turn, request.order));
    case 'update':
      return updateOrder(turn, request.order, call);
    case 'start':
      return startOrder(turn, call);
    case 'revoke-start':
      return keep(turn, methods.revokeStart(next.jobs, call));
    case 'pause':
      return pauseOrder(turn, call);
    case 'resume':
      return resumeOrder(turn, call, request.acknowledges ?? '');
    case 'stop':
      return endOrder(turn, call, methods.stop(next.jobs, call));
    case 'abort':
      return endOrder(turn, call, methods.abort(next.jobs, call));
    case 'cancel':
      return removed(turn, methods.cancel(next.jobs, call));
    case 'clear':
      return removed(turn, methods.clear(recalled(turn, request.forgotten), call));
    case 'close':
      return closeOrder(turn, call, request.forgotten);
    default:
      return request satisfies never;
  }
}

/** Serves one request about job orders. Everything is checked here again, whoever checked it before. */
export function serveJob(turn: Turn, request: JobRequest): CellReply {
  const { requestId } = request;
  const outcome = outcomeOf(turn, request);
  if (!outcome.ok) return { requestId, ok: false, fault: outcome.error };
  const isRemoved = request.kind === 'cancel' || request.kind === 'clear';
  return { requestId, ok: true, record: outcome.value, ...(isRemoved ? { removed: true } : {}) };
}
