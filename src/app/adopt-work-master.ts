// Brings an approved work master into the file of a cell: what runs is what the file says, and nothing else.
import { chmodSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { adoptWorkMaster } from '../config/adopt-work-master.ts';
import { parseCell } from '../config/load.ts';
import { formatProblem, type Locale } from '../config/problem.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { type CommandRecord, recordCommand } from './command-record.ts';
import { fileTrouble } from './file-trouble.ts';
import { journalPath } from './journal-place.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import { replaceFile } from './replace-file.ts';
import type { WholeWorkMasterView } from './unit-client.ts';
import { workMasterStateText } from './work-master-state-text.ts';

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
  const { path, text } = readCellFile(cellPath);
  if (approved.approvedBy === '' || definition === '') return asItIs(text, options);
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

/** What came with the cell's file was never approved. @throws OperatorError unless this file has it */
function asItIs(text: string, { cellPath, approved }: AdoptOptions): AdoptedView {
  const { id, version, hash, state } = approved;
  const file = parseCell(text, cellPath);
  const inFile = file.ok
    ? file.value.workMasters.find((each) => each.id === id && each.version === version)
    : undefined;
  const isInForce = state === 'active' || state === 'retired';
  if (!file.ok || !isInForce || inFile?.definitionHash !== hash) throw notApproved(approved);
  return {
    ...{ file: cellPath, id, version, versionBefore: version, hash, configHash: file.value.configHash },
    ...{ openOrders: 0, isWritten: false, change: { line: 1, lines: [] } },
  };
}

function notApproved({ id, version, state, etag }: WholeWorkMasterView): OperatorError {
  const named = `${id} ${version}`;
  const approve = `celda work-master approve ${named} --etag ${etag}`;
  const draft = `celda work-master draft ${id} <file>`;
  return new OperatorError(
    {
      en: `${named} is not approved (${workMasterStateText(state, 'en')})`,
      es: `${named} no está aprobado (${workMasterStateText(state, 'es')})`,
    },
    state === 'draft'
      ? {
          en: `another person who has read it approves it: ${approve}`,
          es: `otra persona que lo haya leído lo aprueba: ${approve}`,
        }
      : {
          en: `only what was approved is written into a file; this submits a version for it: ${draft}`,
          es: `solo lo aprobado se escribe en un archivo; esto envía una versión para ello: ${draft}`,
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

/** @returns the file itself, where a link leads to it. @throws OperatorError when there is none that can be read */
export function readCellFile(cellPath: string): { readonly path: string; readonly text: string } {
  try {
    const path = realpathSync(cellPath);
    return { path, text: readFileSync(path, 'utf8') };
  } catch (error) {
    const reason = fileTrouble(error, cellPath) ?? (error instanceof Error ? error.message : String(error));
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
