// The log of events: numbered across all runs of control, in rows of one group and one run each.
import type { DatabaseSync } from 'node:sqlite';
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import type { EventPage, EventQuery, JournalEvent, JsonValue } from '../ports/journal.ts';
import type { EventStamp, WrittenEvent } from './batch-text.ts';
import { type KeptOrder, restore } from './kept-order.ts';
import {
  type LoggedEvent,
  type LogRow,
  LogRowWriter,
  PackedRowWriter,
  readLogRow,
  type ShortJobEvent,
} from './log-row.ts';
import type { OrderTable } from './order-table.ts';
import { type BodyStyle, openBody, sealBody, sealOf, sealParts, sealText } from './row-body.ts';
import { setMeta } from './schema.ts';
import { prepared } from './sqlite.ts';
import type { PlacedRow, Tail } from './tail.ts';

interface Epoch {
  readonly id: number;
  /** Newest sequence of this run that is in the journal. */
  through: number;
}

interface PendingRow {
  readonly writer: LogRowWriter;
  readonly epoch: Epoch;
  /** Of its last event. */
  position: number;
}

/** A row whose bodies are packed: nothing is added to it. */
interface PackedRow {
  readonly writer: PackedRowWriter;
  readonly epoch: Epoch;
  readonly position: number;
  readonly bodies: Uint8Array;
}

/** Events in one row at most, so that no single row is long to read. */
const ROW_EVENTS_MAX = 2_000;
/** Events looked at for one page: commits wait meanwhile. */
const PAGE_EVENTS_MAX = 4_000;
/** A page has no more events once it is so long as JSON: many read at a time, and orders may be large. */
const PAGE_CHARS_MAX = 262_144;
const TRIM_ROWS = 64;
const TRIM_SLACK_EVENTS = 2_000;
/** Runs of control that are remembered. */
const EPOCHS_MAX = 10_000;
/** Name under which `#wholeAfter` is kept. */
const WHOLE_AFTER = 'whole-after';

export class EventLog {
  readonly #db: DatabaseSync;
  readonly #epochs = new Map<string, Epoch>();
  readonly #names = new Map<number, string>();
  readonly #tail: Tail;
  /** Not in the table yet: what was read from the tail, and what came since. */
  #replayed: readonly PlacedRow[];
  #pending: (PendingRow | PackedRow)[] = [];
  /** Of the running transaction. */
  #group: PendingRow[] = [];
  #position: number;
  #oldest: number;
  /** Events up to here are of orders of which some are not kept any more: nobody can be told all of them. */
  #wholeAfter: number;
  #newestEpoch = 0;

  constructor(db: DatabaseSync, tail: Tail) {
    this.#db = db;
    this.#tail = tail;
    this.#replayed = tail.entries.flatMap(({ log }) => log);
    const settled = Number(db.prepare('SELECT max(position) AS p FROM log').get()?.['p'] ?? 0);
    this.#position = this.#replayed.at(-1)?.position ?? settled;
    this.#oldest = this.#readOldest();
    this.#wholeAfter = Number(db.prepare('SELECT value FROM meta WHERE name = ?').get(WHOLE_AFTER)?.['value'] ?? 0);
    for (const row of db.prepare('SELECT id, epoch, through FROM epochs').all()) {
      this.#know(String(row['epoch']), { id: Number(row['id']), through: Number(row['through']) });
    }
    this.#readThrough();
  }

  /** What comes after this position is complete: the events of the oldest row begin after it. */
  #readOldest(): number {
    for (const { position, row } of this.#rows('ORDER BY position LIMIT 1')) return position - row.v.length;
    for (const { position, row } of this.#replayed) return position - row.v.length;
    return 0;
  }

  /** The row of an epoch says how far it is only once another has begun; of the newest one the log says it. */
  #readThrough(): void {
    const known = [...this.#epochs.values()];
    for (const { row } of this.#replayed) {
      const epoch = known.find(({ id }) => id === row.e);
      if (epoch !== undefined) epoch.through = Math.max(epoch.through, readLogRow(row).at(-1)?.sequence ?? 0);
    }
    const newest = known.find((epoch) => epoch.id === this.#newestEpoch);
    if (newest === undefined) return;
    for (const { row } of this.#newestFirst()) {
      if (row.e !== newest.id) continue;
      newest.through = Math.max(newest.through, readLogRow(row).at(-1)?.sequence ?? 0);
      return;
    }
  }

  #know(name: string, epoch: Epoch): void {
    this.#epochs.set(name, epoch);
    this.#names.set(epoch.id, name);
    this.#newestEpoch = Math.max(this.#newestEpoch, epoch.id);
  }

  /** Of the newest event, those included that the running transaction has added. 0: none. */
  get position(): number {
    return this.#position;
  }

  storedThrough(epoch: string): number {
    return this.#epochs.get(epoch)?.through ?? 0;
  }

  /** Newest record of the audit trail when the newest event came; 0: none. */
  auditSeen(): number {
    for (const { row } of this.#newestFirst()) return row.a;
    return 0;
  }

  /** Adds an event to the running transaction. @param job the short form of a job event */
  add(name: string, event: CellEvent, job: ShortJobEvent | undefined): void {
    this.#put(name, event.sequence, [this.#pending, this.#group], (writer) => writer.add(event, job));
  }

  /** The same of an event in a transaction that goes to the tables as a whole. */
  addToTable(name: string, event: CellEvent, job: ShortJobEvent | undefined): void {
    this.#put(name, event.sequence, [this.#pending], (writer) => writer.add(event, job));
  }

  /** The same of the first event of an order, its body as text. */
  addFirstToTable(name: string, event: WrittenEvent): void {
    this.#put(name, event.sequence, [this.#pending], (writer) => writer.addFirst(event, this.#position, event.body));
  }

  /** The same of the first events of many orders, as a row of their own. @param bodies JSON array of their bodies, see `packText` */
  addPackedToTable(name: string, events: readonly EventStamp[], bodies: Uint8Array): void {
    const epoch = this.#epochs.get(name) ?? this.#begin(name);
    const writer = new PackedRowWriter(epoch.id);
    for (const event of events) {
      this.#position += 1;
      writer.addFirst(event, this.#position);
      epoch.through = event.sequence;
    }
    this.#pending.push({ writer, epoch, position: this.#position, bodies });
  }

  #put(
    name: string,
    sequence: number,
    lists: readonly (PendingRow | PackedRow)[][],
    add: (writer: LogRowWriter) => void,
  ): void {
    const epoch = this.#epochs.get(name) ?? this.#begin(name);
    this.#position += 1;
    for (const rows of lists) {
      let last = rows.at(-1);
      if (
        last === undefined ||
        'bodies' in last ||
        last.epoch.id !== epoch.id ||
        last.writer.length >= ROW_EVENTS_MAX
      ) {
        last = { epoch, writer: new LogRowWriter(epoch.id), position: this.#position };
        rows.push(last);
      }
      add(last.writer);
      last.position = this.#position;
    }
    epoch.through = sequence;
  }

  /** @returns what was added since the last time. `auditSeq`, `needed`: see LogRow */
  takeGroup(auditSeq: number, needed: number): readonly PlacedRow[] {
    const group = this.#group;
    this.#group = [];
    return group.map((row) => placed(row, auditSeq, needed));
  }

  #begin(name: string): Epoch {
    this.#settle(this.#newestEpoch);
    const epoch = { id: this.#newestEpoch + 1, through: 0 };
    const insert = this.#db.prepare('INSERT INTO epochs (id, epoch, through, seal) VALUES (?, ?, 0, ?)');
    insert.run(epoch.id, name, sealOf(['epochs', epoch.id, name, 0]));
    this.#know(name, epoch);
    this.#db.prepare('DELETE FROM epochs WHERE id < ?').run(epoch.id - EPOCHS_MAX);
    return epoch;
  }

  /** Writes how far an epoch has come, since the log will not say it at its end. */
  #settle(id: number): void {
    const name = this.#names.get(id) ?? '';
    const through = this.storedThrough(name);
    const update = this.#db.prepare('UPDATE epochs SET through = ?, seal = ? WHERE id = ?');
    update.run(through, sealOf(['epochs', id, name, through]), id);
  }

  /** Writes what was added to its table. Inside a transaction. */
  write(auditSeq: number, needed: number, style: BodyStyle): void {
    const insert = prepared(this.#db, 'INSERT INTO log (position, body) VALUES (?, ?)');
    for (const { position, row } of this.#replayed) {
      insert.run(position, sealBody(['log', position], row as unknown as JsonValue, style));
      if (row.e !== this.#newestEpoch) this.#settle(row.e);
    }
    for (const row of this.#pending) {
      const { position, writer } = row;
      const [key, text] = [['log', position], writer.text(auditSeq, Math.min(needed, position))] as const;
      insert.run(position, 'bodies' in row ? sealParts(key, text, row.bodies) : sealText(key, text, style));
      if (writer.epoch !== this.#newestEpoch) this.#settle(writer.epoch);
    }
    this.#replayed = [];
    this.#pending = [];
  }

  /** More than is to be kept, by so much that it is worth removing. */
  isLong(eventsMax: number, needed: number): boolean {
    return this.#end(eventsMax, needed) - this.#oldest >= TRIM_SLACK_EVENTS;
  }

  /** What is not kept ends here. */
  #end(eventsMax: number, needed: number): number {
    return Math.min(this.#position - eventsMax, needed - 1, this.#position - 1);
  }

  /** Removes the oldest events over the bound, but none that open orders need. Inside a transaction. */
  trim(eventsMax: number, needed: number): void {
    if (!this.isLong(eventsMax, needed)) return;
    const end = this.#end(eventsMax, needed);
    const rows = this.#db
      .prepare('SELECT position FROM log WHERE position <= ? ORDER BY position LIMIT ?')
      .all(end, TRIM_ROWS);
    const remove = this.#db.prepare('DELETE FROM log WHERE position = ?');
    for (const row of rows) {
      remove.run(Number(row['position']));
      this.#oldest = Number(row['position']);
    }
  }

  /** Orders that have ended up to this position are not kept any more. Inside a transaction. */
  ordersGone(position: number): void {
    if (position <= this.#wholeAfter) return;
    this.#wholeAfter = position;
    setMeta(this.#db, WHOLE_AFTER, String(position));
  }

  /** What is needed to know the open orders, the oldest first. */
  *needed(): Generator<{ readonly position: number; readonly body: LoggedEvent['body']; readonly isSettled: boolean }> {
    let after = this.#position;
    for (const { row } of this.#newestFirst()) {
      after = row.o;
      break;
    }
    const unsettled = new Set(this.#replayed.map(({ position }) => position));
    for (const { position, events } of this.#decoded(after)) {
      const isSettled = !unsettled.has(position);
      for (const [index, { body }] of events.entries())
        yield { position: position - events.length + 1 + index, body, isSettled };
    }
  }

  /** Undefined: events after `position`, or orders that they are of, are not kept any more, or the log has not come so far. */
  since({ position, limit, ofOrders }: EventQuery, orders: OrderTable): EventPage | undefined {
    if (position > this.#position || position < Math.max(this.#oldest, this.#wholeAfter)) return undefined;
    const found: JournalEvent[] = [];
    const wanted = ofOrders && new Set(ofOrders);
    const known = new Map<string, KeptOrder | undefined>();
    let [last, looked, chars] = [position, 0, 0];
    for (const { position: end, epoch, events } of this.#decoded(position)) {
      for (const [index, event] of events.entries()) {
        const at = end - events.length + 1 + index;
        if (at <= position) continue;
        if (found.length === limit || looked === PAGE_EVENTS_MAX || chars > PAGE_CHARS_MAX) {
          return { events: found, position: last, more: true };
        }
        last = at;
        looked += 1;
        if (wanted !== undefined && !isOf(event, wanted)) continue;
        const body = wholeBody(event, (id) => remembered(known, id, orders));
        if (body === undefined) continue;
        const { sequence, at: monotonic, time } = event;
        chars += JSON.stringify(body).length;
        found.push({ position: at, epoch, event: { sequence, at: monotonic, time, body } });
      }
    }
    return { events: found, position: this.#position, more: false };
  }

  *#decoded(after: number): Generator<{ position: number; epoch: string; events: readonly LoggedEvent[] }> {
    for (const { position, row } of this.#rows('WHERE position > ? ORDER BY position', after)) {
      yield { position, epoch: this.#names.get(row.e) ?? '', events: readLogRow(row) };
    }
    for (const { position, row } of this.#tail.entries.flatMap(({ log }) => log)) {
      if (position > after) yield { position, epoch: this.#names.get(row.e) ?? '', events: readLogRow(row) };
    }
  }

  *#newestFirst(): Generator<{ readonly row: LogRow }> {
    yield* this.#replayed.toReversed();
    yield* this.#rows('ORDER BY position DESC');
  }

  *#rows(which: string, ...parameters: number[]): Generator<{ position: number; row: LogRow }> {
    for (const row of this.#db.prepare(`SELECT position, body FROM log ${which}`).iterate(...parameters)) {
      const position = Number(row['position']);
      yield { position, row: openBody(['log', position], row['body']) as unknown as LogRow };
    }
  }
}

function placed({ writer, position }: PendingRow, auditSeq: number, needed: number): PlacedRow {
  return { position, row: writer.row(auditSeq, Math.min(needed, position)) };
}

/** It tells of one of these orders, or of any when there are none. */
function isOf({ body }: LoggedEvent, orders: ReadonlySet<string>): boolean {
  const id = body.kind === 'short' ? body.job.order : removedIn(body.body);
  return id !== undefined && (orders.size === 0 || orders.has(id));
}

function removedIn(body: CellEventBody): string | undefined {
  return body.kind === 'job-removed' ? body.record.order.jobOrderId : undefined;
}

/** Events of one order lie close together, and its row is read once for a page. */
function remembered(known: Map<string, KeptOrder | undefined>, id: string, orders: OrderTable): KeptOrder | undefined {
  if (!known.has(id)) known.set(id, orders.find(id));
  return known.get(id);
}

/** Undefined: of an order that was removed since. */
function wholeBody({ body }: LoggedEvent, find: (id: string) => KeptOrder | undefined): CellEventBody | undefined {
  if (body.kind === 'whole') return body.body;
  const order = find(body.job.order);
  return order?.place !== body.job.place
    ? undefined
    : restore(order.contents, body.job, order.event.record.measurements.slice(0, body.job.n));
}
