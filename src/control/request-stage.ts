// The request stage: what clients and programs ask for. Everything is checked again, whoever checked it before.
import type { CellReply, CellRequest } from '../core/cell-event.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import { obstructed, restore, unobstructed } from '../core/job-course.ts';
import { findJob } from '../core/job-list.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { JobRequest } from '../core/job-request.ts';
import { serveAlarm } from './alarm-stage.ts';
import { serveBypass } from './bypass-stage.ts';
import { serveUnitCommand, serveUnitMode } from './command-stage.ts';
import type { CycleContext } from './cycle.ts';
import { lastDurable, publishRecord } from './job-events.ts';
import { serveJob } from './job-requests.ts';
import { serveJog } from './jog-stage.ts';
import { heed } from './program-intents.ts';
import { knownPlace } from './resume.ts';
import type { Turn } from './turn.ts';

function restoreOrders(
  turn: Turn,
  { requestId, records, checkpoints = [] }: Extract<CellRequest, { kind: 'restore' }>,
): CellReply {
  const { context, next } = turn;
  const own = new Set(next.jobs.records);
  const told = new Map(checkpoints.map((checkpoint) => [checkpoint.jobOrderId, checkpoint]));
  const given = restore(records, next.jobs).records.map((record) => {
    if (own.has(record) || record.state !== 'Interrupted') return record;
    return withObstacle(context, record, told.get(record.order.jobOrderId));
  });
  next.jobs = { ...next.jobs, records: given };
  keepParts(turn, checkpoints);
  for (const record of given) {
    if (!own.has(record)) publishRecord(turn, record, told.get(record.order.jobOrderId));
  }
  return { requestId, ok: true, record: undefined };
}

/**
 * What the orders hold is kept by the next reset whatever the sensors say then: one that fails must not cost the part. Once something is
 * enabled nothing is switched on.
 */
function keepParts({ next }: Turn, checkpoints: readonly JobCheckpoint[]): void {
  if (next.enabled) return;
  next.grippersOn = new Set([...next.grippersOn, ...checkpoints.flatMap(({ holding }) => holding)]);
}

/** An order that can never go on says so at once, and not only to whoever has gone to the cell, reset it, and asks. */
function withObstacle(context: CycleContext, record: JobRecord, checkpoint: JobCheckpoint | undefined): JobRecord {
  const place = knownPlace(context, record, checkpoint);
  return place.ok ? unobstructed(record) : obstructed(record, place.error);
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
    case 'unit-command':
      return serveUnitCommand(turn, request);
    case 'set-mode':
      return serveUnitMode(turn, request);
    case 'jog':
      return serveJog(turn, request);
    case 'restore':
      return restoreOrders(turn, request);
    default:
      return serveJob(turn, request);
  }
}

/** The request goes with the last event of its order: whoever stores the one stores the answer to the other, and who asked. */
function nameRequest(
  { events }: Turn,
  from: number,
  { origin, askedBy }: JobRequest,
  was: JobRecord | undefined,
): void {
  if (origin === undefined && askedBy === undefined) return;
  const index = events.findLastIndex(({ kind }, at) => at >= from && (kind === 'job' || kind === 'job-removed'));
  const event = events[index];
  const request = { ...(origin && { origin }), ...(askedBy && { askedBy }) };
  if (event?.kind === 'job-removed') events[index] = { ...event, ...request };
  if (event?.kind === 'job') events[index] = { ...event, ...request, ...(askedBy && was && { was }) };
}

function isAboutJob(request: CellRequest): request is JobRequest {
  return 'order' in request || 'jobOrderId' in request;
}

function orderOf({ next }: Turn, request: JobRequest): JobRecord | undefined {
  const forgotten = 'forgotten' in request ? request.forgotten : undefined;
  return findJob(next.jobs, 'order' in request ? request.order.jobOrderId : request.jobOrderId) ?? forgotten;
}

export function requestStage(turn: Turn): void {
  for (const intent of turn.inputs.intents) heed(turn, intent);
  for (const request of turn.inputs.requests) {
    const from = turn.events.length;
    const was = isAboutJob(request) ? orderOf(turn, request) : undefined;
    const reply = serve(turn, request);
    if (reply.ok && isAboutJob(request)) nameRequest(turn, from, request, was);
    turn.replies.push(reply.ok ? { ...reply, sequence: lastDurable(turn) } : reply);
  }
}
