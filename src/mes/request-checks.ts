// Checks that requests share: ids, texts, numbers. Each adds what it finds to one list, so that a caller sees all at once.
import type { FieldViolation } from '../ports/service-refusal.ts';
import { shorten } from './status-details.ts';

const JOB_ORDER_ID = /^[A-Za-z0-9._:/-]{1,64}$/;
const REQUEST_ID_CHARS_MAX = 64;
const TEXT_CHARS_MAX = 500;
const SHOWN_CHARS_MAX = 64;

/** Collects what is wrong with one request. */
export class Violations {
  readonly #found: FieldViolation[] = [];

  get found(): readonly FieldViolation[] {
    return this.#found;
  }

  add(field: string, problem: { readonly given?: string; readonly allowed: string; readonly hint?: string }): void {
    const given = problem.given === undefined ? '' : `given ${shorten(problem.given, SHOWN_CHARS_MAX)}; `;
    const hint = problem.hint === undefined ? '' : `; ${problem.hint}`;
    this.#found.push({ field, description: `${given}allowed: ${problem.allowed}${hint}` });
  }

  jobOrderId(field: string, id: string): void {
    if (JOB_ORDER_ID.test(id)) return;
    this.add(field, { given: JSON.stringify(id), allowed: '1..64 characters of A-Z a-z 0-9 . _ : / -' });
  }

  requestId(id: string): void {
    if (id.length <= REQUEST_ID_CHARS_MAX) return;
    this.add('request_id', { given: `${id.length} characters`, allowed: `at most ${REQUEST_ID_CHARS_MAX} characters` });
  }

  /** @returns the first text, the one that is kept */
  firstText(field: string, texts: readonly { readonly text: string }[]): string {
    const text = texts[0]?.text ?? '';
    if (text.length > TEXT_CHARS_MAX) {
      this.add(`${field}[0].text`, {
        given: `${text.length} characters`,
        allowed: `at most ${TEXT_CHARS_MAX} characters`,
      });
    }
    return text;
  }

  /** A text that must be there. */
  text(field: string, text: string, charsMax: number): void {
    if (text.trim() !== '' && text.length <= charsMax) return;
    this.add(field, { given: `${text.length} characters`, allowed: `1..${charsMax} characters` });
  }

  within(field: string, value: number, range: { readonly min: number; readonly max: number }): void {
    if (value >= range.min && value <= range.max) return;
    this.add(field, { given: String(value), allowed: `${range.min}..${range.max}` });
  }
}
