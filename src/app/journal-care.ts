// What a person can do with the journal of a cell from the command line; what is refused comes with its remedy.
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Locale } from '../config/problem.ts';
import type { AuditHead, AuditRecord } from '../core/audit.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import type { Fault } from '../core/faults.ts';
import { describeFault, FAULTS, type FaultCode, fault } from '../core/faults.ts';
import { err, type Result } from '../core/result.ts';
import { epochMs } from '../core/units.ts';
import { backUpJournal, restoreJournal } from '../journal/copy.ts';
import {
  type AuditQuery,
  type AuditVerdict,
  auditTrail,
  isForeign,
  type JournalInfo,
  type JournalVerdict,
  journalInfo,
  verifyAudit,
  verifyJournal,
} from '../journal/look.ts';
import { recordCommand, type Telling } from './command-record.ts';
import type { Localized } from './doctor/finding.ts';
import { journalOf } from './journal-place.ts';
import { runnerOf } from './journal-run.ts';
import { operatorAccount } from './operator-account.ts';
import { EXIT_CODES, type ExitCode, OperatorError } from './operator-error.ts';

export type { AuditHead, AuditRecord, AuditResult } from '../core/audit.ts';
export type { ChainBreak as AuditBreak } from '../journal/audit-chain.ts';
export type { AuditQuery, JournalInfo } from '../journal/look.ts';

/** A file that is not there or is none of ours is wrong usage. */
const EXIT_BY_FAULT: Partial<Record<FaultCode, ExitCode>> = {
  6501: EXIT_CODES.failed,
  6505: EXIT_CODES.failed,
  6507: EXIT_CODES.occupied,
  6509: EXIT_CODES.failed,
};

export function info(named: string, locale: Locale): JournalInfo {
  return orRefuse(journalInfo(thereOf(named)), locale);
}

export function verify(named: string, locale: Locale): JournalVerdict {
  return orRefuse(verifyJournal(thereOf(named)), locale);
}

/** @param to the copy; it is not there yet */
export function backUp(named: string, to: string, telling: Telling): void {
  const journal = thereOf(named);
  const { locale } = telling;
  mayBeMade(to);
  orRefuse(backUpJournal(journal, to), locale);
  const { id, audit } = orRefuse(journalInfo(to), locale);
  const after = canonicalJson({ file: resolve(to), trail: `${audit.seq}:${audit.hash}` });
  const object = { kind: 'journal', id, revision: 0 };
  recordCommand(
    journal,
    { type: 'journal.backup', category: 'BACKUP_RESTORE', object, after, result: 'SUCCESS' },
    telling,
  );
}

/** @returns the journal, and where the one that it had is kept */
export function restore(
  named: string,
  backup: string,
  locale: Locale,
): { readonly journal: string; readonly replaced: string | undefined } {
  mustBeThere(backup);
  noOther(backup);
  mustBeJournal(backup, {
    en: 'nothing was replaced: give a file that celda backup made',
    es: 'no se reemplazó nada: indique un archivo que hizo celda backup',
  });
  const journal = journalOf(named);
  noOther(journal);
  // Of an empty file nothing is lost.
  if ((statSync(journal, { throwIfNoEntry: false })?.size ?? 0) > 0) mustBeJournal(journal, NAME_ONE);
  mustBeThere(dirname(named));
  const runner = runnerOf(journal);
  if (runner !== undefined) orRefuse(err(fault(6507, { file: journal, pid: runner.pid })), locale);
  const now = new Date();
  const stamp = now.toISOString().replace(/[^0-9]/g, '');
  const restoring = { stamp, time: epochMs(now.getTime()), actor: operatorAccount() };
  const restored = restoreJournal(backup, journal, restoring);
  const hint = !restored.ok && restored.error.detail['file'] === backup ? BACKUP_HINTS[restored.error.code] : undefined;
  return { journal, replaced: orRefuse(restored, locale, hint).replaced };
}

const ANOTHER_BACKUP: Localized = {
  en: 'that is the backup, and nothing was replaced: give another one; celda journal verify says what is wrong with it',
  es: 'es el respaldo, y no se reemplazó nada: indique otro; celda journal verify dice qué tiene',
};

/** The remedies of the catalogue are for the journal of a cell: for a backup that is none they would lead in a circle. */
const BACKUP_HINTS: Partial<Record<FaultCode, Localized>> = {
  6505: ANOTHER_BACKUP,
  6506: {
    en: 'that is the backup, and nothing was replaced: give another one, or restore it with the version that wrote it',
    es: 'es el respaldo, y no se reemplazó nada: indique otro, o restáurelo con la versión que lo escribió',
  },
  6509: ANOTHER_BACKUP,
};

export function verifyTrail(named: string, expected: AuditHead | undefined, locale: Locale): AuditVerdict {
  return orRefuse(verifyAudit(thereOf(named), expected), locale);
}

export function trail(named: string, query: AuditQuery, locale: Locale): readonly AuditRecord[] {
  return orRefuse(auditTrail(thereOf(named), query), locale);
}

/** @throws OperatorError when the cell that is named has no journal: it has not run, or keeps it elsewhere */
function thereOf(named: string): string {
  const path = journalOf(named);
  noOther(path);
  if (existsSync(path)) {
    mustBeJournal(path, NAME_ONE);
    return path;
  }
  throw new OperatorError(
    { en: `there is no journal ${path}`, es: `no hay ningún journal ${path}` },
    {
      en: 'celda run makes it when the cell runs for the first time; name the file that was given with --journal',
      es: 'celda run lo crea cuando la celda funciona por primera vez; indique el archivo que se dio con --journal',
    },
  );
}

/** @throws OperatorError when it is a folder, which SQLite would call a disk that fails, or a pipe, which it would wait for */
function noOther(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  throw new OperatorError(
    found.isDirectory()
      ? { en: `${path} is a folder`, es: `${path} es una carpeta` }
      : { en: `${path} is no file`, es: `${path} no es un archivo` },
    NAME_ONE,
  );
}

const NAME_ONE: Localized = {
  en: 'name the cell by its file, or the file of a journal, such as .celda/cell.journal.db',
  es: 'indique la celda por su archivo, o el archivo de un journal, por ejemplo .celda/cell.journal.db',
};

/** @throws OperatorError when it is a file of something else: a backup in its place would take that away */
function mustBeJournal(path: string, hint: Localized): void {
  if (!isForeign(path)) return;
  throw new OperatorError({ en: `${path} is no journal of Celda`, es: `${path} no es un journal de Celda` }, hint);
}

/** @throws OperatorError */
function mustBeThere(path: string): void {
  if (existsSync(path)) return;
  throw new OperatorError(
    { en: `${path} is not there`, es: `${path} no existe` },
    { en: 'look at the name', es: 'revise el nombre' },
  );
}

/** @throws OperatorError when there is a file of this name, or no folder for it */
function mayBeMade(path: string): void {
  if (path === '') {
    throw new OperatorError(
      { en: 'the copy has no name', es: 'la copia no tiene nombre' },
      { en: 'name the file that the copy shall be', es: 'indique el archivo que debe ser la copia' },
    );
  }
  mustBeThere(dirname(path));
  if (!existsSync(path)) return;
  throw new OperatorError(
    { en: `${path} is there already`, es: `${path} ya existe` },
    { en: 'give another name: no copy is overwritten', es: 'dé otro nombre: ninguna copia se sobrescribe' },
  );
}

/**
 * @param hint what to do, where the catalogue does not say it
 * @throws OperatorError for what was refused
 */
function orRefuse<T>(result: Result<T, Fault>, locale: Locale, hint?: Localized): T {
  if (result.ok) return result.value;
  const { code } = result.error;
  const { response, responseEs, reason } = FAULTS[code];
  const remedy = (hint ?? { en: response, es: responseEs })[locale];
  throw new OperatorError(describeFault(result.error, locale), remedy, EXIT_BY_FAULT[code] ?? EXIT_CODES.usage, reason);
}
