// The request stage: what clients and programs ask for. Everything is checked here again, whoever checked it before.
import type { CellReply, CellRequest } from '../core/cell-event.ts';
import { fault } from '../core/faults.ts';
import { restore } from '../core/job-course.ts';
import type { JobOrder } from '../core/job-order.ts';
import type { RequestOrigin } from '../core/job-request.ts';
import { isStandstill, planMove } from '../core/motion.ts';
import { serveAlarm } from './alarm-stage.ts';
import { presentLimits, unhomedAmong } from './axes.ts';
import { serveBypass } from './bypass-stage.ts';
import type { ProgramIntent } from './cycle.ts';
import { lastDurable, publishRecord } from './job-events.ts';
import { serveJob, storeAndStartOrder } from './job-requests.ts';
import { serveJog } from './jog-stage.ts';
import { clearAlarms, raise, type Turn } from './turn.ts';

function restoreOrders(
  turn: Turn,
  { requestId, records, checkpoints = [] }: Extract<CellRequest, { kind: 'restore' }>,
): CellReply {
  const { next } = turn;
  const own = new Set(next.jobs.records);
  const told = new Map(checkpoints.map((checkpoint) => [checkpoint.jobOrderId, checkpoint]));
  next.jobs = restore(records, next.jobs);
  for (const record of next.jobs.records) {
    if (own.has(record)) continue;
    const checkpoint = record.state === 'Interrupted' ? told.get(record.order.jobOrderId) : undefined;
    publishRecord(turn, record, checkpoint);
    if (checkpoint !== undefined) next.checkpoints = new Map(next.checkpoints).set(checkpoint.jobOrderId, checkpoint);
  }
  return { requestId, ok: true, record: undefined };
}

function serve(turn: Turn, request: CellRequest): CellReply {
  switch (request.kind) {
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
      return restoreOrders(turn, request);
    default:
      return serveJob(turn, request);
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
        descriptions: [{ locale: 'en', text: `started by program ${program}` }],
        workMasterId: intent.workMasterId,
        priority: 0,
        parameters: intent.parameters,
      };
      const stored = storeAndStartOrder(turn, order);
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

/** The request goes with the last event of its order: whoever stores the one stores the answer to the other. */
function nameOrigin({ events }: Turn, from: number, origin: RequestOrigin): void {
  const index = events.findLastIndex(({ kind }, at) => at >= from && (kind === 'job' || kind === 'job-removed'));
  const event = events[index];
  if (event?.kind === 'job' || event?.kind === 'job-removed') events[index] = { ...event, origin };
}

export function requestStage(turn: Turn): void {
  for (const intent of turn.inputs.intents) heed(turn, intent);
  for (const request of turn.inputs.requests) {
    const from = turn.events.length;
    const reply = serve(turn, request);
    if (reply.ok && 'origin' in request && request.origin !== undefined) nameOrigin(turn, from, request.origin);
    turn.replies.push(reply.ok ? { ...reply, sequence: lastDurable(turn) } : reply);
  }
}
