// Takes commands about job orders to the control process: etags, request ids, and what an answer that was lost has done.
import type { celda } from '../../proto/generated/celda.js';
import type { CellModel } from '../core/cell-model.ts';
import { type Fault, fault } from '../core/faults.ts';
import { changed, type JobListState } from '../core/job-list.ts';
import { duplicate, updatable } from '../core/job-methods.ts';
import type { JobOrder, JobRecord } from '../core/job-order.ts';
import type { JobCommandKind, JobRequest, RequestOrigin } from '../core/job-request.ts';
import { isOpen } from '../core/job-transitions.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Caller } from '../ports/caller.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import type { JobOrderSource } from '../ports/job-order-source.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { askedBy } from './asked-by.ts';
import type { JobMirror } from './job-mirror.ts';
import { readEtag, type Seen, toWireRecord } from './job-wire.ts';
import { Violations } from './request-checks.ts';
import { type LedgerAnswer, type LedgerMemory, RequestLedger } from './request-ledger.ts';

export interface JobDeskOptions {
  readonly cell: CellModel;
  /** As in `etagOf`. */
  readonly journalId: () => string;
  readonly control: ControlClient;
  readonly mirror: JobMirror;
  /** Orders that control may have forgotten too. */
  readonly orders: JobOrderSource;
  /** Answers that outlive this process. */
  readonly answers?: LedgerMemory | undefined;
  /** Makes request ids that nobody else on the same control client uses. */
  readonly nextRequestId: () => string;
}

type Answer = Promise<Result<LedgerAnswer, ServiceRefusal>>;

/** Who asks under which id, and what they say to it. */
export interface Asked {
  readonly caller: Caller;
  readonly requestId: string;
  readonly comment: string;
}

/** An order as it was sent, and as it was read. */
export interface ReadOrder {
  readonly jobOrderId: string;
  /** All of the request but its id: equal texts are equal requests, whatever the cell makes of them. */
  readonly content: string;
  /** Complete and checked, or why the cell does not take it now. */
  readonly order: Result<JobOrder, ServiceRefusal>;
}

/** What all methods that change a stored order are given. */
export interface CommandRequest {
  readonly requestId: string;
  readonly jobOrderId: string;
  readonly comments: readonly { readonly locale: string; readonly text: string }[];
  readonly etag: string;
}

/** What an order looks like after a command: whether an attempt whose answer was lost has been done. */
const DONE: Readonly<Record<Exclude<JobCommandKind, 'cancel' | 'clear'>, (record: JobRecord) => boolean>> = {
  start: ({ state }) => state === 'AllowedToStart' || state === 'Running',
  'revoke-start': ({ state }) => state === 'NotAllowedToStart',
  pause: ({ substate }) => substate === 'Suspended',
  resume: ({ state }) => state === 'Running',
  stop: ({ state }) => state === 'Ended',
  abort: ({ state }) => state === 'Aborted',
  close: ({ substate }) => substate === 'Closed',
};

const DIGEST = /^([0-9a-f]{8})?$/;

export class JobDesk {
  readonly #options: JobDeskOptions;
  readonly #ledger: RequestLedger;

  constructor(options: JobDeskOptions) {
    this.#options = options;
    this.#ledger = new RequestLedger('celda.job.v1.JobOrderReceiverService', options.answers);
  }

  /** Stores a new order. */
  store(kind: 'store' | 'store-and-start', read: ReadOrder, { caller, requestId, comment }: Asked): Answer {
    const by = askedBy(caller, `job.${kind}`, { requestId, reason: comment });
    return this.#answerOrder(
      kind,
      read,
      { caller, requestId },
      {
        placed: (list) => duplicate(list, read.jobOrderId),
        run: (order, origin) =>
          this.#ask({ kind, requestId: '', order, comment, origin, askedBy: by }, order.jobOrderId),
        isDone: ({ code }) => code === 6003,
      },
    );
  }

  /** Replaces what was stored of an order. */
  update(read: ReadOrder, { caller, requestId, comment }: Asked, etag: string): Answer {
    const by = askedBy(caller, 'job.update', { requestId, reason: comment });
    return this.#answerOrder(
      'update',
      read,
      { caller, requestId },
      {
        placed: (list) => {
          const found = updatable(list, { jobOrderId: read.jobOrderId, ...this.#readEtag(etag) });
          return found.ok ? undefined : found.error;
        },
        run: (order, origin) =>
          this.#askIf(etag, { kind: 'update', requestId: '', order, comment, origin, askedBy: by }, order.jobOrderId),
        isDone: isOvertaken,
      },
    );
  }

  /** What the cell takes now does not matter to a request that was done before. */
  #answerOrder(
    kind: string,
    { jobOrderId, content, order }: ReadOrder,
    { caller, requestId }: Pick<Asked, 'caller' | 'requestId'>,
    does: {
      /** Why not, whatever the order says: where the one of this id stands already. */
      readonly placed: (list: JobListState) => Fault | undefined;
      readonly run: (order: JobOrder, origin: RequestOrigin | undefined) => Promise<Result<JobRecord, ServiceRefusal>>;
      readonly isDone: (refused: Fault) => boolean;
    },
  ): Answer {
    return this.#ledger.answer({
      identity: caller.identity,
      requestId,
      content: `${kind} ${content}`,
      run: async (origin) => {
        if (order.ok) return does.run(order.value, origin);
        const standing = await this.#options.orders.get(jobOrderId);
        if (!standing.ok) return order;
        const placed = does.placed({ records: standing.value === undefined ? [] : [standing.value] });
        return placed === undefined ? order : err(refuse(placed));
      },
      doneBefore: (refused) => (order.ok && does.isDone(refused) ? this.#sameOrder(order.value) : undefined),
    });
  }

  /**
   * Does what a method that names an order does; the request is checked here.
   * @param acknowledges of a resume: `acknowledge` of the refusal that told how the cell differs
   */
  command(kind: JobCommandKind, request: CommandRequest, caller: Caller, acknowledges = ''): Answer {
    const { requestId, jobOrderId, etag } = request;
    const violations = new Violations();
    violations.requestId(requestId);
    violations.jobOrderId('job_order_id', jobOrderId);
    const comment = violations.firstText('comments', request.comments);
    checkEtag(etag, violations);
    if (!DIGEST.test(acknowledges)) {
      violations.add('acknowledged_difference', {
        given: JSON.stringify(acknowledges),
        allowed: 'empty, or 8 hex digits',
        hint: 'take `acknowledge` of the refusal that told of the difference',
      });
    }
    if (violations.found.length > 0) return Promise.resolve(err(refuse(fault(6010), violations.found)));
    const by = askedBy(caller, `job.${kind}`, { requestId, reason: comment });
    return this.#ledger.answer({
      identity: caller.identity,
      requestId,
      content: JSON.stringify([kind, jobOrderId, request.comments, etag, acknowledges]),
      run: (origin) =>
        this.#askIf(etag, { kind, requestId: '', jobOrderId, comment, acknowledges, origin, askedBy: by }, jobOrderId),
      doneBefore: (refused) => this.#doneBefore(kind, jobOrderId, refused),
    });
  }

  toWire(record: JobRecord): celda.job.v1.JobOrderAndState.$Properties {
    return toWireIn(this.#options)(record);
  }

  #readEtag(etag: string): Seen | undefined {
    return readEtag(etag, this.#options.journalId());
  }

  #doneBefore(kind: JobCommandKind, jobOrderId: string, refused: Fault): JobRecord | undefined {
    const { mirror } = this.#options;
    if (kind === 'cancel' || kind === 'clear') return refused.code === 6004 ? mirror.removed(jobOrderId) : undefined;
    const record = isOvertaken(refused) ? mirror.get(jobOrderId) : undefined;
    return record !== undefined && DONE[kind](record) ? record : undefined;
  }

  #sameOrder(order: JobOrder): JobRecord | undefined {
    const record = this.#options.mirror.get(order.jobOrderId);
    return record !== undefined && JSON.stringify(record.order) === JSON.stringify(order) ? record : undefined;
  }

  /** What a client knows is what is shown here; whether control has changed it meanwhile, only control can tell. */
  async #askIf(
    etag: string,
    request: Exclude<JobRequest, { readonly kind: 'store' | 'store-and-start' }>,
    jobOrderId: string,
  ): Promise<Result<JobRecord, ServiceRefusal>> {
    const expected = this.#readEtag(etag);
    if (expected === undefined) return this.#ask(request, jobOrderId);
    const shown = this.#options.mirror.get(jobOrderId);
    if (shown !== undefined && (shown.revision !== expected.revision || shown.storedAt !== expected.storedAt)) {
      return err(refuse(changed(shown, expected.revision)));
    }
    return this.#ask({ ...request, ...expected }, jobOrderId);
  }

  /** Asks the control process. A refusal says of which order, and in what state it is, whatever control put into it. */
  async #ask(request: JobRequest, jobOrderId: string): Promise<Result<JobRecord, ServiceRefusal>> {
    const { control, mirror, nextRequestId } = this.#options;
    const shown = mirror.get(jobOrderId);
    // Control forgets ended orders that are kept here: their ids are taken all the same.
    if (
      (request.kind === 'store' || request.kind === 'store-and-start') &&
      shown !== undefined &&
      !isOpen(shown.state)
    ) {
      return err(refuse(fault(6003, { jobOrderId, state: shown.state })));
    }
    let reply = await control.request({ ...request, requestId: nextRequestId() });
    if (!reply.ok && reply.fault.code === 6004 && (request.kind === 'clear' || request.kind === 'close')) {
      const forgotten = await this.#keptEnded(jobOrderId);
      if (forgotten !== undefined) reply = await control.request({ ...request, requestId: nextRequestId(), forgotten });
    }
    if (!reply.ok) return err(refuse(this.#withSubject(reply.fault, jobOrderId)));
    if (reply.record === undefined) return err(refuse(fault(9001, { jobOrderId, cause: 'no record' })));
    // Not what is shown now: others may have changed it meanwhile, and the same is answered when the request is repeated.
    return ok(reply.record);
  }

  /** An ended order that is kept here, whether or not control still knows it. */
  async #keptEnded(jobOrderId: string): Promise<JobRecord | undefined> {
    const kept = await this.#options.orders.get(jobOrderId);
    return kept.ok && kept.value !== undefined && !isOpen(kept.value.state) ? kept.value : undefined;
  }

  #withSubject(refused: Fault, jobOrderId: string): Fault {
    const state = this.#options.mirror.get(jobOrderId)?.state;
    return fault(refused.code, { jobOrderId, ...(state === undefined ? {} : { state }), ...refused.detail });
  }
}

/** How orders are shown: their parameters are declared by the work masters of the cell. */
export function toWireIn({
  cell,
  journalId,
}: Pick<JobDeskOptions, 'cell' | 'journalId'>): (record: JobRecord) => celda.job.v1.JobOrderAndState.$Properties {
  const workMasters = new Map(cell.workMasters.map((each) => [each.id, each]));
  return (record) => toWireRecord(record, workMasters.get(record.order.workMasterId), journalId());
}

/** The order is not any more as the request found it the first time. */
function isOvertaken({ code }: Fault): boolean {
  return code === 6005 || code === 6016;
}

/** Adds what is wrong with an etag; empty is none. */
export function checkEtag(etag: string, violations: Violations): void {
  if (etag === '' || readEtag(etag, '') !== undefined) return;
  violations.add('etag', { given: JSON.stringify(etag), allowed: 'the etag of an answer, or nothing' });
}
