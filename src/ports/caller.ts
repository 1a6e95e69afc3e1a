// Who asks for something over the network: what handlers, the request ledger and the audit trail know of it.
import type { AccessRole } from '../core/access-role.ts';

export interface Caller {
  /** Name in the certificate (URI, else common name), or `local` for whoever is on this machine and needs none. */
  readonly identity: string;
  /** Of the present mapping of identities; a caller at this machine has all of them. */
  readonly roles: readonly AccessRole[];
  /** On this machine, without a certificate: may also play with a simulation. */
  readonly isLocal: boolean;
  /** `address:port` of the other end of the connection; empty when it is not known any more. */
  readonly address: string;
  /** SHA-256 of the certificate, hex; empty without one. */
  readonly certFingerprint: string;
  /** Of the trace that this call is part of (W3C Trace Context), 32 hex digits; empty when the caller has said none. */
  readonly traceId: string;
}
