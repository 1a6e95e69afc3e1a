// Who asks, as the audit trail tells it.
import type { AskedBy, AuditActor } from '../core/audit.ts';
import type { Caller } from '../ports/caller.ts';

/** Whoever is on this machine and needs no certificate has all roles: this stands for them. */
const LOCAL_ROLE = 'local';

/** Nobody in particular: the cell itself. */
export const SYSTEM: AuditActor = { identity: 'system', role: '', certFingerprint: '', peer: '' };

export function actorOf({ identity, roles, isLocal, certFingerprint, address }: Caller): AuditActor {
  return { identity, role: isLocal ? LOCAL_ROLE : roles.join(' '), certFingerprint, peer: address };
}

/** In whose name an order is closed once its response was taken; with its spaces no certificate can name it. */
export const PUSHER: Caller = {
  identity: 'push of responses',
  roles: [],
  isLocal: false,
  address: '',
  certFingerprint: '',
  traceId: '',
};

/** @param type what is asked, e.g. `job.store` */
export function askedBy(caller: Caller, type: string, said: Pick<AskedBy, 'reason' | 'requestId'>): AskedBy {
  const { reason, requestId } = said;
  const source = caller === PUSHER ? 'outbox' : 'grpc';
  return { source, type, actor: actorOf(caller), reason, requestId, traceId: caller.traceId };
}
