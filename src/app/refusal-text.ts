// What a service answers, in the language of who asked: the gateway speaks English.
import type { Locale } from '../config/problem.ts';
import { FAULTS } from '../core/faults.ts';

/**
 * A refusal begins with the number of its fault: title and response are put into the other language, the detail stays as it is.
 * @param message of a service; without a number it stays whole
 */
export function refusalIn(locale: Locale, message: string): string {
  const code = /^\[(\d{4})\]/.exec(message)?.[1];
  const found = Object.entries(FAULTS).find(([number]) => number === code)?.[1];
  if (locale === 'en' || found === undefined) return message;
  return message.replace(found.title, () => found.titleEs).replace(found.response, () => found.responseEs);
}
