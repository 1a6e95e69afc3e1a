// Who gives a command at this machine, as the audit trail names them.
import { hostname, userInfo } from 'node:os';
import type { AuditActor } from '../core/audit.ts';

/** The account of the operating system, and the name of the machine. */
export function operatorAccount(): AuditActor {
  return { identity: userName(), role: 'local', certFingerprint: '', peer: hostname() };
}

/** The number of an account that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? ''}`;
  }
}
