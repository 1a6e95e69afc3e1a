// Events of one run of control as one row of the log: short where events come often, whole where they are rare. Pure.
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import type { JobOrder, Measurement } from '../core/job-order.ts';
import type { EpochMs, MonotonicMs } from '../core/units.ts';
import type { JobEventBody, JsonValue } from '../ports/journal.ts';

/**
 * A job event without what the order itself keeps: its content and its measurements. `order` is the identification, and
 * `place` tells it from an order that had the same before; `n`: how many measurements the record has; `m`: those that came now.
 */
export interface ShortJobEvent {
  readonly order: string;
  readonly place: number;
  readonly n: number;
  readonly m: readonly Measurement[];
  /** The content of the order, where it is new. */
  readonly c: JobOrder | undefined;
  /** All other members of the record. */
  readonly record: Members;
  /** All other members of the event. */
  readonly rest: Members;
}

export type Members = Readonly<Record<string, JsonValue>>;

type Stamp = Pick<CellEvent, 'sequence' | 'at' | 'time'>;

/**
 * Number and times of events, as differences. The clock of the day counts whole milliseconds and runs with the monotonic one: what
 * lies between them is known the better the more events there were, and the difference to what it says is mostly zero.
 */
class Stamps {
  #sequence = 0;
  #atUs = 0;
  /** Between these bounds, ms, lies the time of day less the monotonic time. */
  #offset = [0, 1] as readonly [from: number, to: number];

  shorten(event: Stamp): readonly [sequence: number, afterUs: number, drift: number] {
    const atUs = Math.round(event.at * 1000);
    const short = [event.sequence - this.#sequence, atUs - this.#atUs, event.time - this.#expected(atUs)] as const;
    this.#advance(event.sequence, atUs, event.time);
    return short;
  }

  restore(sequence: number, afterUs: number, drift: number): Stamp {
    const atUs = this.#atUs + afterUs;
    const time = this.#expected(atUs) + drift;
    this.#advance(this.#sequence + sequence, atUs, time);
    return { sequence: this.#sequence, at: (atUs / 1000) as MonotonicMs, time: time as EpochMs };
  }

  #expected(atUs: number): number {
    const [from, to] = this.#offset;
    return Math.floor(atUs / 1000 + (from + to) / 2);
  }

  #advance(sequence: number, atUs: number, time: number): void {
    const seen = time - atUs / 1000;
    const [from, to] = [Math.max(this.#offset[0], seen), Math.min(this.#offset[1], seen + 1)];
    this.#offset = from < to ? [from, to] : [seen, seen + 1];
    this.#sequence = sequence;
    this.#atUs = atUs;
  }
}

/** What a row holds; every number of an event is a difference to the event before, that of its time to what the monotonic clock says. */
export interface LogRow {
  /** Number of the run of control. */
  readonly e: number;
  /** Newest record of the audit trail at the time. */
  readonly a: number;
  /** What came after this position was needed at the time to know the open orders. */
  readonly o: number;
  readonly v: readonly JsonValue[];
  /** Bodies of its events, when they are apart from them. */
  readonly b?: readonly JsonValue[];
}

/** An event as it comes out of a row: job events are still short. */
export interface LoggedEvent {
  readonly sequence: number;
  readonly at: MonotonicMs;
  readonly time: EpochMs;
  readonly body:
    | { readonly kind: 'short'; readonly job: ShortJobEvent }
    | { readonly kind: 'whole'; readonly body: CellEventBody };
}

/** First member of an event in a row. On disk: never reused. */
const FORM = { whole: 0, job: 1, jobAgain: 2, stepStarted: 3, stepEnded: 4, jobWhole: 5 } as const;

/** What the journal has of an order: its content, and so many of its measurements. */
export interface Known {
  readonly content: boolean;
  readonly measurements: number;
}

/** First events of orders, as one row: their bodies are packed. */
export class PackedRowWriter {
  readonly epoch: number;
  readonly #heads: string[] = [];
  readonly #stamps = new Stamps();

  constructor(epoch: number) {
    this.epoch = epoch;
  }

  addFirst(stamp: Stamp, place: number): void {
    this.#heads.push(`[${[FORM.jobWhole, ...this.#stamps.shorten(stamp), place].join(',')}]`);
  }

  /** JSON of the row without the bodies. */
  text(auditSeq: number, needed: number): string {
    return rowText(this.epoch, auditSeq, needed, this.#heads);
  }
}

function rowText(epoch: number, auditSeq: number, needed: number, events: readonly string[]): string {
  return `{"e":${epoch},"a":${auditSeq},"o":${needed},"v":[${events.join(',')}]}`;
}

/** Splits a job event. */
export function shorten(body: JobEventBody, place: number, known: Known): ShortJobEvent {
  const { record, ...rest } = body;
  const { order, measurements, ...members } = record;
  return {
    order: order.jobOrderId,
    place,
    n: measurements.length,
    m: measurements.slice(known.measurements),
    c: known.content ? undefined : order,
    record: asMembers(members),
    rest: asMembers({ ...rest, kind: undefined }),
  };
}

/** An event of a row that is JSON already. */
class WrittenForm {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Writes one row, event by event. */
export class LogRowWriter {
  readonly #epoch: number;
  readonly #jobs = new Map<string, ShortJobEvent>();
  readonly #events: (JsonValue | WrittenForm)[] = [];
  readonly #stamps = new Stamps();

  constructor(epoch: number) {
    this.#epoch = epoch;
  }

  /** @param job the short form of a job event, else undefined */
  add(event: CellEvent, job: ShortJobEvent | undefined): void {
    this.#events.push(this.#form(this.#stamps.shorten(event), event.body, job));
  }

  /** The first event of an order. @param body its JSON */
  addFirst(stamp: Stamp, place: number, body: string): void {
    const head = [FORM.jobWhole, ...this.#stamps.shorten(stamp), place].join(',');
    this.#events.push(new WrittenForm(`[${head},${body}]`));
  }

  row(auditSeq: number, needed: number): LogRow {
    const v = this.#events.map((event) =>
      event instanceof WrittenForm ? (JSON.parse(event.text) as JsonValue) : event,
    );
    return { e: this.#epoch, a: auditSeq, o: needed, v };
  }

  /** JSON of the row. */
  text(auditSeq: number, needed: number): string {
    const events = this.#events.map((event) => (event instanceof WrittenForm ? event.text : JSON.stringify(event)));
    return rowText(this.#epoch, auditSeq, needed, events);
  }

  get epoch(): number {
    return this.#epoch;
  }

  get length(): number {
    return this.#events.length;
  }

  #form(head: readonly number[], body: CellEventBody, job: ShortJobEvent | undefined): JsonValue {
    if (job !== undefined) return this.#job(head, job);
    if (body.kind === 'step' && Object.keys(body).length === 5) {
      const form = body.phase === 'started' ? FORM.stepStarted : FORM.stepEnded;
      return [form, ...head, body.jobOrderId, body.path, body.label];
    }
    return [FORM.whole, ...head, body as unknown as JsonValue];
  }

  #job(head: readonly number[], job: ShortJobEvent): JsonValue {
    const before = this.#jobs.get(job.order);
    this.#jobs.set(job.order, job);
    if (before === undefined || job.c !== undefined || before.place !== job.place)
      return [FORM.job, ...head, ...whole(job)];
    return [FORM.jobAgain, ...head, ...change(before, job)];
  }
}

function whole({ order, place, n, m, record, rest, c }: ShortJobEvent): readonly JsonValue[] {
  return [order, place, n, asJson(m), record, rest, ...(c === undefined ? [] : [asJson(c)])];
}

/** Against the event before of the same order, which had one revision less. */
function change(before: ShortJobEvent, { order, n, m, record, rest }: ShortJobEvent): readonly JsonValue[] {
  return [
    order,
    n - before.n - m.length,
    asJson(m),
    difference(revised(before.record), record),
    difference(before.rest, rest),
  ];
}

function revised(record: Members): Members {
  return { ...record, revision: Number(record['revision'] ?? 0) + 1 };
}

function asJson(value: object): JsonValue {
  return value as unknown as JsonValue;
}

/** @returns the events of a row, the oldest first */
export function readLogRow(row: LogRow): readonly LoggedEvent[] {
  const jobs = new Map<string, ShortJobEvent>();
  const stamps = new Stamps();
  return row.v.map((event, index) => {
    const [form, sequence, atUs, drift, ...inRow] = event as readonly JsonValue[];
    const content = row.b === undefined ? inRow : [...inRow, row.b[index] ?? null];
    const stamp = stamps.restore(Number(sequence), Number(atUs), Number(drift));
    if (form === FORM.job || form === FORM.jobAgain || form === FORM.jobWhole) {
      const job = readJob(form, content, jobs);
      jobs.set(job.order, job);
      return { ...stamp, body: { kind: 'short', job } };
    }
    return { ...stamp, body: { kind: 'whole', body: readBody(Number(form), content) } };
  });
}

function readBody(form: number, content: readonly JsonValue[]): CellEventBody {
  if (form === FORM.whole) return content[0] as unknown as CellEventBody;
  const [jobOrderId, path, label] = content.map(String);
  const phase = form === FORM.stepStarted ? 'started' : 'ended';
  return { kind: 'step', jobOrderId: jobOrderId ?? '', path: path ?? '', label: label ?? '', phase };
}

function readJob(form: number, content: readonly JsonValue[], jobs: ReadonlyMap<string, ShortJobEvent>): ShortJobEvent {
  if (form === FORM.jobAgain) return readChange(content, jobs);
  if (form === FORM.job) return readWhole(content);
  const [place, body] = content;
  return shorten(body as unknown as JobEventBody, Number(place), { content: false, measurements: 0 });
}

function readWhole([order, place, n, m, record, rest, c]: readonly JsonValue[]): ShortJobEvent {
  return {
    order: order as string,
    place: Number(place),
    n: Number(n),
    m: m as unknown as readonly Measurement[],
    c: c as unknown as JobOrder | undefined,
    record: record as Members,
    rest: rest as Members,
  };
}

function readChange(
  [order, n, m, record, rest]: readonly JsonValue[],
  jobs: ReadonlyMap<string, ShortJobEvent>,
): ShortJobEvent {
  const before = jobs.get(order as string);
  const measured = m as unknown as readonly Measurement[];
  return {
    order: order as string,
    place: before?.place ?? 0,
    n: (before?.n ?? 0) + Number(n) + measured.length,
    m: measured,
    c: undefined,
    record: patched(revised(before?.record ?? {}), record as Change),
    rest: patched(before?.rest ?? {}, rest as Change),
  };
}

/** What became of each member that is not as before: gone, another value, or the same but for its own members. */
type Change = { readonly [name: string]: null | readonly [JsonValue] | Change };

function difference(before: Members, after: Members): Change {
  const found: Record<string, null | readonly [JsonValue] | Change> = {};
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) found[name] = null;
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (!sameJson(old, value)) found[name] = isAlike(old, value) ? difference(asMap(old), asMap(value)) : [value];
  }
  return found;
}

/** Of the same make, so that only what is within has to be said: objects, or lists of the same length. */
function isAlike(before: JsonValue | undefined, after: JsonValue): boolean {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (!Array.isArray(before) || !Array.isArray(after)) return Array.isArray(before) === Array.isArray(after);
  return before.length === after.length;
}

/** A list by its indices. */
function asMap(value: JsonValue | undefined): Members {
  return value as unknown as Members;
}

function patched(before: Members, changes: Change): Members {
  const after: Record<string, JsonValue> = { ...before };
  const gone = new Set<string>();
  for (const [name, change] of Object.entries(changes)) {
    const old = before[name];
    if (change === null) gone.add(name);
    else if (isReplacement(change)) after[name] = change[0];
    else if (Array.isArray(old)) after[name] = Object.values(patched(asMap(old), change));
    else after[name] = patched(asMap(old), change);
  }
  return gone.size === 0 ? after : Object.fromEntries(Object.entries(after).filter(([name]) => !gone.has(name)));
}

function isReplacement(change: readonly [JsonValue] | Change): change is readonly [JsonValue] {
  return Array.isArray(change);
}

/** Members that are undefined or null are left out. */
function asMembers(value: object): Members {
  const members: Record<string, JsonValue> = {};
  for (const name of Object.keys(value) as (keyof typeof value)[]) {
    const member = value[name] as JsonValue | undefined;
    if (member !== undefined && member !== null) members[name] = member;
  }
  return members;
}

export function sameJson(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
