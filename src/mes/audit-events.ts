// What the audit trail says of an event of the cell: who did it, and what became of it. Events of the mere course of a job are not
// in it: they are in the log of events.
import { createHash } from 'node:crypto';
import type { AskedBy, AuditActor, AuditDraft } from '../core/audit.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import { FAULTS, type Fault } from '../core/faults.ts';
import type { JobOrder, JobRecord } from '../core/job-order.ts';
import { SYSTEM } from './asked-by.ts';
import { plain } from './audited-methods.ts';

type Of<Kind extends CellEventBody['kind']> = Extract<CellEventBody, { readonly kind: Kind }>;
/** What is known of a record; the rest is empty. */
export type Told = Pick<AuditDraft, 'source' | 'type' | 'actor' | 'object'> & Partial<AuditDraft>;

/** An order that is longer is told by its digest, characters. */
const ORDER_CHARS_MAX = 1_500;

/** Whoever is at the cell: the buttons and the selector there know nobody by name. */
const PANEL: AuditActor = { identity: 'panel', role: '', certFingerprint: '', peer: 'panel' };
const NONE = { requestId: '', jobOrderId: '', traceId: '' };
const UNIT = { kind: 'unit', id: '', revision: 0 };

/** A record of which nothing is known but what is told. */
export function draftOf(told: Told, { time, clockQuality }: Pick<AuditDraft, 'time' | 'clockQuality'>): AuditDraft {
  return {
    time,
    clockQuality,
    category: 'CONTROL_EVENT',
    before: '',
    after: '',
    reason: '',
    result: 'SUCCESS',
    resultCode: '',
    correlation: NONE,
    ...told,
  };
}

/** @returns what is to be recorded with the event; undefined: nothing */
export function auditOf({ body, time }: CellEvent, clockQuality: AuditDraft['clockQuality']): AuditDraft | undefined {
  const told = tellOf(body);
  return told === undefined ? undefined : draftOf(told, { time, clockQuality });
}

function tellOf(body: CellEventBody): Told | undefined {
  switch (body.kind) {
    case 'job':
      return body.askedBy && job(body.askedBy, body.record, body.was);
    case 'job-removed':
      return body.askedBy && { ...asked(body.askedBy, body.record), before: canonicalJson(placeOf(body.record)) };
    case 'alarm-handled':
      return alarmHandled(body);
    case 'unit-command':
      return body.askedBy && unitCommand(body.askedBy, body);
    case 'bypass':
      return bypass(body);
    case 'reset':
      return { source: 'panel', type: 'unit.reset', actor: PANEL, object: UNIT };
    case 'mode':
      return { source: 'panel', type: 'unit.mode', actor: PANEL, object: UNIT, before: body.from, after: body.to };
    case 'stop-record': {
      const { record } = body;
      const after = canonicalJson({ category: record.category, mode: record.mode, stop: record.id, unit: record.unit });
      const correlation = { ...NONE, jobOrderId: record.jobOrderId ?? '' };
      return {
        source: 'control',
        type: 'unit.stop',
        actor: SYSTEM,
        object: UNIT,
        after,
        reason: name(record.cause),
        correlation,
      };
    }
    default:
      return undefined;
  }
}

function asked({ source, type, actor, reason, requestId, traceId }: AskedBy, record: JobRecord): Told {
  const { jobOrderId } = record.order;
  const object = { kind: 'job-order', id: jobOrderId, revision: record.revision };
  return { source, type, actor, object, reason, correlation: { requestId, jobOrderId, traceId } };
}

function job(by: AskedBy, record: JobRecord, was: JobRecord | undefined): Told {
  const isContentNew = was === undefined || by.type === 'job.update';
  return {
    ...asked(by, record),
    before: was === undefined ? '' : canonicalJson({ ...placeOf(was), ...(isContentNew && contentOf(was.order)) }),
    after: canonicalJson({
      ...placeOf(record),
      ...(isContentNew && (was === undefined ? digestOf(record.order) : contentOf(record.order))),
    }),
  };
}

function placeOf({ state, substate }: JobRecord): object {
  return substate === undefined ? { state } : { state, substate };
}

function contentOf(order: JobOrder): object {
  return canonicalJson(order).length > ORDER_CHARS_MAX ? digestOf(order) : { order };
}

/** The order itself is with its event, in the same transaction. */
function digestOf(order: JobOrder): object {
  return { orderSha256: createHash('sha256').update(canonicalJson(order)).digest('hex') };
}

const HANDLING = { acknowledged: 'alarm.acknowledge', shelved: 'alarm.shelve', unshelved: 'alarm.unshelve' } as const;

function alarmHandled({ how, by, alarm, askedBy }: Of<'alarm-handled'>): Told {
  const { source = 'control', actor = SYSTEM, requestId = '', traceId = '' } = askedBy ?? {};
  const { shelf } = alarm;
  const until = how === 'shelved' && shelf !== undefined ? { until: new Date(shelf.untilTime).toISOString() } : {};
  return {
    source,
    type: HANDLING[how],
    actor,
    object: { kind: 'alarm', id: `${alarm.fault.code}/${alarm.id}`, revision: 0 },
    after: canonicalJson({ alarm: name(alarm.fault), state: alarm.state, ...(by !== '' && { by }), ...until }),
    reason: how === 'shelved' ? (shelf?.reason ?? '') : '',
    correlation: { requestId, jobOrderId: '', traceId },
  };
}

function unitCommand({ requestId, traceId, ...by }: AskedBy, { command, unit }: Of<'unit-command'>): Told {
  const after = canonicalJson({ command, target: unit.target });
  return { ...by, object: UNIT, after, correlation: { requestId, jobOrderId: '', traceId } };
}

/** A bypass is asked for, and taken back, by a person at the machine, over its local socket; it begins by the reset at the cell. */
function bypass({ how, by, bypass: { stopFunction, by: owner, reason, untilTime } }: Of<'bypass'>): Told {
  const until = new Date(untilTime).toISOString();
  const told = {
    object: { kind: 'stop-function', id: stopFunction, revision: 0 },
    reason,
    category: 'ACCESS_CONTROL',
  } as const;
  const person = { identity: by, role: '', certFingerprint: '', peer: 'machine socket' };
  const after = canonicalJson({ owner, state: how, until });
  if (how === 'began') return { ...told, source: 'panel', type: 'bypass.begin', actor: PANEL, after };
  if (how === 'asked-for') return { ...told, source: 'machine', type: 'bypass.ask', actor: person, after };
  if (how === 'cleared') return { ...told, source: 'machine', type: 'bypass.end', actor: person, after };
  return { ...told, source: 'control', type: 'bypass.end', actor: SYSTEM, after };
}

/** Whoever is refused can ask again as often as it takes: such records are counted, and are not committed with an event. */
export function bypassRefusal({
  by,
  stopFunction,
  cause,
}: Of<'bypass-refused'>): Omit<AuditDraft, 'time' | 'clockQuality'> {
  return {
    source: 'machine',
    category: 'ACCESS_CONTROL',
    type: 'bypass.ask',
    actor: { identity: plain(by), role: '', certFingerprint: '', peer: 'machine socket' },
    object: { kind: 'stop-function', id: plain(stopFunction), revision: 0 },
    before: '',
    after: canonicalJson({ cause: String(cause.detail['cause'] ?? '') }),
    reason: '',
    result: 'DENIED',
    resultCode: name(cause),
    correlation: NONE,
  };
}

function name({ code }: Fault): string {
  return FAULTS[code].reason;
}
