// What a person can do with the journal of a cell from the command line; what is refused comes with its remedy.
import type { Locale } from '../config/problem.ts';
import type { AuditHead, AuditRecord } from '../core/audit.ts';
import type { Fault } from '../core/faults.ts';
import { describeFault, FAULTS, type FaultCode } from '../core/faults.ts';
import type { Result } from '../core/result.ts';
import { backUpJournal, restoreJournal } from '../journal/copy.ts';
import {
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

export type { AuditHead, AuditRecord } from '../core/audit.ts';

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
  const stamp = new Date().toISOString().replace(/[^0-9]/g, '');
  return { journal, replaced: orRefuse(restoreJournal(backup, journal, stamp), locale).replaced };
}

export function verifyTrail(named: string, expected: AuditHead | undefined, locale: Locale): AuditVerdict {
  return orRefuse(verifyAudit(journalOf(named), expected), locale);
}

export function trail(
  named: string,
  { after, limit }: { readonly after: number; readonly limit: number },
  locale: Locale,
): readonly AuditRecord[] {
  return orRefuse(auditTrail(journalOf(named), after, limit), locale);
}

/** @throws OperatorError for what was refused */
function orRefuse<T>(result: Result<T, Fault>, locale: Locale): T {
  if (result.ok) return result.value;
  const { code } = result.error;
  const { response, responseEs } = FAULTS[code];
  const hint = locale === 'es' ? responseEs : response;
  throw new OperatorError(describeFault(result.error, locale), hint, EXIT_BY_FAULT[code] ?? EXIT_CODES.usage);
}
