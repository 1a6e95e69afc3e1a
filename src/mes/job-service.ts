// The methods of JobOrderReceiverService over the mirror (reads) and the control process (commands).
import Long from 'long';
import type { celda } from '../../proto/generated/celda.js';
import type { JobOrderReceiverServiceHandlers, Received } from '../../proto/generated/services.js';
import type { CellRequest } from '../core/cell-event.ts';
import type { CellModel } from '../core/cell-model.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { JobOrder, JobRecord } from '../core/job-order.ts';
import { err, ok, type Result } from '../core/result.ts';
import { RETURN_STATUS } from '../core/return-status.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { toWireCapabilities } from './capabilities-wire.ts';
import { pageOf } from './job-list-page.ts';
import type { JobMirror } from './job-mirror.ts';
import { watchJobs } from './job-watch.ts';
import { toWireRecord } from './job-wire.ts';
import { readJobOrder } from './order-wire.ts';
import { Violations } from './request-checks.ts';
import { type LedgerAnswer, type LedgerRequest, RequestLedger } from './request-ledger.ts';

type Wire = typeof celda.job.v1;
type WireRecord = celda.job.v1.JobOrderAndState.$Properties;
type Command = 'abort' | 'resume';
type CommandRequest = Received<InstanceType<Wire['AbortJobOrderRequest'] | Wire['ResumeJobOrderRequest']>>;

/** Watchers served at once. */
export const WATCHERS_MAX = 100;
const WATCH_IDS_MAX = 200;

export interface JobServiceOptions {
  readonly cell: CellModel;
  readonly control: ControlClient;
  readonly mirror: JobMirror;
  readonly clock: Clock;
  /** Makes request ids that nobody else on the same control client uses. */
  readonly nextRequestId: () => string;
}

export function createJobService(options: JobServiceOptions): JobOrderReceiverServiceHandlers<ServiceRefusal> {
  return new JobService(options);
}

class JobService implements JobOrderReceiverServiceHandlers<ServiceRefusal> {
  readonly #options: JobServiceOptions;
  readonly #ledger = new RequestLedger();
  #watchers = 0;

  constructor(options: JobServiceOptions) {
    this.#options = options;
  }

  async storeAndStartJobOrder(request: Received<celda.job.v1.StoreAndStartJobOrderRequest>) {
    const order = readJobOrder(request.jobOrder, request.requestId, this.#options.cell.workMasters);
    if (!order.ok) return order;
    return this.#mutate({
      requestId: request.requestId,
      content: JSON.stringify(['store-and-start', order.value]),
      run: () => this.#ask({ kind: 'store-and-start', requestId: '', order: order.value }, order.value.jobOrderId),
      doneBefore: (refused) => (refused.code === 6003 ? this.#storedAs(order.value) : undefined),
    });
  }

  getJobOrder(request: Received<celda.job.v1.GetJobOrderRequest>) {
    const { jobOrderId } = request;
    const violations = new Violations();
    violations.jobOrderId('job_order_id', jobOrderId);
    if (violations.found.length > 0) return Promise.resolve(err(refuse(fault(6010), violations.found)));
    const record = this.#options.mirror.get(jobOrderId);
    if (record === undefined) return Promise.resolve(err(refuse(fault(6004, { jobOrderId }))));
    return Promise.resolve(ok({ jobOrder: this.#toWire(record) }));
  }

  listJobOrders(request: Received<celda.job.v1.ListJobOrdersRequest>) {
    const page = pageOf(this.#options.mirror.records(), request);
    if (!page.ok) return Promise.resolve(page);
    const { records, nextPageToken, totalSize } = page.value;
    return Promise.resolve(ok({ jobOrders: records.map((record) => this.#toWire(record)), nextPageToken, totalSize }));
  }

  async *watchJobOrders(request: Received<celda.job.v1.WatchJobOrdersRequest>, signal: AbortSignal) {
    const refused = this.#refuseWatch(request);
    if (refused !== undefined) {
      yield err(refused);
      return;
    }
    this.#watchers += 1;
    try {
      yield* watchJobs({
        mirror: this.#options.mirror,
        clock: this.#options.clock,
        toWire: (record) => this.#toWire(record),
        jobOrderIds: new Set(request.jobOrderIds),
        includeInitialState: request.includeInitialState,
        signal,
      });
    } finally {
      this.#watchers -= 1;
    }
  }

  abortJobOrder(request: Received<celda.job.v1.AbortJobOrderRequest>) {
    const violations = new Violations();
    const comment = violations.firstText('comments', request.comments);
    return this.#command('abort', request, comment, violations);
  }

  resumeJobOrder(request: Received<celda.job.v1.ResumeJobOrderRequest>) {
    const { acknowledgedDifference } = request;
    const violations = new Violations();
    if (!/^([0-9a-f]{8})?$/.test(acknowledgedDifference)) {
      violations.add('acknowledged_difference', {
        given: JSON.stringify(acknowledgedDifference.slice(0, 64)),
        allowed: 'empty, or 8 hex digits',
        hint: 'take `acknowledge` of the refusal that told of the difference',
      });
    }
    return this.#command('resume', request, acknowledgedDifference, violations);
  }

  getReceiverCapabilities() {
    return Promise.resolve(ok(toWireCapabilities(this.#options.cell)));
  }

  /** @param word comment of an abort, acknowledged difference of a resume */
  #command(kind: Command, request: CommandRequest, word: string, violations: Violations) {
    const { requestId, jobOrderId } = request;
    violations.requestId(requestId);
    violations.jobOrderId('job_order_id', jobOrderId);
    if (violations.found.length > 0) return Promise.resolve(err(refuse(fault(6010), violations.found)));
    const wanted = kind === 'abort' ? 'Aborted' : 'Running';
    const command: CellRequest =
      kind === 'abort'
        ? { kind, requestId: '', jobOrderId, comment: word }
        : { kind, requestId: '', jobOrderId, acknowledges: word };
    return this.#mutate({
      requestId,
      content: JSON.stringify([kind, jobOrderId, word]),
      run: () => this.#ask(command, jobOrderId),
      doneBefore: (refused) => {
        const record = this.#options.mirror.get(jobOrderId);
        return refused.code === 6005 && record?.state === wanted ? record : undefined;
      },
    });
  }

  async #mutate(request: LedgerRequest) {
    const answer = await this.#ledger.answer(request);
    return answer.ok ? ok(this.#mutated(answer.value)) : answer;
  }

  #mutated({ record, replayed }: LedgerAnswer) {
    return {
      jobOrder: this.#toWire(record),
      isa95ReturnStatus: Long.fromString(RETURN_STATUS.noError.toString(), true),
      replayed,
    };
  }

  /** Asks the control process. A refusal says of which order, and in what state it is, whatever control put into it. */
  async #ask(command: CellRequest, jobOrderId: string): Promise<Result<JobRecord, ServiceRefusal>> {
    const { control, mirror, nextRequestId } = this.#options;
    const reply = await control.request({ ...command, requestId: nextRequestId() });
    if (!reply.ok) return err(refuse(this.#withSubject(reply.fault, jobOrderId)));
    const record = reply.record === undefined ? undefined : (mirror.get(jobOrderId) ?? reply.record);
    return record === undefined ? err(refuse(fault(9001, { jobOrderId, cause: 'no record' }))) : ok(record);
  }

  #withSubject(refused: Fault, jobOrderId: string): Fault {
    const state = this.#options.mirror.get(jobOrderId)?.state;
    return fault(refused.code, { jobOrderId, ...(state === undefined ? {} : { state }), ...refused.detail });
  }

  #storedAs(order: JobOrder): JobRecord | undefined {
    const record = this.#options.mirror.get(order.jobOrderId);
    return record !== undefined && JSON.stringify(record.order) === JSON.stringify(order) ? record : undefined;
  }

  #refuseWatch(request: Received<celda.job.v1.WatchJobOrdersRequest>): ServiceRefusal | undefined {
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
    if (violations.found.length > 0) return refuse(fault(6010), violations.found);
    return this.#watchers >= WATCHERS_MAX ? refuse(fault(6013, { watchersMax: WATCHERS_MAX })) : undefined;
  }

  #toWire(record: JobRecord): WireRecord {
    const workMaster = this.#options.cell.workMasters.find((each) => each.id === record.order.workMasterId);
    return toWireRecord(record, workMaster);
  }
}
