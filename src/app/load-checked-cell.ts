// Loads a cell's file for those who cannot go on without it.
import { loadCell } from '../config/load.ts';
import { formatProblem, type Locale } from '../config/problem.ts';
import type { CellModel } from '../core/cell-model.ts';
import { OperatorError } from './operator-error.ts';

const LOOK_AGAIN: Readonly<Record<Locale, string>> = {
  en: 'correct it and look again',
  es: 'corríjalo y revise de nuevo',
};

/** @param readFrom see `loadCell`. @throws OperatorError with every problem of the file, one a line */
export function loadCheckedCell(cellPath: string, locale: Locale = 'en', readFrom = cellPath): CellModel {
  const loaded = loadCell(cellPath, readFrom);
  if (loaded.ok) return loaded.value;
  const problems = loaded.error.map((problem) => formatProblem(problem, locale));
  throw new OperatorError(problems.join('\n'), `${LOOK_AGAIN[locale]}: npm run celda -- check ${cellPath}`);
}
