// One thing that is wrong with a cell file, and how it reads.
import { type Detail, type Locale, MESSAGES, type ProblemCode, WORDS } from './messages.ts';

export type { Locale, ProblemCode } from './messages.ts';

/** A problem of a cell file. `allowed` and `hint` are in English; `formatProblem` gives every language. */
export interface ConfigProblem {
  readonly code: ProblemCode;
  /** File name as it was given. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Where in the file, such as `devices.base.pin` or `workMasters.park.steps[0].move.to`; empty for the whole file. */
  readonly path: string;
  /** The value that is wrong; undefined when something is missing. */
  readonly given: string | undefined;
  readonly allowed: string;
  readonly hint: string;
  /** Values for the placeholders of the catalogue's texts. */
  readonly detail: Detail;
}

const GIVEN_MAX = 80;

/** A value as it is shown: strings bare, the rest as JSON, at most 80 characters. */
export function showValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const shown = typeof value === 'string' ? value : showData(value);
  return shown.length > GIVEN_MAX ? `${shown.slice(0, GIVEN_MAX - 3)}...` : shown;
}

function showData(value: unknown): string {
  if (typeof value === 'number') return String(value);
  // A name for what JSON has no word for; a list or map shows its content.
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' ? showNumber(inner) : inner));
}

function showNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** `devices.base.scale[0].counts` */
export function showPath(path: readonly (string | number)[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

export const NONE_KNOWN: Readonly<Record<Locale, string>> = {
  en: 'a name that is declared: there is none',
  es: 'un nombre declarado: no hay ninguno',
};

/** Part of a text that is left out where no name is known. */
export const UNKNOWN_NEAREST = /; [^;]*\{nearest\}/;

/** Fills the `{placeholders}` of a text. Where no name is known, none is called the nearest. */
export function fill(text: string, detail: Detail, locale: Locale): string {
  const said = detail['nearest'] === '-' ? text.replace(UNKNOWN_NEAREST, '') : text;
  return said.replaceAll(/\{(\w+)\}/g, (whole, key: string) =>
    key === 'known' && detail[key] === '-' ? NONE_KNOWN[locale] : (detail[key] ?? whole),
  );
}

/** `file:line:column path: given ..., allowed ..., hint ... [code]` in the language of `locale`. */
export function formatProblem(problem: ConfigProblem, locale: Locale): string {
  const words = WORDS[locale];
  const { allowed, hint } = MESSAGES[problem.code];
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const path = problem.path === '' ? '' : ` ${problem.path}`;
  const given = `${words.given} ${problem.given ?? words.nothing}`;
  const rest = `${words.allowed} ${fill(allowed[locale], problem.detail, locale)}, ${words.hint} ${fill(hint[locale], problem.detail, locale)}`;
  return `${place}${path}: ${given}, ${rest} [${problem.code}]`;
}
