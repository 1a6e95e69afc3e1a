// Counter-examples as files: what `celda verify --out` writes, and `celda sim --replay` reads.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../config/problem.ts';
import type { Finding, Trace, Verification } from '../verify/result.ts';
import { timelineSvg } from '../verify/timeline-svg.ts';
import { OperatorError } from './operator-error.ts';

/** A refutation with the configuration that it is about. */
export interface CounterExample {
  readonly cell: string;
  readonly configHash: string;
  readonly finding: Finding & { readonly trace: Trace };
}

/** Writes `counterexample-<n>.json` and `.svg` for each refutation that has one. @returns paths of the JSON files */
export function writeCounterExamples(folder: string, result: Verification, locale: Locale): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const refuted = result.findings.filter(({ verdict, trace }) => verdict === 'refuted' && trace !== undefined);
  return refuted.map((finding, index) => {
    const stem = join(folder, `counterexample-${index + 1}`);
    const whole = { cell: result.cell, configHash: result.configHash, finding };
    writeFileSync(`${stem}.json`, `${JSON.stringify(whole, undefined, 2)}\n`);
    writeFileSync(`${stem}.svg`, timelineSvg(finding, result.blockTypes, locale) ?? '');
    return `${stem}.json`;
  });
}

function isCounterExample(value: unknown): value is CounterExample {
  const whole = value as Partial<CounterExample> | null;
  const trace = whole?.finding?.trace;
  return (
    typeof whole?.cell === 'string' &&
    typeof whole.configHash === 'string' &&
    typeof trace?.endMs === 'number' &&
    Array.isArray(trace.changes) &&
    trace.changes.every(
      ({ atMs, input, value: to }) => typeof atMs === 'number' && typeof input === 'string' && typeof to === 'string',
    ) &&
    Array.isArray(trace.reactions)
  );
}

const READING = {
  en: { not: 'is no counter-example', write: 'write one with celda verify cell.yaml --out <folder>' },
  es: { not: 'no es un contraejemplo', write: 'escriba uno con celda verify cell.yaml --out <carpeta>' },
} as const satisfies Record<Locale, object>;

/** @throws OperatorError when the file is no counter-example */
export function readCounterExample(path: string, locale: Locale = 'en'): CounterExample {
  const { not, write } = READING[locale];
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new OperatorError(`${path} ${not}: ${error instanceof Error ? error.message : String(error)}`, write);
  }
  if (isCounterExample(value)) return value;
  throw new OperatorError(`${path} ${not}`, write);
}
