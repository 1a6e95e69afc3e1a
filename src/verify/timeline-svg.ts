// A counter-example as a picture that a technician can read: a line for each input, block and stop function, and where it goes wrong.
import type { Finding, InputValue, Trace } from './result.ts';
import { sentenceOf } from './show.ts';
import { type Locale, PHASE_TEXTS, VALUE_TEXTS, WORDS } from './texts.ts';

const LEFT = 190;
const WIDTH = 760;
const ROW = 34;
const TOP = 64;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Moments at equal distances: a long wait and two events that follow at once can be seen in one picture. */
function axisOf({ changes, reactions, endMs }: Trace): {
  readonly times: readonly number[];
  readonly x: (atMs: number) => number;
} {
  const times = [...new Set([0, endMs, ...changes.map(({ atMs }) => atMs), ...reactions.map(({ atMs }) => atMs)])];
  const sorted = times.toSorted((a, b) => a - b);
  const gap = (WIDTH - 60) / Math.max(1, sorted.length - 1);
  return { times: sorted, x: (atMs) => LEFT + sorted.indexOf(atMs) * gap };
}

interface Stretch {
  readonly fromX: number;
  readonly toX: number;
  readonly value: string;
}

function stretches(
  events: readonly { readonly atMs: number; readonly value: string }[],
  x: (atMs: number) => number,
): readonly Stretch[] {
  return events.map(({ atMs, value }, index) => {
    const next = events[index + 1];
    return { fromX: x(atMs), toX: next === undefined ? LEFT + WIDTH - 20 : x(next.atMs), value };
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

/** @returns the picture as an SVG document; undefined for a finding without a counter-example */
export function timelineSvg(finding: Finding, locale: Locale): string | undefined {
  const { trace } = finding;
  if (trace === undefined) return undefined;
  const words = WORDS[locale];
  const { times, x } = axisOf(trace);
  const rows: string[] = [];
  let y = TOP;
  const row = (name: string, content: (y: number) => string): void => {
    y += ROW;
    rows.push(text(10, y - 4, name), content(y));
  };
  for (const [name, events] of rowsOf(trace.changes, ({ input }) => input)) {
    const last = events.at(-1)?.value as InputValue;
    const label = name === 'cell.standstill' ? (words['standstill'] ?? name) : name;
    row(label, (at) => levels(stretches(events, x), at) + text(LEFT + WIDTH - 16, at - 4, VALUE_TEXTS[last][locale]));
  }
  for (const kind of ['block', 'stop', 'unit'] as const) {
    const events = trace.reactions.filter((reaction) => reaction.kind === kind);
    for (const [name, own] of rowsOf(events, (each) => (each.kind === 'unit' ? 'unit' : each.name))) {
      const shown = own.map(({ atMs, value }) => ({ atMs, value: PHASE_TEXTS[value]?.[locale] ?? value }));
      const permits = PHASE_TEXTS['permitted']?.[locale];
      const fill = (value: string): string => (value === permits ? '#fde68a' : kind === 'stop' ? '#e2e8f0' : '#f1f5f9');
      row(name, (at) => boxes(stretches(shown, x), at, fill));
    }
  }
  const bottom = y + 16;
  const endX = Math.round(x(trace.endMs));
  const marks = times.map(
    (atMs) =>
      `<path d="M${Math.round(x(atMs))} ${TOP} V${bottom}" stroke="#cbd5e1" stroke-dasharray="2 3"/>` +
      text(x(atMs), bottom + 14, `${atMs} ms`, ' text-anchor="middle" font-size="10"'),
  );
  const end =
    `<path d="M${endX} ${TOP - 8} V${bottom}" stroke="#dc2626" stroke-width="3"/>` +
    text(endX, TOP - 14, words['end'] ?? '', ' fill="#dc2626" font-weight="bold" text-anchor="end"');
  const height = bottom + 30;
  const width = LEFT + WIDTH + 90;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(10, 22, sentenceOf(finding, locale), ' font-size="14" font-weight="bold"'),
    ...marks,
    ...rows,
    end,
    '</svg>',
    '',
  ].join('\n');
}
