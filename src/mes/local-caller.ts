// Who calls on plain text: somebody on this machine.
import { ACCESS_ROLES } from '../core/access-role.ts';
import type { Caller } from '../ports/caller.ts';

export const LOCAL_IDENTITY = 'local';

/** Without a certificate nobody can be told from anybody else here, so all have all roles; the start of the cell says so. */
export function localCaller(address: string): Caller {
  return { identity: LOCAL_IDENTITY, roles: ACCESS_ROLES, isLocal: true, address, certFingerprint: '', traceId: '' };
}
