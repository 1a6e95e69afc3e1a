// Checks a draft of a work master as if it stood in the file of a cell: the same checks, and the model that the cell would have.
import { parseDocument } from 'yaml';
import type { CellModel } from '../core/cell-model.ts';
import { err, type Result } from '../core/result.ts';
import { parseCell } from './load.ts';
import { type ConfigProblem, showPath } from './problem.ts';
import { parseSource } from './source.ts';
import { syntaxProblems } from './syntax-problems.ts';

/**
 * Puts `draft` (YAML or JSON) under `workMasters.<id>` of the text of a cell file and checks the whole. Never throws for any text.
 * @returns the cell with the draft, or all problems: places inside of the draft begin at it, those elsewhere at their section
 */
export function checkWorkMasterDraft(
  cellText: string,
  fileName: string,
  id: string,
  draft: string,
): Result<CellModel, readonly ConfigProblem[]> {
  const source = parseSource(draft);
  if (source.problems.length > 0) return err(syntaxProblems('draft', draft, source).map(withPlace));
  const file = parseDocument(cellText);
  file.setIn(['workMasters', id], source.data);
  const checked = parseCell(String(file), fileName);
  if (checked.ok) return checked;
  const place = showPath(['workMasters', id]);
  return err(checked.error.map((problem) => ({ ...problem, path: withoutPlace(problem.path, place) })));
}

/** What is no YAML has no path in it: its line is all that says where, and tells one from another. */
function withPlace(problem: ConfigProblem): ConfigProblem {
  const { line, column, given, hint } = problem;
  const path = `:${line}:${column}`;
  // An empty line is nothing to show.
  const shown = given === '' ? undefined : given;
  return { ...problem, path, given: shown, hint: `line ${line}, column ${column}: ${hint}` };
}

function withoutPlace(path: string, place: string): string {
  const isInside = path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
  return isInside ? path.slice(place.length).replace(/^\./, '') : path;
}
