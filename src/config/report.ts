// Collects the problems of one file; every reporter gives a path and gets the place from the source.
import { type Detail, type DetailOf, MESSAGES, type ProblemCode } from './messages.ts';
import { type ConfigProblem, fill, showPath, showValue } from './problem.ts';
import type { Path, Position, Source } from './source.ts';

export interface Report {
  /**
   * Adds a problem with the value at a path.
   * @param given value to show; without it the value at the path is shown
   */
  readonly add: <Code extends ProblemCode>(code: Code, path: Path, detail: DetailOf<Code>, given?: unknown) => void;
  /** Adds a problem with the last key of a path, which is also what is shown. */
  readonly addKey: <Code extends ProblemCode>(code: Code, path: Path, detail: DetailOf<Code>) => void;
  /** In the order of the file. */
  readonly problems: () => readonly ConfigProblem[];
}

/** @returns the value at a path of plain data, undefined where there is none. */
export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

interface Entry {
  readonly code: ProblemCode;
  readonly path: string;
  readonly at: Position;
  readonly given: string | undefined;
  readonly detail: Detail;
}

/** Builds a problem; the English texts are filled in. */
export function makeProblem(file: string, entry: Entry): ConfigProblem {
  const { allowed, hint } = MESSAGES[entry.code];
  return {
    code: entry.code,
    file,
    line: entry.at.line,
    column: entry.at.column,
    path: entry.path,
    given: entry.given,
    allowed: fill(allowed.en, entry.detail, 'en'),
    hint: fill(hint.en, entry.detail, 'en'),
    detail: entry.detail,
  };
}

export function createReport(file: string, source: Source): Report {
  const problems: ConfigProblem[] = [];
  return {
    add: (code, path, detail, given) => {
      const shown = showValue(given ?? valueAt(source.data, path));
      problems.push(makeProblem(file, { code, path: showPath(path), at: source.locate(path), given: shown, detail }));
    },
    addKey: (code, path, detail) => {
      const shown = String(path.at(-1) ?? '');
      problems.push(
        makeProblem(file, { code, path: showPath(path), at: source.locateKey(path), given: shown, detail }),
      );
    },
    problems: () => problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}
