// The request stage: what clients and programs ask for. Everything is checked here again, whoever checked it before.
import { sameFault } from '../core/alarm-list.ts';
import type { CellReply, CellRequest } from '../core/cell-event.ts';
import { FAULTS, type Fault, fault } from '../core/faults.ts';
import { abort, restore, resume, running, storeAndStart } from '../core/job-list.ts';
import type { JobOrder, JobRecord } from '../core/job-order.ts';
import { isStandstill, planMove } from '../core/motion.ts';
import { err, ok, type Result } from '../core/result.ts';
import { takesOrders } from '../core/unit-machine.ts';
import { serveAlarm } from './alarm-stage.ts';
import { presentLimits, unhomedAmong } from './axes.ts';
import { serveBypass } from './bypass-stage.ts';
import type { ProgramIntent } from './cycle.ts';
import { forgetSequence, publishRecord } from './job-events.ts';
import { serveJog } from './jog-stage.ts';
import { checkOrder } from './order-check.ts';
import { clearAlarms, raise, type Turn } from './turn.ts';
import { applyUnit, command } from './unit-effects.ts';

/** Outside Production the mode is what is in the way. */
function notReady({ next: { unit, mode } }: Turn): Fault {
  return fault(6008, mode === 'Production' ? { unit } : { unit, mode });
}

function store(turn: Turn, order: JobOrder): Result<JobRecord, Fault> {
  const { context, next, inputs } = turn;
  const checked = checkOrder(context, order);
  if (!checked.ok) return checked;
  const { workMaster, parameters } = checked.value;
  if (!takesOrders(next)) return err(notReady(turn));
  const stored = storeAndStart(next.jobs, { ...order, parameters }, workMaster.version, inputs.wall);
  if (!stored.ok) return stored;
  next.jobs = stored.value.state;
  publishRecord(turn, stored.value.record);
  return ok(stored.value.record);
}

/** The unit holds, or ramps down to hold, because of this order: the reason of its interruption stands as an alarm. */
function isHeldFor({ next }: Turn, { state, reason }: JobRecord): boolean {
  if (state !== 'Interrupted' || reason === undefined) return false;
  return (next.unit === 'Held' || next.unit === 'Holding') && next.alarms.some((alarm) => sameFault(alarm, reason));
}

function abortOrder(turn: Turn, jobOrderId: string, comment: string): Result<JobRecord, Fault> {
  const { next, inputs } = turn;
  const standing = next.jobs.records.find(({ order }) => order.jobOrderId === jobOrderId);
  const endsHold = standing !== undefined && isHeldFor(turn, standing);
  const changed = abort(next.jobs, jobOrderId, fault(6009, comment === '' ? {} : { comment }), inputs.wall);
  if (!changed.ok) return changed;
  next.jobs = changed.value.state;
  forgetSequence(turn, jobOrderId);
  publishRecord(turn, changed.value.record);
  if (standing?.state === 'Running' || endsHold) {
    clearProcessAlarms(turn);
    applyUnit(turn, { kind: 'stop-by-request', now: inputs.now });
  }
  return ok(changed.value.record);
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

function resumeOrder(turn: Turn, jobOrderId: string): Result<JobRecord, Fault> {
  const { next } = turn;
  const standing = next.jobs.records.find(({ order }) => order.jobOrderId === jobOrderId);
  if (standing === undefined) return err(fault(6004, { jobOrderId }));
  const isFree = (next.unit === 'Idle' || next.unit === 'Held') && running(next.jobs) === undefined;
  if (standing.state === 'Interrupted' && !(isFree && takesOrders(next))) return err(notReady(turn));
  if (standing.state === 'Interrupted' && !next.sequences.has(jobOrderId)) {
    const hint = 'its progress was lost with the control process: abort it and order the rest anew';
    return err(fault(6005, { jobOrderId, state: standing.state, hint }));
  }
  const changed = resume(next.jobs, jobOrderId);
  if (!changed.ok) return changed;
  next.jobs = changed.value.state;
  applyUnit(turn, { kind: 'production' });
  letGoOfKept(turn);
  clearProcessAlarms(turn);
  command(turn, next.unit === 'Held' ? 'Unhold' : 'Start');
  publishRecord(turn, changed.value.record);
  return ok(changed.value.record);
}

function restoreOrders(turn: Turn, records: readonly JobRecord[]): Result<undefined, Fault> {
  const { next } = turn;
  const own = new Set(next.jobs.records);
  next.jobs = restore(records, next.jobs);
  for (const record of next.jobs.records) if (!own.has(record)) publishRecord(turn, record);
  return ok(undefined);
}

function answer(requestId: string, outcome: Result<JobRecord | undefined, Fault>): CellReply {
  return outcome.ok ? { requestId, ok: true, record: outcome.value } : { requestId, ok: false, fault: outcome.error };
}

function serve(turn: Turn, request: CellRequest): CellReply {
  switch (request.kind) {
    case 'store-and-start': {
      const stored = store(turn, request.order);
      if (stored.ok) applyUnit(turn, { kind: 'production' });
      return answer(request.requestId, stored);
    }
    case 'abort':
      return answer(request.requestId, abortOrder(turn, request.jobOrderId, request.comment));
    case 'resume':
      return answer(request.requestId, resumeOrder(turn, request.jobOrderId));
    case 'acknowledge-alarm':
    case 'shelve-alarm':
    case 'unshelve-alarm':
      return serveAlarm(turn, request);
    case 'bypass':
    case 'clear-bypass':
      return serveBypass(turn, request);
    case 'jog':
      return serveJog(turn, request);
    case 'restore':
      return answer(request.requestId, restoreOrders(turn, request.records));
    default:
      return request satisfies never;
  }
}

function refuse(turn: Turn, program: string, intent: string, reason: string): void {
  raise(turn, fault(7003, { program, intent, reason }));
}

/** Programs pass the same checks as clients, and have no way to enable production. */
function heed(turn: Turn, { program, intent }: ProgramIntent): void {
  const { context, next } = turn;
  switch (intent.kind) {
    case 'set-output': {
      if (!context.programOutputs.has(intent.device)) {
        refuse(turn, program, intent.kind, `${intent.device} is not a free, non-hazardous digital output`);
        return;
      }
      const outputs = new Set(next.programOn);
      if (intent.on) outputs.add(intent.device);
      else outputs.delete(intent.device);
      next.programOn = outputs;
      return;
    }
    case 'move': {
      const idle = next.unit === 'Idle' && next.productionEnabled && isStandstill(next.motion);
      if (!idle) {
        refuse(
          turn,
          program,
          intent.kind,
          `unit ${next.unit}, production ${next.productionEnabled ? '' : 'not '}enabled`,
        );
        return;
      }
      const unknown = Object.keys(intent.targetDeg).find((name) => !isJoint(turn, name));
      if (unknown !== undefined) {
        refuse(turn, program, intent.kind, `the cell has no joint ${unknown}`);
        return;
      }
      const unhomed = unhomedAmong(context, next, Object.keys(intent.targetDeg));
      if (unhomed !== undefined) {
        refuse(turn, program, intent.kind, `${unhomed} is not homed`);
        return;
      }
      const limits = presentLimits(context, next);
      const planned = planMove(limits, next.motion, targetOf(turn, intent.targetDeg), intent.speedPercent);
      if (planned.ok) next.motion = planned.value;
      else refuse(turn, program, intent.kind, JSON.stringify(planned.error.detail));
      return;
    }
    case 'start-work-master': {
      if (!next.productionEnabled) {
        refuse(turn, program, intent.kind, 'production is not enabled: a job order must be submitted after each reset');
        return;
      }
      next.programOrders += 1;
      const order: JobOrder = {
        jobOrderId: `program/${program}/${context.epoch}/${next.programOrders}`,
        description: `started by program ${program}`,
        workMasterId: intent.workMasterId,
        priority: 0,
        parameters: intent.parameters,
      };
      const stored = store(turn, order);
      if (!stored.ok) refuse(turn, program, intent.kind, JSON.stringify(stored.error.detail));
      return;
    }
    case 'raise-alarm':
      raise(turn, fault(7004, { program, text: intent.text }));
      return;
    case 'clear-alarm':
      clearAlarms(
        turn,
        ({ code, detail }) => code === 7004 && detail['program'] === program && detail['text'] === intent.text,
      );
      return;
    default:
      intent satisfies never;
  }
}

function isJoint({ context }: Turn, name: string): boolean {
  return context.table.joints.some(({ model }) => model.name === name);
}

/** Full joint target from a partial one: joints that are not named keep their position. */
export function targetOf(turn: Turn, targetDeg: Readonly<Record<string, number>>): number[] {
  const { context, next } = turn;
  return context.table.joints.map(({ model }, joint) => targetDeg[model.name] ?? next.motion.positionDeg[joint] ?? 0);
}

export function requestStage(turn: Turn): void {
  for (const intent of turn.inputs.intents) heed(turn, intent);
  for (const request of turn.inputs.requests) turn.replies.push(serve(turn, request));
}
