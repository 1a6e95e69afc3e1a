// The job interface for TypeScript programs: what the command line and the demo use, and what an MES would.
import type { celda } from '../../proto/generated/celda.js';
import { JobOrderReceiverServiceDefinition, type Received } from '../../proto/generated/services.js';
import type { JobState } from '../core/job-order.ts';
import type { ParameterValue } from '../core/work-master.ts';
import {
  type JobView,
  type ProgressView,
  stateNumbers,
  toJobView,
  toProgressView,
  toWorkMasterView,
  type WorkMasterView,
} from './job-view.ts';
import { JobApiError, ServiceClient, type ServiceClientOptions } from './service-client.ts';
import { toValue } from './wire-values.ts';

export interface OrderToStore {
  readonly jobOrderId: string;
  readonly workMasterId: string;
  readonly workMasterVersion?: string;
  readonly description?: string;
  readonly priority?: number;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

export interface CommandOptions {
  /** Makes the command safe to repeat: the same id and content are done once. */
  readonly requestId?: string;
}

export type JobWatchEvent =
  | { readonly kind: 'initial'; readonly job: JobView }
  /** The initial states are complete. */
  | { readonly kind: 'synced' }
  | { readonly kind: 'changed'; readonly job: JobView }
  | { readonly kind: 'progress'; readonly progress: ProgressView }
  | { readonly kind: 'heartbeat'; readonly controlConnected: boolean };

export interface WatchOptions {
  /** Only these; absent: all. */
  readonly jobOrderIds?: readonly string[];
  readonly includeInitialState?: boolean;
  readonly signal?: AbortSignal;
}

export interface JobPage {
  readonly jobs: readonly JobView[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
  readonly totalSize: number;
}

export interface CapabilitiesView {
  readonly cellName: string;
  readonly workMasters: readonly WorkMasterView[];
  /** By locale, `en` and `es`. */
  readonly limitsOfUse: Readonly<Record<string, string>>;
}

/** All methods reject with {@link JobApiError} and with nothing else. */
export interface JobClient {
  storeAndStart(order: OrderToStore, options?: CommandOptions): Promise<JobView>;
  get(jobOrderId: string): Promise<JobView>;
  list(options?: {
    readonly states?: readonly JobState[];
    readonly pageSize?: number;
    readonly pageToken?: string;
  }): Promise<JobPage>;
  /** Ends quietly when the signal aborts or the loop is left. */
  watch(options?: WatchOptions): AsyncIterable<JobWatchEvent>;
  abort(jobOrderId: string, options?: CommandOptions & { readonly comment?: string }): Promise<JobView>;
  resume(jobOrderId: string, options?: CommandOptions): Promise<JobView>;
  capabilities(): Promise<CapabilitiesView>;
  /**
   * Waits until the order is Ended or Aborted, through restarts of the gateway.
   * @param options.onEvent hears every event of the order meanwhile
   * @returns the final order, or undefined when the signal aborted before
   */
  waitForEnd(
    jobOrderId: string,
    options?: { readonly signal?: AbortSignal; readonly onEvent?: (event: JobWatchEvent) => void },
  ): Promise<JobView | undefined>;
  /** Waits until the server can be reached. @returns false when the time passed before that */
  reachable(timeoutMs: number): Promise<boolean>;
  close(): void;
}

const METHODS = JobOrderReceiverServiceDefinition;
const RECONNECT_MS = 1_000;

/** @param address `host:port` */
export function createJobClient(address: string, options?: ServiceClientOptions): JobClient {
  const client = new ServiceClient(address, options);
  const watch = (options: WatchOptions = {}): AsyncGenerator<JobWatchEvent> => watchJobs(client, options);
  return {
    storeAndStart: async (order, { requestId = '' } = {}) =>
      jobOf(await client.call(METHODS.storeAndStartJobOrder, { requestId, jobOrder: toWireOrder(order) })),
    get: async (jobOrderId) => jobOf(await client.call(METHODS.getJobOrder, { jobOrderId })),
    list: async ({ states = [], pageSize = 0, pageToken = '' } = {}) => {
      const page = await client.call(METHODS.listJobOrders, { states: stateNumbers(states), pageSize, pageToken });
      return { jobs: page.jobOrders.map(toJobView), nextPageToken: page.nextPageToken, totalSize: page.totalSize };
    },
    watch,
    abort: async (jobOrderId, { requestId = '', comment = '' } = {}) => {
      const comments = comment === '' ? [] : [{ text: comment }];
      return jobOf(await client.call(METHODS.abortJobOrder, { requestId, jobOrderId, comments }));
    },
    resume: async (jobOrderId, { requestId = '' } = {}) =>
      jobOf(await client.call(METHODS.resumeJobOrder, { requestId, jobOrderId })),
    capabilities: async () => toCapabilities(await client.call(METHODS.getReceiverCapabilities, {})),
    waitForEnd: (jobOrderId, options = {}) => waitForEnd(client, jobOrderId, options),
    reachable: (timeoutMs) => client.reachable(timeoutMs),
    close: () => client.close(),
  };
}

function toWireOrder(order: OrderToStore): celda.job.v1.JobOrder.$Properties {
  return {
    jobOrderId: order.jobOrderId,
    workMasterId: order.workMasterId,
    workMasterVersion: order.workMasterVersion ?? '',
    descriptions: order.description === undefined ? [] : [{ text: order.description }],
    priority: order.priority ?? 0,
    parameters: Object.entries(order.parameters ?? {}).map(([id, value]) => ({ id, value: toValue(value, 'number') })),
  };
}

function jobOf(response: { readonly jobOrder: Received<celda.job.v1.JobOrderAndState> | null }): JobView {
  if (response.jobOrder === null) throw new JobApiError('INTERNAL', 'the answer holds no job order', undefined);
  return toJobView(response.jobOrder);
}

function toCapabilities(wire: Received<celda.job.v1.GetReceiverCapabilitiesResponse>): CapabilitiesView {
  const limitsOfUse = Object.fromEntries(wire.limitsOfUse.map(({ locale, text }) => [locale, text]));
  return { cellName: wire.cellName, workMasters: wire.workMasters.map(toWorkMasterView), limitsOfUse };
}

async function* watchJobs(client: ServiceClient, options: WatchOptions): AsyncGenerator<JobWatchEvent> {
  const request = {
    jobOrderIds: [...(options.jobOrderIds ?? [])],
    includeInitialState: options.includeInitialState ?? false,
  };
  for await (const message of client.stream(METHODS.watchJobOrders, request, options.signal)) {
    const event = toWatchEvent(message);
    if (event !== undefined) yield event;
  }
}

/** @returns undefined for a kind of event that this client does not know */
function toWatchEvent(wire: Received<celda.job.v1.WatchJobOrdersResponse>): JobWatchEvent | undefined {
  if (wire.initialState !== null) return { kind: 'initial', job: toJobView(wire.initialState) };
  if (wire.synced !== null) return { kind: 'synced' };
  if (wire.stateChange !== null) return { kind: 'changed', job: toJobView(wire.stateChange) };
  if (wire.progress !== null) return { kind: 'progress', progress: toProgressView(wire.progress) };
  if (wire.heartbeat !== null) return { kind: 'heartbeat', controlConnected: wire.heartbeat.controlConnected };
  return undefined;
}

interface WaitOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: JobWatchEvent) => void;
}

async function waitForEnd(
  client: ServiceClient,
  jobOrderId: string,
  options: WaitOptions,
): Promise<JobView | undefined> {
  jobOf(await client.call(METHODS.getJobOrder, { jobOrderId }));
  const isAborted = (): boolean => options.signal?.aborted === true;
  while (!isAborted()) {
    try {
      const final = await watchToEnd(client, jobOrderId, options);
      if (final !== undefined) return final;
    } catch (error) {
      if (!(error instanceof JobApiError) || !isPassing(error)) throw error;
    }
    // Waits for the gateway to come back, in slices, so that an abort is noticed.
    while (!isAborted() && !(await client.reachable(RECONNECT_MS)));
  }
  return undefined;
}

/** Ends of a stream after which watching again makes sense. */
function isPassing(error: JobApiError): boolean {
  return error.code === 'UNAVAILABLE' || error.reason === 'WATCHER_TOO_SLOW';
}

async function watchToEnd(
  client: ServiceClient,
  jobOrderId: string,
  { signal, onEvent }: WaitOptions,
): Promise<JobView | undefined> {
  const watched = { jobOrderIds: [jobOrderId], includeInitialState: true, ...(signal === undefined ? {} : { signal }) };
  for await (const event of watchJobs(client, watched)) {
    onEvent?.(event);
    if (event.kind !== 'initial' && event.kind !== 'changed') continue;
    if (event.job.state === 'Ended' || event.job.state === 'Aborted') return event.job;
  }
  return undefined;
}
