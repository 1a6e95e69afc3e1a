// Pushes the responses to ended and aborted orders to the MES until it has them: at least once, out of the journal, one at a time.

import type { celda } from '../../proto/generated/celda.js';
import { describeFault, type Fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { isOpen } from '../core/job-transitions.ts';
import { ok, type Result } from '../core/result.ts';
import { type EpochMs, epochMs, monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalPort, PendingResponse } from '../ports/journal.ts';
import type { LineLog } from '../ports/line-log.ts';
import type { RandomSource } from '../ports/random-source.ts';
import { PUSHER } from './asked-by.ts';
import type { AuditDesk } from './audit-desk.ts';
import type { JobDesk } from './job-desk.ts';
import type { JobMirror } from './job-mirror.ts';
import { toWireResponse } from './job-response-wire.ts';
import { LostResponses } from './lost-responses.ts';
import type { CellResources } from './requirement-check.ts';

/** An attempt without an answer ends after this, ms. */
export const ATTEMPT_MS = 10_000;
/** Pause after the first failure, doubled with each further one up to the longest, ms; each is cut by chance to a half at the least. */
export const PUSH_BACKOFF = { first: 1_000, longest: 300_000 } as const;
/** Read at once, the oldest first. */
const PAGE_RESPONSES = 1_000;

/** Why a response was not taken. */
export interface DeliveryFailure {
  readonly cause: string;
  /** No other would be taken now either: the receiver is away, hangs, or does not let this cell in. */
  readonly isOfReceiver: boolean;
}

/** The MES, as its answers show it. */
export interface ResponseReceiver {
  /** `host:port`. */
  readonly address: string;
  /** Rejects never; `signal` gives the attempt up. */
  deliver(
    request: celda.job.v1.ReceiveJobResponseRequest.$Properties,
    signal: AbortSignal,
  ): Promise<Result<void, DeliveryFailure>>;
  close(): void;
}

export interface OutboxOptions {
  readonly cell: CellResources;
  readonly receiver: ResponseReceiver;
  readonly journal: JournalPort;
  readonly mirror: JobMirror;
  readonly desk: JobDesk;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly log: LineLog;
  readonly audit?: Pick<AuditDesk, 'system'> | undefined;
}

/** What is known of the pushing. */
export interface OutboxState {
  readonly address: string;
  /** Responses that the receiver does not have; 1,000 at most are counted. */
  readonly waiting: number;
  /** Why the last attempt failed; empty: it did not. */
  readonly lastError: string;
  /** Undefined: none is planned. */
  readonly nextAttempt: EpochMs | undefined;
}

export class ResponseOutbox {
  readonly #options: OutboxOptions;
  /** Not before, monotonic ms, by id. */
  readonly #due = new Map<number, number>();
  /** Taken by the receiver, but the cell or the journal does not know it yet. */
  readonly #delivered = new Set<number>();
  readonly #closing = new AbortController();
  readonly #lost: LostResponses;
  #failures = 0;
  #receiverDue = 0;
  #waiting = 0;
  #lastError = '';
  #nextAt: number | undefined;
  #cancel: (() => void) | undefined;
  #pass: Promise<void> | undefined;
  #mustLookAgain = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#lost = new LostResponses({ ...options, address: options.receiver.address });
  }

  get state(): OutboxState {
    const { clock, receiver } = this.#options;
    const nextAttempt = this.#nextAt === undefined ? undefined : epochMs(clock.wall() + this.#wait(this.#nextAt));
    const waiting = Math.min(this.#waiting, PAGE_RESPONSES);
    return { address: receiver.address, waiting, lastError: this.#lastError, nextAttempt };
  }

  /** There is, or may be, something to push. */
  wake(): void {
    this.#mustLookAgain = true;
    this.#pass ??= this.#passes();
  }

  /** Gives an attempt up that is under way; what was not taken stays in the journal. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancel?.();
    await this.#pass;
    this.#options.receiver.close();
  }

  async #passes(): Promise<void> {
    while (this.#mustLookAgain && !this.#closing.signal.aborted) {
      this.#mustLookAgain = false;
      this.#plan(await this.#pushAll());
      this.#lost.tell();
    }
    // In the same breath as the last look: whoever wakes it after that begins another pass.
    this.#pass = undefined;
  }

  /** @returns when there is something to do again, monotonic ms; undefined: when something is added */
  async #pushAll(): Promise<number | undefined> {
    const { journal, clock } = this.#options;
    let next = Number.POSITIVE_INFINITY;
    let page: readonly PendingResponse[] = [];
    do {
      const pending = await journal.responses.pending(page.at(-1)?.id ?? 0, PAGE_RESPONSES);
      if (!pending.ok) return clock.now() + PUSH_BACKOFF.first;
      this.#count(pending.value.length, page.length === 0);
      page = pending.value;
      for (const response of page) {
        if (this.#closing.signal.aborted) return undefined;
        next = Math.min(next, (await this.#push(response)) ?? Number.POSITIVE_INFINITY);
      }
      // However many it has refused, the later ones have their turn; while it is away none has.
    } while (page.length === PAGE_RESPONSES && this.#receiverDue <= clock.now());
    return Number.isFinite(next) ? next : undefined;
  }

  #count(responses: number, isFirstPage: boolean): void {
    this.#waiting = isFirstPage ? responses : this.#waiting + responses;
    if (isFirstPage) this.#lost.waiting(responses === PAGE_RESPONSES);
  }

  /** @returns when to try again; undefined: it is done with */
  async #push(response: PendingResponse): Promise<number | undefined> {
    const due = this.#dueOf(response);
    if (due > this.#options.clock.now()) return due;
    const found = await this.#options.journal.orders.get(response.jobOrderId);
    if (!found.ok) return this.#later(response, found.error);
    if (found.value === undefined) await this.#lost.orderIsGone(response);
    const record = this.#asShown(found.value?.event.record);
    if (record === undefined || !isOf(response, record)) return this.#settle(response);
    if (!this.#delivered.has(response.id)) {
      const taken = await this.#attempt(response, record);
      if (!taken.ok) return this.#failed(response, taken.error);
      this.#delivered.add(response.id);
    }
    const refused = await this.#closeOrder(record);
    return refused === undefined ? this.#settle(response) : this.#later(response, refused);
  }

  /** With the etag that clients see. What is shown may still be behind the disk, never the other way round. */
  #asShown(stored: JobRecord | undefined): JobRecord | undefined {
    const shown = stored === undefined ? undefined : this.#options.mirror.get(stored.order.jobOrderId);
    return shown === undefined || shown.endTime !== stored?.endTime ? stored : shown;
  }

  /** What the journal says of the time holds after a restart, unless the clock was set: nothing waits longer than the longest pause. */
  #dueOf({ id, notBefore }: PendingResponse): number {
    const { clock } = this.#options;
    const known = this.#due.get(id) ?? clock.now() + Math.min(notBefore - clock.wall(), PUSH_BACKOFF.longest);
    this.#due.set(id, known);
    return this.#delivered.has(id) ? known : Math.max(known, this.#receiverDue);
  }

  async #attempt(response: PendingResponse, record: JobRecord): Promise<Result<void, DeliveryFailure>> {
    const { clock, receiver, journal, cell } = this.#options;
    const timeout = new AbortController();
    const cancel = clock.schedule(monotonicMs(clock.now() + ATTEMPT_MS), () => timeout.abort());
    const request = {
      cellName: cell.name,
      deliveryId: `${journal.id}-${response.id}`,
      jobResponse: toWireResponse(record, cell, journal.id),
    };
    const answer = await receiver.deliver(request, AbortSignal.any([timeout.signal, this.#closing.signal]));
    cancel();
    if (answer.ok) this.#succeeded();
    if (answer.ok || !timeout.signal.aborted) return answer;
    return { ok: false, error: { cause: `no answer within ${ATTEMPT_MS / 1_000} s`, isOfReceiver: true } };
  }

  #succeeded(): void {
    const { receiver, log } = this.#options;
    if (this.#failures > 0) log(`${receiver.address} takes job responses again`, 'info');
    this.#failures = 0;
    this.#lastError = '';
  }

  async #failed(response: PendingResponse, { cause, isOfReceiver }: DeliveryFailure): Promise<number | undefined> {
    const { clock, journal, receiver, log } = this.#options;
    // Its end is no fault of the receiver.
    if (this.#closing.signal.aborted) return undefined;
    if (this.#lastError === '')
      log(
        `${receiver.address} has not taken the response to ${response.jobOrderId}, it is asked again: ${cause}`,
        'warn',
      );
    this.#lastError = cause;
    if (isOfReceiver) this.#failures += 1;
    const pauseMs = this.#pauseMs(isOfReceiver ? this.#failures : response.attempts + 1);
    const due = clock.now() + pauseMs;
    if (isOfReceiver) this.#receiverDue = due;
    this.#due.set(response.id, due);
    await journal.responses.attempted(response.id, { notBefore: epochMs(clock.wall() + pauseMs), error: cause });
    return due;
  }

  /** Neither the receiver nor the response is to blame: the control process or the journal is away. */
  #later({ id }: PendingResponse, refused: Fault): number {
    const due = this.#options.clock.now() + PUSH_BACKOFF.first;
    this.#lastError = describeFault(refused);
    this.#due.set(id, due);
    return due;
  }

  /** Completed becomes Closed. @returns why not, when it may be later */
  async #closeOrder({ order: { jobOrderId }, state }: JobRecord): Promise<Fault | undefined> {
    if (state !== 'Ended') return undefined;
    const request = { requestId: '', jobOrderId, comments: [], etag: '' };
    const answer = await this.#options.desk.command('close', request, PUSHER);
    if (answer.ok) return undefined;
    const { fault } = answer.error;
    // It is closed or cleared already.
    return fault.code === 6004 || fault.code === 6005 ? undefined : fault;
  }

  async #settle(response: PendingResponse): Promise<number | undefined> {
    const done = await this.#options.journal.responses.acknowledge(response.id);
    if (!done.ok) return this.#later(response, done.error);
    this.#due.delete(response.id);
    this.#delivered.delete(response.id);
    this.#waiting -= 1;
    return undefined;
  }

  #pauseMs(failures: number): number {
    const whole = Math.min(PUSH_BACKOFF.first * 2 ** Math.min(failures - 1, 30), PUSH_BACKOFF.longest);
    return whole * (0.5 + this.#options.random.nextUint32() / 2 ** 33);
  }

  #plan(at: number | undefined): void {
    this.#cancel?.();
    this.#nextAt = at;
    if (at !== undefined) this.#cancel = this.#options.clock.schedule(monotonicMs(at), () => this.wake());
  }

  #wait(at: number): number {
    return Math.max(0, at - this.#options.clock.now());
  }
}

/** Whoever has cleared or acknowledged an order has its response, and one that was stored anew under its id has another. */
function isOf({ endTime }: PendingResponse, record: JobRecord): boolean {
  if (isOpen(record.state) || record.substate === 'Closed') return false;
  return endTime === null || endTime === record.endTime;
}

/** The answer of a receiver: anything but success is a refusal of this response. */
export function readReceipt(isa95ReturnStatus: { toString: () => string }): Result<void, DeliveryFailure> {
  const status = isa95ReturnStatus.toString();
  if (status === '1') return ok(undefined);
  return { ok: false, error: { cause: `isa95_return_status ${status}, where 1 is success`, isOfReceiver: false } };
}
