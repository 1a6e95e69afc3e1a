// A counter-example as a picture that a technician can read: a line for each input, block and stop function, and where it goes wrong.
import type { Finding, InputValue, Trace, Verification } from './result.ts';
import { codesIn, sentenceOf, showChange } from './show.ts';
import { type Locale, PHASE_TEXTS, VALUE_TEXTS, WORDS } from './texts.ts';

const LEFT = 190;
const WIDTH = 760;
/** After the last moment: room for the longest name of what is the case then. */
const TAIL = 140;
/** Between two moments, at least: room for the code of a block, or `ramps down`. */
const GAP_MIN = 80;
const LINE = 18;
/** Of the bold title, and of the meanings of codes: characters in a line. */
const TITLE_CHARS_MAX = 110;
const CODES_CHARS_MAX = 140;
const ROW = 34;
const TOP = 64;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

interface Axis {
  readonly times: readonly number[];
  readonly x: (atMs: number) => number;
  /** Where the last stretches end. */
  readonly endX: number;
}

/** Moments at equal distances: a long wait and two events that follow at once can be seen in one picture. */
function axisOf({ changes, reactions, endMs }: Trace): Axis {
  const times = [...new Set([0, endMs, ...changes.map(({ atMs }) => atMs), ...reactions.map(({ atMs }) => atMs)])];
  const sorted = times.toSorted((a, b) => a - b);
  const gaps = Math.max(1, sorted.length - 1);
  const gap = Math.max(GAP_MIN, (WIDTH - TAIL) / gaps);
  return { times: sorted, x: (atMs) => LEFT + sorted.indexOf(atMs) * gap, endX: LEFT + gaps * gap + TAIL };
}

interface Stretch {
  readonly fromX: number;
  readonly toX: number;
  readonly value: string;
}

function stretches(
  events: readonly { readonly atMs: number; readonly value: string }[],
  { x, endX }: Axis,
): readonly Stretch[] {
  return events.map(({ atMs, value }, index) => {
    const next = events[index + 1];
    return { fromX: x(atMs), toX: next === undefined ? endX : x(next.atMs), value };
  });
}

function text(x: number, y: number, content: string, more = ''): string {
  return `<text x="${Math.round(x)}" y="${Math.round(y)}"${more}>${escaped(content)}</text>`;
}

/** An input as a level: closed is high. One that cannot be read is between. */
function levels(parts: readonly Stretch[], y: number): string {
  const height = (value: string): number => y - (value === 'closed' ? 18 : value === 'unread' ? 9 : 0);
  const path = parts.flatMap(({ fromX, toX, value }, index) => {
    const at = height(value);
    return [`${index === 0 ? 'M' : 'L'}${Math.round(fromX)} ${at}`, `L${Math.round(toX)} ${at}`];
  });
  return `<path d="${path.join(' ')}" fill="none" stroke="#1d4ed8" stroke-width="2"/>`;
}

function boxes(parts: readonly Stretch[], y: number, fill: (value: string) => string): string {
  return parts
    .map(({ fromX, toX, value }) => {
      const width = Math.max(1, Math.round(toX - fromX));
      const box = `<rect x="${Math.round(fromX)}" y="${y - 18}" width="${width}" height="18" fill="${fill(value)}" stroke="#475569"/>`;
      return box + text(fromX + 4, y - 5, value);
    })
    .join('');
}

/** One row by the name of what it shows. */
function rowsOf<Event extends { readonly atMs: number; readonly value: string }>(
  events: readonly Event[],
  nameOf: (event: Event) => string,
): ReadonlyMap<string, readonly Event[]> {
  const rows = new Map<string, Event[]>();
  for (const event of events) rows.set(nameOf(event), [...(rows.get(nameOf(event)) ?? []), event]);
  return rows;
}

/** Words in as few lines as hold them; one that is longer has a line of its own. */
function wrapped(words: readonly string[], charsMax: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= charsMax) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Everything that has a name, with its own row: inputs first, then what blocks, stop functions and the unit do. */
function rowsIn(
  trace: Trace,
  axis: Axis,
  top: number,
  locale: Locale,
): { readonly rows: string[]; readonly y: number } {
  const rows: string[] = [];
  let y = top;
  const row = (name: string, content: (y: number) => string): void => {
    y += ROW;
    rows.push(text(10, y - 4, name), content(y));
  };
  for (const [name, events] of rowsOf(trace.changes, ({ input }) => input)) {
    if (name === 'cell.standstill') {
      const shown = events.map((change) => ({ atMs: change.atMs, value: showChange(change, locale) }));
      row(WORDS[locale]['motion'] ?? '', (at) => boxes(stretches(shown, axis), at, () => '#dbeafe'));
      continue;
    }
    const last = events.at(-1)?.value as InputValue;
    row(name, (at) => levels(stretches(events, axis), at) + text(axis.endX + 4, at - 4, VALUE_TEXTS[last][locale]));
  }
  const permits = PHASE_TEXTS['permitted']?.[locale];
  for (const kind of ['block', 'stop', 'unit'] as const) {
    const events = trace.reactions.filter((reaction) => reaction.kind === kind);
    for (const [name, own] of rowsOf(events, (each) => (each.kind === 'unit' ? 'unit' : each.name))) {
      const shown = own.map(({ atMs, value }) => ({ atMs, value: PHASE_TEXTS[value]?.[locale] ?? value }));
      const fill = (value: string): string => (value === permits ? '#fde68a' : kind === 'stop' ? '#e2e8f0' : '#f1f5f9');
      row(name, (at) => boxes(stretches(shown, axis), at, fill));
    }
  }
  return { rows, y };
}

/**
 * @param blockTypes of the verification, for what codes mean
 * @returns the picture as an SVG document; undefined for a finding without a counter-example
 */
export function timelineSvg(
  finding: Finding,
  blockTypes: Verification['blockTypes'],
  locale: Locale,
): string | undefined {
  const { trace } = finding;
  if (trace === undefined) return undefined;
  const axis = axisOf(trace);
  const title = wrapped(sentenceOf(finding, locale).split(' '), TITLE_CHARS_MAX);
  const top = TOP + (title.length - 1) * LINE;
  const { rows, y } = rowsIn(trace, axis, top, locale);
  const bottom = y + 16;
  const endX = Math.round(axis.x(trace.endMs));
  const marks = axis.times.map(
    (atMs) =>
      `<path d="M${Math.round(axis.x(atMs))} ${top} V${bottom}" stroke="#cbd5e1" stroke-dasharray="2 3"/>` +
      text(axis.x(atMs), bottom + 14, `${atMs} ms`, ' text-anchor="middle" font-size="10"'),
  );
  const end =
    `<path d="M${endX} ${top - 8} V${bottom}" stroke="#dc2626" stroke-width="3"/>` +
    text(endX, top - 14, WORDS[locale]['end'] ?? '', ' fill="#dc2626" font-weight="bold" text-anchor="end"');
  const codes = codesIn(trace.reactions, blockTypes, locale).map((code, index, all) =>
    index === all.length - 1 ? code : `${code};`,
  );
  const legend = wrapped(codes, CODES_CHARS_MAX).map((line, index) => text(10, bottom + 40 + index * LINE, line));
  const height = bottom + 30 + (legend.length === 0 ? 0 : 10 + legend.length * LINE);
  const width = Math.round(axis.endX) + 90;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...title.map((line, index) => text(10, 22 + index * LINE, line, ' font-size="14" font-weight="bold"')),
    ...marks,
    ...rows,
    end,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}
