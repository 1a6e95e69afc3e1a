// The methods of a service as functions, from its generated table: request ids, repetitions and errors are the same for all.
import { randomUUID } from 'node:crypto';
import type { MethodDefinition } from '../../proto/generated/services.js';
import { CallError } from './call-error.ts';
import type { CallLimits, GrpcClient } from './grpc-client.ts';
import { delayBefore, mayRepeat, pause, type RetryPolicy } from './retry.ts';

interface AnyMethod {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

type UnaryName<Table> = {
  [Name in keyof Table]: Table[Name] extends { readonly requestStream: false; readonly responseStream: false }
    ? Name
    : never;
}[keyof Table];

type Method<Definition> = Definition extends {
  readonly requestSerialize: (value: infer Request) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => infer Response;
}
  ? (request: Request, limits?: CallLimits) => Promise<Response>
  : never;

/**
 * Every method of a service that has one answer. `timeoutMs` of the limits is for each attempt. Rejects with CallError.
 * A method that changes something gets a request id unless the caller gives one.
 */
export type ServiceMethods<Table> = { readonly [Name in UnaryName<Table>]: Method<Table[Name]> };

type Message = Readonly<Record<string, unknown>>;
type UnaryDefinition = MethodDefinition<Message, Message, Message, unknown, false, false>;

/** @param table as generated */
export function methodsOf<Table extends Readonly<Record<string, AnyMethod>>>(
  table: Table,
  grpc: GrpcClient,
  policy: RetryPolicy,
): ServiceMethods<Table> {
  const unary = Object.entries(table).filter(([, method]) => !method.requestStream && !method.responseStream);
  const bound = unary.map(([name, method]) => {
    const definition = method as unknown as UnaryDefinition;
    return [name, (request: Message, limits?: CallLimits) => callSafely(definition, request, { grpc, policy, limits })];
  });
  return Object.fromEntries(bound) as ServiceMethods<Table>;
}

interface Circumstances {
  readonly grpc: GrpcClient;
  readonly policy: RetryPolicy;
  readonly limits: CallLimits | undefined;
}

async function callSafely(
  method: UnaryDefinition,
  given: Message,
  { grpc, policy, limits }: Circumstances,
): Promise<unknown> {
  const request = withRequestId(method, given);
  const isRepeatable = mayComeTwice(method, request);
  const begun = performance.now();
  let mayBeDone = false;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await grpc.call(method, request, limits);
    if (answer.ok) return answer.value;
    const delayMs = delayBefore(attempt, policy, answer.error);
    const isLate = attempt >= policy.attemptsMax || performance.now() - begun + delayMs > policy.repeatMsMax;
    mayBeDone = answer.error.mayBeDone || (mayBeDone && !SETTLES.has(answer.error.status));
    const error = new CallError({ ...answer.error, mayBeDone }, requestIdIn(request));
    if (isLate || !isRepeatable || !mayRepeat(answer.error)) throw error;
    policy.onRepeat(error, delayMs);
    await pause(delayMs, limits?.signal, grpc.closed);
  }
}

/** Refusals of somebody who knows what became of the request id: an attempt that was done would have been answered again. */
const SETTLES: ReadonlySet<string> = new Set([
  'INVALID_ARGUMENT',
  'FAILED_PRECONDITION',
  'ALREADY_EXISTS',
  'NOT_FOUND',
  'ABORTED',
]);

type AnyUnary<Request> = Pick<UnaryDefinition, 'path'> & {
  readonly requestSerialize: (request: Request) => Uint8Array;
  readonly requestDeserialize: (bytes: Buffer) => unknown;
};

/** The same under a request id of its own, unless it has one, or the method takes none. */
export function withRequestId<Request>(method: AnyUnary<Request>, given: Request): Request {
  // An empty message, decoded, shows its fields with their defaults.
  const takesId = 'requestId' in (method.requestDeserialize(Buffer.alloc(0)) as object);
  const isNamed = requestIdIn(given) !== undefined;
  return takesId && !isNamed ? { ...given, requestId: randomUUID() } : given;
}

/** Whether the very same request can be sent again without harm: it only reads, or has an id. */
export function mayComeTwice<Request>({ path }: AnyUnary<Request>, request: Request): boolean {
  return requestIdIn(request) !== undefined || /\/(Get|List|Check)[A-Z]/.test(path);
}

function requestIdIn(request: unknown): string | undefined {
  const { requestId } = request as { readonly requestId?: unknown };
  return typeof requestId === 'string' && requestId !== '' ? requestId : undefined;
}
