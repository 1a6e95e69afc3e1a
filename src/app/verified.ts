// Whether a cell is verified as it is configured now: `celda verify` keeps its result beside the cell's file, every start shows it,
// and a cell may require it.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Locale } from '../config/problem.ts';
import type { CellModel } from '../core/cell-model.ts';
import { describeFault, FAULTS, fault } from '../core/faults.ts';
import type { Verification } from '../verify/result.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';

/** `other`: the file speaks of another configuration, or is no result at all. */
export type VerifiedState = 'proved' | 'refuted' | 'incomplete' | 'other' | 'none';

const LINES = {
  en: {
    proved: 'verified: proved for this configuration',
    refuted: 'verified: REFUTED for this configuration (celda verify shows the counter-example)',
    incomplete: 'verified: NOT complete for this configuration',
    other: 'verified: NOT for this configuration (run celda verify again)',
    none: 'verified: NO (run celda verify)',
  },
  es: {
    proved: 'verificada: demostrada para esta configuración',
    refuted: 'verificada: REFUTADA para esta configuración (celda verify muestra el contraejemplo)',
    incomplete: 'verificada: NO completa para esta configuración',
    other: 'verificada: NO para esta configuración (ejecute celda verify de nuevo)',
    none: 'verificada: NO (ejecute celda verify)',
  },
} as const satisfies Record<Locale, Record<VerifiedState, string>>;

/** `.celda/<stem>.verified.json` beside the cell's file. */
export function verifiedPath(cellPath: string): string {
  const stem = basename(cellPath).replace(/\.ya?ml$/i, '');
  return join(dirname(cellPath), '.celda', `${stem}.verified.json`);
}

/** Keeps a result in one step: a reader, or a power failure, finds the old or the new one whole. */
export function keepVerification(cellPath: string, result: Verification): void {
  const path = verifiedPath(cellPath);
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(result, undefined, 2)}\n`, { flush: true });
  renameSync(draft, path);
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // A file that is not JSON is no result; one that cannot be read for another reason than its absence is not either.
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : {};
  }
}

function isVerdict(value: unknown): value is 'proved' | 'refuted' | 'incomplete' {
  return value === 'proved' || value === 'refuted' || value === 'incomplete';
}

export function verifiedState(cell: CellModel, cellPath: string): VerifiedState {
  const kept = read(verifiedPath(cellPath));
  if (kept === undefined) return 'none';
  if (typeof kept !== 'object' || kept === null) return 'other';
  const { configHash, verdict }: { readonly configHash?: unknown; readonly verdict?: unknown } = kept;
  return configHash === cell.configHash && isVerdict(verdict) ? verdict : 'other';
}

/** One line for the person who starts or checks the cell. */
export function verifiedLine(cell: CellModel, cellPath: string, locale: Locale): string {
  return LINES[locale][verifiedState(cell, cellPath)];
}

/** @throws OperatorError (fault 4501) when the cell requires a proof and has none for this configuration */
export function requireVerification(cell: CellModel, cellPath: string, locale: Locale): void {
  if (cell.safety.requireVerified !== true) return;
  const state = verifiedState(cell, cellPath);
  if (state === 'proved') return;
  const entry = FAULTS[4501];
  const text = describeFault(fault(4501, { verified: state }), locale);
  const response = locale === 'es' ? entry.responseEs : entry.response;
  throw new OperatorError(`${text}\n  ${LINES[locale][state]}`, response, EXIT_CODES.failed);
}
