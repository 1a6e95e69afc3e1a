// An event of control on its way to the journal, and what is kept with it.
import type { AuditDraft } from '../core/audit.ts';
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import type { RequestOrigin } from '../core/job-request.ts';
import type { AuditEntry, LedgerEntry } from '../ports/journal.ts';
import { asAnswer, toLedgerAnswer } from './ledger-answer.ts';

/** Heard of from one run of control, and not on disk. */
export interface Heard {
  readonly epoch: string;
  readonly event: CellEvent;
  /** What the audit trail says of it. */
  readonly audit: AuditDraft | undefined;
}

/** The request that led to an event is answered by it, in the same transaction. */
export function answered({ epoch, event: { body, time } }: Heard): LedgerEntry | undefined {
  const origin = originOf(body);
  if (origin === undefined) return undefined;
  switch (body.kind) {
    case 'job':
    case 'job-removed':
      return { ...origin, answer: toLedgerAnswer(body.record), time };
    case 'alarm-handled':
      return { ...origin, answer: asAnswer({ epoch, alarm: body.alarm }), time };
    case 'unit-command':
      return { ...origin, answer: asAnswer(body.unit), time };
    default:
      return undefined;
  }
}

export function recorded({ audit, event: { sequence } }: Heard): readonly AuditEntry[] {
  return audit === undefined ? [] : [{ ...audit, sequence }];
}

export function originOf(body: CellEventBody): RequestOrigin | undefined {
  return 'origin' in body ? body.origin : undefined;
}

/** Who asked is in the audit trail, and what was answered in the ledger. */
export function withoutRequest(event: CellEvent): CellEvent {
  const { body } = event;
  if (body.kind === 'job-removed') return { ...event, body: { kind: body.kind, record: body.record } };
  if (body.kind === 'alarm-handled') {
    const { kind, how, by, alarm } = body;
    return { ...event, body: { kind, how, by, alarm } };
  }
  if (body.kind === 'unit-command') {
    const { kind, command, by, unit } = body;
    return { ...event, body: { kind, command, by, unit } };
  }
  if (body.kind !== 'job') return event;
  const { kind, record, checkpoint, repeats } = body;
  return { ...event, body: { kind, record, ...(checkpoint && { checkpoint }), ...(repeats && { repeats }) } };
}
