// The methods of JobResponseProviderService: what became of job orders, for whoever fetches it.

import type { celda } from '../../proto/generated/celda.js';
import type { JobResponseProviderServiceHandlers, Received } from '../../proto/generated/services.js';
import type { CellModel } from '../core/cell-model.ts';
import { fault } from '../core/faults.ts';
import type { JobRecord, JobState, JobSubstate } from '../core/job-order.ts';
import { isPrepared } from '../core/job-transitions.ts';
import { err, ok } from '../core/result.ts';
import type { Caller } from '../ports/caller.ts';
import type { JobOrderSource } from '../ports/job-order-source.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import type { JobDesk } from './job-desk.ts';
import { type ListFilter, readPage } from './job-list-page.ts';
import { toWireResponse } from './job-response-wire.ts';
import { NO_ERROR } from './job-service.ts';
import { jobStateOf } from './job-wire.ts';
import { Violations } from './request-checks.ts';

type ListRequest = Received<celda.job.v1.ListJobResponsesRequest>;
type StatePath = ListRequest['states'][number];
type StateFilter = NonNullable<ListFilter['states']>[number];

const STATES_MAX = 20;
const HAVE_RESPONSES: readonly JobState[] = ['Running', 'Interrupted', 'Ended', 'Aborted'];
const INTERRUPTED: readonly (JobSubstate | undefined)[] = [undefined, 'Held', 'Suspended'];
const ENDED: readonly (JobSubstate | undefined)[] = [undefined, 'Completed', 'Closed'];

export interface ResponseServiceOptions {
  readonly cell: CellModel;
  /** As in `etagOf`. */
  readonly journalId: () => string;
  readonly desk: JobDesk;
  readonly orders: JobOrderSource;
}

export function createResponseService(
  options: ResponseServiceOptions,
): JobResponseProviderServiceHandlers<ServiceRefusal, Caller> {
  return new ResponseService(options);
}

class ResponseService implements JobResponseProviderServiceHandlers<ServiceRefusal, Caller> {
  readonly #options: ResponseServiceOptions;

  constructor(options: ResponseServiceOptions) {
    this.#options = options;
  }

  async getJobResponse({ jobOrderId }: Received<celda.job.v1.GetJobResponseRequest>) {
    const violations = new Violations();
    violations.jobOrderId('job_order_id', jobOrderId);
    if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
    const found = await this.#options.orders.get(jobOrderId);
    if (!found.ok) return err(refuse(found.error));
    const record = found.value;
    if (record === undefined) return err(refuse(fault(6004, { jobOrderId })));
    if (isPrepared(record.state)) {
      const hint = 'the order has not begun: there is no response yet';
      return err(refuse(fault(6005, { jobOrderId, state: record.state, hint })));
    }
    return ok({ jobResponse: this.#toWire(record), isa95ReturnStatus: NO_ERROR });
  }

  async listJobResponses(request: ListRequest) {
    const violations = new Violations();
    violations.atMost('states', request.states.length, STATES_MAX);
    const asked = request.states.slice(0, STATES_MAX).flatMap((path, index) => readPath(path, index, violations));
    const filter: ListFilter = {
      states: request.states.length === 0 ? HAVE_RESPONSES.map((state) => ({ state })) : asked,
      workMasterIds: undefined,
      storedFrom: undefined,
      storedBefore: undefined,
      orderBy: { field: 'store_time', isDescending: false },
    };
    const page = await readPage(this.#options.orders, filter, request, violations);
    if (!page.ok) return page;
    const { records, nextPageToken, totalSize } = page.value;
    const jobResponses = records.map((record) => this.#toWire(record));
    return ok({ jobResponses, nextPageToken, totalSize, isa95ReturnStatus: NO_ERROR });
  }

  async acknowledgeJobResponse(
    request: Received<celda.job.v1.AcknowledgeJobResponseRequest>,
    _signal: AbortSignal,
    caller: Caller,
  ) {
    const answer = await this.#options.desk.command('close', request, caller);
    if (!answer.ok) return answer;
    const { record, replayed } = answer.value;
    return ok({ jobResponse: this.#toWire(record), isa95ReturnStatus: NO_ERROR, replayed });
  }

  #toWire(record: JobRecord): celda.job.v1.JobResponse.$Properties {
    const { cell, journalId } = this.#options;
    return toWireResponse(record, cell, journalId());
  }
}

function readPath(path: StatePath, index: number, violations: Violations): readonly StateFilter[] {
  const place = `states[${index}]`;
  const state = jobStateOf(path.jobState);
  if (state === undefined || !HAVE_RESPONSES.includes(state)) {
    violations.add(`${place}.job_state`, { given: String(path.jobState), allowed: '3..6 (JobState)' });
    return [];
  }
  const isRight = [
    checkSubstate(`${place}.interrupted_substate`, path.interruptedSubstate, state === 'Interrupted', violations),
    checkSubstate(`${place}.ended_substate`, path.endedSubstate, state === 'Ended', violations),
  ];
  const substate = INTERRUPTED[path.interruptedSubstate] ?? ENDED[path.endedSubstate];
  if (isRight.includes(false)) return [];
  return [substate === undefined ? { state } : { state, substate }];
}

function checkSubstate(field: string, number: number, isThere: boolean, violations: Violations): boolean {
  if (number === 0 || (isThere && (number === 1 || number === 2))) return true;
  violations.add(field, {
    given: String(number),
    allowed: isThere ? '0..2' : 'nothing: the state has other substates',
  });
  return false;
}
