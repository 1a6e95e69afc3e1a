// How failures are shown and which exit code they give.

import { EXIT_CODES, type ExitCode, OperatorError } from '../app/operator-error.ts';
import type { CallFailure } from '../client/grpc-client.ts';

export interface ShownFailure {
  readonly message: string;
  /** Further lines: fields that are wrong, what to do. */
  readonly details: readonly string[];
  readonly exitCode: ExitCode;
  /** gRPC status and reason, for scripts; empty when no call was made. */
  readonly status: string;
  readonly reason: string;
}

const DOOR_HINTS: Readonly<Record<NonNullable<CallFailure['door']>, string>> = {
  'client-refused':
    'celda certs show tells who it is for and when it ends; why it was refused is in the log of the cell',
  'gateway-untrusted': 'give whoever has signed it with --tls-ca, and an address that is in it',
  'tls-expected': 'give --tls-ca, --tls-cert and --tls-key (or CELDA_TLS_CA, CELDA_TLS_CERT, CELDA_TLS_KEY)',
  'plain-text-expected':
    'leave out --tls-ca, --tls-cert and --tls-key (and CELDA_TLS_CA, CELDA_TLS_CERT, CELDA_TLS_KEY)',
};

/** A call that failed, as an error that ends the command. */
export class CallFailedError extends Error {
  readonly failure: CallFailure;
  readonly address: string;
  readonly start: string;

  /** @param start how to start what should have answered */
  constructor(failure: CallFailure, address: string, start: string) {
    super(failure.message);
    this.name = 'CallFailedError';
    this.failure = failure;
    this.address = address;
    this.start = start;
  }
}

/** @throws whatever is neither an error of the operator nor of a call: a defect keeps its stack */
export function showFailure(error: unknown): ShownFailure {
  if (error instanceof OperatorError) {
    return { message: error.message, details: [error.hint], exitCode: error.exitCode, status: '', reason: '' };
  }
  if (error instanceof CallFailedError) return showCallFailure(error);
  throw error;
}

function showCallFailure({ failure, address, start }: CallFailedError): ShownFailure {
  const { status, reason } = failure;
  if (failure.kind === 'unreachable') {
    const message = `nothing answers at ${address} (${status})`;
    return { message, details: [start], exitCode: EXIT_CODES.unreachable, status, reason };
  }
  // The message of a service names the first of them already.
  const details = failure.violations
    .map(({ field, description }) => `${field}: ${description}`)
    .filter((detail) => !failure.message.includes(detail))
    .concat(failure.door === undefined ? [] : [DOOR_HINTS[failure.door]]);
  return { message: `${failure.message} (${status})`, details, exitCode: exitCodeOf(failure), status, reason };
}

/** What the caller gave was wrong: a usage error; the cell would not or could not: a failed operation. */
function exitCodeOf({ status }: CallFailure): ExitCode {
  return status === 'INVALID_ARGUMENT' || status === 'OUT_OF_RANGE' ? EXIT_CODES.usage : EXIT_CODES.failed;
}
