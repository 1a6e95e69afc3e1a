// Brings an approved work master into the file of a cell: what runs is what the file says, and nothing else.
import { chmodSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { adoptWorkMaster } from '../config/adopt-work-master.ts';
import { formatProblem, type Locale } from '../config/problem.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { type CommandRecord, recordCommand } from './command-record.ts';
import { journalPath } from './journal-place.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import { replaceFile } from './replace-file.ts';
import type { WholeWorkMasterView } from './unit-client.ts';

/** JSON of `celda work-master adopt --json`. */
export interface AdoptedView {
  readonly file: string;
  readonly id: string;
  readonly version: string;
  /** Version that the file had; null: none of this id. */
  readonly versionBefore: string | null;
  readonly hash: string;
  /** Of the cell with it. */
  readonly configHash: string;
  /** Open orders for `versionBefore`: none of them runs, begins or goes on once the cell runs with the other version. */
  readonly openOrders: number;
  /** The file is another one now. */
  readonly isWritten: boolean;
  /** Lines that go (`-`) and come (`+`), with the number of the first. */
  readonly change: { readonly line: number; readonly lines: readonly string[] };
}

interface AdoptOptions {
  readonly cellPath: string;
  /** As the cell shows it. */
  readonly approved: WholeWorkMasterView;
  /** Versions that the open orders for this work master name. */
  readonly ordered: readonly string[];
  readonly isDryRun: boolean;
  readonly locale: Locale;
  /** Told one line of what could not be recorded. */
  readonly note: (line: string) => void;
}

/**
 * Writes the definition into the file: the old file or the new one is there, whatever happens meanwhile.
 * @throws OperatorError when it is not approved, does not fit, or is not what was approved
 */
export function adopt(options: AdoptOptions): AdoptedView {
  const { cellPath, approved, ordered, isDryRun, locale } = options;
  const { id, version, definition, keptHash } = approved;
  if (approved.approvedBy === '' || definition === '') throw notApproved(approved);
  const path = existing(cellPath);
  const text = readFileSync(path, 'utf8');
  const adoption = adoptWorkMaster(text, cellPath, { id, definition });
  if (!adoption.ok) {
    const problems = adoption.error.map((problem) => formatProblem(problem, locale)).join('\n');
    const fits = { en: 'it does not fit this file', es: 'no corresponde a este archivo' };
    throw new OperatorError(problems, {
      en: `${fits.en}: submit another version`,
      es: `${fits.es}: envíe otra versión`,
    });
  }
  const { cell, text: after, versionBefore } = adoption.value;
  const hash = cell.workMasters.find((each) => each.id === id)?.definitionHash ?? '';
  if (hash !== keptHash) throw notTheSame(approved, hash);
  const isWritten = !isDryRun && after !== text;
  if (isWritten) write(path, text, after);
  const adopted = {
    ...{ file: cellPath, id, version, versionBefore: versionBefore ?? null, hash },
    configHash: cell.configHash,
    openOrders: versionBefore === version ? 0 : ordered.filter((each) => each === versionBefore).length,
    isWritten,
    change: changeBetween(text, after),
  };
  if (isWritten) recordCommand(journalPath(cellPath), told(adopted), options);
  return adopted;
}

function told({ id, version, versionBefore, hash, configHash, file }: AdoptedView): CommandRecord {
  return {
    type: 'work-master.adopt',
    category: 'CONFIG_CHANGE',
    object: { kind: 'work-master', id, revision: 0 },
    before: versionBefore === null ? '' : canonicalJson({ version: versionBefore }),
    after: canonicalJson({ configHash, definitionHash: hash, file: resolve(file), version }),
    result: 'SUCCESS',
  };
}

function notApproved({ id, version, state }: WholeWorkMasterView): OperatorError {
  const named = `${id} ${version}`;
  return new OperatorError(
    { en: `${named} is not approved (${state})`, es: `${named} no está aprobado (${state})` },
    {
      en: `another person approves it: celda work-master approve ${named}`,
      es: `otra persona lo aprueba: celda work-master approve ${named}`,
    },
    EXIT_CODES.failed,
  );
}

function notTheSame({ id, version, keptHash }: WholeWorkMasterView, hash: string): OperatorError {
  return new OperatorError(
    {
      en: `${id} ${version} has the hash ${hash}, and ${keptHash} was approved`,
      es: `${id} ${version} tiene el hash ${hash}, y se aprobó ${keptHash}`,
    },
    {
      en: 'the cell and this command must be of the same version of Celda',
      es: 'la celda y esta orden deben ser de la misma versión de Celda',
    },
    EXIT_CODES.failed,
  );
}

/** The file itself, where a link leads to it. */
function existing(cellPath: string): string {
  try {
    return realpathSync(cellPath);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(reason, { en: 'give the file of the cell', es: 'indique el archivo de la celda' });
  }
}

function write(path: string, before: string, after: string): void {
  if (readFileSync(path, 'utf8') !== before) {
    throw new OperatorError(
      { en: `${path} was changed meanwhile`, es: `${path} se cambió mientras tanto` },
      { en: 'try again', es: 'intente de nuevo' },
      EXIT_CODES.occupied,
    );
  }
  const { mode } = statSync(path);
  replaceFile(path, after);
  chmodSync(path, mode);
}

/** One change: what is alike before and behind is left out. */
function changeBetween(before: string, after: string): AdoptedView['change'] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const gone = old.slice(start, old.length - end).map((line) => `- ${line}`);
  const come = now.slice(start, now.length - end).map((line) => `+ ${line}`);
  return { line: start + 1, lines: [...gone, ...come] };
}
