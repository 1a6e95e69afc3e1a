// Calls a gRPC service by the generated method tables: outcomes are values, and deadlines are always set.
import { isIP } from 'node:net';
import {
  type CallOptions,
  type ChannelCredentials,
  Client,
  type ClientDuplexStream,
  credentials,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { WorkMasterServiceDefinition as MASTERS, type MethodDefinition } from '../../proto/generated/services.js';
import { FAULTS } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { FieldViolation } from '../ports/service-refusal.ts';
import { AddressCredentials } from './address-credentials.ts';
import type { ClientTls } from './client-tls.ts';
import { type DoorFinding, findAtDoor, NODE_ADVICE } from './door-probe.ts';
import { OwnedConnections } from './owned-connections.ts';
import { decodeStatus, STATUS_DETAILS_KEY } from './status-details.ts';

export type { ClientTls } from './client-tls.ts';

/** Why a call gave no answer. */
export interface CallFailure {
  /** Canonical gRPC status, e.g. `INVALID_ARGUMENT`. */
  readonly status: string;
  /** `unreachable`: nobody answered; `cancelled`: by us; `refused`: the service said no. */
  readonly kind: 'unreachable' | 'cancelled' | 'refused';
  /** False when what was asked for has certainly not been done, true when that is not known. */
  readonly mayBeDone: boolean;
  readonly message: string;
  /** `google.rpc.ErrorInfo`, e.g. `JOB_ORDER_EXISTS`; empty when the service gave none. */
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: readonly FieldViolation[];
  /** The service asks to be left alone for so long, ms (google.rpc.RetryInfo). */
  readonly retryAfterMs: number | undefined;
  /** Why there is no connection, where the door of the gateway has shown it. */
  readonly door: DoorFinding['kind'] | undefined;
}

/** What a call gave. */
export type CallOutcome<T> = Result<T, CallFailure>;

export interface CallLimits {
  /** The call fails with DEADLINE_EXCEEDED after this, ms. @defaultValue 5,000; 30,000 with drafts of work masters; a stream has none */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 5_000;
/** The check of a draft may take 10 s, and others come before it; a gateway gives up after this itself. */
const DRAFT_TIMEOUT_MS = 30_000;
/** Methods that check a draft, or wait for the one before that does. */
const OF_DRAFTS: ReadonlySet<string> = new Set(
  [
    MASTERS.checkWorkMaster,
    MASTERS.submitWorkMasterDraft,
    MASTERS.approveWorkMaster,
    MASTERS.discardWorkMasterDraft,
  ].map(({ path }) => path),
);

function timeoutOf(path: string): number {
  return OF_DRAFTS.has(path) ? DRAFT_TIMEOUT_MS : TIMEOUT_MS;
}

/** How a line is found out that has died without a word: a router has forgotten it, or a cable was pulled. */
export interface Keepalive {
  /** Silence after which a connection with calls is asked for a sign of life, and so is an idle one when a call comes, ms. */
  readonly timeMs: number;
  /** Without it for so long the connection is given up, and the next call makes another, ms. */
  readonly timeoutMs: number;
}

/** A call that was given the default time finds a new connection at its first repetition. No idle connection is kept busy. */
export const KEEPALIVE: Keepalive = { timeMs: 10_000, timeoutMs: 4_000 };

/** What the library puts after the reason when there is nothing to note. */
const EMPTY_NOTE = /\.?\s*Resolution note:\s*$/;

/** A stream in both directions on which every request gets one response. */
export interface Exchange<Request, Response> {
  /** The answer to this request. One at a time; after a failure there is no other answer. */
  ask(request: Request): Promise<CallOutcome<Response>>;
  end(): void;
}

export class GrpcClient {
  readonly address: string;
  readonly #client: Client;
  readonly #connections: OwnedConnections;
  readonly #tls: ClientTls | undefined;
  readonly #closing = new AbortController();
  #hasAnswered = false;

  /**
   * @param address `host:port`; nothing is connected before the first call
   * @param tls undefined: plain text, for a cell on this machine
   */
  constructor(address: string, tls?: ClientTls, { timeMs, timeoutMs }: Keepalive = KEEPALIVE) {
    this.address = address;
    this.#tls = tls;
    this.#connections = new OwnedConnections(credentialsOf(address, tls));
    this.#client = new Client(address, this.#connections, {
      'grpc.keepalive_time_ms': timeMs,
      'grpc.keepalive_timeout_ms': timeoutMs,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
    });
  }

  /** Calls and streams that stand end as cancelled, and so does whatever is begun later. */
  close(): void {
    this.#closing.abort();
    this.#client.close();
    this.#connections.close();
  }

  /** Aborts when this is closed. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** Whether somebody at the address has answered a call of this client as it was asked. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** Resolves when somebody serves the address, or false after `timeoutMs`. */
  waitUntilReachable(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#client.waitForReady(Date.now() + timeoutMs, (error) => resolve(error === undefined));
    });
  }

  call<RequestIn, RequestOut, ResponseIn, ResponseOut>(
    method: MethodDefinition<RequestIn, RequestOut, ResponseIn, ResponseOut, false, false>,
    request: RequestIn,
    limits: CallLimits = {},
  ): Promise<Result<ResponseOut, CallFailure>> {
    if (this.closed.aborted) return Promise.resolve(err(closedFailure()));
    const options: CallOptions = { deadline: Date.now() + (limits.timeoutMs ?? timeoutOf(method.path)) };
    return new Promise((resolve) => {
      const call = this.#client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        new Metadata(),
        options,
        (error, response) => {
          release();
          if (error !== null) resolve(this.#failed(error, this.#isOurs(limits.signal)));
          else if (response === undefined) resolve(err(noAnswer()));
          else {
            this.#hasAnswered = true;
            resolve(ok(response));
          }
        },
      );
      const release = this.#cancelBy(limits.signal, call);
    });
  }

  /** Messages of a server stream as they come. The last item is an error unless the server ended the stream itself. */
  async *stream<RequestIn, RequestOut, ResponseIn, ResponseOut>(
    method: MethodDefinition<RequestIn, RequestOut, ResponseIn, ResponseOut, false, true>,
    request: RequestIn,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Result<ResponseOut, CallFailure>> {
    if (this.closed.aborted) {
      yield err(closedFailure());
      return;
    }
    const call = this.#client.makeServerStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      new Metadata(),
    );
    const release = this.#cancelBy(signal, call);
    try {
      for await (const message of call as AsyncIterable<ResponseOut>) yield ok(message);
    } catch (error) {
      yield await this.#failed(error as ServiceError, this.#isOurs(signal));
    } finally {
      release();
      call.cancel();
    }
  }

  /** Begins an exchange; a failure is the answer to the next request. */
  exchange<RequestIn, RequestOut, ResponseIn, ResponseOut>(
    method: MethodDefinition<RequestIn, RequestOut, ResponseIn, ResponseOut, true, true>,
  ): Exchange<RequestIn, ResponseOut> {
    const call: ClientDuplexStream<RequestIn, ResponseOut> = this.#client.makeBidiStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      new Metadata(),
    );
    const answers = call[Symbol.asyncIterator]() as AsyncIterator<ResponseOut, undefined>;
    let isEnded = false;
    return {
      ask: async (request) => {
        call.write(request);
        try {
          const next = await answers.next();
          return next.done === true ? err(noAnswer()) : ok(next.value);
        } catch (error) {
          return this.#failed(error as ServiceError, isEnded);
        }
      },
      end: () => {
        isEnded = true;
        call.end();
        call.cancel();
      },
    };
  }

  /** Both `signal` and the end of this client end the call. @returns lets go of them */
  #cancelBy(signal: AbortSignal | undefined, call: { cancel(): void }): () => void {
    const cancel = (): void => call.cancel();
    signal?.addEventListener('abort', cancel);
    this.closed.addEventListener('abort', cancel);
    if (signal?.aborted === true) cancel();
    return () => {
      signal?.removeEventListener('abort', cancel);
      this.closed.removeEventListener('abort', cancel);
    };
  }

  #isOurs(signal: AbortSignal | undefined): boolean {
    return signal?.aborted === true || this.closed.aborted;
  }

  /** A connection that does not come about has its reason at the door, which gRPC does not tell. A call that was sent may have been done. */
  async #failed(error: ServiceError, isOurs = false): Promise<Result<never, CallFailure>> {
    const failure = failureOf(error, isOurs);
    if (failure.kind !== 'unreachable' || failure.mayBeDone) return err(failure);
    const found = await findAtDoor(this.address, this.#tls);
    return err(found === undefined ? failure : turnedAway(found, this.address));
  }
}

/** What grpc-js says of a call for which there was no connection, or none in time. */
const NEVER_SENT = /^No connection established|^Deadline exceeded after .*,Waiting for LB pick$/;

function turnedAway(found: DoorFinding, address: string): CallFailure {
  return {
    status: 'UNAUTHENTICATED',
    kind: 'refused',
    mayBeDone: false,
    message: DOOR_MESSAGES[found.kind](address, found),
    reason: found.kind === 'client-refused' ? FAULTS[6601].reason : '',
    metadata: {},
    violations: [],
    retryAfterMs: undefined,
    door: found.kind,
  };
}

const DOOR_MESSAGES: Readonly<Record<DoorFinding['kind'], (address: string, found: DoorFinding) => string>> = {
  'client-refused': (address) => `[6601] the server at ${address} does not accept the certificate`,
  'gateway-untrusted': (address, { cause }) =>
    `the certificate of the server at ${address} is not accepted here: ${cause}`,
  'tls-expected': (address) => `the server at ${address} speaks TLS`,
  'plain-text-expected': (address) => `the server at ${address} speaks plain text`,
};

function credentialsOf(address: string, tls: ClientTls | undefined): ChannelCredentials {
  if (tls === undefined) return credentials.createInsecure();
  const [, host = ''] = /^\[?(.*?)\]?:\d+$/.exec(address) ?? [];
  if (isIP(host) !== 0) return new AddressCredentials(host, tls);
  return credentials.createSsl(Buffer.from(tls.ca), Buffer.from(tls.key), Buffer.from(tls.certificate));
}

function failureOf(error: ServiceError, isOurs: boolean): CallFailure {
  const bytes = error.metadata.get(STATUS_DETAILS_KEY)[0];
  const details = bytes instanceof Uint8Array ? decodeStatus(bytes) : undefined;
  const kind = kindOf(error.code, details !== undefined, isOurs);
  return {
    status: (status as Readonly<Record<number, string>>)[error.code] ?? 'UNKNOWN',
    kind,
    mayBeDone: kind === 'refused' ? isInDoubt(details?.metadata ?? {}) : !NEVER_SENT.test(error.details),
    message: details?.message ?? error.details.replace(EMPTY_NOTE, '').replace(NODE_ADVICE, ''),
    reason: details?.reason ?? '',
    metadata: details?.metadata ?? {},
    violations: details?.violations ?? [],
    retryAfterMs: details?.retryAfterMs,
    door: undefined,
  };
}

/** What the transport makes of a call that ended with its connection or by RST_STREAM, without details; a service gives details. */
const UNANSWERED: ReadonlySet<status> = new Set([
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.CANCELLED,
  status.INTERNAL,
  status.UNKNOWN,
]);

function kindOf(code: status, hasDetails: boolean, isOurs: boolean): CallFailure['kind'] {
  if (code === status.CANCELLED && isOurs) return 'cancelled';
  return UNANSWERED.has(code) && !hasDetails ? 'unreachable' : 'refused';
}

/** The cell does it once its disk takes it, or its gateway has not heard from control what became of it. */
function isInDoubt(metadata: CallFailure['metadata']): boolean {
  return metadata['pending'] !== undefined || metadata['fault_code'] === ANSWER_LOST;
}

const ANSWER_LOST = '6007';

function noAnswer(): CallFailure {
  return plainFailure('INTERNAL', 'unreachable', 'empty answer');
}

/** Of a client that is closed: nothing was sent. */
export function closedFailure(): CallFailure {
  return { ...plainFailure('CANCELLED', 'cancelled', 'the connection is closed'), mayBeDone: false };
}

/** @returns a failure of which the service said nothing */
export function plainFailure(status: string, kind: CallFailure['kind'], message: string): CallFailure {
  const nothing = { reason: '', metadata: {}, violations: [], retryAfterMs: undefined, door: undefined };
  return { status, kind, mayBeDone: kind !== 'refused', message, ...nothing };
}
