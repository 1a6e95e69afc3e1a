// The files of a commissioning beside the cell's file: `.celda/<stem>.commissioned.json` and a page to print.
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type CommissionReport, emptyReport, sealed, unsealed } from '../../commissioning/report.ts';
import type { Language } from '../../commissioning/words.ts';
import type { CellModel } from '../../core/cell-model.ts';
import { EXIT_CODES, OperatorError } from '../operator-error.ts';
import { replaceFile } from '../replace-file.ts';

export interface ReportPaths {
  readonly json: string;
  readonly html: string;
}

/** A simulated commissioning has files of its own: it never stands for a real one. */
export function reportPaths(cellPath: string, simulated: boolean): ReportPaths {
  const stem = basename(cellPath).replace(/\.ya?ml$/i, '');
  const base = join(dirname(cellPath), '.celda', `${stem}.commissioned${simulated ? '-in-simulation' : ''}`);
  return { json: `${base}.json`, html: `${base}.html` };
}

/** @returns `none` where there is no file, `damaged` or `edited` where it is not what was written */
export function readReport(path: string): CommissionReport | 'none' | 'damaged' | 'edited' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
  return unsealed(text);
}

/** Writes both files, each in one step: a reader, or a power failure, finds the old or the new one whole. */
export function writeReport(paths: ReportPaths, report: CommissionReport, html: string): void {
  mkdirSync(dirname(paths.json), { recursive: true });
  replaceFile(paths.json, sealed(report));
  replaceFile(paths.html, html);
}

/** Puts the files of an older report aside. @returns its new name, relative to the directory of the process */
export function setAside(paths: ReportPaths): string {
  const aside = `${paths.json}.old`;
  renameSync(paths.json, aside);
  return relative(process.cwd(), aside);
}

/** @returns the report to go on with @throws OperatorError for one that is not as it was written */
export function storedReport(
  cell: CellModel,
  paths: ReportPaths,
  simulated: boolean,
  language: Language,
): CommissionReport {
  const stored = readReport(paths.json);
  if (stored === 'none') return emptyReport(cell, simulated);
  if (stored === 'damaged' || stored === 'edited') {
    const words = BAD_REPORT[language];
    throw new OperatorError(`${paths.json}: ${words[stored]}`, words.hint, EXIT_CODES.failed);
  }
  return stored;
}

const BAD_REPORT = {
  en: {
    damaged: 'this is no report of a commissioning',
    edited: 'the report was changed by hand',
    hint: 'put back the file as it was written, or begin anew with --new',
  },
  es: {
    damaged: 'esto no es un reporte de puesta en marcha',
    edited: 'el reporte fue cambiado a mano',
    hint: 'devuelva el archivo como fue escrito o comience de nuevo con --new',
  },
} as const;
