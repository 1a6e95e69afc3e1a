// What the YAML parser has to say against a text, as problems of its file.
import { type ConfigProblem, showPath, showValue } from './problem.ts';
import { makeProblem } from './report.ts';
import type { Source } from './source.ts';

/** @returns of what is no YAML the first place alone: what the parser says of the rest of the text follows from it */
export function syntaxProblems(file: string, text: string, source: Source): readonly ConfigProblem[] {
  const lines = text.split('\n');
  const first = source.problems.find(({ kind }) => kind === 'syntax');
  return source.problems.flatMap((problem) => {
    const { kind, message, at } = problem;
    if (kind === 'syntax' && problem !== first) return [];
    const code = kind === 'syntax' ? 'yaml-syntax' : kind === 'unsafe' ? 'yaml-unsafe' : 'duplicate-key';
    const given = kind === 'unsafe' ? undefined : showValue(lines[at.line - 1]?.trim());
    return [makeProblem(file, { code, path: showPath([]), at, given, detail: { reason: message } })];
  });
}
