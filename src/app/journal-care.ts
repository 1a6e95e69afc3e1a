// What a person can do with the journal of a cell from the command line; what is refused comes with its remedy.
import { userInfo } from 'node:os';
import type { Locale } from '../config/problem.ts';
import type { AuditHead, AuditRecord } from '../core/audit.ts';
import type { Fault } from '../core/faults.ts';
import { describeFault, FAULTS, type FaultCode } from '../core/faults.ts';
import type { Result } from '../core/result.ts';
import { epochMs } from '../core/units.ts';
import { backUpJournal, restoreJournal } from '../journal/copy.ts';
import {
  type AuditQuery,
  type AuditVerdict,
  auditTrail,
  type JournalInfo,
  type JournalVerdict,
  journalInfo,
  verifyAudit,
  verifyJournal,
} from '../journal/look.ts';
import { journalOf } from './journal-place.ts';
import { EXIT_CODES, type ExitCode, OperatorError } from './operator-error.ts';

export type { AuditHead, AuditRecord, AuditResult } from '../core/audit.ts';
export type { AuditQuery } from '../journal/look.ts';

/** A file that is not there or is none of ours is wrong usage. */
const EXIT_BY_FAULT: Partial<Record<FaultCode, ExitCode>> = {
  6501: EXIT_CODES.failed,
  6505: EXIT_CODES.failed,
  6507: EXIT_CODES.occupied,
  6509: EXIT_CODES.failed,
};

export function info(named: string, locale: Locale): JournalInfo {
  return orRefuse(journalInfo(journalOf(named)), locale);
}

export function verify(named: string, locale: Locale): JournalVerdict {
  return orRefuse(verifyJournal(journalOf(named)), locale);
}

/** @param to the copy; it is not there yet */
export function backUp(named: string, to: string, locale: Locale): void {
  orRefuse(backUpJournal(journalOf(named), to), locale);
}

/** @returns the journal, and where the one that it had is kept */
export function restore(
  named: string,
  backup: string,
  locale: Locale,
): { readonly journal: string; readonly replaced: string | undefined } {
  const journal = journalOf(named);
  const now = new Date();
  const stamp = now.toISOString().replace(/[^0-9]/g, '');
  const actor = { identity: userName(), role: 'local', certFingerprint: '', peer: 'this machine' };
  const restoring = { stamp, time: epochMs(now.getTime()), actor };
  return { journal, replaced: orRefuse(restoreJournal(backup, journal, restoring), locale).replaced };
}

export function verifyTrail(named: string, expected: AuditHead | undefined, locale: Locale): AuditVerdict {
  return orRefuse(verifyAudit(journalOf(named), expected), locale);
}

export function trail(named: string, query: AuditQuery, locale: Locale): readonly AuditRecord[] {
  return orRefuse(auditTrail(journalOf(named), query), locale);
}

/** Of the account of the operating system; its number where it has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? ''}`;
  }
}

/** @throws OperatorError for what was refused */
function orRefuse<T>(result: Result<T, Fault>, locale: Locale): T {
  if (result.ok) return result.value;
  const { code } = result.error;
  const { response, responseEs } = FAULTS[code];
  const hint = locale === 'es' ? responseEs : response;
  throw new OperatorError(describeFault(result.error, locale), hint, EXIT_BY_FAULT[code] ?? EXIT_CODES.usage);
}
