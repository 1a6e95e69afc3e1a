// Carries who calls from the door to the handlers, where grpc-js has room for it: in the context of authentication.
import type { Caller } from '../ports/caller.ts';

/** Stands where grpc-js has its own AuthContext; made by the door for each call. */
export class CallerContext {
  readonly caller: Caller;
  readonly transportSecurityType?: string;

  constructor(caller: Caller) {
    this.caller = caller;
  }
}

/**
 * @param context what `getAuthContext()` of a call says
 * @throws Error for a call that did not come through the door: a defect, which is answered with INTERNAL
 */
export function callerIn(context: object): Caller {
  if (context instanceof CallerContext) return context.caller;
  throw new Error('a call came in beside the door');
}
