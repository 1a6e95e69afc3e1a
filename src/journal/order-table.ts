// Job orders: those that are open in memory too, all of them on disk.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { JOB_STATES, type JobState } from '../core/job-order.ts';
import type { JobEventBody, ListedQuery, OrderPage, OrderQuery, StoredOrder } from '../ports/journal.ts';
import type { EventLog } from './event-log.ts';
import {
  columnsOf,
  isFinal,
  type KeptOrder,
  keepEvent,
  knownOf,
  type OrderColumns,
  orderRow,
  readOrderRow,
  replayed,
  type WrittenOrder,
} from './kept-order.ts';
import type { ListedText } from './listed-order.ts';
import { type LoggedEvent, type ShortJobEvent, shorten } from './log-row.ts';
import { openBody, type RowKey, sealBody } from './row-body.ts';
import { prepared } from './sqlite.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

/** JSON of one page of orders, characters; rows looked at for one page. */
const PAGE_CHARS_MAX = 1_048_576;
const PAGE_ROWS_MAX = 2_000;
/** Events after which the row of an order is written though nothing but counts changed: what a start must read again is bounded. */
const ROW_AGE_EVENTS = 10_000;
const TRIM_ROWS = 64;
/** Up to so many open orders are looked through at every commit; more of them every so many commits as there are orders. */
const OPEN_FEW = 200;
const TRIM_SLACK = 64;

export class OrderTable {
  readonly #db: DatabaseSync;
  readonly #open = new Map<string, KeptOrder>();
  /** Position as of which the row of an open order is on disk. */
  readonly #written = new Map<string, number>();
  #dirty = new Map<string, KeptOrder>();
  /** How many have ended, by state. */
  readonly #ended = new Map<number, number>();
  #needed = 0;
  #neededAge = Number.MAX_SAFE_INTEGER;

  constructor(db: DatabaseSync, log: EventLog) {
    this.#db = db;
    for (const row of db.prepare('SELECT state, count(*) AS n FROM orders WHERE state >= 5 GROUP BY state').all()) {
      this.#ended.set(Number(row['state']), Number(row['n']));
    }
    for (const row of db.prepare('SELECT * FROM orders WHERE state < 5 ORDER BY place').all()) {
      const order = orderOf(row);
      this.#open.set(idOf(order), order);
      this.#written.set(idOf(order), order.position);
    }
    for (const { position, body, isSettled } of log.needed()) this.#replay(position, body, isSettled);
  }

  /** What the log has of orders since their rows were written, if they have any. */
  #replay(position: number, body: LoggedEvent['body'], isSettled: boolean): void {
    if (body.kind === 'whole') {
      if (body.body.kind === 'job-removed') this.#forget(body.body.record.order.jobOrderId);
      return;
    }
    const { job } = body;
    const before = isSettled ? this.#open.get(job.order) : this.find(job.order);
    if (before !== undefined && position <= before.position) return;
    const order = replayed(before, job, position);
    if (order === undefined || isFinal(order.event.record)) this.#open.delete(job.order);
    else this.#open.set(job.order, order);
    if (isSettled || order === undefined) return;
    if (isFinal(order.event.record)) this.#dirty.set(job.order, order);
    this.#count(before, -1);
    this.#count(order, 1);
  }

  /** Its row, if it had one, went with the commit that removed it. */
  #forget(jobOrderId: string): void {
    this.#count(this.#dirty.get(jobOrderId), -1);
    this.#open.delete(jobOrderId);
    this.#written.delete(jobOrderId);
    this.#dirty.delete(jobOrderId);
  }

  /** What the log has after this position is needed to know the orders that are not in the table. An older, smaller answer is a safe one. */
  oldestNeeded(): number {
    this.#neededAge += 1;
    if (this.#open.size <= OPEN_FEW || this.#neededAge > this.#open.size) this.#needed = this.#findOldestNeeded();
    return this.#needed;
  }

  #findOldestNeeded(): number {
    this.#neededAge = 0;
    let oldest = Number.MAX_SAFE_INTEGER;
    for (const [id, { place }] of [...this.#open, ...this.#dirty])
      oldest = Math.min(oldest, this.#written.get(id) ?? place - 1);
    return oldest;
  }

  /** @returns the event as the log has it */
  keep(event: JobEventBody, position: number): ShortJobEvent {
    const before = this.find(event.record.order.jobOrderId);
    const order = keepEvent(before, event, position);
    const id = idOf(order);
    this.#needed = Math.min(this.#needed, order.place - 1);
    const age = position - (this.#written.get(id) ?? order.place);
    if (isFinal(event.record)) this.#open.delete(id);
    else this.#open.set(id, order);
    if (isFinal(event.record) || age > ROW_AGE_EVENTS) this.#dirty.set(id, order);
    this.#count(before, -1);
    this.#count(order, 1);
    return shorten(event, order.place, knownOf(before, order));
  }

  /** Which of these orders have a row: one question for a whole group. */
  withRow(jobOrderIds: readonly string[]): ReadonlySet<string> {
    const sql = 'SELECT job_order_id AS id FROM orders WHERE job_order_id IN (SELECT value FROM json_each(?))';
    return new Set(
      prepared(this.#db, sql)
        .all(JSON.stringify(jobOrderIds))
        .map((row) => String(row['id'])),
    );
  }

  /** Whether an order is open or has just ended. */
  isInMemory(jobOrderId: string): boolean {
    return this.#open.has(jobOrderId) || this.#dirty.has(jobOrderId);
  }

  /** Keeps an order that is neither in memory nor has a row: an open one, of which this is the only event. */
  keepFirst(jobOrderId: string, order: WrittenOrder): void {
    this.#open.set(jobOrderId, order);
    this.#needed = Math.min(this.#needed, order.position - 1);
  }

  /** Takes an order out for good: its identification may be used again. Inside a transaction. */
  remove(jobOrderId: string): void {
    const order = this.find(jobOrderId);
    if (order === undefined) return;
    this.#open.delete(jobOrderId);
    this.#written.delete(jobOrderId);
    this.#dirty.delete(jobOrderId);
    this.#db.prepare('DELETE FROM orders WHERE place = ?').run(order.place);
    this.#count(order, -1);
  }

  #count(order: KeptOrder | undefined, change: number): void {
    if (order === undefined || !isFinal(order.event.record)) return;
    const state = JOB_STATES[order.event.record.state];
    this.#ended.set(state, (this.#ended.get(state) ?? 0) + change);
  }

  /** Writes the rows of orders that have ended, or have been open for long. Inside a transaction. */
  write(): void {
    if (this.#dirty.size === 0) return;
    const insert = prepared(
      this.#db,
      `INSERT INTO orders (place, state, job_order_id, listed, body) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (place) DO UPDATE SET state = excluded.state, listed = excluded.listed, body = excluded.body`,
    );
    for (const dirty of this.#dirty.values()) {
      const order = this.#open.get(idOf(dirty)) ?? dirty;
      const columns = columnsOf(order);
      const { place, state, id, listed } = columns;
      insert.run(place, state, id, listed, sealBody(rowKey(columns), orderRow(order)));
      if (isFinal(order.event.record)) this.#written.delete(id);
      else this.#written.set(id, order.position);
    }
    // Not cleared: a Map that is cleared keeps what it had until its old tables are collected, which takes long.
    this.#dirty = new Map();
  }

  get #endedCount(): number {
    return [...this.#ended.values()].reduce((sum, count) => sum + count, 0);
  }

  /** More ended orders than are to be kept, by so many that it is worth removing them. */
  isLong(endedOrdersMax: number): boolean {
    return this.#endedCount > endedOrdersMax + TRIM_SLACK;
  }

  /**
   * Removes ended orders over the bound, those that were stored first. Inside a transaction, with all of them in the table.
   * @param newest position of the newest event: an order that ended within the last `endedOrdersMax` of them stays, whenever it was stored
   * @returns position up to which events are of orders that went; 0: none went
   */
  trim(endedOrdersMax: number, newest: number): number {
    if (!this.isLong(endedOrdersMax)) return 0;
    const limit = Math.min(TRIM_ROWS * 8, this.#endedCount - endedOrdersMax);
    const gone: KeptOrder[] = [];
    for (const row of this.#db.prepare('SELECT * FROM orders WHERE state >= 5 ORDER BY place').iterate()) {
      if (gone.length === limit) break;
      const order = orderOf(row);
      if (order.position <= newest - endedOrdersMax) gone.push(order);
    }
    const remove = this.#db.prepare('DELETE FROM orders WHERE place = ?');
    for (const order of gone) {
      remove.run(order.place);
      this.#count(order, -1);
    }
    return Math.max(0, ...gone.map(({ position }) => position));
  }

  /** Open orders, the oldest first. */
  open(): readonly StoredOrder[] {
    return [...this.#open.values()].toSorted((left, right) => left.place - right.place).map(shown);
  }

  find(jobOrderId: string): KeptOrder | undefined {
    const known = this.#open.get(jobOrderId) ?? this.#dirty.get(jobOrderId);
    if (known !== undefined) return known;
    const row = this.#rowOf(jobOrderId);
    return row === undefined ? undefined : orderOf(row);
  }

  #rowOf(jobOrderId: string): Row | undefined {
    return prepared(this.#db, 'SELECT * FROM orders WHERE job_order_id = ?').get(jobOrderId);
  }

  /** What lists are made by, of orders that have a row. One text for all: a hundred thousand of them are asked for at a start. */
  listed({ after, limit }: ListedQuery): ListedText {
    const row = prepared(
      this.#db,
      `SELECT count(*) AS n, max(place) AS last, group_concat('[' || json_quote(job_order_id) || ',' || state || ',' || listed || ']') AS text
       FROM (SELECT place, job_order_id, state, listed FROM orders WHERE place > ? ORDER BY place LIMIT ?)`,
    ).get(after, limit);
    return { text: `[${String(row?.['text'] ?? '')}]`, next: row?.['n'] === limit ? Number(row['last']) : undefined };
  }

  list(query: OrderQuery): OrderPage {
    const orders: StoredOrder[] = [];
    let [looked, chars, last] = [0, 0, undefined as number | undefined];
    for (const order of this.#merged(query)) {
      if (orders.length === query.limit || looked === PAGE_ROWS_MAX || chars > PAGE_CHARS_MAX) {
        return { orders, next: last, total: this.#total(query) };
      }
      looked += 1;
      last = order.place;
      if (query.workMasterId !== undefined && order.event.record.order.workMasterId !== query.workMasterId) continue;
      orders.push(shown(order));
      chars += JSON.stringify(order.event).length;
    }
    return { orders, next: undefined, total: this.#total(query) };
  }

  /** Open and just ended orders from memory and the others from disk, in their order. */
  *#merged(query: OrderQuery): Generator<KeptOrder> {
    const isBefore = (left: number, right: number): boolean =>
      query.direction === 'oldest-first' ? left < right : left > right;
    const after = query.after ?? (query.direction === 'oldest-first' ? 0 : Number.MAX_SAFE_INTEGER);
    const inMemory = [
      ...this.#open.values(),
      ...[...this.#dirty.values()].filter(({ event }) => isFinal(event.record)),
    ];
    const open = ofStates(inMemory, query)
      .filter(({ place }) => isBefore(after, place))
      .toSorted((left, right) => (isBefore(left.place, right.place) ? -1 : 1));
    for (const row of this.#rows(query, after)) {
      while (open[0] !== undefined && isBefore(open[0].place, Number(row['place']))) yield open.shift() as KeptOrder;
      const id = String(row['job_order_id']);
      if (!this.#open.has(id) && !this.#dirty.has(id)) yield orderOf(row);
    }
    yield* open;
  }

  /** A literal state lets SQLite use the index that fits it. */
  #rows({ states = [], direction }: OrderQuery, after: number): Iterable<Row> {
    const numbers = statesOf(states);
    const isForward = direction === 'oldest-first';
    const some = numbers.length === 0 ? '1' : `state IN (${numbers.join(',')})`;
    const aborted = numbers.length === 1 && numbers[0] === 6 ? 'AND state = 6' : '';
    if (numbers.length > 0 && numbers.every((state) => state < 5)) return [];
    return this.#db
      .prepare(
        `SELECT * FROM orders WHERE place ${isForward ? '>' : '<'} ? AND ${some} ${aborted}
         ORDER BY place ${isForward ? 'ASC' : 'DESC'} LIMIT ${PAGE_ROWS_MAX + 1}`,
      )
      .iterate(after);
  }

  #total(query: OrderQuery): number {
    const numbers = new Set<number>(statesOf(query.states ?? []));
    const ended = [...this.#ended].filter(([state]) => numbers.size === 0 || numbers.has(state));
    return ended.reduce((sum, [, count]) => sum + count, ofStates([...this.#open.values()], query).length);
  }
}

function ofStates(orders: readonly KeptOrder[], { states = [] }: OrderQuery): readonly KeptOrder[] {
  return states.length === 0 ? orders : orders.filter(({ event }) => states.includes(event.record.state));
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

function rowKey({ place, state, id, listed }: OrderColumns): RowKey {
  return ['orders', place, state, id, listed];
}

function orderOf(row: Row): KeptOrder {
  const place = Number(row['place']);
  return readOrderRow(place, openBody(orderKey(row), row['body']));
}

/** What the row of an order is sealed with. */
export function orderKey(row: Row): RowKey {
  const { place, state, job_order_id: id, listed } = row;
  return rowKey({ place: Number(place), state: Number(state), id: String(id), listed: String(listed) });
}
