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
import { METHOD_PERMISSIONS } from './method-permissions.ts';

/** Longest time for a call with one request and one answer, ms: what its caller allows beyond it is cut. */
export const UNARY_MS_MAX = 30_000;

/** What the guard asks of the connection that a call came through. */
export interface GuardedConnection {
  /** Who is at the other end now; undefined: nobody who can be named, or nobody any more. */
  caller(): Caller | undefined;
  /** Takes one call out of what the caller may do. @returns false when there is nothing left */
  mayCall(caller: Caller): boolean;
  /** Told of each refusal, for the log of the cell. */
  refused(path: string, refused: Fault, caller: Caller | undefined): void;
}

/** @returns an interceptor for the calls of one connection */
export function guardCalls(connection: GuardedConnection, clock: Clock): grpc.ServerInterceptor {
  return (method, call) => {
    const caller = connection.caller();
    const refused = refusalOf(method.path, caller, connection);
    if (caller === undefined || refused !== undefined) {
      const told = refused ?? fault(6601);
      connection.refused(method.path, told, caller);
      return turnAway(call, told);
    }
    const isUnary = !method.requestStream && !method.responseStream;
    return new NamedCall(call, caller, isUnary ? capTime(call, clock) : {});
  };
}

function refusalOf(path: string, caller: Caller | undefined, connection: GuardedConnection): Fault | undefined {
  if (caller === undefined) return fault(6601);
  // What is refused counts too: asking for what is not permitted is no way around the limit.
  if (!connection.mayCall(caller)) return fault(6603);
  return mayUse(path, caller) ? undefined : fault(6602, { roles: rolesFor(path) });
}

/** Who may use a method, for people. */
function rolesFor(path: string): string {
  const permission = METHOD_PERMISSIONS[path];
  if (permission === undefined || permission === 'simulate') return '-';
  return ACCESS_ROLES.filter((role) => permits([role], permission)).join(' or ');
}

/** Denied unless the table and a role say otherwise. */
export function mayUse(path: string, caller: Pick<Caller, 'roles' | 'isLocal'>): boolean {
  const permission = METHOD_PERMISSIONS[path];
  if (permission === undefined) return false;
  return permission === 'simulate' ? caller.isLocal : permits(caller.roles, permission);
}

/** Answers without reading what was asked. */
function turnAway(call: grpc.ServerInterceptingCallInterface, refused: Fault): grpc.ServerInterceptingCall {
  const { code, details, metadata } = toServiceError(refuse(refused));
  return new grpc.ServerInterceptingCall(call, {
    start: (next) => next({ onReceiveMetadata: () => call.sendStatus({ code, details, metadata }) }),
  });
}

/** A caller's own deadline is kept by grpc-js; this is ours, by our clock: whatever the caller's clock says. */
function capTime(call: grpc.ServerInterceptingCallInterface, clock: Clock): grpc.Responder {
  const details = `the call took longer than ${UNARY_MS_MAX} ms`;
  const cancel = clock.schedule(monotonicMs(clock.now() + UNARY_MS_MAX), () => {
    call.sendStatus({ code: grpc.status.DEADLINE_EXCEEDED, details });
  });
  return {
    start: (next) => next({ onCancel: cancel }),
    sendStatus: (status, next) => {
      cancel();
      next(status);
    },
  };
}

/** A call that knows its caller. */
class NamedCall extends grpc.ServerInterceptingCall {
  readonly #context: CallerContext;

  constructor(call: grpc.ServerInterceptingCallInterface, caller: Caller, responder: grpc.Responder) {
    super(call, responder);
    this.#context = new CallerContext(caller);
  }

  override getAuthContext(): CallerContext {
    return this.#context;
  }
}
