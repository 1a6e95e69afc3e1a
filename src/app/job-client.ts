// A client of the job interface, as an MES would write one; what the command line and the demo use.
import { celda } from '../../proto/generated/celda.js';
import {
  JobOrderReceiverServiceDefinition,
  JobResponseProviderServiceDefinition,
  type Received,
} from '../../proto/generated/services.js';
import type { CallFailure, CallLimits } from '../client/grpc-client.ts';
import type { JobWatchEvent, OrderNews } from '../client/order-memory.ts';
import { toParameters } from '../client/parameters.ts';
import { ServiceClient } from '../client/service-client.ts';
import type { WatchInterrupted } from '../client/watch-cell.ts';
import { type OpenStream, watchJobs } from '../client/watch-jobs.ts';
import { ok, type Result } from '../core/result.ts';
import type { ParameterValue } from '../core/work-master.ts';
import { type ListFilter, listRequest } from './job-filter.ts';
import { type ResponseView, viewResponse } from './job-response-view.ts';
import { type JobView, type ProgressView, viewJob, viewProgress } from './job-view.ts';
import { lasting, WATCH_POLICY } from './lasting-watch.ts';

const PAGE_SIZE_MAX = 200;
const METHODS = JobOrderReceiverServiceDefinition;
const RESPONSES = JobResponseProviderServiceDefinition;

/** Methods that name an order and change it, by their name on the command line. */
const COMMANDS = {
  start: METHODS.startJobOrder,
  revoke: METHODS.revokeStartJobOrder,
  pause: METHODS.pauseJobOrder,
  stop: METHODS.stopJobOrder,
  abort: METHODS.abortJobOrder,
  cancel: METHODS.cancelJobOrder,
  clear: METHODS.clearJobOrder,
} as const;
export type JobCommandName = keyof typeof COMMANDS;

/** What goes with a change: why, and the etag that the order must still have. Empty: nothing. */
export interface ChangeNote {
  readonly comment: string;
  readonly etag: string;
}

/** What to order; everything is checked by the cell. */
export interface JobRequest {
  readonly jobOrderId: string;
  readonly workMasterId: string;
  readonly description: string;
  readonly priority: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

export interface WorkMasterView {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  readonly parameters: readonly ParameterView[];
}

export interface ParameterView {
  readonly id: string;
  readonly type: 'number' | 'integer' | 'boolean' | 'string';
  readonly unit: string;
  readonly hasDefault: boolean;
}

export interface CellView {
  readonly name: string;
  readonly workMasters: readonly WorkMasterView[];
  readonly limitsOfUse: string;
}

export type JobEvent =
  | { readonly kind: 'job'; readonly job: JobView; readonly isInitial: boolean }
  | { readonly kind: 'synced' }
  /** It was cancelled or cleared. */
  | { readonly kind: 'removed'; readonly jobOrderId: string }
  | { readonly kind: 'progress'; readonly progress: ProgressView }
  | { readonly kind: 'heartbeat'; readonly controlConnected: boolean }
  /** The connection is gone, and the watch goes on by itself. */
  | WatchInterrupted
  /** After that the present state was read anew: of an order that changed twice meanwhile only the last was told. */
  | Extract<OrderNews, { readonly kind: 'relisted' }>;

type Outcome<T> = Promise<Result<T, CallFailure>>;

export class JobClient extends ServiceClient {
  async capabilities(limits?: CallLimits): Outcome<CellView> {
    const answer = await this.grpc.call(METHODS.getReceiverCapabilities, {}, limits);
    return answer.ok ? ok(viewCapabilities(answer.value)) : answer;
  }

  /** Stores the order and lets it run. */
  async submit(request: JobRequest, limits?: CallLimits): Outcome<JobView> {
    return viewOf(await this.grpc.call(METHODS.storeAndStartJobOrder, { jobOrder: wireOrder(request) }, limits));
  }

  /** Stores the order; it does not run before it is started. */
  async store(request: JobRequest, limits?: CallLimits): Outcome<JobView> {
    return viewOf(await this.grpc.call(METHODS.storeJobOrder, { jobOrder: wireOrder(request) }, limits));
  }

  /** Replaces all that was stored of the order. */
  async update(request: JobRequest, note: ChangeNote, limits?: CallLimits): Outcome<JobView> {
    const change = { jobOrder: wireOrder(request), comments: wireTexts(note.comment), etag: note.etag };
    return viewOf(await this.grpc.call(METHODS.updateJobOrder, change, limits));
  }

  async get(jobOrderId: string, limits?: CallLimits): Outcome<JobView> {
    return viewOf(await this.grpc.call(METHODS.getJobOrder, { jobOrderId }, limits));
  }

  async command(name: JobCommandName, jobOrderId: string, note: ChangeNote, limits?: CallLimits): Outcome<JobView> {
    const request = { jobOrderId, comments: wireTexts(note.comment), etag: note.etag };
    return viewOf(await this.grpc.call(COMMANDS[name], request, limits));
  }

  async response(jobOrderId: string, limits?: CallLimits): Outcome<ResponseView> {
    const answer = await this.grpc.call(RESPONSES.getJobResponse, { jobOrderId }, limits);
    return answer.ok ? ok(viewResponse(answer.value.jobResponse)) : answer;
  }

  /** Says that the response is safe elsewhere: the order becomes Ended/Closed. */
  async acknowledge(jobOrderId: string, note: ChangeNote, limits?: CallLimits): Outcome<ResponseView> {
    const request = { jobOrderId, comments: wireTexts(note.comment), etag: note.etag };
    const answer = await this.grpc.call(RESPONSES.acknowledgeJobResponse, request, limits);
    return answer.ok ? ok(viewResponse(answer.value.jobResponse)) : answer;
  }

  /** @param acknowledgedDifference `acknowledge` of the refusal (fault 6513) that told how the cell differs */
  async resume(
    jobOrderId: string,
    acknowledgedDifference = '',
    note: ChangeNote = { comment: '', etag: '' },
    limits?: CallLimits,
  ): Outcome<JobView> {
    const { comment, etag } = note;
    const request = { jobOrderId, acknowledgedDifference, comments: wireTexts(comment), etag };
    return viewOf(await this.grpc.call(METHODS.resumeJobOrder, request, limits));
  }

  /** All pages. */
  async list(filter: ListFilter = {}, limits?: CallLimits): Outcome<readonly JobView[]> {
    const { countMax = Number.POSITIVE_INFINITY } = filter;
    const asked = listRequest(filter);
    const jobs: JobView[] = [];
    let pageToken = '';
    do {
      const pageSize = Math.min(PAGE_SIZE_MAX, countMax - jobs.length);
      const answer = await this.grpc.call(METHODS.listJobOrders, { ...asked, pageSize, pageToken }, limits);
      if (!answer.ok) return answer;
      jobs.push(...answer.value.jobOrders.map(viewJob));
      pageToken = answer.value.nextPageToken;
    } while (pageToken !== '' && jobs.length < countMax);
    return ok(jobs);
  }

  /**
   * The present state first, then every change, each once, over as many connections as it takes, until `signal` aborts. The last item
   * is an error unless it does.
   */
  async *watch(jobOrderIds: readonly string[], signal?: AbortSignal): AsyncGenerator<Result<JobEvent, CallFailure>> {
    const open: OpenStream = (request, until) => this.grpc.stream(METHODS.watchJobOrders, request, until);
    const watch = watchJobs(open, WATCH_POLICY, { jobOrderIds, ...(signal && { signal }) });
    for await (const event of lasting(watch, this.grpc.hasAnswered))
      yield event.ok ? ok(viewEvent(event.value)) : event;
  }
}

function viewOf(
  answer: Result<{ readonly jobOrder: Received<celda.job.v1.JobOrderAndState> | null }, CallFailure>,
): Result<JobView, CallFailure> {
  return answer.ok ? ok(viewJob(answer.value.jobOrder)) : answer;
}

function wireOrder(request: JobRequest): celda.job.v1.JobOrder.$Properties {
  return {
    jobOrderId: request.jobOrderId,
    workMasterId: request.workMasterId,
    priority: request.priority,
    descriptions: wireTexts(request.description),
    parameters: toParameters(request.parameters),
  };
}

function wireTexts(text: string): celda.job.v1.LocalizedText.$Properties[] {
  return text === '' ? [] : [{ locale: '', text }];
}

function viewEvent(event: JobWatchEvent | WatchInterrupted): JobEvent {
  switch (event.kind) {
    case 'initial':
    case 'changed':
      return { kind: 'job', job: viewJob(event.job), isInitial: event.kind === 'initial' };
    case 'removed':
      return { kind: 'removed', jobOrderId: event.jobOrderId };
    case 'progress':
      return { kind: 'progress', progress: viewProgress(event.progress) };
    case 'heartbeat':
      return { kind: 'heartbeat', controlConnected: event.controlConnected };
    case 'interrupted':
    case 'expired':
      return { kind: 'interrupted', error: event.error };
    case 'relisted':
      return { kind: 'relisted', cause: event.cause };
    case 'synced':
      return { kind: 'synced' };
  }
}

function viewCapabilities(wire: Received<celda.job.v1.GetReceiverCapabilitiesResponse>): CellView {
  return {
    name: wire.cellName,
    limitsOfUse: wire.limitsOfUse.find(({ locale }) => locale === 'en')?.text ?? '',
    workMasters: wire.workMasters.map((master) => ({
      id: master.id,
      version: master.version,
      description: master.descriptions[0]?.text ?? '',
      parameters: master.parameters.map((parameter) => ({
        id: parameter.id,
        type: parameterType(parameter.type),
        unit: parameter.unit,
        hasDefault: parameter.defaultValue !== null,
      })),
    })),
  };
}

function parameterType(type: celda.job.v1.ParameterType): ParameterView['type'] {
  const { ParameterType } = celda.job.v1;
  if (type === ParameterType.PARAMETER_TYPE_NUMBER) return 'number';
  if (type === ParameterType.PARAMETER_TYPE_INTEGER) return 'integer';
  return type === ParameterType.PARAMETER_TYPE_BOOLEAN ? 'boolean' : 'string';
}
