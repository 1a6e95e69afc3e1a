// The figures as a table for people and as JSON for everything else.
import type { Figure } from './figure.ts';
import { busyWarning, type Machine } from './machine.ts';
import type { Spread } from './statistics.ts';

export interface Failure {
  readonly name: string;
  readonly reason: string;
}

export interface Report {
  readonly machine: Machine;
  readonly quick: boolean;
  readonly figures: readonly Figure[];
  /** Measurements that gave no figure. */
  readonly failures: readonly Failure[];
}

const HEAD = [
  'figure',
  'requirement',
  'measured (min / median / max)',
  'reference (min / median / max)',
  'ratio',
  'met',
];

const MET = new Map<Figure['met'], string>([
  [true, 'yes'],
  [false, 'NO'],
  ['n/a', '-'],
]);

/** Three digits that count; five from 100 on, where a budget such as 101 ms is decided behind the point. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 10_000) return Math.round(value).toString();
  return Number(value.toPrecision(size >= 100 ? 5 : 3)).toString();
}

function formatSpread({ min, median, max, count }: Spread, unit: string): string {
  const text = count === 1 ? formatNumber(median) : [min, median, max].map(formatNumber).join(' / ');
  return unit === '' ? text : `${text} ${unit}`;
}

function row({ name, requirement, unit, measured, reference, ratio, met }: Figure): readonly string[] {
  return [
    name,
    requirement,
    formatSpread(measured, unit),
    reference === undefined ? '-' : `${formatSpread(reference.values, unit)} (${reference.what})`,
    ratio === undefined ? '-' : formatNumber(ratio),
    MET.get(met) ?? '?',
  ];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head = [], ...others] = rows;
  return [line(head), rule, ...others.map(line)];
}

/** A table in Markdown, with the machine above and the notes below. */
export function formatReport({ machine, quick, figures, failures }: Report): string {
  const { cpu, cores, memoryGiB, node, platform, loadAverage, at } = machine;
  const warning = busyWarning(machine);
  const missed = figures.filter(({ met }) => met === false);
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}, Node ${node}; load average ${loadAverage.join(' ')}; ${at}`,
    ...(warning === undefined ? [] : [`WARNING: ${warning}`]),
    ...(quick ? ['WARNING: a quick run: few events, the tails mean nothing'] : []),
    '',
    ...table([HEAD, ...figures.map(row)]),
    '',
    ...figures.filter(({ note }) => note !== '').map(({ name, note }) => `- ${name}: ${note}`),
    ...failures.map(({ name, reason }) => `- FAILED ${name}: ${reason}`),
    missed.length === 0 ? 'no budget was missed' : `budgets missed: ${missed.map(({ name }) => name).join('; ')}`,
    '',
  ].join('\n');
}
