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

/** What a row holds; every number of an event but its first is a difference to the event before. */
export interface LogRow {
  /** Number of the run of control. */
  readonly e: number;
  /** Newest record of the audit trail at the time. */
  readonly a: number;
  /** What came after this position was needed at the time to know the open orders. */
  readonly o: number;
  /** Texts that events name by their index. */
  readonly s: readonly string[];
  readonly v: readonly JsonValue[];
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
const FORM = { whole: 0, job: 1, jobAgain: 2, stepStarted: 3, stepEnded: 4 } as const;

/** What the journal has of an order: its content, and so many of its measurements. */
export interface Known {
  readonly content: boolean;
  readonly measurements: number;
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

/** Writes one row, event by event. */
export class LogRowWriter {
  readonly #epoch: number;
  readonly #texts = new Map<string, number>();
  readonly #jobs = new Map<string, ShortJobEvent>();
  readonly #events: JsonValue[] = [];
  #last = { sequence: 0, atUs: 0, time: 0 };

  constructor(epoch: number) {
    this.#epoch = epoch;
  }

  /** @param job the short form of a job event, else undefined */
  add(event: CellEvent, job: ShortJobEvent | undefined): void {
    const next = { sequence: event.sequence, atUs: Math.round(event.at * 1000), time: event.time };
    const head = [next.sequence - this.#last.sequence, next.atUs - this.#last.atUs, next.time - this.#last.time];
    this.#last = next;
    this.#events.push(this.#form(head, event.body, job));
  }

  row(auditSeq: number, needed: number): LogRow {
    return { e: this.#epoch, a: auditSeq, o: needed, s: [...this.#texts.keys()], v: this.#events };
  }

  get length(): number {
    return this.#events.length;
  }

  #form(head: readonly number[], body: CellEventBody, job: ShortJobEvent | undefined): JsonValue {
    if (job !== undefined) return this.#job(head, job);
    if (body.kind === 'step' && Object.keys(body).length === 5) {
      const form = body.phase === 'started' ? FORM.stepStarted : FORM.stepEnded;
      return [form, ...head, this.#text(body.jobOrderId), this.#text(body.path), this.#text(body.label)];
    }
    return [FORM.whole, ...head, body as unknown as JsonValue];
  }

  #job(head: readonly number[], job: ShortJobEvent): JsonValue {
    const before = this.#jobs.get(job.order);
    this.#jobs.set(job.order, job);
    const [form, record, rest] =
      before === undefined || job.c !== undefined
        ? [FORM.job, job.record, job.rest]
        : [FORM.jobAgain, difference(before.record, job.record), difference(before.rest, job.rest)];
    const content = job.c === undefined ? [] : [job.c as unknown as JsonValue];
    return [
      form,
      ...head,
      this.#text(job.order),
      job.place,
      job.n,
      job.m as unknown as JsonValue,
      record,
      rest,
      ...content,
    ];
  }

  #text(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, this.#texts.size);
    return this.#texts.size - 1;
  }
}

/** @returns the events of a row, the oldest first */
export function readLogRow(row: LogRow): readonly LoggedEvent[] {
  const jobs = new Map<string, ShortJobEvent>();
  const last = { sequence: 0, atUs: 0, time: 0 };
  const text = (index: JsonValue | undefined): string => row.s[Number(index)] ?? '';
  return row.v.map((event) => {
    const [form, sequence, atUs, time, ...content] = event as readonly JsonValue[];
    last.sequence += Number(sequence);
    last.atUs += Number(atUs);
    last.time += Number(time);
    const stamp = { sequence: last.sequence, at: (last.atUs / 1000) as MonotonicMs, time: last.time as EpochMs };
    if (form === FORM.job || form === FORM.jobAgain) {
      const job = readJob(text(content[0]), content, form === FORM.job ? undefined : jobs);
      jobs.set(job.order, job);
      return { ...stamp, body: { kind: 'short', job } };
    }
    return { ...stamp, body: { kind: 'whole', body: readBody(Number(form), content, text) } };
  });
}

function readBody(
  form: number,
  content: readonly JsonValue[],
  text: (index: JsonValue | undefined) => string,
): CellEventBody {
  if (form === FORM.whole) return content[0] as unknown as CellEventBody;
  return {
    kind: 'step',
    jobOrderId: text(content[0]),
    path: text(content[1]),
    label: text(content[2]),
    phase: form === FORM.stepStarted ? 'started' : 'ended',
  };
}

function readJob(
  order: string,
  [, place, n, m, record, rest, c]: readonly JsonValue[],
  before: ReadonlyMap<string, ShortJobEvent> | undefined,
): ShortJobEvent {
  const base = before?.get(order);
  return {
    order,
    place: Number(place),
    n: Number(n),
    m: m as unknown as readonly Measurement[],
    c: c as unknown as JobOrder | undefined,
    record: base === undefined ? (record as Members) : patched(base.record, record as Members),
    rest: base === undefined ? (rest as Members) : patched(base.rest, rest as Members),
  };
}

/** Members that are new or other; those that are gone are null, which no member is by itself (JSON has no undefined). */
function difference(before: Members, after: Members): Members {
  const changed = Object.entries(after).filter(([name, value]) => !sameJson(before[name], value));
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return Object.fromEntries([...changed, ...gone.map((name): [string, JsonValue] => [name, null])]);
}

function patched(before: Members, change: Members): Members {
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null));
}

/** Members that are undefined or null are left out. */
function asMembers(value: object): Members {
  const entries = Object.entries(value) as [string, JsonValue | undefined][];
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] != null));
}

export function sameJson(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
