// An error that a person at the console can do something about: no stack, but the next step.
import type { Locale } from '../config/problem.ts';
import type { Localized } from './doctor/finding.ts';

/** What the process answers with; `docs/reference/cli.md` lists them. */
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  occupied: 4,
  defect: 70,
} as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** A text that is in the language of the operator already, or in each. */
type Text = string | Localized;

function textIn(text: Text, locale: Locale): string {
  return typeof text === 'string' ? text : text[locale];
}

/** `message` and `hint` are in English where the error has both languages: logs and scripts read them. */
export class OperatorError extends Error {
  /** What to do next, one sentence without a full stop. */
  readonly hint: string;
  readonly exitCode: ExitCode;
  /** Of the fault that it tells of, for scripts; empty: it is none of the catalogue. */
  readonly reason: string;
  readonly #texts: readonly [Text, Text];

  constructor(message: Text, hint: Text, exitCode: ExitCode = EXIT_CODES.usage, reason = '') {
    super(textIn(message, 'en'));
    this.name = 'OperatorError';
    this.hint = textIn(hint, 'en');
    this.exitCode = exitCode;
    this.reason = reason;
    this.#texts = [message, hint];
  }

  /** @param locale language of the operator */
  told(locale: Locale): { readonly message: string; readonly hint: string } {
    const [message, hint] = this.#texts;
    return { message: textIn(message, locale), hint: textIn(hint, locale) };
  }
}
