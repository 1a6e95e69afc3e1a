// What the YAML parser has to say against a text, as problems of its file.
import { type ConfigProblem, showPath } from './problem.ts';
import { makeProblem } from './report.ts';
import type { Source } from './source.ts';

export function syntaxProblems(file: string, source: Source): readonly ConfigProblem[] {
  return source.problems.map(({ kind, message, at }) => {
    const code = kind === 'syntax' ? 'yaml-syntax' : kind === 'unsafe' ? 'yaml-unsafe' : 'duplicate-key';
    return makeProblem(file, { code, path: showPath([]), at, given: undefined, detail: { reason: message } });
  });
}
