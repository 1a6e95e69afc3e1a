// A call that failed, as programs of an MES catch it.
import type { FieldViolation } from '../ports/service-refusal.ts';
import type { CallFailure } from './grpc-client.ts';

/** What every method of `celda/client` rejects with. Recognise it by `isCallError`, tell refusals apart by `reason`. */
export class CallError extends Error {
  /** Canonical gRPC status, e.g. `FAILED_PRECONDITION`. */
  readonly status: string;
  /** Of the last attempt: `unreachable`: nobody answered; `cancelled`: by the caller's signal, or by `close`; `refused`: the cell said no. */
  readonly kind: CallFailure['kind'];
  /** False when no attempt has done anything; true when that is not known: repeat under `requestId`, or look. */
  readonly mayBeDone: boolean;
  /** Of `google.rpc.ErrorInfo`, e.g. `JOB_ORDER_EXISTS`; empty when the cell did not answer. */
  readonly reason: string;
  /** Number in the fault catalogue; undefined when the cell did not answer. */
  readonly faultCode: number | undefined;
  /** `isa95_return_status` (OPC 10031-4, B.2); undefined outside of the job services. */
  readonly returnStatus: bigint | undefined;
  /** Everything else that the cell told, e.g. `state`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Every wrong field at once. */
  readonly violations: readonly FieldViolation[];
  readonly retryAfterMs: number | undefined;
  /** Id under which the call can be repeated safely, with the same content; undefined when it takes none. */
  readonly requestId: string | undefined;
  /** All of this as the connection has it. */
  readonly failure: CallFailure;

  constructor(failure: CallFailure, requestId?: string) {
    super(failure.reason === '' ? `${failure.status}: ${failure.message}` : `${failure.reason}: ${failure.message}`);
    this.name = 'CallError';
    this.status = failure.status;
    this.kind = failure.kind;
    this.mayBeDone = failure.mayBeDone;
    this.reason = failure.reason;
    this.faultCode = numberIn(failure.metadata['fault_code']);
    this.returnStatus = bigintIn(failure.metadata['isa95_return_status']);
    this.metadata = failure.metadata;
    this.violations = failure.violations;
    this.retryAfterMs = failure.retryAfterMs;
    this.requestId = requestId;
    this.failure = failure;
  }
}

/** @param reason undefined: any */
export function isCallError(error: unknown, reason?: string): error is CallError {
  return error instanceof CallError && (reason === undefined || error.reason === reason);
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function bigintIn(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d{1,20}$/.test(text) ? BigInt(text) : undefined;
}
