// A connection to a cell for programs of an MES.
import {
  CellServiceDefinition,
  JobOrderReceiverServiceDefinition,
  JobResponseProviderServiceDefinition,
  WorkMasterServiceDefinition,
} from '../../proto/generated/services.js';
import { CallError, isCallError } from './call-error.ts';
import { type ClientTls, closedFailure, plainFailure } from './grpc-client.ts';
import { isFinal, type Job, type JobWatchEvent } from './order-memory.ts';
import { pause, type RetryOptions, type RetryPolicy, retryPolicy } from './retry.ts';
import { ServiceClient } from './service-client.ts';
import { methodsOf, type ServiceMethods } from './service-methods.ts';
import { isAborted } from './stream-life.ts';
import {
  type AlarmWatchEvent,
  type CellStateWatchEvent,
  type CellWatchOptions,
  watchAgain,
  watchAlarms,
} from './watch-cell.ts';
import { type OpenStream, type WatchOptions, watchJobs } from './watch-jobs.ts';

export interface ConnectionOptions {
  /** `host:port` of a cell's gateway, e.g. `127.0.0.1:50051`. */
  readonly address: string;
  /** Undefined: plain text, which a cell speaks on its own machine only. */
  readonly tls?: ClientTls;
  readonly retries?: RetryOptions;
}

export interface WaitOptions {
  /** Ends the wait, as `close` does; it rejects with a CallError of kind `cancelled` then. The order goes on. */
  readonly signal?: AbortSignal;
  /** Told of everything meanwhile. */
  readonly onEvent?: (event: JobWatchEvent) => void;
}

/** Nothing is connected before the first call; whatever is cut is connected again. */
export class CellConnection extends ServiceClient {
  /** JobOrderReceiverService. */
  readonly jobs: ServiceMethods<typeof JobOrderReceiverServiceDefinition>;
  /** JobResponseProviderService. */
  readonly responses: ServiceMethods<typeof JobResponseProviderServiceDefinition>;
  /** CellService. */
  readonly cell: ServiceMethods<typeof CellServiceDefinition>;
  /** WorkMasterService. */
  readonly workMasters: ServiceMethods<typeof WorkMasterServiceDefinition>;
  readonly #policy: RetryPolicy;

  constructor({ address, tls, retries }: ConnectionOptions) {
    super(address, tls);
    this.#policy = retryPolicy(retries);
    this.jobs = methodsOf(JobOrderReceiverServiceDefinition, this.grpc, this.#policy);
    this.responses = methodsOf(JobResponseProviderServiceDefinition, this.grpc, this.#policy);
    this.cell = methodsOf(CellServiceDefinition, this.grpc, this.#policy);
    this.workMasters = methodsOf(WorkMasterServiceDefinition, this.grpc, this.#policy);
  }

  /** The present state, then every change until `signal` aborts, over as many connections as it takes. */
  watchJobOrders(options?: WatchOptions): AsyncGenerator<JobWatchEvent, void> {
    const { watchJobOrders } = JobOrderReceiverServiceDefinition;
    const open: OpenStream = (request, signal) => this.grpc.stream(watchJobOrders, request, signal);
    return this.#whileOpen(options?.signal, (signal) => watchJobs(open, this.#policy, { ...options, signal }));
  }

  /** The alarms that are there, then every change until `signal` aborts, over as many connections as it takes. */
  watchAlarms(options?: CellWatchOptions): AsyncGenerator<AlarmWatchEvent, void> {
    const request = { includeInitialState: true };
    const open = (signal: AbortSignal) => this.grpc.stream(CellServiceDefinition.watchAlarms, request, signal);
    return this.#whileOpen(options?.signal, (signal) => watchAlarms(open, this.#policy, { ...options, signal }));
  }

  /** The state of the cell, then again whenever it has changed. @param intervalMsMin at most once in this time, ms; 0: the cell's default */
  async *watchCellState(intervalMsMin = 0, options?: CellWatchOptions): AsyncGenerator<CellStateWatchEvent, void> {
    const open = (signal: AbortSignal) =>
      this.grpc.stream(CellServiceDefinition.watchCellState, { intervalMsMin }, signal);
    const watch = (signal: AbortSignal) => watchAgain(open, this.#policy, { ...options, signal });
    for await (const event of this.#whileOpen(options?.signal, watch)) {
      if (event.kind === 'interrupted') yield event;
      else if (event.message.state !== null) yield { kind: 'state', state: event.message.state };
    }
  }

  /** A watch until `signal` aborts. @throws CallError of kind `cancelled` when this is closed before */
  async *#whileOpen<Event>(
    signal: AbortSignal | undefined,
    watch: (until: AbortSignal) => AsyncGenerator<Event, void>,
  ): AsyncGenerator<Event, void> {
    const { closed } = this.grpc;
    yield* watch(signal === undefined ? closed : AbortSignal.any([signal, closed]));
    if (!isAborted(signal)) throw new CallError(closedFailure());
  }

  /**
   * Resolves with an order that is Ended or Aborted; an interrupted one is waited for. Rejects with CallError:
   * `JOB_ORDER_UNKNOWN` when there is no such order, or no longer.
   */
  async waitForEnd(jobOrderId: string, { signal, onEvent }: WaitOptions = {}): Promise<Job> {
    const options = { jobOrderIds: [jobOrderId], ...(signal === undefined ? {} : { signal }) };
    let job: Job | undefined;
    for await (const event of this.watchJobOrders(options)) {
      onEvent?.(event);
      if (event.kind === 'initial' || event.kind === 'changed') job = event.job;
      if (event.kind === 'removed') job = undefined;
      const isAsked = event.kind === 'synced' || event.kind === 'relisted' || event.kind === 'removed';
      if (job === undefined && isAsked) job = await this.#order(jobOrderId, signal);
      if (job !== undefined && isFinal(job)) return job;
    }
    throw new CallError(plainFailure('CANCELLED', 'cancelled', `no longer waiting for ${jobOrderId}`));
  }

  /** However long nobody answers. Rejects with CallError as soon as somebody refuses, or `signal` aborts. */
  async #order(jobOrderId: string, signal: AbortSignal | undefined): Promise<Job | undefined> {
    const limits = signal === undefined ? {} : { signal };
    for (;;) {
      try {
        return (await this.jobs.getJobOrder({ jobOrderId }, limits)).jobOrder ?? undefined;
      } catch (error) {
        if (!isCallError(error) || error.kind !== 'unreachable' || error.failure.door !== undefined) throw error;
      }
      await pause(this.#policy.delayMsMax, signal, this.grpc.closed);
    }
  }
}

/** @returns a connection; to be closed */
export function connectCell(options: ConnectionOptions): CellConnection {
  return new CellConnection(options);
}
