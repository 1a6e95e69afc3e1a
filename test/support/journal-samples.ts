// Batches for the journal: orders as control tells of them, with the steps of a work master that moves parts.
import { hash } from 'node:crypto';
import type { AuditDraft } from '../../src/core/audit.ts';
import type { CellEvent, CellEventBody } from '../../src/core/cell-event.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import type { EpochMs, MonotonicMs } from '../../src/core/units.ts';
import type { JournalBatch, LedgerEntry } from '../../src/ports/journal.ts';

export const TIME = 1_790_000_000_000;

export function recordOf(jobOrderId: string, changes: Partial<JobRecord> = {}): JobRecord {
  return {
    order: {
      jobOrderId,
      descriptions: [{ text: 'Moves parts from the belt to the tray', locale: 'en' }],
      workMasterId: 'pick-and-place',
      priority: 0,
      parameters: { count: 10, speed: 80 },
    },
    workMasterVersion: '1.0.0',
    state: 'AllowedToStart',
    substate: 'Ready',
    storedAt: TIME as EpochMs,
    startTime: undefined,
    endTime: undefined,
    producedQuantity: 0,
    goodQuantity: 0,
    measurements: [],
    result: 'Unknown',
    reason: undefined,
    comment: '',
    runs: { started: 0, completed: 0 },
    times: { since: TIME as EpochMs, runningMs: 0, interruptedMs: 0 },
    revision: 1,
    ...changes,
  };
}

export function jobEvent(record: JobRecord): CellEventBody {
  return { kind: 'job', record };
}

/** Numbers events and gives them times, as one run of control does. */
export class EventSource {
  readonly epoch: string;
  #sequence: number;
  #atMs: number;

  constructor(epoch = 'run-1', sequence = 0) {
    this.epoch = epoch;
    this.#sequence = sequence;
    this.#atMs = 0;
  }

  event(body: CellEventBody, afterMs = 10): CellEvent {
    this.#sequence += 1;
    this.#atMs += afterMs;
    return {
      sequence: this.#sequence,
      at: (5_000 + this.#atMs) as MonotonicMs,
      time: Math.floor(TIME + this.#atMs) as EpochMs,
      body,
    };
  }

  batch(bodies: readonly CellEventBody[], rest: Partial<JournalBatch> = {}): JournalBatch {
    return { epoch: this.epoch, events: bodies.map((body) => this.event(body)), ...rest };
  }
}

export function ledgerEntry(requestId: string, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    identity: 'mes',
    method: 'celda.job.v1.JobOrderReceiverService/StoreAndStart',
    requestId,
    digest: hash('sha256', requestId, 'hex'),
    answer: { jobOrderId: `order-${requestId}`, revision: 1 },
    time: TIME as EpochMs,
    ...changes,
  };
}

export function auditDraft(jobOrderId: string, changes: Partial<AuditDraft> = {}): AuditDraft {
  return {
    time: TIME as EpochMs,
    clockQuality: 'UNSYNCED',
    source: 'grpc',
    category: 'CONTROL_EVENT',
    type: 'job.store-and-start',
    actor: { identity: 'mes', role: 'operator', certFingerprint: '', peer: '127.0.0.1:40000' },
    object: { kind: 'job-order', id: jobOrderId, revision: 1 },
    before: '',
    after: '',
    reason: '',
    result: 'SUCCESS',
    resultCode: '',
    correlation: { requestId: '', jobOrderId, traceId: '' },
    ...changes,
  };
}

/** What a client waits for when it sends an order: the order, its answer, and who it was. */
export function submission(source: EventSource, jobOrderId: string): JournalBatch {
  return source.batch([jobEvent(recordOf(jobOrderId))], {
    ledger: [ledgerEntry(jobOrderId)],
    audit: [auditDraft(jobOrderId)],
  });
}
