// Whether a cell is verified as it is configured now: `celda verify` keeps its result beside the cell's file, every start shows it,
// and a cell may require it.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Locale } from '../config/problem.ts';
import type { CellModel } from '../core/cell-model.ts';
import { describeFault, FAULTS, fault } from '../core/faults.ts';
import type { Verification } from '../verify/result.ts';
import { explorerSources } from './explorer-sources.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import { replaceFile } from './replace-file.ts';

/**
 * `other`: the file speaks of another configuration, or is no result at all. `older`: another explorer found it, or explored other
 * blocks. `edited`: it is not as it was written.
 */
export type VerifiedState = 'proved' | 'refuted' | 'incomplete' | 'other' | 'older' | 'edited' | 'none';

const LINES = {
  en: {
    proved: 'verified: proved for this configuration',
    refuted: 'verified: REFUTED for this configuration (celda verify shows the counter-example)',
    incomplete: 'verified: NOT complete for this configuration',
    other: 'verified: NOT for this configuration (run celda verify again)',
    older: 'verified: NOT by this version of Celda (run celda verify again)',
    edited: 'verified: NO, its result was changed by hand (run celda verify again)',
    none: 'verified: NO (run celda verify)',
  },
  es: {
    proved: 'verificada: demostrada para esta configuración',
    refuted: 'verificada: REFUTADA para esta configuración (celda verify muestra el contraejemplo)',
    incomplete: 'verificada: NO completa para esta configuración',
    other: 'verificada: NO para esta configuración (ejecute celda verify de nuevo)',
    older: 'verificada: NO con esta versión de Celda (ejecute celda verify de nuevo)',
    edited: 'verificada: NO, su resultado fue cambiado a mano (ejecute celda verify de nuevo)',
    none: 'verificada: NO (ejecute celda verify)',
  },
} as const satisfies Record<Locale, Record<VerifiedState, string>>;

/** `.celda/<stem>.verified.json` beside the cell's file. */
export function verifiedPath(cellPath: string): string {
  const stem = basename(cellPath).replace(/\.ya?ml$/i, '');
  return join(dirname(cellPath), '.celda', `${stem}.verified.json`);
}

/** Finds changes that were not meant. Whoever means to can make a seal anew: it is no protection against that. */
function sealOf(kept: object): string {
  return createHash('sha256').update(JSON.stringify(kept)).digest('hex');
}

/** Keeps a result in one step: a reader, or a power failure, finds the old or the new one whole. */
export function keepVerification(cellPath: string, result: Verification): void {
  const path = verifiedPath(cellPath);
  mkdirSync(dirname(path), { recursive: true });
  const kept = { ...result, explorerSources: explorerSources() };
  replaceFile(path, `${JSON.stringify({ ...kept, seal: sealOf(kept) }, undefined, 2)}\n`);
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
  const { seal, ...whole }: Partial<Record<string, unknown>> = { ...kept };
  const { configHash, verdict } = whole;
  if (configHash !== cell.configHash || !isVerdict(verdict)) return 'other';
  if (seal !== sealOf(whole)) return 'edited';
  return whole['explorerSources'] === explorerSources() ? verdict : 'older';
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
