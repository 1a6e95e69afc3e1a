// A verification as text: a line for each thing proved, a timeline that a technician can read for each thing refuted.
import { codeText } from '../core/block-texts.ts';
import type { Change, Finding, InputValue, Reaction, Subject, Trace, Verification } from './result.ts';
import {
  ABSTRACTION_TEXTS,
  type Locale,
  PHASE_TEXTS,
  PROPERTY_TEXTS,
  RULE_TEXTS,
  SPECIAL_TEXTS,
  VALUE_TEXTS,
  VERDICT_TEXTS,
  WORDS,
} from './texts.ts';

type BlockTypes = Verification['blockTypes'];

/** Words of the subject that have a translation. */
function shown(value: Subject[string], locale: Locale): string {
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.join(', ');
  const text = String(value);
  return Object.hasOwn(VALUE_TEXTS, text) ? VALUE_TEXTS[text as InputValue][locale] : text;
}

export function fill(text: string, subject: Subject, locale: Locale): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, key: string) => {
    const value = subject[key];
    return value === undefined ? whole : shown(value, locale);
  });
}

/** What is the case, or what was asked, in one sentence. */
export function sentenceOf({ rule, subject, verdict }: Finding, locale: Locale): string {
  const isRefuted = verdict === 'refuted';
  const special = [rule, String(subject['event'] ?? subject['ever'] ?? ''), ...(isRefuted ? ['refuted'] : [])].join(
    ' ',
  );
  const texts = RULE_TEXTS[rule];
  const text = (SPECIAL_TEXTS[special] ?? (isRefuted ? texts.refuted : texts.claim))[locale];
  const mode = rule === 'output-safe' && subject['mode'] !== undefined ? ' ({mode})' : '';
  return fill(text + mode, subject, locale);
}

export function showChange({ input, value }: Change, locale: Locale): string {
  if (input !== 'cell.standstill') return `${input} ${VALUE_TEXTS[value][locale]}`;
  return WORDS[locale][value === 'closed' ? 'standstill' : 'moving'] ?? '';
}

function showReaction({ kind, name, value }: Reaction, locale: Locale): string {
  if (kind === 'unit') return `${name}: ${value}`;
  return kind === 'block' ? `${name} ${value}` : `${name} ${PHASE_TEXTS[value]?.[locale] ?? value}`;
}

/** One moment of a timeline: what the world does, and what the cell does. */
export interface Moment {
  readonly atMs: number;
  readonly changes: readonly string[];
  readonly reactions: readonly string[];
}

export function momentsOf({ changes, reactions, endMs }: Trace, locale: Locale): readonly Moment[] {
  const times = [...new Set([...changes, ...reactions].map(({ atMs }) => atMs)), endMs];
  return [...new Set(times)]
    .toSorted((a, b) => a - b)
    .map((atMs) => ({
      atMs,
      changes: changes.filter((each) => each.atMs === atMs).map((each) => showChange(each, locale)),
      reactions: reactions.filter((each) => each.atMs === atMs).map((each) => showReaction(each, locale)),
    }));
}

/** What the codes of blocks in a timeline mean, each once: `door 8804 guard open`. */
export function codesIn(reactions: readonly Reaction[], types: BlockTypes, locale: Locale): readonly string[] {
  const texts = reactions.flatMap(({ kind, name, value }) => {
    const text = kind === 'block' ? codeText(types[name] ?? '', value) : undefined;
    return text === undefined ? [] : [`${name} ${value} ${text[locale]}`];
  });
  return [...new Set(texts)];
}

function showTrace(trace: Trace, types: BlockTypes, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const codes = codesIn(trace.reactions, types, locale);
  const lines = momentsOf(trace, locale).flatMap(({ atMs, changes, reactions }) => {
    const time = `${atMs} ms`.padStart(12);
    const first = changes.length === 0 ? [] : [`${time}  ${changes.join(', ')}`];
    const second =
      reactions.length === 0 ? [] : [`${changes.length === 0 ? time : ' '.repeat(12)}    -> ${reactions.join(', ')}`];
    return [...first, ...second];
  });
  const end = `${`${trace.endMs} ms`.padStart(12)}  !! ${words['end']}`;
  return [
    `    ${words['counterExample']}`,
    ...lines,
    end,
    ...(codes.length === 0 ? [] : [`    ${fill(words['codes'] ?? '', { codes: codes.join('; ') }, locale)}`]),
    ...(trace.isConfirmed ? [] : [`    ${words['unconfirmed']}`]),
  ];
}

function showRefuted(finding: Finding, types: BlockTypes, locale: Locale): readonly string[] {
  const head = `${VERDICT_TEXTS.refuted[locale]} (${finding.property}): ${sentenceOf(finding, locale)}`;
  return ['', head, ...(finding.trace === undefined ? [] : showTrace(finding.trace, types, locale))];
}

function showIncomplete(finding: Finding, locale: Locale): readonly string[] {
  const head = `${VERDICT_TEXTS.incomplete[locale]} (${finding.property}): ${sentenceOf(finding, locale)}`;
  const { states = 0, depth = 0, waiting = 0 } = finding.explored ?? {};
  return ['', head, `    ${fill(WORDS[locale]['notCovered'] ?? '', { states, depth, waiting }, locale)}`];
}

function showProperty(property: Finding['property'], findings: readonly Finding[], locale: Locale): readonly string[] {
  const own = findings.filter((each) => each.property === property);
  if (own.length === 0) return [];
  const proved = own.filter(({ verdict }) => verdict === 'proved');
  const verdict =
    proved.length === own.length ? 'proved' : own.some((each) => each.verdict === 'refuted') ? 'refuted' : 'incomplete';
  const head = `${property}  ${PROPERTY_TEXTS[property][locale]}: ${VERDICT_TEXTS[verdict][locale]} (${proved.length}/${own.length})`;
  // Inputs and steps are many, and each line says the same.
  const isListed = property !== 4 && property !== 5;
  return [head, ...(isListed ? proved.map((each) => `     ${sentenceOf(each, locale)}`) : [])];
}

/** The whole result as lines. */
export function showVerification(result: Verification, locale: Locale): readonly string[] {
  const { findings, states, transitions, depth, elapsedMs } = result;
  const words = WORDS[locale];
  const isCut = findings.some(({ explored }) => explored?.waiting !== undefined);
  const explored = fill(
    words['explored'] ?? '',
    { states, transitions, depth, seconds: (elapsedMs / 1000).toFixed(1) },
    locale,
  );
  return [
    ...([1, 2, 3, 4, 5, 6] as const).flatMap((property) => showProperty(property, findings, locale)),
    ...findings.flatMap((each) => (each.verdict === 'refuted' ? showRefuted(each, result.blockTypes, locale) : [])),
    ...findings.flatMap((each) => (each.verdict === 'incomplete' ? showIncomplete(each, locale) : [])),
    '',
    words['how'] ?? '',
    `  ${explored}: ${words[isCut ? 'cut' : 'complete'] ?? ''}`,
    ...result.abstractions.map(({ code, detail }) => `  ${fill(ABSTRACTION_TEXTS[code][locale], detail, locale)}`),
    '',
    `${result.cell}: ${VERDICT_TEXTS[result.verdict][locale]} (${result.configHash.slice(0, 12)})`,
    words['limits'] ?? '',
  ];
}
