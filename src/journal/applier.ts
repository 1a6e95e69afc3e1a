// What a group of batches changes in the tables: batch by batch, or, of many orders that are new, all of them as they were packed.
import type { DatabaseSync } from 'node:sqlite';
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import type { Stored } from '../ports/journal.ts';
import type { AuditTable } from './audit-table.ts';
import type { WrittenBatch, WrittenEvent } from './batch-text.ts';
import type { EventLog } from './event-log.ts';
import { UnreadText, WrittenOrder } from './kept-order.ts';
import type { Ledger } from './ledger.ts';
import type { ShortJobEvent } from './log-row.ts';
import { changeNote } from './notes.ts';
import type { OrderTable } from './order-table.ts';
import { openRun, type Pack, PackedBodies, type Run } from './pack.ts';
import type { ResponseTable } from './response-table.ts';

/** The tables of a journal. */
export interface Tables {
  readonly log: EventLog;
  readonly orders: OrderTable;
  readonly ledger: Ledger;
  readonly audit: AuditTable;
  readonly responses: ResponseTable;
}

export class Applier {
  readonly #db: DatabaseSync;
  readonly #log: EventLog;
  readonly #orders: OrderTable;
  readonly #ledger: Ledger;
  readonly #audit: AuditTable;
  readonly #responses: ResponseTable;

  constructor(db: DatabaseSync, { log, orders, ledger, audit, responses }: Tables) {
    this.#db = db;
    this.#log = log;
    this.#orders = orders;
    this.#ledger = ledger;
    this.#audit = audit;
    this.#responses = responses;
  }

  /** What goes to the tail first. Inside a transaction, as all of this. @returns where each batch stands */
  apply(runs: readonly Run[]): readonly Stored[] {
    return runs.flatMap(openRun).map((batch) => this.#apply(batch, undefined));
  }

  /** What goes to the tables at once. */
  applyMany(runs: readonly Run[]): readonly Stored[] {
    const withRow = this.#orders.withRow(runs.flatMap(({ batches }) => batches.flatMap(firstOrders)));
    return runs.flatMap((run) => {
      if (run.pack !== undefined && this.#isNew(run, withRow)) return this.#applyPack(run.batches, run.pack);
      return openRun(run).map((batch) => this.#apply(batch, withRow));
    });
  }

  /** Whether nothing of it is known: then it can go to the disk as it is. */
  #isNew({ batches }: Run, withRow: ReadonlySet<string>): boolean {
    const ids = batches.flatMap(firstOrders);
    if (new Set(ids).size !== ids.length || ids.some((id) => withRow.has(id) || this.#orders.isInMemory(id)))
      return false;
    let through = this.#log.storedThrough(batches[0]?.epoch ?? '');
    for (const { events, audit } of batches) {
      if (audit.some(({ sequence }) => sequence !== undefined && sequence <= through)) return false;
      for (const { sequence } of events) {
        if (sequence <= through) return false;
        through = sequence;
      }
    }
    return this.#ledger.isNew(batches.flatMap(({ answers }) => answers.map(({ key }) => key)));
  }

  #applyPack(batches: readonly WrittenBatch[], { bodies, answers }: Pack): readonly Stored[] {
    const first = this.#log.position;
    let position = first;
    const contents = new PackedBodies(bodies);
    const stored = batches.map(({ events, audit }) => {
      const before = position;
      for (const { pieces } of audit) this.#audit.add(pieces);
      for (const { jobOrderId } of events) {
        const index = position - first;
        position += 1;
        this.#orders.keepFirst(jobOrderId, new WrittenOrder(position, contents, index));
      }
      return { position, before };
    });
    this.#log.addPackedToTable(
      batches[0]?.epoch ?? '',
      batches.flatMap(({ events }) => events),
      bodies,
    );
    this.#ledger.writePacked(
      batches.flatMap((batch) => batch.answers),
      answers,
    );
    return stored;
  }

  /** @param withRow orders that have a row; undefined: nothing goes to the tables at once */
  #apply(batch: WrittenBatch, withRow: ReadonlySet<string> | undefined): Stored {
    const { position } = this.#log;
    const before = this.#log.storedThrough(batch.epoch);
    for (const { sequence, pieces } of batch.audit) {
      if (sequence === undefined || sequence > before) this.#audit.add(pieces);
    }
    for (const event of batch.events) {
      if (event.sequence <= this.#log.storedThrough(batch.epoch)) continue;
      if (withRow === undefined) this.#log.add(batch.epoch, ...this.#keep(event));
      else if (this.#keepFirst(event, withRow)) this.#log.addFirstToTable(batch.epoch, event);
      else this.#log.addToTable(batch.epoch, ...this.#keep(event));
    }
    for (const answer of batch.answers) this.#ledger.keep(answer);
    for (const { sequence, ...draft } of batch.responses) {
      if (sequence === undefined || sequence > before) this.#responses.queue(draft);
    }
    for (const note of batch.notes) changeNote(this.#db, note);
    return { position: this.#log.position, before: position };
  }

  #keepFirst({ jobOrderId, body }: WrittenEvent, withRow: ReadonlySet<string>): boolean {
    if (jobOrderId === '' || withRow.has(jobOrderId) || this.#orders.isInMemory(jobOrderId)) return false;
    this.#orders.keepFirst(jobOrderId, new WrittenOrder(this.#log.position + 1, new UnreadText(body)));
    return true;
  }

  /** @returns the event, and its short form if it is of an order */
  #keep({ sequence, at, time, body: json }: WrittenEvent): readonly [CellEvent, ShortJobEvent | undefined] {
    const body = JSON.parse(json) as CellEventBody;
    if (body.kind === 'job-removed') this.#orders.remove(body.record.order.jobOrderId);
    const job = body.kind === 'job' ? this.#orders.keep(body, this.#log.position + 1) : undefined;
    return [{ sequence, at, time, body }, job];
  }
}

/** Orders that may be new with this batch. */
function firstOrders({ events }: WrittenBatch): readonly string[] {
  return events.flatMap(({ jobOrderId }) => (jobOrderId === '' ? [] : [jobOrderId]));
}
