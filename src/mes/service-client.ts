// Calls of a gRPC server as promises and async iterables, and its refusals as one kind of error.
import * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '../../proto/generated/services.js';
import type { FaultCode } from '../core/faults.ts';
import { faultCodeOf } from './refusal-table.ts';
import { type StatusCode, statusCodeName } from './status-codes.ts';
import { type DecodedStatus, decodeStatus, ERROR_DOMAIN, STATUS_DETAILS_KEY } from './status-details.ts';

/** A call that ended with a status other than OK. Recognise it by `code` and `reason`, never by its text. */
export class JobApiError extends Error {
  override readonly name = 'JobApiError';
  /** Canonical code. */
  readonly code: StatusCode;
  /** ErrorInfo.reason; empty when the server gave none, e.g. when it could not be reached. */
  readonly reason: string;
  /** Number in the fault catalogue; undefined when the reason is none of the catalogue's. */
  readonly faultCode: FaultCode | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: DecodedStatus['violations'];
  readonly preconditions: DecodedStatus['preconditions'];
  readonly quotas: DecodedStatus['quotas'];
  readonly resource: DecodedStatus['resource'];
  readonly retryAfterMs: number | undefined;

  constructor(code: StatusCode, message: string, details: DecodedStatus | undefined) {
    super(message);
    this.code = code;
    this.reason = details?.reason ?? '';
    this.faultCode = details?.domain === ERROR_DOMAIN ? faultCodeOf(details.reason) : undefined;
    this.metadata = details?.metadata ?? {};
    this.violations = details?.violations ?? [];
    this.preconditions = details?.preconditions ?? [];
    this.quotas = details?.quotas ?? [];
    this.resource = details?.resource;
    this.retryAfterMs = details?.retryAfterMs;
  }
}

/** @param error whatever a grpc-js call ended with */
export function toJobApiError(error: unknown): JobApiError {
  if (error instanceof JobApiError) return error;
  if (!isServiceError(error)) return new JobApiError('UNKNOWN', String(error), undefined);
  const [bytes] = error.metadata.get(STATUS_DETAILS_KEY);
  const details = typeof bytes === 'object' ? decodeStatus(bytes) : undefined;
  return new JobApiError(statusCodeName(error.code), error.details, details);
}

function isServiceError(error: unknown): error is grpc.ServiceError {
  return error instanceof Error && 'metadata' in error && 'details' in error && 'code' in error;
}

export interface ServiceClientOptions {
  /** Time that a call which is no stream may take. @defaultValue 10,000 ms */
  readonly deadlineMs?: number;
}

/** One connection to one server; connects when first needed, and again after a loss. */
export class ServiceClient {
  readonly #client: grpc.Client;
  readonly #deadlineMs: number;

  /** @param address `host:port`, plain text: for this machine and for networks that are protected otherwise */
  constructor(address: string, { deadlineMs = 10_000 }: ServiceClientOptions = {}) {
    this.#deadlineMs = deadlineMs;
    this.#client = new grpc.Client(address, grpc.credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
    });
  }

  /** Rejects with {@link JobApiError} only. */
  call<Request, Response>(
    method: MethodDefinition<Request, unknown, never, Response, false, false>,
    request: Request,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        { deadline: Date.now() + this.#deadlineMs },
        (error, response) => {
          if (error !== null) reject(toJobApiError(error));
          else if (response === undefined) reject(new JobApiError('INTERNAL', 'neither answer nor error', undefined));
          else resolve(response);
        },
      );
    });
  }

  /** Ends quietly when `signal` aborts or the loop is left; throws {@link JobApiError} only. */
  async *stream<Request, Response>(
    method: MethodDefinition<Request, unknown, never, Response, false, true>,
    request: Request,
    signal?: AbortSignal,
  ): AsyncGenerator<Response, void, undefined> {
    const isAborted = (): boolean => signal?.aborted === true;
    if (isAborted()) return;
    const call = this.#client.makeServerStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
    );
    const cancel = (): void => call.cancel();
    signal?.addEventListener('abort', cancel);
    try {
      for await (const response of call as AsyncIterable<Response>) yield response;
    } catch (error) {
      if (!isAborted()) throw toJobApiError(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
      call.cancel();
    }
  }

  /** Waits until the server can be reached. @returns false when `timeoutMs` passed before that */
  reachable(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#client.waitForReady(Date.now() + timeoutMs, (error) => resolve(error === undefined));
    });
  }

  close(): void {
    this.#client.close();
  }
}
