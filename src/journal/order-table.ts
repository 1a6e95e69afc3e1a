// Job orders: those that are open in memory too, all of them on disk.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { JOB_STATES, type JobState } from '../core/job-order.ts';
import type { JobEventBody, OrderPage, OrderQuery, StoredOrder } from '../ports/journal.ts';
import type { EventLog } from './event-log.ts';
import {
  columnsOf,
  isFinal,
  isTurn,
  type KeptOrder,
  keepEvent,
  knownMeasurements,
  type OrderColumns,
  orderRow,
  readOrderRow,
  restore,
} from './kept-order.ts';
import { type ShortJobEvent, shorten } from './log-row.ts';
import { openBody, type RowKey, sealBody } from './row-body.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

/** JSON of one page of orders, characters; rows looked at for one page. */
const PAGE_CHARS_MAX = 1_048_576;
const PAGE_ROWS_MAX = 2_000;
/** Events after which the row of an order is written though nothing but counts changed: what a start must read again is bounded. */
const ROW_AGE_EVENTS = 10_000;
const TRIM_ROWS = 64;
const TRIM_SLACK = 64;

export class OrderTable {
  readonly #db: DatabaseSync;
  readonly #open = new Map<string, KeptOrder>();
  /** Position as of which the row of an open order is on disk. */
  readonly #written = new Map<string, number>();
  readonly #dirty = new Map<string, KeptOrder>();
  readonly #counts = new Map<number, number>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    for (const row of db.prepare('SELECT state, count(*) AS n FROM orders GROUP BY state').all()) {
      this.#counts.set(Number(row['state']), Number(row['n']));
    }
    for (const row of db.prepare('SELECT * FROM orders WHERE state < 5 ORDER BY place').all()) {
      const order = orderOf(row);
      this.#open.set(idOf(order), order);
      this.#written.set(idOf(order), order.position);
    }
  }

  /** Applies what the log has of open orders since their rows were written. */
  catchUp(log: EventLog): void {
    for (const { position, job } of log.jobsAfter(this.oldestNeeded())) {
      const order = this.#open.get(job.order);
      if (order?.place !== job.place || position <= order.position) continue;
      const measurements = [...order.event.record.measurements.slice(0, job.n - job.m.length), ...job.m];
      this.#open.set(job.order, { ...order, event: restore(order, job, measurements), position });
    }
  }

  /** The log from here on is needed to know the open orders. */
  oldestNeeded(): number {
    return Math.min(Number.MAX_SAFE_INTEGER, ...this.#written.values());
  }

  /** @returns the event as the log has it */
  keep(event: JobEventBody, position: number): ShortJobEvent {
    const before = this.find(event.record.order.jobOrderId);
    const known = knownMeasurements(before, event.record.measurements);
    const order = keepEvent(before, event, position);
    const id = idOf(order);
    if (isFinal(event.record)) this.#open.delete(id);
    else this.#open.set(id, order);
    const age = position - (this.#written.get(id) ?? position);
    if (isTurn(before, order) || isFinal(event.record) || age > ROW_AGE_EVENTS) this.#dirty.set(id, order);
    this.#count(before, order);
    return shorten(event, order.place, known);
  }

  /** Takes an order out for good: its identification may be used again. Inside a transaction. */
  remove(jobOrderId: string): void {
    const order = this.find(jobOrderId);
    if (order === undefined) return;
    this.#open.delete(jobOrderId);
    this.#written.delete(jobOrderId);
    this.#dirty.delete(jobOrderId);
    this.#db.prepare('DELETE FROM orders WHERE place = ?').run(order.place);
    this.#count(order, undefined);
  }

  #count(before: KeptOrder | undefined, after: KeptOrder | undefined): void {
    const add = (order: KeptOrder, n: number): void => {
      const { state } = columnsOf(order);
      this.#counts.set(state, (this.#counts.get(state) ?? 0) + n);
    };
    if (before !== undefined) add(before, -1);
    if (after !== undefined) add(after, 1);
  }

  /** Writes the rows of orders that took a turn. Inside a transaction. */
  write(): void {
    if (this.#dirty.size === 0) return;
    const insert = this.#db.prepare(
      `INSERT INTO orders (place, state, ended_at, job_order_id, body) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (place) DO UPDATE SET state = excluded.state, ended_at = excluded.ended_at, body = excluded.body`,
    );
    for (const dirty of this.#dirty.values()) {
      const order = this.#open.get(idOf(dirty)) ?? dirty;
      const { place, state, endedAt, id } = columnsOf(order);
      insert.run(place, state, endedAt, id, sealBody(rowKey(columnsOf(order)), orderRow(order)));
      if (endedAt === 0) this.#written.set(id, order.position);
      else this.#written.delete(id);
    }
    this.#dirty.clear();
  }

  /** Removes the oldest ended orders over the bound. Inside a transaction. */
  trim(endedOrdersMax: number): void {
    const ended = (this.#counts.get(JOB_STATES.Ended) ?? 0) + (this.#counts.get(JOB_STATES.Aborted) ?? 0);
    if (ended <= endedOrdersMax + TRIM_SLACK) return;
    const limit = Math.min(TRIM_ROWS * 8, ended - endedOrdersMax);
    const rows = this.#db.prepare('SELECT place, state FROM orders WHERE state >= 5 ORDER BY place LIMIT ?').all(limit);
    const remove = this.#db.prepare('DELETE FROM orders WHERE place = ?');
    for (const row of rows) {
      remove.run(Number(row['place']));
      this.#counts.set(Number(row['state']), (this.#counts.get(Number(row['state'])) ?? 0) - 1);
    }
  }

  /** Open orders, the oldest first. */
  open(): readonly StoredOrder[] {
    return [...this.#open.values()].toSorted((left, right) => left.place - right.place).map(shown);
  }

  find(jobOrderId: string): KeptOrder | undefined {
    const known = this.#open.get(jobOrderId) ?? this.#dirty.get(jobOrderId);
    if (known !== undefined) return known;
    const row = this.#db.prepare('SELECT * FROM orders WHERE job_order_id = ?').get(jobOrderId);
    return row === undefined ? undefined : orderOf(row);
  }

  list(query: OrderQuery): OrderPage {
    const orders: StoredOrder[] = [];
    let [rows, chars, last] = [0, 0, undefined as number | undefined];
    for (const row of this.#rows(query)) {
      if (orders.length === query.limit || rows === PAGE_ROWS_MAX || chars > PAGE_CHARS_MAX) {
        return { orders, next: last, total: this.#total(query) };
      }
      rows += 1;
      last = Number(row['place']);
      const order = this.#open.get(String(row['job_order_id'])) ?? orderOf(row);
      if (query.workMasterId !== undefined && order.event.record.order.workMasterId !== query.workMasterId) continue;
      orders.push(shown(order));
      chars += JSON.stringify(order.event).length;
    }
    return { orders, next: undefined, total: this.#total(query) };
  }

  /** Literal states let SQLite use the index that fits them. */
  #rows({ states = [], direction, after }: OrderQuery): Iterable<Row> {
    const numbers = statesOf(states);
    const isForward = direction === 'oldest-first';
    const begin = after ?? (isForward ? 0 : Number.MAX_SAFE_INTEGER);
    const some = numbers.length === 0 ? '1' : `state IN (${numbers.join(',')})`;
    const open = numbers.length > 0 && numbers.every((state) => state < 5) ? 'AND state < 5' : '';
    const aborted = numbers.length === 1 && numbers[0] === 6 ? 'AND state = 6' : '';
    return this.#db
      .prepare(
        `SELECT * FROM orders WHERE place ${isForward ? '>' : '<'} ? AND ${some} ${open} ${aborted}
         ORDER BY place ${isForward ? 'ASC' : 'DESC'} LIMIT ${PAGE_ROWS_MAX + 1}`,
      )
      .iterate(begin);
  }

  #total({ states = [] }: OrderQuery): number {
    const numbers = new Set<number>(statesOf(states));
    const counted = [...this.#counts].filter(([state]) => numbers.size === 0 || numbers.has(state));
    return counted.reduce((sum, [, count]) => sum + count, 0);
  }
}

function statesOf(states: readonly JobState[]): readonly number[] {
  return states.map((state) => JOB_STATES[state]);
}

function shown({ event, position, place }: KeptOrder): StoredOrder {
  return { event, position, place };
}

function idOf(order: KeptOrder): string {
  return order.event.record.order.jobOrderId;
}

function rowKey({ place, state, endedAt, id }: OrderColumns): RowKey {
  return ['orders', place, state, endedAt, id];
}

function orderOf(row: Row): KeptOrder {
  const place = Number(row['place']);
  return readOrderRow(place, openBody(orderKey(row), row['body'] as Uint8Array));
}

/** What the row of an order is sealed with. */
export function orderKey(row: Row): RowKey {
  const [place, state, endedAt] = [Number(row['place']), Number(row['state']), Number(row['ended_at'])];
  return rowKey({ place, state, endedAt, id: String(row['job_order_id']) });
}
