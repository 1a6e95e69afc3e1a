// One line of a doctor's report: what was looked at, how it is, and what to do about it.
import type { Locale } from '../../config/problem.ts';

/** `warn`: the cell can run, but not as well as it could. `fail`: it cannot, or not reliably. */
export type Level = 'ok' | 'warn' | 'fail';

/** What people read, in each language. */
export type Localized = Readonly<Record<Locale, string>>;

type Value = number | string | boolean | null | readonly number[];

export interface Finding {
  /** What was looked at: stable, for scripts. */
  readonly check: string;
  /** Which one of several: a port, a board, a directory; empty where there is only one. */
  readonly subject: string;
  readonly level: Level;
  readonly text: Localized;
  /** The next step, undefined when there is nothing to do. */
  readonly remedy?: Localized;
  /** What was measured; keys carry their unit. */
  readonly values: Readonly<Record<string, Value>>;
}

/** p50, p99 and maximum of a sample; NaN where it is empty. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank percentiles: each is a value that was measured. */
export function spreadOf(sample: readonly number[]): Spread {
  const sorted = [...sample].sort((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: rank(0.5), p99: rank(0.99), max: rank(1) };
}

/** `p50 1.20 ms, p99 3.00 ms, max 4.10 ms`; reads the same in both languages. */
export function showSpread({ p50, p99, max }: Spread): string {
  return `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, max ${max.toFixed(2)} ms`;
}

/** Milliseconds to three decimals: what a report keeps of them. */
export function roundMs(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
