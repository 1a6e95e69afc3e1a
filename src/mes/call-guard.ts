// Decides about each call before its message is read: who calls, whether a role permits it, whether it comes too often, and how
// long it may take.
import * as grpc from '@grpc/grpc-js';
import { ACCESS_ROLES, permits } from '../core/access-role.ts';
import { type Fault, fault } from '../core/faults.ts';
import { monotonicMs } from '../core/units.ts';
import type { Caller } from '../ports/caller.ts';
import type { Clock } from '../ports/clock.ts';
import { refuse } from '../ports/service-refusal.ts';
import { toServiceError } from './bind-service.ts';
import { CallerContext } from './caller-context.ts';
import { bytesOfMessage } from './encoded-message.ts';
import { METHOD_PERMISSIONS } from './method-permissions.ts';

/** Longest time for a call with one request and one answer, ms: what its caller allows beyond it is cut. */
export const UNARY_MS_MAX = 30_000;

/** What the guard asks of the connection that a call came through. */
export interface GuardedConnection {
  /** Who is at the other end now; undefined: nobody who can be named, or nobody any more. */
  caller(): Caller | undefined;
  /** Takes one call out of what the caller may do. @returns false when there is nothing left */
  mayCall(caller: Caller): boolean;
  /** One more call that is answered by a stream. @returns a function that ends it; undefined: there are too many */
  beginStream(caller: Caller): (() => void) | undefined;
  /** @param bytes of a message that is to be sent; negative: of one that was, or never will be */
  unsent(bytes: number): void;
  /** Told of each refusal, for the log of the cell. */
  refused(path: string, refused: Fault, caller: Caller | undefined): void;
}

/** @returns an interceptor for the calls of one connection */
export function guardCalls(connection: GuardedConnection, clock: Clock): grpc.ServerInterceptor {
  return (method, call) => {
    const caller = connection.caller();
    const refused = refusalOf(method.path, caller, connection);
    const turnAway = (told: Fault): grpc.ServerInterceptingCall => {
      connection.refused(method.path, told, caller);
      return refuseCall(call, told);
    };
    if (caller === undefined || refused !== undefined) return turnAway(refused ?? fault(6601));
    if (!method.requestStream && !method.responseStream) {
      return new NamedCall(call, { caller, connection }, capTime(call, clock));
    }
    const ended = connection.beginStream(caller);
    if (ended === undefined) return turnAway(fault(6013));
    return new NamedCall(call, { caller, connection }, { ended });
  };
}

function refusalOf(path: string, caller: Caller | undefined, connection: GuardedConnection): Fault | undefined {
  if (caller === undefined) return fault(6601);
  // What is refused counts too: asking for what is not permitted is no way around the limit.
  if (!connection.mayCall(caller)) return fault(6603);
  return mayUse(path, caller) ? undefined : fault(6602, { roles: rolesFor(path) });
}

/** Who may use a method: any one of these. In no language: what is told in Spanish has it too. */
function rolesFor(path: string): string {
  const permission = METHOD_PERMISSIONS[path];
  if (permission === undefined || permission === 'simulate') return '-';
  return ACCESS_ROLES.filter((role) => permits([role], permission)).join(' / ');
}

/** Denied unless the table and a role say otherwise. */
export function mayUse(path: string, caller: Pick<Caller, 'roles' | 'isLocal'>): boolean {
  const permission = METHOD_PERMISSIONS[path];
  if (permission === undefined) return false;
  return permission === 'simulate' ? caller.isLocal : permits(caller.roles, permission);
}

/** Answers without reading what was asked. */
function refuseCall(call: grpc.ServerInterceptingCallInterface, refused: Fault): grpc.ServerInterceptingCall {
  const { code, details, metadata } = toServiceError(refuse(refused));
  return new grpc.ServerInterceptingCall(call, {
    start: (next) => next({ onReceiveMetadata: () => call.sendStatus({ code, details, metadata }) }),
  });
}

/** Told of a call while it goes on. */
interface CallWatch {
  /** Told when a status is given. */
  readonly answered?: () => void;
  /** Told when all is sent, or never will be. */
  readonly ended?: () => void;
}

/** A caller's own deadline is kept by grpc-js; this is ours, by our clock: whatever the caller's clock says. */
function capTime(call: grpc.ServerInterceptingCallInterface, clock: Clock): CallWatch {
  const details = `the call took longer than ${UNARY_MS_MAX} ms`;
  const cancel = clock.schedule(monotonicMs(clock.now() + UNARY_MS_MAX), () => {
    call.sendStatus({ code: grpc.status.DEADLINE_EXCEEDED, details });
  });
  return { answered: cancel, ended: cancel };
}

/** A call that knows its caller, and tells its connection what of its answer is not sent. */
class NamedCall extends grpc.ServerInterceptingCall {
  readonly #context: CallerContext;
  readonly #connection: GuardedConnection;
  readonly #unsent: { bytes: number };

  constructor(
    call: grpc.ServerInterceptingCallInterface,
    { caller, connection }: { readonly caller: Caller; readonly connection: GuardedConnection },
    { answered, ended }: CallWatch,
  ) {
    const unsent = { bytes: 0 };
    super(call, {
      start: (next) =>
        next({
          onCancel: () => {
            connection.unsent(-unsent.bytes);
            unsent.bytes = 0;
            ended?.();
          },
        }),
      sendStatus: (status, next) => {
        answered?.();
        next(status);
      },
    });
    this.#context = new CallerContext(caller);
    this.#connection = connection;
    this.#unsent = unsent;
  }

  override getAuthContext(): CallerContext {
    return this.#context;
  }

  override sendMessage(message: object, sent: () => void): void {
    const bytes = bytesOfMessage(message)?.length ?? 0;
    this.#tell(bytes);
    super.sendMessage(message, () => {
      this.#tell(-Math.min(bytes, this.#unsent.bytes));
      sent();
    });
  }

  #tell(bytes: number): void {
    this.#unsent.bytes += bytes;
    this.#connection.unsent(bytes);
  }
}
