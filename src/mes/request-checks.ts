// Checks that requests share: ids, texts, numbers. Each adds what it finds to one list, so that a caller sees all at once.
import type { LocalizedText } from '../core/job-data.ts';
import type { FieldViolation } from '../ports/service-refusal.ts';
import { shorten } from './status-details.ts';

const JOB_ORDER_ID = /^[A-Za-z0-9._:/-]{1,64}$/;
const REQUEST_ID_CHARS_MAX = 64;
const TEXT_CHARS_MAX = 500;
const TEXTS_MAX = 10;
/** Numbers of an enum in one list: more than any enum has. */
export const ENUMERATORS_MAX = 20;
const LOCALE = /^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4})?$/;
const SHOWN_BYTES_MAX = 64;

/** Kept of one request; far more than an answer has room for. A request of 256 KiB can have hundreds of thousands. */
const FOUND_MAX = 1_000;

/** Collects what is wrong with one request: of each field what is found first. */
export class Violations {
  readonly #found: FieldViolation[] = [];
  readonly #fields = new Set<string>();

  get found(): readonly FieldViolation[] {
    return this.#found;
  }

  /** Nothing more is kept: whoever walks through a request may stop. */
  get isFull(): boolean {
    return this.#found.length >= FOUND_MAX;
  }

  /** Takes over what others have found. */
  join(others: Violations): void {
    for (const found of others.found) this.#keep(found);
  }

  #keep(found: FieldViolation): void {
    if (this.isFull || this.#fields.has(found.field)) return;
    this.#fields.add(found.field);
    this.#found.push(found);
  }

  add(field: string, problem: { readonly given?: string; readonly allowed: string; readonly hint?: string }): void {
    if (this.isFull) return;
    const given = problem.given === undefined ? '' : `given ${shorten(problem.given, SHOWN_BYTES_MAX)}; `;
    const hint = problem.hint === undefined ? '' : `; ${problem.hint}`;
    this.#keep({ field, description: `${given}allowed: ${problem.allowed}${hint}` });
  }

  jobOrderId(field: string, id: string): void {
    if (JOB_ORDER_ID.test(id)) return;
    this.add(field, { given: JSON.stringify(id), allowed: '1..64 characters of A-Z a-z 0-9 . _ : / -' });
  }

  requestId(id: string): void {
    if (id.length <= REQUEST_ID_CHARS_MAX) return;
    this.add('request_id', { given: `${id.length} characters`, allowed: `at most ${REQUEST_ID_CHARS_MAX} characters` });
  }

  /** @returns all texts as they are kept */
  texts(field: string, texts: readonly LocalizedText[]): readonly LocalizedText[] {
    this.atMost(field, texts.length, TEXTS_MAX);
    for (const [index, { locale, text }] of texts.slice(0, TEXTS_MAX).entries()) {
      this.textWithin(`${field}[${index}].text`, text, TEXT_CHARS_MAX);
      this.locale(`${field}[${index}].locale`, locale);
    }
    return texts.map(({ locale, text }) => ({ locale, text }));
  }

  locale(field: string, locale: string): void {
    if (LOCALE.test(locale)) return;
    this.add(field, { given: JSON.stringify(locale), allowed: 'a BCP 47 tag, e.g. en or es-MX, or nothing' });
  }

  /** A list that may be empty. */
  atMost(field: string, count: number, countMax: number): void {
    if (count > countMax) this.add(field, { given: `${count} entries`, allowed: `at most ${countMax} entries` });
  }

  /** A text that may be empty. */
  textWithin(field: string, text: string, charsMax: number): void {
    if (text.length <= charsMax) return;
    this.add(field, { given: `${text.length} characters`, allowed: `at most ${charsMax} characters` });
  }

  /** @returns the first text, the one that is kept */
  firstText(field: string, texts: readonly LocalizedText[]): string {
    return this.texts(field, texts)[0]?.text ?? '';
  }

  /** A text that must be there. */
  text(field: string, text: string, charsMax: number): void {
    if (text.trim() !== '' && text.length <= charsMax) return;
    this.add(field, { given: `${text.length} characters`, allowed: `1..${charsMax} characters` });
  }

  /** Numbers of an enum; those that it does not have are told, each at its place. */
  enumerators(field: string, given: readonly number[], known: readonly number[]): void {
    this.atMost(field, given.length, ENUMERATORS_MAX);
    for (const [index, number] of given.slice(0, ENUMERATORS_MAX).entries()) {
      if (known.includes(number)) continue;
      this.add(`${field}[${index}]`, { given: String(number), allowed: known.toSorted((a, b) => a - b).join(', ') });
    }
  }

  within(field: string, value: number, range: { readonly min: number; readonly max: number }): void {
    if (value >= range.min && value <= range.max) return;
    this.add(field, { given: String(value), allowed: `${range.min}..${range.max}` });
  }
}
