// Joins handlers that return values to the call objects of grpc-js: refusals become statuses, ends become aborts.
import type { EventEmitter } from 'node:events';
import * as grpc from '@grpc/grpc-js';
import type { MethodDefinition, Outcome } from '../../proto/generated/services.js';
import { fault } from '../core/faults.ts';
import type { Caller } from '../ports/caller.ts';
import type { Clock } from '../ports/clock.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { callerIn } from './caller-context.ts';
import { bytesOfMessage, encodedMessage } from './encoded-message.ts';
import { ReceivedRequest, readRequest, UnreadRequest } from './received-request.ts';
import { encodeRefusal, STATUS_DETAILS_KEY } from './status-details.ts';
import { StreamOutlet } from './stream-outlet.ts';

/** Any generated definition table. Messages are opaque here: their codecs came with them. */
type AnyDefinition = Readonly<Record<string, AnyMethod>>;
type AnyMethod = MethodDefinition<never, unknown, never, unknown, boolean, boolean>;

type Answer = Outcome<unknown, ServiceRefusal>;

/** A service to be served: a generated table and the handlers that belong to it. */
export interface ServiceBinding {
  /** Fully qualified name, e.g. `celda.job.v1.JobOrderReceiverService`. */
  readonly name: string;
  readonly definition: AnyDefinition;
  readonly handlers: object;
}

type HandlersOf<Definition> = { readonly [Name in keyof Definition]: HandlerOf<Definition[Name]> };

type HandlerOf<Method> =
  Method extends MethodDefinition<never, infer Request, infer Response, unknown, infer Streamed, infer Streams>
    ? (
        request: Streamed extends true ? AsyncIterable<Request> : Request,
        signal: AbortSignal,
        caller: Caller,
      ) => Streams extends true
        ? AsyncIterable<Outcome<Response, ServiceRefusal>>
        : Promise<Outcome<Response, ServiceRefusal>>
    : never;

/**
 * @param definition table of proto/generated/services.js
 * @param handlers of the interface that was generated with the table; `this` is kept
 */
export function bindService<Definition extends object>(
  definition: Definition,
  handlers: HandlersOf<Definition>,
): ServiceBinding {
  const table = definition as AnyDefinition;
  const path = Object.values(table)[0]?.path ?? '';
  return { name: path.split('/')[1] ?? '', definition: table, handlers };
}

/** Told of defects: a handler that threw. The call is answered with INTERNAL. */
export type ReportDefect = (error: unknown, path: string) => void;

/** Ends a stream of requests one of which is not read. */
class UnreadRequestError extends Error {
  readonly request: UnreadRequest;

  constructor(request: UnreadRequest) {
    super(request.violations[0]?.description);
    this.request = request;
  }
}

/** Told of a call that was refused, with what it asked where that could be read. */
export type RefusedCallListener = (refused: {
  readonly path: string;
  readonly caller: Caller;
  readonly request: unknown;
  readonly refusal: ServiceRefusal;
}) => void;

/** Who hears of calls that did not end well. */
export interface CallListeners {
  readonly report: ReportDefect;
  readonly refused: RefusedCallListener;
}

/** What all calls of a server have in common. */
export interface ServerLife {
  /** Aborts when the server ends. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** Adds a service to a server that is not started yet. */
export function addService(
  server: grpc.Server,
  binding: ServiceBinding,
  listeners: CallListeners,
  life: ServerLife,
): void {
  const definition: Record<string, grpc.MethodDefinition<unknown, unknown>> = {};
  const implementation: grpc.UntypedServiceImplementation = {};
  for (const [name, method] of Object.entries(binding.definition)) {
    definition[name] = served(method);
    const handler = (binding.handlers as Readonly<Record<string, Handler | undefined>>)[name];
    if (handler === undefined) throw new Error(`${method.path} has no handler`);
    const bound: Handler = (request, ending, caller) => handler.call(binding.handlers, request, ending, caller);
    implementation[name] = method.responseStream
      ? streaming(bound, method, listeners, life)
      : unary(bound, method, listeners, life.signal);
  }
  server.addService(definition, implementation);
}

type Handler = (request: unknown, signal: AbortSignal, caller: Caller) => Promise<Answer> | AsyncIterable<Answer>;

function served(method: AnyMethod): grpc.MethodDefinition<unknown, unknown> {
  const known = method as unknown as grpc.MethodDefinition<unknown, unknown>;
  return {
    ...known,
    responseSerialize: (message) => bytesOfMessage(message as object) ?? known.responseSerialize(message),
    requestDeserialize: (bytes: Buffer) => new ReceivedRequest(bytes),
  };
}

function unread({ violations }: UnreadRequest): ServiceRefusal {
  return refuse(fault(6010), violations);
}

function unary(handler: Handler, method: AnyMethod, listeners: CallListeners, server: AbortSignal) {
  const { report } = listeners;
  return (call: grpc.ServerUnaryCall<unknown, unknown>, callback: grpc.sendUnaryData<unknown>): void => {
    const ending = endOf(call, server);
    const request = readRequest(call.request as ReceivedRequest, method);
    const ask = (asked: unknown): ReturnType<Handler> => handler(asked, ending.signal, callerOf(call));
    answerOf(ask, request, report, method)
      .then((answer) => {
        if (answer.ok) {
          callback(null, answer.value);
          return;
        }
        callback(toServiceError(answer.error));
        tellRefused(listeners, method, call, request, answer.error);
      })
      .finally(ending.forget)
      .catch((error: unknown) => report(error, method.path));
  };
}

function tellRefused(
  { refused }: CallListeners,
  { path }: AnyMethod,
  call: Called,
  request: unknown,
  refusal: ServiceRefusal,
): void {
  refused({ path, caller: callerOf(call), request, refusal });
}

const TRACE_PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-/;

interface Called {
  readonly metadata: grpc.Metadata;
  getAuthContext(): object;
}

function callerOf(call: Called): Caller {
  const caller = callerIn(call.getAuthContext());
  const [, traceId] = TRACE_PARENT.exec(String(call.metadata.get('traceparent')[0] ?? '')) ?? [];
  return traceId === undefined ? caller : { ...caller, traceId };
}

async function answerOf(
  ask: (request: unknown) => ReturnType<Handler>,
  request: unknown,
  report: ReportDefect,
  method: AnyMethod,
): Promise<Answer> {
  if (request instanceof UnreadRequest) return { ok: false, error: unread(request) };
  try {
    return inBytes(await (ask(request) as Promise<Answer>), method);
  } catch (error) {
    report(error, method.path);
    return { ok: false, error: refuse(fault(9001)) };
  }
}

/** Put into bytes here, so that the door knows how many wait for the other end. */
function inBytes(answer: Answer, { responseSerialize }: AnyMethod): Answer {
  if (!answer.ok || bytesOfMessage(answer.value as object) !== undefined) return answer;
  return { ok: true, value: encodedMessage([responseSerialize(answer.value as never)]) };
}

function streaming(handler: Handler, method: AnyMethod, listeners: CallListeners, { signal, clock }: ServerLife) {
  const { report } = listeners;
  return (call: StreamingCall): void => {
    const ending = endOf(call, signal);
    const request = method.requestStream
      ? requestsOf(call as RequestStream, method, ending.signal)
      : readRequest(requestOf(call), method);
    const fail = (refusal: ServiceRefusal): void => {
      call.emit('error', toServiceError(refusal));
      tellRefused(listeners, method, call, request, refusal);
    };
    pump(handler, method, request, call, { signal: ending.signal, clock })
      .catch((error: unknown) => {
        if (error instanceof UnreadRequestError) return unread(error.request);
        report(error, method.path);
        return refuse(fault(9001));
      })
      .then((refusal) => {
        if (refusal !== undefined) fail(refusal);
      })
      .finally(ending.forget)
      .catch((error: unknown) => report(error, method.path));
  };
}

function requestOf(call: object): ReceivedRequest {
  return (call as { readonly request: ReceivedRequest }).request;
}

type RequestStream = grpc.ServerDuplexStream<unknown, unknown>;

/** Requests of a stream until the caller or the server ends it. */
async function* requestsOf(
  call: RequestStream,
  method: AnyMethod,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, undefined> {
  const messages = call[Symbol.asyncIterator]();
  try {
    while (!signal.aborted) {
      const next = await nextUnlessEnded(messages, signal);
      if (next === undefined || next.done === true) return;
      const request = readRequest(next.value as ReceivedRequest, method);
      if (request instanceof UnreadRequest) throw new UnreadRequestError(request);
      yield request;
    }
  } catch (error) {
    // A call that was cancelled has no end in good order.
    if (!signal.aborted) throw error;
  }
}

/** Undefined: the call has ended. No race with one promise of the whole call: that would hold every message until its end. */
function nextUnlessEnded<T>(messages: AsyncIterator<T>, signal: AbortSignal): Promise<IteratorResult<T> | undefined> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(undefined);
    signal.addEventListener('abort', end);
    messages
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', end));
  });
}

/** A call that is answered by a stream. */
type StreamingCall = grpc.ServerWritableStream<unknown, unknown> | grpc.ServerDuplexStream<unknown, unknown>;

/**
 * Writes answers as fast as the caller takes them; what waits meanwhile is the handler's to bound.
 * @returns why the stream is not to go on; undefined: it has ended well
 */
async function pump(
  handler: Handler,
  method: AnyMethod,
  request: unknown,
  call: StreamingCall,
  { signal, clock }: ServerLife,
): Promise<ServiceRefusal | undefined> {
  if (request instanceof UnreadRequest) return unread(request);
  const answers = handler(request, signal, callerOf(call)) as AsyncIterable<Answer>;
  const outlet = new StreamOutlet(call, signal, clock);
  for await (const told of answers) {
    const answer = inBytes(told, method);
    if (!answer.ok) return answer.error;
    if (!(await outlet.write(answer.value as object))) return refuse(fault(6012));
  }
  call.end();
  return undefined;
}

/** One signal for both ways in which a call can end before its handler is done. */
function endOf(
  call: EventEmitter & { readonly cancelled: boolean },
  server: AbortSignal,
): { signal: AbortSignal; forget: () => void } {
  const ended = new AbortController();
  const abort = (): void => ended.abort();
  call.on('cancelled', abort);
  server.addEventListener('abort', abort);
  if (call.cancelled || server.aborted) abort();
  return { signal: ended.signal, forget: () => server.removeEventListener('abort', abort) };
}

/** The refusal as grpc-js takes it. */
export function toServiceError(refusal: ServiceRefusal): grpc.ServiceError {
  const { code, message, details } = encodeRefusal(refusal);
  const metadata = new grpc.Metadata();
  metadata.set(STATUS_DETAILS_KEY, Buffer.from(details));
  return Object.assign(new Error(message), { code: grpc.status[code], details: message, metadata });
}
