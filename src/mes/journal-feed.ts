// Takes the events of control into the journal, one group after the other, and tells control how far they are on disk.
import type { AuditDraft } from '../core/audit.ts';
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import { describeFault, type Fault, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { RequestOrigin } from '../core/job-request.ts';
import { isOpen } from '../core/job-transitions.ts';
import { monotonicMs } from '../core/units.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  AuditEntry,
  JournalBatch,
  JournalPort,
  LedgerEntry,
  NoteChange,
  ResponseDraft,
} from '../ports/journal.ts';
import { auditOf } from './audit-events.ts';
import { ClockWatch } from './clock-watch.ts';
import type { CommittedEvents } from './committed-events.ts';
import { asAnswer, toLedgerAnswer } from './ledger-answer.ts';
import { isPushed, type PushedState, RECEIVER } from './pushed-states.ts';

/** How long steps, measurements and counts wait for something that somebody waits for, ms: each commit wears the disk. */
const SOON_MS = 10_000;
/** The same for what people wait to see, although nobody acts on it: an order is ready, or waits for something else, ms. */
const SEEN_SOON_MS = 250;
/** Before a group that failed is given to the journal again, ms. */
const AGAIN_MS = 200;
/** Events of one group at most; half as many for as long as they are more JSON than the journal takes at once. */
const GROUP_EVENTS_MAX = 200;

export interface JournalFeedOptions {
  readonly control: ControlClient;
  readonly journal: JournalPort;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Responses to these states are queued for the receiver, together with the event that tells of them. @defaultValue none */
  readonly pushedStates?: readonly PushedState[] | undefined;
  /** Tells what is on disk. Undefined: nobody is told, and what orders become is shown before it is on disk. */
  readonly committed?: CommittedEvents | undefined;
  /** What is to be remembered in the same transaction as these orders. @defaultValue nothing */
  readonly notesOf?: ((records: readonly JobRecord[]) => readonly NoteChange[]) | undefined;
  /** Whether the machine's date is kept by a time server now. @defaultValue nobody knows: it is not */
  readonly isClockSynced?: (() => boolean) | undefined;
}

/** What tells a request from all others. */
export type AskedRequest = Pick<RequestOrigin, 'identity' | 'method' | 'requestId'>;

interface Waiter {
  readonly sequence: number;
  readonly settle: (failed: Fault | undefined) => void;
}

/** One run of control at a time: what another one had not stored comes again from it, or is lost with it. */
export class JournalFeed {
  readonly #options: JournalFeedOptions;
  /** Orders that are open, as they were heard of last. */
  readonly #records = new Map<string, JobRecord>();
  readonly #clockWatch: ClockWatch;
  /** What the audit trail says of events that are not on disk, by their sequence. */
  readonly #audit = new Map<number, AuditDraft>();
  #epoch = '';
  #events: CellEvent[] = [];
  #through = 0;
  #waiters: Waiter[] = [];
  #isBusy = false;
  #isUrgent = false;
  #cancelSoon: (() => void) | undefined;
  /** When `#cancelSoon` is due, monotonic ms; undefined: nothing waits. */
  #soonAt: number | undefined;
  #groupMax = GROUP_EVENTS_MAX;
  #isClosed = false;
  #refusedWith: Fault | undefined;
  #onStored: (() => void) | undefined;
  #onRefusal: (() => void) | undefined;

  constructor(options: JournalFeedOptions) {
    this.#options = options;
    this.#clockWatch = new ClockWatch(options.isClockSynced ?? (() => false));
  }

  /** Told of every group that is on disk. One listener. */
  onStored(listener: () => void): void {
    this.#onStored = listener;
  }

  /** Told whenever `refusedWith` has become another. One listener. */
  onRefusal(listener: () => void): void {
    this.#onRefusal = listener;
  }

  /** A connection begins; `records`: all orders as that run of control has them. */
  begin(epoch: string, records: readonly JobRecord[]): void {
    if (epoch !== this.#epoch) {
      this.#through = 0;
      this.#clockWatch.restart();
    }
    this.#epoch = epoch;
    this.#events = [];
    this.#audit.clear();
    this.#records.clear();
    for (const record of records) if (isOpen(record.state)) this.#records.set(record.order.jobOrderId, record);
  }

  /** A connection ended: control sends again whatever it has not been told to be on disk. */
  end(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const { settle } of waiters) settle(fault(6007, { cause: 'the connection to the control process was lost' }));
  }

  /** A durable event of the present run, in order. */
  put(event: CellEvent): void {
    if (event.sequence <= this.#through) {
      // It was on disk before the connection was lost, and control has not heard of it.
      this.#options.control.stored(this.#epoch, this.#through);
      return;
    }
    const dueMs = this.#dueMs(event.body);
    const draft = auditOf(event, this.#clockWatch.quality(event.at, event.time));
    if (draft !== undefined) this.#audit.set(event.sequence, draft);
    this.#events.push(this.#asKept(event));
    if (dueMs === 0) this.#hurry();
    else this.#hurryWithin(dueMs);
  }

  /** Resolves when all durable events of `epoch` up to `sequence` are on disk: undefined, or why nobody may believe so. */
  stored(epoch: string, sequence: number): Promise<Fault | undefined> {
    if (epoch !== this.#epoch) return Promise.resolve(fault(6007, { cause: 'the control process was started again' }));
    if (sequence <= this.#through) return Promise.resolve(undefined);
    return new Promise((settle) => {
      this.#waiters.push({ sequence, settle });
      this.#hurry();
    });
  }

  /** Why what was heard is not on disk, and nothing more may be asked of control until it is. */
  get refusedWith(): Fault | undefined {
    return this.#refusedWith;
  }

  /** How control has answered what it was asked, where that is not on disk yet. Undefined: it is, or control was not asked. */
  answerWaiting({ identity, method, requestId }: AskedRequest): LedgerEntry | undefined {
    const event = this.#events.find(({ body }) => {
      const origin = originOf(body);
      return origin?.requestId === requestId && origin.method === method && origin.identity === identity;
    });
    return event && this.#answered(event);
  }

  /** Resolves when all that was heard so far is on disk, or the journal has refused it. */
  async settled(): Promise<void> {
    const last = this.#events.at(-1);
    if (last !== undefined) await this.stored(this.#epoch, last.sequence);
  }

  /** Resolves when all that was heard is on disk, or the journal has refused it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelSoon?.();
    this.end();
    await this.settled();
  }

  /** How long it may wait for others. 0: somebody waits for it, as an order changes its state or leaves the list. */
  #dueMs(body: CellEventBody): number {
    if (body.kind === 'job-removed') {
      this.#records.delete(body.record.order.jobOrderId);
      return 0;
    }
    if (body.kind !== 'job') return body.kind === 'stop-record' || originOf(body) !== undefined ? 0 : SOON_MS;
    const { record } = body;
    const before = this.#records.get(record.order.jobOrderId);
    // Control forgets those that have ended and says nothing of it.
    if (isOpen(record.state)) this.#records.set(record.order.jobOrderId, record);
    else this.#records.delete(record.order.jobOrderId);
    if (before?.state !== record.state || body.origin !== undefined || body.askedBy !== undefined) return 0;
    const isSame = before.substate === record.substate && before.reason?.code === record.reason?.code;
    return isSame ? SOON_MS : SEEN_SOON_MS;
  }

  #hurryWithin(ms: number): void {
    const { clock } = this.#options;
    const at = clock.now() + ms;
    if (this.#soonAt !== undefined && this.#soonAt <= at) return;
    this.#cancelSoon?.();
    this.#soonAt = at;
    this.#cancelSoon = this.#after(ms, () => this.#hurry());
  }

  /** A checkpoint is kept with the order that it is of. */
  #asKept(event: CellEvent): CellEvent {
    const { body } = event;
    if (body.kind !== 'checkpoint') return event;
    const record = this.#records.get(body.checkpoint.jobOrderId);
    return record === undefined ? event : { ...event, body: { kind: 'job', record, checkpoint: body.checkpoint } };
  }

  #hurry(): void {
    this.#isUrgent = true;
    void this.#write();
  }

  /** One group at a time: a later one on disk would say that an earlier one is. */
  async #write(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#isUrgent) {
      this.#cancelSoon?.();
      this.#soonAt = undefined;
      const group = this.#events.slice(0, this.#groupMax);
      this.#isUrgent = this.#events.length > group.length;
      if (group.length > 0) await this.#writeGroup(this.#epoch, group);
    }
    this.#isBusy = false;
  }

  async #writeGroup(epoch: string, group: readonly CellEvent[]): Promise<void> {
    const { control, log } = this.#options;
    const last = group.at(-1)?.sequence ?? 0;
    const failed = await this.#commit(epoch, group);
    if (failed !== undefined) {
      if (isTooLong(failed) && group.length > 1) {
        this.#groupMax = Math.ceil(group.length / 2);
        this.#isUrgent = true;
        return;
      }
      if (this.#refusedWith === undefined) log(`the journal takes nothing: ${describeFault(failed)}`);
      this.#becomeRefused(failed);
      this.#settle(Number.POSITIVE_INFINITY, failed);
      if (!this.#isClosed) this.#after(AGAIN_MS, () => this.#hurry());
      this.#isUrgent = false;
      return;
    }
    if (this.#refusedWith !== undefined) log('the journal takes what happens again');
    this.#becomeRefused(undefined);
    this.#groupMax = GROUP_EVENTS_MAX;
    if (epoch !== this.#epoch) return;
    this.#through = Math.max(this.#through, last);
    this.#events = this.#events.filter(({ sequence }) => sequence > last);
    for (const { sequence } of group) this.#audit.delete(sequence);
    control.stored(epoch, this.#through);
    this.#settle(this.#through, undefined);
    this.#onStored?.();
  }

  #becomeRefused(failed: Fault | undefined): void {
    if (failed?.code === this.#refusedWith?.code) return;
    this.#refusedWith = failed;
    this.#onRefusal?.();
  }

  /** Whoever waits for the disk finds what was committed shown when it is told so. */
  async #commit(epoch: string, group: readonly CellEvent[]): Promise<Fault | undefined> {
    const { journal, committed } = this.#options;
    const appended = await journal.append(this.#batch(group), 'now');
    return appended.ok ? committed?.take(epoch, group, appended.value) : appended.error;
  }

  #settle(through: number, failed: Fault | undefined): void {
    const done = this.#waiters.filter(({ sequence }) => sequence <= through);
    this.#waiters = this.#waiters.filter(({ sequence }) => sequence > through);
    for (const { settle } of done) settle(failed);
    // What waits was heard of in a reply, which comes after its events.
    if (this.#waiters.length > 0) this.#isUrgent = true;
  }

  #batch(events: readonly CellEvent[]): JournalBatch {
    const notes = this.#options.notesOf?.(events.flatMap(({ body }) => (body.kind === 'job' ? body.record : []))) ?? [];
    return {
      epoch: this.#epoch,
      ...(notes.length > 0 && { notes }),
      events: events.map(withoutRequest),
      ledger: events.flatMap((event) => this.#answered(event) ?? []),
      audit: events.flatMap(({ sequence }) => this.#recorded(sequence) ?? []),
      responses: events.flatMap((event) => this.#toPush(event) ?? []),
    };
  }

  #recorded(sequence: number): AuditEntry | undefined {
    const draft = this.#audit.get(sequence);
    return draft && { ...draft, sequence };
  }

  #toPush({ body, sequence, time }: CellEvent): ResponseDraft | undefined {
    const { pushedStates = [] } = this.#options;
    if (body.kind !== 'job' || !isPushed(body.record, pushedStates)) return undefined;
    return { receiver: RECEIVER, jobOrderId: body.record.order.jobOrderId, time, sequence };
  }

  /** The request that led to an event is answered by it, in the same transaction. */
  #answered({ body, time }: CellEvent): LedgerEntry | undefined {
    const origin = originOf(body);
    if (origin === undefined) return undefined;
    switch (body.kind) {
      case 'job':
      case 'job-removed':
        return { ...origin, answer: toLedgerAnswer(body.record), time };
      case 'alarm-handled':
        return { ...origin, answer: asAnswer({ epoch: this.#epoch, alarm: body.alarm }), time };
      case 'unit-command':
        return { ...origin, answer: asAnswer(body.unit), time };
      default:
        return undefined;
    }
  }

  #after(ms: number, task: () => void): () => void {
    const { clock } = this.#options;
    return clock.schedule(monotonicMs(clock.now() + ms), task);
  }
}

/** It is more than the journal takes at once; less of it may not be. */
function isTooLong({ code }: Fault): boolean {
  return code === 6511;
}

function originOf(body: CellEventBody): RequestOrigin | undefined {
  return 'origin' in body ? body.origin : undefined;
}

/** Who asked is in the audit trail, and what was answered in the ledger. */
function withoutRequest(event: CellEvent): CellEvent {
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
  const { kind, record, checkpoint } = body;
  return { ...event, body: checkpoint === undefined ? { kind, record } : { kind, record, checkpoint } };
}
