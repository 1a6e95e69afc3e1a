// What the schema finds, in the words of the catalogue.
import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import type { DetailOf, ProblemCode } from './messages.ts';
import { type Report, valueAt } from './report.ts';
import { cellSchema } from './schema.ts';
import { NAME_PATTERN } from './schema-values.ts';
import type { Path } from './source.ts';

type Issue = z.core.$ZodIssue;
type IssueOf<Code extends Issue['code']> = Extract<Issue, { readonly code: Code }>;

/** One problem, ready to be written into a report. */
type Finding = (report: Report) => void;

function value<Code extends ProblemCode>(code: Code, path: Path, detail: DetailOf<Code>): Finding {
  return (report) => report.add(code, path, detail);
}

function key<Code extends ProblemCode>(code: Code, path: Path, detail: DetailOf<Code>): Finding {
  return (report) => report.addKey(code, path, detail);
}

function join(path: Path, more: readonly PropertyKey[]): Path {
  return [...path, ...more.map((part) => (typeof part === 'number' ? part : String(part)))];
}

/** Checks without a message of their own get the library's, which begins like this. */
function hasOwnMessage(issue: Issue): boolean {
  return !issue.message.startsWith('Invalid ');
}

function unknownKeys(issue: IssueOf<'unrecognized_keys'>, path: Path): readonly Finding[] {
  const keys = issue.message;
  return issue.keys.map((unknown) => {
    const suggestion = didYouMean(unknown, keys.split(', '));
    if (suggestion === undefined) return key('unknown-key', [...path, unknown], { keys });
    return key('misspelt-key', [...path, unknown], { keys, suggestion });
  });
}

function missing(path: Path): Finding {
  const last = String(path.at(-1) ?? '');
  if (last === 'safe') return value('hazardous-without-safe-value', path, { options: 'off, hold' });
  if (last === 'timeoutMs') return value('can-wait-for-ever', path, {});
  return value('missing-key', path, { key: last });
}

function wrongNumber(
  { expected }: IssueOf<'invalid_type'>,
  given: unknown,
): 'not-whole-in-range' | 'number-in-quotes' | 'out-of-range' {
  if (expected === 'int') return 'not-whole-in-range';
  const isNumber = typeof given === 'string' && given.trim() !== '' && Number.isFinite(Number(given));
  return isNumber ? 'number-in-quotes' : 'out-of-range';
}

function wrongType(issue: IssueOf<'invalid_type'>, path: Path, given: unknown): Finding {
  if (hasOwnMessage(issue)) return value(wrongNumber(issue, given), path, { range: issue.message });
  switch (issue.expected) {
    case 'string':
      return value('not-text', path, {});
    case 'boolean':
      return value('not-a-boolean', path, {});
    case 'array':
    case 'tuple':
      return value('not-a-list', path, {});
    case 'object':
    case 'record':
      return value('not-a-map', path, {});
    default:
      return value('not-a-number', path, {});
  }
}

/** A union is told in the words of the alternative that looks like what was meant: the one whose problems are inside. */
function wrongAlternative(issue: IssueOf<'invalid_union'>, path: Path, data: unknown): readonly Finding[] {
  if ('options' in issue) {
    return [value('not-an-option', path, { options: issue.options.map(String).join(', ') })];
  }
  const meant = issue.errors.find((branch) => branch.some((inner) => inner.path.length > 0));
  if (meant !== undefined) return meant.flatMap((inner) => findingsOf(inner, path, data));
  if (hasOwnMessage(issue)) return [value('out-of-range', path, { range: issue.message })];
  if (path.at(-1) === 'default') return [value('not-a-scalar', path, {})];
  return [value('not-a-target', path, {})];
}

function wrongFormat(issue: IssueOf<'invalid_format'>, path: Path): Finding {
  const pattern = issue.pattern ?? issue.format;
  if (pattern === String(NAME_PATTERN)) return value('bad-name', path, {});
  return value('bad-format', path, { pattern });
}

function wrongSize(issue: IssueOf<'too_big'> | IssueOf<'too_small'>, path: Path): Finding {
  if (issue.origin === 'number' || issue.origin === 'int') return value('out-of-range', path, { range: issue.message });
  if (issue.code === 'too_big') return value('too-long', path, { max: String(issue.maximum) });
  return value('too-short', path, { min: String(issue.minimum) });
}

function isNotFinite(given: unknown): boolean {
  return typeof given === 'number' && !Number.isFinite(given);
}

function findingsOf(issue: Issue, parent: Path, data: unknown): readonly Finding[] {
  const path = join(parent, issue.path);
  if (issue.code === 'invalid_key') return [key('bad-name', path, {})];
  const given = valueAt(data, path);
  if (given === undefined) return [missing(path)];
  if (isNotFinite(given)) return [value('not-finite', path, {})];
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue, path);
    case 'invalid_type':
      return [wrongType(issue, path, given)];
    case 'invalid_union':
      return wrongAlternative(issue, path, data);
    case 'invalid_value':
      return [value('not-an-option', path, { options: issue.values.map(String).join(', ') })];
    case 'invalid_format':
      return [wrongFormat(issue, path)];
    case 'too_big':
    case 'too_small':
      return [wrongSize(issue, path)];
    default:
      return [value('bad-format', path, { pattern: issue.message })];
  }
}

/** Reports everything that the schema finds. */
export function reportIssues(data: unknown, report: Report): void {
  const result = cellSchema.safeParse(data);
  for (const issue of result.error?.issues ?? []) {
    for (const finding of findingsOf(issue, [], data)) finding(report);
  }
}
