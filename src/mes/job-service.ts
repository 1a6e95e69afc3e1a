// The methods of JobOrderReceiverService: reads over what is mirrored, commands over the desk.
import Long from 'long';
import { celda } from '../../proto/generated/celda.js';
import type { JobOrderReceiverServiceHandlers, Received } from '../../proto/generated/services.js';
import type { CellModel } from '../core/cell-model.ts';
import { fault } from '../core/faults.ts';
import type { JobCommandKind } from '../core/job-request.ts';
import { err, ok, type Result } from '../core/result.ts';
import { RETURN_STATUS } from '../core/return-status.ts';
import type { Caller } from '../ports/caller.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobOrderSource } from '../ports/job-order-source.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { toWireCapabilities } from './capabilities-wire.ts';
import { type CommandRequest, checkEtag, type JobDesk, type ReadOrder } from './job-desk.ts';
import { readListRequest, readPage } from './job-list-page.ts';
import type { JobMirror } from './job-mirror.ts';
import { type ReadMissed, type WatchStart, watchJobs } from './job-watch.ts';
import { MissedPages } from './missed-pages.ts';
import { readJobOrder } from './order-wire.ts';
import { Violations } from './request-checks.ts';
import type { LedgerAnswer } from './request-ledger.ts';
import type { OutboxState } from './response-outbox.ts';
import { readResumeToken } from './resume-token.ts';
import type { WatchLog } from './watch-log.ts';
import { WatchSlots } from './watch-slots.ts';
import type { WorkMasterBook } from './work-master-book.ts';

type V1 = typeof celda.job.v1;
type Request<Name extends keyof V1> = V1[Name] extends new (
  ...args: never
) => infer Message
  ? Received<Message>
  : never;
type StoreRequest = Request<'StoreJobOrderRequest'>;

const { JobOrder } = celda.job.v1;
type JobOrder = celda.job.v1.JobOrder;

const WATCH_IDS_MAX = 200;
/** As sent. All that may be open are held in memory at once, several times over, and have to fit there after a restart too. */
const ORDER_BYTES_MAX = 32_768;

/** isa95_return_status of every success. */
export const NO_ERROR = Long.fromString(RETURN_STATUS.noError.toString(), true);

export interface JobServiceOptions {
  readonly cell: CellModel;
  readonly desk: JobDesk;
  readonly mirror: JobMirror;
  readonly orders: JobOrderSource;
  readonly book: WorkMasterBook;
  readonly clock: Clock;
  readonly log: WatchLog;
  /** Of the journal that tokens are of, and how to read what a watcher missed; undefined: there is none. */
  readonly journalId: string | undefined;
  readonly readMissed: ReadMissed | undefined;
  /** Watchers served at once. */
  readonly watchersMax: number;
  /** Told how many watch now, whenever that changes. */
  readonly onWatchers: (watchers: number) => void;
  /** How it stands with the pushing of responses; undefined when they are not pushed. */
  readonly delivery: () => OutboxState | undefined;
}

export function createJobService(options: JobServiceOptions): JobOrderReceiverServiceHandlers<ServiceRefusal, Caller> {
  return new JobService(options);
}

class JobService implements JobOrderReceiverServiceHandlers<ServiceRefusal, Caller> {
  readonly #options: JobServiceOptions;
  readonly #pages = new MissedPages();
  readonly #slots: WatchSlots;

  constructor(options: JobServiceOptions) {
    this.#options = options;
    this.#slots = new WatchSlots(options.watchersMax);
  }

  storeJobOrder(request: StoreRequest, _signal: AbortSignal, caller: Caller) {
    return this.#store('store', request, caller);
  }

  storeAndStartJobOrder(request: Request<'StoreAndStartJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#store('store-and-start', request, caller);
  }

  async updateJobOrder(request: Request<'UpdateJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    const violations = new Violations();
    const comment = readCommon(request, violations);
    checkEtag(request.etag, violations);
    const read = this.#read(request, violations);
    if (isOfRequest(read.order)) return read.order;
    const asked = { caller, requestId: request.requestId, comment };
    return this.#mutated(await this.#options.desk.update(read, asked, request.etag));
  }

  startJobOrder(request: Request<'StartJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#command('start', request, caller);
  }

  revokeStartJobOrder(request: Request<'RevokeStartJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#command('revoke-start', request, caller);
  }

  pauseJobOrder(request: Request<'PauseJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#command('pause', request, caller);
  }

  resumeJobOrder(request: Request<'ResumeJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#command('resume', request, caller, request.acknowledgedDifference);
  }

  stopJobOrder(request: Request<'StopJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#command('stop', request, caller);
  }

  abortJobOrder(request: Request<'AbortJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#command('abort', request, caller);
  }

  cancelJobOrder(request: Request<'CancelJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#command('cancel', request, caller);
  }

  clearJobOrder(request: Request<'ClearJobOrderRequest'>, _signal: AbortSignal, caller: Caller) {
    return this.#command('clear', request, caller);
  }

  async getJobOrder({ jobOrderId }: Request<'GetJobOrderRequest'>) {
    const { orders, desk } = this.#options;
    const violations = new Violations();
    violations.jobOrderId('job_order_id', jobOrderId);
    if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
    const found = await orders.get(jobOrderId);
    if (!found.ok) return err(refuse(found.error));
    if (found.value === undefined) return err(refuse(fault(6004, { jobOrderId })));
    return ok({ jobOrder: desk.toWire(found.value) });
  }

  async listJobOrders(request: Request<'ListJobOrdersRequest'>) {
    const { orders, desk } = this.#options;
    const violations = new Violations();
    const page = await readPage(orders, readListRequest(request, violations), request, violations);
    if (!page.ok) return page;
    const { records, nextPageToken, totalSize } = page.value;
    return ok({ jobOrders: records.map((record) => desk.toWire(record)), nextPageToken, totalSize });
  }

  async *watchJobOrders(request: Request<'WatchJobOrdersRequest'>, signal: AbortSignal, caller: Caller) {
    const { mirror, clock, log, readMissed = () => Promise.resolve(err(fault(6508))) } = this.#options;
    const start = this.#startOfWatch(request);
    if (!start.ok) {
      yield start;
      return;
    }
    const slot = this.#slots.take(caller);
    if (!slot.ok) {
      yield slot;
      return;
    }
    this.#options.onWatchers(this.#slots.count);
    try {
      yield* watchJobs({
        mirror,
        clock,
        log,
        readMissed,
        pages: this.#pages,
        jobOrderIds: new Set(request.jobOrderIds),
        start: start.value,
        signal,
      });
    } finally {
      slot.value();
      this.#options.onWatchers(this.#slots.count);
    }
  }

  getReceiverCapabilities() {
    return Promise.resolve(
      ok(toWireCapabilities(this.#options.cell, this.#options.book.active, this.#options.delivery())),
    );
  }

  async #store(kind: 'store' | 'store-and-start', request: StoreRequest, caller: Caller) {
    const violations = new Violations();
    const comment = readCommon(request, violations);
    const read = this.#read(request, violations);
    if (isOfRequest(read.order)) return read.order;
    return this.#mutated(await this.#options.desk.store(kind, read, { caller, requestId: request.requestId, comment }));
  }

  #read(request: StoreRequest & { readonly etag?: string }, violations: Violations): ReadOrder {
    const { book, cell } = this.#options;
    const { jobOrder, comments, etag = '' } = request;
    const bytes = jobOrder === null ? Buffer.alloc(0) : JobOrder.encode(jobOrder as JobOrder).finish();
    if (bytes.length > ORDER_BYTES_MAX) {
      violations.add('job_order', {
        given: `${bytes.length} bytes`,
        allowed: `at most ${ORDER_BYTES_MAX} bytes`,
        hint: 'what is for people or later analysis is better kept by the MES, and named here',
      });
    }
    const content = JSON.stringify([Buffer.from(bytes).toString('base64'), comments, etag]);
    return { jobOrderId: jobOrder?.jobOrderId ?? '', content, order: readJobOrder(jobOrder, violations, book, cell) };
  }

  async #command(kind: JobCommandKind, request: CommandRequest, caller: Caller, acknowledges = '') {
    return this.#mutated(await this.#options.desk.command(kind, request, caller, acknowledges));
  }

  #mutated(answer: Result<LedgerAnswer, ServiceRefusal>) {
    if (!answer.ok) return answer;
    const { record, replayed } = answer.value;
    return ok({ jobOrder: this.#options.desk.toWire(record), isa95ReturnStatus: NO_ERROR, replayed });
  }

  #startOfWatch(request: Request<'WatchJobOrdersRequest'>): Result<WatchStart, ServiceRefusal> {
    const violations = new Violations();
    if (request.jobOrderIds.length > WATCH_IDS_MAX) {
      violations.add('job_order_ids', {
        given: `${request.jobOrderIds.length} ids`,
        allowed: `at most ${WATCH_IDS_MAX} ids`,
        hint: 'leave them out to watch all',
      });
    }
    for (const [index, id] of request.jobOrderIds.slice(0, WATCH_IDS_MAX).entries()) {
      violations.jobOrderId(`job_order_ids[${index}]`, id);
    }
    const start = this.#readStart(request, violations);
    if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
    return start;
  }

  #readStart(
    { resumeToken, includeInitialState }: Request<'WatchJobOrdersRequest'>,
    violations: Violations,
  ): Result<WatchStart, ServiceRefusal> {
    if (resumeToken === '') return ok({ kind: 'present', includeInitialState });
    const point = readResumeToken(resumeToken);
    if (point === undefined) {
      violations.add('resume_token', {
        given: JSON.stringify(resumeToken),
        allowed: 'resume_token of a message of this method, or nothing',
      });
    }
    if (includeInitialState) {
      violations.add('include_initial_state', {
        given: 'true',
        allowed: 'false with a resume_token: what was missed is sent instead',
      });
    }
    const { journalId } = this.#options;
    if (point !== undefined && point.journalId !== journalId) {
      return err(refuse(fault(6508, { cause: 'the token is not of the journal of this cell' })));
    }
    return ok({ kind: 'after', position: point?.position ?? 0 });
  }
}

/** It could not be taken by any cell at any time. */
function isOfRequest(read: ReadOrder['order']): read is Extract<ReadOrder['order'], { readonly ok: false }> {
  return !read.ok && (read.error.fault.code === 6010 || read.error.fault.code === 6002);
}

/** @returns the comment that is kept */
function readCommon(request: Pick<StoreRequest, 'requestId' | 'comments'>, violations: Violations): string {
  violations.requestId(request.requestId);
  return violations.firstText('comments', request.comments);
}
