// How failures are shown and which exit code they give.

import { EXIT_CODES, type ExitCode, OperatorError } from '../app/operator-error.ts';
import { refusalIn, violationIn } from '../app/refusal-text.ts';
import type { CallFailure } from '../client/grpc-client.ts';
import type { Locale } from '../config/problem.ts';
import { remediesOf } from './remedies.ts';

export interface ShownFailure {
  readonly message: string;
  /** Further lines: fields that are wrong, what to do. */
  readonly details: readonly string[];
  readonly exitCode: ExitCode;
  /** gRPC status and reason, for scripts; empty when no call was made. */
  readonly status: string;
  readonly reason: string;
  /** What a script needs to go on: number of the fault, what it names, and every wrong field. */
  readonly facts: FailureFacts;
}

/** Empty when the cell has refused nothing. */
export interface FailureFacts {
  /** Of the catalogue. */
  readonly code?: number;
  /** What the refusal names, e.g. `jobOrderId`, `acknowledge`, `isa95_return_status`. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly violations?: CallFailure['violations'];
  /** Not to be asked again sooner, ms. */
  readonly retryAfterMs?: number;
}

const DOOR_HINTS: Readonly<Record<NonNullable<CallFailure['door']>, Readonly<Record<Locale, string>>>> = {
  'client-refused': {
    en: 'celda certs show tells who it is for and when it ends; why it was refused is in the log of the cell',
    es: 'celda certs show dice para quién es y cuándo vence; por qué se rechazó está en el registro de la celda',
  },
  'gateway-untrusted': {
    en: 'give whoever has signed it with --tls-ca, and an address that is in it',
    es: 'indique quién lo firmó con --tls-ca, y una dirección que esté en él',
  },
  'tls-expected': {
    en: 'give --tls-ca, --tls-cert and --tls-key (or CELDA_TLS_CA, CELDA_TLS_CERT, CELDA_TLS_KEY)',
    es: 'indique --tls-ca, --tls-cert y --tls-key (o CELDA_TLS_CA, CELDA_TLS_CERT, CELDA_TLS_KEY)',
  },
  'plain-text-expected': {
    en: 'leave out --tls-ca, --tls-cert and --tls-key (and CELDA_TLS_CA, CELDA_TLS_CERT, CELDA_TLS_KEY)',
    es: 'quite --tls-ca, --tls-cert y --tls-key (y CELDA_TLS_CA, CELDA_TLS_CERT, CELDA_TLS_KEY)',
  },
};

/** The client says in English what the door was about. */
const DOOR_ES: readonly (readonly [RegExp, string])[] = [
  [/the server at (\S+) does not accept the certificate/, 'el servidor en $1 no acepta el certificado'],
  [
    /the certificate of the server at (\S+) is not accepted here: /,
    'aquí no se acepta el certificado del servidor en $1: ',
  ],
  [/the server at (\S+) speaks TLS/, 'el servidor en $1 habla TLS'],
  [/the server at (\S+) speaks plain text/, 'el servidor en $1 habla texto sin cifrar'],
];

function messageIn(locale: Locale, { door, message, violations }: CallFailure): string {
  if (locale === 'en' || door === undefined) {
    const told = violations.reduce(
      (all, { description }) => all.replace(description, () => violationIn(locale, description)),
      message,
    );
    return refusalIn(locale, told);
  }
  return DOOR_ES.reduce((all, [english, spanish]) => all.replace(english, spanish), message);
}

/** What should have answered, and how to start it. */
export const START_HINTS = {
  cell: {
    en: 'start the cell (npm start, or celda run), or give its address with --address host:port',
    es: 'arranque la celda (npm start o celda run), o indique su dirección con --address host:puerto',
  },
  simulation: {
    en: 'start a simulation (npm start, or celda sim), or give its address with --sim-address host:port',
    es: 'arranque una simulación (npm start o celda sim), o indique su dirección con --sim-address host:puerto',
  },
} as const satisfies Record<string, Readonly<Record<Locale, string>>>;

/** Of somebody who is there, and has not answered in time. */
const LATE = {
  cell: {
    en: (address: string) => `the cell at ${address} took too long to answer`,
    es: (address: string) => `la celda en ${address} tardó demasiado en responder`,
  },
  simulation: {
    en: (address: string) => `the simulation at ${address} took too long to answer`,
    es: (address: string) => `la simulación en ${address} tardó demasiado en responder`,
  },
} as const satisfies Record<keyof typeof START_HINTS, Readonly<Record<Locale, (address: string) => string>>>;

const TRY_AGAIN: Readonly<Record<Locale, string>> = {
  en: 'try again; what was to be changed may be changed all the same: look first',
  es: 'intente de nuevo; lo que se quería cambiar puede haberse cambiado de todos modos: revise primero',
};

/** A call that failed, as an error that ends the command. */
export class CallFailedError extends Error {
  readonly failure: CallFailure;
  readonly address: string;
  readonly start: keyof typeof START_HINTS;

  /** @param start what should have answered */
  constructor(failure: CallFailure, address: string, start: keyof typeof START_HINTS) {
    super(failure.message);
    this.name = 'CallFailedError';
    this.failure = failure;
    this.address = address;
    this.start = start;
  }
}

/** @throws whatever is neither an error of the operator nor of a call: a defect keeps its stack */
export function showFailure(error: unknown, locale: Locale = 'en'): ShownFailure {
  if (error instanceof OperatorError) {
    const { message, hint } = error.told(locale);
    return { message, details: [hint], exitCode: error.exitCode, status: '', reason: error.reason, facts: {} };
  }
  if (error instanceof CallFailedError) return showCallFailure(error, locale);
  throw error;
}

function showCallFailure({ failure, address, start }: CallFailedError, locale: Locale): ShownFailure {
  const { status, reason } = failure;
  if (failure.kind === 'unreachable') {
    const nobody = locale === 'es' ? 'nadie responde en' : 'nothing answers at';
    // It may be done where there was a connection.
    const isLate = status === 'DEADLINE_EXCEEDED' && failure.mayBeDone;
    return {
      message: `${isLate ? LATE[start][locale](address) : `${nobody} ${address}`} (${status})`,
      details: [isLate ? TRY_AGAIN[locale] : START_HINTS[start][locale]],
      exitCode: EXIT_CODES.unreachable,
      status,
      reason,
      facts: {},
    };
  }
  // The message of a service names the first of them already.
  const details = failure.violations
    .filter(({ field, description }) => !failure.message.includes(`${field}: ${description}`))
    .map(({ field, description }) => `${field}: ${violationIn(locale, description)}`)
    .concat(failure.door === undefined ? [] : [DOOR_HINTS[failure.door][locale]]);
  details.push(...remediesOf(failure, locale));
  return {
    message: `${messageIn(locale, failure)} (${status})`,
    details,
    exitCode: exitCodeOf(failure),
    status,
    reason,
    facts: factsOf(failure),
  };
}

function factsOf({ metadata: given, retryAfterMs, violations }: CallFailure): FailureFacts {
  const { fault_code: code, ...metadata } = given;
  return {
    ...(code === undefined ? {} : { code: Number(code) }),
    metadata,
    violations,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** What the caller gave was wrong: a usage error; the cell would not or could not: a failed operation. */
function exitCodeOf({ status }: CallFailure): ExitCode {
  return status === 'INVALID_ARGUMENT' || status === 'OUT_OF_RANGE' ? EXIT_CODES.usage : EXIT_CODES.failed;
}
