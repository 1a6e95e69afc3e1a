// A job of ten parts as the journal is told of it: the steps of the example cell, with a checkpoint at each of them.
import { createHash } from 'node:crypto';
import type { AskedBy, AuditActor } from '../../src/core/audit.ts';
import type { CellEvent, CellEventBody } from '../../src/core/cell-event.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { auditOf } from '../../src/mes/audit-events.ts';
import type { JournalBatch } from '../../src/ports/journal.ts';
import { type EventSource, jobEvent, ledgerEntry, recordOf, TIME } from '../support/journal-samples.ts';

const PARTS = 10;
/** Steps of one part, and how long each takes, ms: about 5 s a part. */
const STEPS: readonly (readonly [label: string, durationMs: number])[] = [
  ['bring the next part', 1_300],
  ['go down to the part', 350],
  ['grip the part', 250],
  ['let the vacuum build up', 300],
  ['measure the vacuum', 10],
  ['lift the part', 350],
  ['carry the part to the tray', 700],
  ['lower the part', 350],
  ['let go of the part', 200],
  ['let the part settle', 100],
  ['count the part', 10],
  ['leave the tray', 350],
  ['return to the belt', 700],
];

/** Steps end in some cycle, and cycles begin a little late: 0 to below 3 ms, in microseconds, the same in every run. */
class Lateness {
  #seed = 1;

  next(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return (this.#seed % 3_000) / 1_000;
  }
}

export interface TimedBatch {
  readonly batch: JournalBatch;
  /** Somebody waits for it. */
  readonly isUrgent: boolean;
}

/** An MES with a certificate, over a connection that stays. */
const MES: AuditActor = {
  identity: 'urn:celda:client:mes',
  role: 'MesService',
  certFingerprint: createHash('sha256').update('mes').digest('hex'),
  peer: '10.0.0.7:40000',
};

function askedBy(requestId: string): AskedBy {
  return { source: 'grpc', type: 'job.store-and-start', actor: MES, reason: '', requestId, traceId: '' };
}

/** What control tells of the job, one batch per change: accepted, begun, every step, ended. */
export function* tenParts(source: EventSource, id: string): Generator<TimedBatch> {
  const lateMs = new Lateness();
  const event = source.event({ kind: 'job', record: recordOf(id) });
  const audit = auditOf({ ...event, body: { kind: 'job', record: recordOf(id), askedBy: askedBy(id) } }, 'SYNCED');
  const accepted = {
    ledger: [ledgerEntry(id)],
    audit: audit === undefined ? [] : [{ ...audit, sequence: event.sequence }],
  };
  yield { batch: { epoch: source.epoch, events: [event], ...accepted }, isUrgent: true };
  let record = recordOf(id, { state: 'Running', substate: undefined, startTime: TIME as EpochMs, revision: 2 });
  const soon = (events: readonly CellEvent[]): TimedBatch => ({
    batch: { epoch: source.epoch, events },
    isUrgent: false,
  });
  yield { batch: source.batch([jobEvent(record), { kind: 'unit', from: 'Idle', to: 'Starting' }]), isUrgent: true };
  for (let part = 0; part < PARTS; part += 1) {
    for (const [index, [label, durationMs]] of STEPS.entries()) {
      const path = `steps[1].steps[${index}]`;
      const step = (phase: 'started' | 'ended'): CellEventBody => ({
        kind: 'step',
        jobOrderId: id,
        path,
        label,
        phase,
      });
      const events = [source.event(step('started'), 0), source.event(step('ended'), durationMs + lateMs.next())];
      if (label === 'measure the vacuum') {
        const value = -60 - ((part * 37) % 100) / 10;
        const timeMs = (TIME + part) as EpochMs;
        record = {
          ...record,
          measurements: [...record.measurements, { id: 'grip-pressure', value, unit: 'kPa', timeMs }],
        };
        events.push(source.event({ kind: 'measured', jobOrderId: id, id: 'grip-pressure', value, unit: 'kPa' }, 0));
      }
      if (label === 'count the part') {
        record = { ...record, producedQuantity: part + 1, goodQuantity: part + 1 };
        events.push(source.event({ kind: 'produced', jobOrderId: id, quantity: 1, good: true }, 0));
      }
      record = { ...record, revision: record.revision + 1 };
      const holding = index > 2 && index < 8 ? ['gripper'] : [];
      const frames = [
        { index: 1, rounds: 1 },
        { index: index + 1, rounds: PARTS - part },
      ];
      const checkpoint = {
        parameters: record.order.parameters,
        frames,
        progress: undefined,
        holding,
        current: { path, label },
      };
      events.push(source.event({ ...jobEvent(record), checkpoint } as unknown as CellEventBody, 0));
      yield soon(events);
    }
  }
  const done = recordOf(id, {
    ...record,
    state: 'Ended',
    substate: 'Completed',
    result: 'Successful',
    revision: record.revision + 1,
  });
  yield { batch: source.batch([{ kind: 'unit', from: 'Execute', to: 'Completing' }, jobEvent(done)]), isUrgent: true };
}
