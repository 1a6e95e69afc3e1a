// The condition of a transition as people read it, taken from the very function that decides it.

/** Words for what a function says in symbols. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\brose\(inputs, moment, '?(\w+)'?\)/g, '$1 rises'],
  [/\bfell\(inputs, moment, '?(\w+)'?\)/g, '$1 falls'],
  [/\banyRose\(inputs, moment, (\w+)\)/g, 'any $1 sensor rises'],
  [/\b(both|any)\(inputs, (\w+)\)/g, '$1 $2 sensors on'],
  [/\binputs\[(\w+)\]/g, 'the $1 sensor'],
  [/\b(inputs|moment)\./g, ''],
  [/\bresetEdge\b/g, 'reset is pressed'],
  [/\bresetHeld\b/g, 'reset is held'],
  [/\bisResetUnread\b/g, 'reset cannot be read'],
  [/\belapsedMs\b/g, 'the time in this state'],
  [/\btimerMs\b/g, 'the time of the timer'],
  [/\s*&&\s*/g, ' and '],
  [/\s*\|\|\s*/g, ' or '],
  [/!(?!=)/g, 'not '],
  [/\bnot reset is/g, 'reset is not'],
  [/===/g, 'is'],
  [/!==/g, 'is not'],
  [/>=/g, 'is at least'],
  [/\(\s*(inputs|moment|inputs, moment|_, moment)?\s*\)/g, ''],
  [/\s+/g, ' '],
];

/** `isOver` -> `over`, `areReleased` -> `released`, `hasChanged` -> `has changed`. */
function spoken(name: string): string {
  const words = name.replaceAll(
    /([a-z0-9])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return words.replace(/^(is|are) /, '');
}

function inWords(body: string): string {
  const text = WORDS.reduce((all, [symbol, word]) => all.replaceAll(symbol, word), body);
  return text.replaceAll(/\b(is|are|has|may|any|both)[A-Z]\w*/g, spoken).trim();
}

/** The expression of an arrow function; undefined for a function of several statements. */
function expressionOf(source: string): string | undefined {
  return /^(?!function)[^=]*=>\s*(?<expression>[^{][\s\S]*)$/.exec(source)?.groups?.['expression']?.trim();
}

/** A condition: an arrow function of one expression, or a function with a name. */
type Condition = (...given: never[]) => boolean;

/**
 * @returns one line of text
 * @throws Error for a function that has neither one expression nor a name: nothing could be said of it
 */
export function conditionText(when: Condition): string {
  const expression = expressionOf(when.toString());
  const isNamed = when.name !== 'when' && when.name !== '';
  if (expression === undefined && !isNamed) throw new Error(`a condition without a name: ${when.toString()}`);
  if (expression === undefined) return `${spoken(when.name)}, see below`;
  if (expression === 'true') return 'always';
  const meaning = inWords(expression);
  return isNamed && spoken(when.name) !== meaning ? `${spoken(when.name)} (${meaning})` : meaning;
}

/** @returns the text of a condition that takes several statements; undefined for one whose line says everything */
export function conditionSource(when: Condition): string | undefined {
  const source = when.toString();
  // Where the types stood there is white space.
  return expressionOf(source) === undefined ? source.replaceAll(/ +(?=[,)])|(?<=\)) +(?=\{)/g, ' ') : undefined;
}
