// Takes the events of control into the journal, one group after the other, and tells control how far they are on disk.

import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import { describeFault, type Fault, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { RequestOrigin } from '../core/job-request.ts';
import { isOpen } from '../core/job-transitions.ts';
import { monotonicMs } from '../core/units.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalBatch, JournalPort, LedgerEntry, NoteChange, ResponseDraft } from '../ports/journal.ts';
import type { LineLog } from '../ports/line-log.ts';
import { auditOf } from './audit-events.ts';
import { ClockWatch } from './clock-watch.ts';
import type { CommittedEvents } from './committed-events.ts';
import { answered, type Heard, originOf, recorded, withoutRequest } from './heard-event.ts';
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
  readonly log: LineLog;
  /** Responses to these states are queued for the receiver, together with the event that tells of them. @defaultValue none */
  readonly pushedStates?: readonly PushedState[] | undefined;
  /** Tells what is on disk. Undefined: nobody is told, and what orders become is shown before it is on disk. */
  readonly committed?: CommittedEvents | undefined;
  /** Revision of an order as it is on disk. @defaultValue nobody knows */
  readonly storedRevision?: ((jobOrderId: string) => number | undefined) | undefined;
  /** What is to be remembered in the same transaction as these orders. @defaultValue nothing */
  readonly notesOf?: ((records: readonly JobRecord[]) => readonly NoteChange[]) | undefined;
  /** Whether the machine's date is kept by a time server now. @defaultValue nobody knows: it is not */
  readonly isClockSynced?: (() => boolean) | undefined;
}

/** What tells a request from all others. */
export type AskedRequest = Pick<RequestOrigin, 'identity' | 'method' | 'requestId'>;

interface Waiter {
  readonly epoch: string;
  readonly sequence: number;
  readonly settle: (failed: Fault | undefined) => void;
}

/** One run of control at a time; what was heard from the one before goes to disk first, since nobody tells it again. */
export class JournalFeed {
  readonly #options: JournalFeedOptions;
  /** Orders that are open, as they were heard of last. */
  readonly #records = new Map<string, JobRecord>();
  readonly #clockWatch: ClockWatch;
  #epoch = '';
  #heard: Heard[] = [];
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
    this.#heard = this.#heard.filter((heard) => heard.epoch !== epoch);
    this.#records.clear();
    for (const record of records) if (isOpen(record.state)) this.#records.set(record.order.jobOrderId, record);
  }

  /** A connection ended: control sends again whatever it has not been told to be on disk, unless it is no more. */
  end(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const { settle } of waiters) settle(fault(6007, { cause: 'the connection to the control process was lost' }));
    if (this.#heard.length > 0) this.#hurry();
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
    this.#heard.push({ epoch: this.#epoch, event: this.#asKept(event), audit: draft });
    if (dueMs === 0) this.#hurry();
    else this.#hurryWithin(dueMs);
  }

  /** Resolves when all durable events of `epoch` up to `sequence` are on disk: undefined, or why nobody may believe so. */
  stored(epoch: string, sequence: number): Promise<Fault | undefined> {
    if (epoch !== this.#epoch) return Promise.resolve(fault(6007, { cause: 'the control process was started again' }));
    if (sequence <= this.#through) return Promise.resolve(undefined);
    return new Promise((settle) => {
      this.#waiters.push({ epoch, sequence, settle });
      this.#hurry();
    });
  }

  /** Why what was heard is not on disk, and nothing more may be asked of control until it is. */
  get refusedWith(): Fault | undefined {
    return this.#refusedWith;
  }

  /** How control has answered what it was asked, where that is not on disk yet. Undefined: it is, or control was not asked. */
  answerWaiting({ identity, method, requestId }: AskedRequest): LedgerEntry | undefined {
    const heard = this.#heard.find(({ event: { body } }) => {
      const origin = originOf(body);
      return origin?.requestId === requestId && origin.method === method && origin.identity === identity;
    });
    return heard && answered(heard);
  }

  /** Resolves when all that was heard so far is on disk, or the journal has refused it. */
  async settled(): Promise<void> {
    const last = this.#heard.at(-1);
    if (last === undefined) return;
    await new Promise<void>((resolve) => {
      this.#waiters.push({ ...last, sequence: last.event.sequence, settle: () => resolve() });
      this.#hurry();
    });
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

  /** A checkpoint is kept with the order that it is of. What control kept while nobody heard it can be older than its greeting. */
  #asKept(event: CellEvent): CellEvent {
    const { body } = event;
    if (body.kind !== 'checkpoint') return event;
    const { checkpoint } = body;
    const record = this.#records.get(checkpoint.jobOrderId);
    if (record === undefined) return event;
    const repeats = record.revision === this.#revisionBefore(checkpoint.jobOrderId);
    return { ...event, body: { kind: 'job', record, checkpoint, ...(repeats && { repeats }) } };
  }

  /** @returns of the order as it was given to the journal last */
  #revisionBefore(jobOrderId: string): number | undefined {
    const ofOrder = this.#heard.findLast(({ event }) => recordIn(event)?.order.jobOrderId === jobOrderId);
    if (ofOrder !== undefined) return recordIn(ofOrder.event)?.revision;
    return this.#options.storedRevision?.(jobOrderId);
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
      const epoch = this.#heard[0]?.epoch ?? '';
      const group = this.#heard.slice(0, this.#groupMax).filter((heard) => heard.epoch === epoch);
      this.#isUrgent = this.#heard.length > group.length;
      if (group.length > 0) await this.#writeGroup(epoch, group);
    }
    this.#isBusy = false;
  }

  /** @param group of one run of control */
  async #writeGroup(epoch: string, group: readonly Heard[]): Promise<void> {
    const { control, log } = this.#options;
    const last = group.at(-1)?.event.sequence ?? 0;
    const failed = await this.#commit(epoch, group);
    if (failed !== undefined) {
      if (isTooLong(failed) && group.length > 1) {
        this.#groupMax = Math.ceil(group.length / 2);
        this.#isUrgent = true;
        return;
      }
      if (this.#refusedWith === undefined) log(`the journal takes nothing: ${describeFault(failed)}`);
      this.#becomeRefused(failed);
      this.#settle(() => true, failed);
      if (!this.#isClosed) this.#after(AGAIN_MS, () => this.#hurry());
      this.#isUrgent = false;
      return;
    }
    if (this.#refusedWith !== undefined) log('the journal takes what happens again', 'info');
    this.#becomeRefused(undefined);
    this.#groupMax = GROUP_EVENTS_MAX;
    this.#heard = this.#heard.filter((heard) => heard.epoch !== epoch || heard.event.sequence > last);
    if (epoch === this.#epoch) {
      this.#through = Math.max(this.#through, last);
      control.stored(epoch, this.#through);
    }
    this.#settle((waiter) => waiter.epoch === epoch && waiter.sequence <= last, undefined);
    this.#onStored?.();
  }

  #becomeRefused(failed: Fault | undefined): void {
    if (failed?.code === this.#refusedWith?.code) return;
    this.#refusedWith = failed;
    this.#onRefusal?.();
  }

  /** Whoever waits for the disk finds what was committed shown when it is told so. */
  async #commit(epoch: string, group: readonly Heard[]): Promise<Fault | undefined> {
    const { journal, committed } = this.#options;
    const appended = await journal.append(this.#batch(epoch, group), 'now');
    if (!appended.ok) return appended.error;
    return committed?.take(
      epoch,
      group.map(({ event }) => event),
      appended.value,
    );
  }

  #settle(isDone: (waiter: Waiter) => boolean, failed: Fault | undefined): void {
    const done = this.#waiters.filter(isDone);
    this.#waiters = this.#waiters.filter((waiter) => !isDone(waiter));
    for (const { settle } of done) settle(failed);
    // What waits was heard of in a reply, which comes after its events.
    if (this.#waiters.length > 0) this.#isUrgent = true;
  }

  #batch(epoch: string, group: readonly Heard[]): JournalBatch {
    const events = group.map(({ event }) => event);
    const notes = this.#options.notesOf?.(events.flatMap(({ body }) => (body.kind === 'job' ? body.record : []))) ?? [];
    return {
      epoch,
      ...(notes.length > 0 && { notes }),
      events: events.map(withoutRequest),
      ledger: group.flatMap((heard) => answered(heard) ?? []),
      audit: group.flatMap(recorded),
      responses: events.flatMap((event) => this.#toPush(event) ?? []),
    };
  }

  #toPush({ body, sequence, time }: CellEvent): ResponseDraft | undefined {
    const { pushedStates = [] } = this.#options;
    if (body.kind !== 'job' || !isPushed(body.record, pushedStates)) return undefined;
    const { order, endTime } = body.record;
    return { receiver: RECEIVER, jobOrderId: order.jobOrderId, time, endTime: endTime ?? null, sequence };
  }

  #after(ms: number, task: () => void): () => void {
    const { clock } = this.#options;
    return clock.schedule(monotonicMs(clock.now() + ms), task);
  }
}

function recordIn({ body }: CellEvent): JobRecord | undefined {
  return body.kind === 'job' ? body.record : undefined;
}

/** It is more than the journal takes at once; less of it may not be. */
function isTooLong({ code }: Fault): boolean {
  return code === 6511;
}
