// Problems that came as English text alone, as those of drafts do over gRPC, in Spanish: found again in the catalogue by their words.
import { type Detail, MESSAGES, type Message } from './messages.ts';
import { fill, NONE_KNOWN, UNKNOWN_NEAREST } from './problem.ts';

interface Known {
  /** Of the whole English text. */
  readonly pattern: RegExp;
  readonly message: Message;
  /** Placeholders that the English text does not show. */
  readonly detail: Detail;
}

/** Made when it is needed first. */
let catalogue: readonly Known[] | undefined;

/**
 * @param text `allowed; hint` of one problem, in English
 * @returns the same in Spanish; undefined when no problem has such a text
 */
export function problemInSpanish(text: string): string | undefined {
  catalogue ??= Object.values<Message>(MESSAGES).flatMap(knownAs);
  for (const { pattern, message, detail } of catalogue) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const { known, ...values } = found.groups ?? {};
    const all = { ...detail, ...values, ...(known && { known: known === NONE_KNOWN.en ? '-' : known }) };
    return `${fill(message.allowed.es, all, 'es')}; ${fill(message.hint.es, all, 'es')}`;
  }
  return undefined;
}

/** Where a problem may name what is nearest, its text is another one when nothing is. */
function knownAs(message: Message): readonly Known[] {
  const whole = `${message.allowed.en}; ${message.hint.en}`;
  const known = [{ pattern: patternOf(whole), message, detail: {} }];
  if (!whole.includes('{nearest}')) return known;
  return [...known, { pattern: patternOf(whole.replace(UNKNOWN_NEAREST, '')), message, detail: { nearest: '-' } }];
}

function patternOf(text: string): RegExp {
  const seen = new Set<string>();
  const parts = text.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    if (seen.has(part)) return `\\k<${part}>`;
    seen.add(part);
    return `(?<${part}>.*?)`;
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}
