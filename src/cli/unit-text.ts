// What people read of a unit, its signals and work masters, in English and Spanish.
import { modeText } from '../app/mode-text.ts';
import { stateText } from '../app/state-text.ts';
import type { SignalsView, UnitView, WorkMasterView } from '../app/unit-client.ts';
import { workMasterStateText } from '../app/work-master-state-text.ts';
import type { Locale } from '../config/problem.ts';

const LABEL_WIDTH = 16;
const HASH_CHARS = 12;

const WORDS = {
  en: {
    cell: 'cell',
    unit: 'unit',
    mode: 'mode',
    alarms: 'alarms',
    verification: 'proof',
    proofs: {},
    commissionings: {},
    commissioning: 'commissioning',
    software: 'Celda',
    file: 'hash of file',
    away: 'the control process is not there',
    reset: 'a reset at the cell is possible',
    unknown: 'not known',
    next: {
      draft: ({ id, version, etag }: WorkMasterView) =>
        `celda work-master approve ${id} ${version} --etag ${etag}, by another person who has read it`,
      approved: ({ id, version }: WorkMasterView) =>
        `not in the cell's file: celda work-master adopt <cell.yaml> ${id} ${version}`,
      changed: () => 'takes no orders: it is not what it was under this version; give it a new one',
    },
    author: 'submitted by',
    approvedBy: 'approved by',
    changedBy: 'changed by',
    etag: 'etag',
    hash: 'hash',
    keptHash: 'hash that counts',
    parameters: 'parameters',
    step: 'step',
    steps: 'steps',
  },
  es: {
    cell: 'celda',
    unit: 'unidad',
    mode: 'modo',
    alarms: 'alarmas',
    verification: 'verificación',
    proofs: {
      proved: 'demostrada',
      refuted: 'REFUTADA',
      incomplete: 'incompleta',
      outdated: 'de otra configuración o versión',
      none: 'ninguna',
    },
    commissionings: { complete: 'completa', incomplete: 'incompleta', none: 'ninguna', damaged: 'dañada' },
    commissioning: 'puesta en marcha',
    software: 'Celda',
    file: 'hash del archivo',
    away: 'el proceso de control no está',
    reset: 'se puede rearmar en la celda',
    unknown: 'no se sabe',
    next: {
      draft: ({ id, version, etag }: WorkMasterView) =>
        `celda work-master approve ${id} ${version} --etag ${etag}, por otra persona que lo haya leído`,
      approved: ({ id, version }: WorkMasterView) =>
        `no está en el archivo de la celda: celda work-master adopt <cell.yaml> ${id} ${version}`,
      changed: () => 'no admite órdenes: no es lo que era con esta versión; dele una nueva',
    },
    author: 'enviado por',
    approvedBy: 'aprobado por',
    changedBy: 'cambiado por',
    etag: 'etag',
    hash: 'hash',
    keptHash: 'hash que vale',
    parameters: 'parámetros',
    step: 'paso',
    steps: 'pasos',
  },
} as const;

export function unitLines(unit: UnitView, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const proofs: Readonly<Record<string, string>> = words.proofs;
  const commissionings: Readonly<Record<string, string>> = words.commissionings;
  const state = unit.isConnected ? stateText(unit.state, locale) : words.away;
  const lines: readonly (readonly [label: string, text: string])[] = [
    [words.cell, unit.description === '' ? unit.name : `${unit.name}: ${unit.description}`],
    [words.unit, unit.resetPossible ? `${state}; ${words.reset}` : state],
    [words.mode, modeLine(unit.mode, locale)],
    [words.alarms, String(unit.standingAlarms)],
    [words.verification, proofs[unit.verification] ?? unit.verification],
    [words.commissioning, commissionings[unit.commissioning] ?? unit.commissioning],
    [words.software, unit.softwareVersion],
    [words.file, unit.configHash.slice(0, HASH_CHARS)],
  ];
  return lines.map(([label, text]) => `${label.padEnd(LABEL_WIDTH + 2)}${text}`);
}

/** The name that `celda unit mode` takes, and in Spanish what people at the cell call it. */
function modeLine(mode: string, locale: Locale): string {
  const called = modeText(mode, locale);
  return locale === 'en' || called === mode ? mode : `${mode} (${called})`;
}

export function signalLines({ isConnected, signals }: SignalsView, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  if (!isConnected) return [words.away];
  return signals.map(({ name, value, unit }) => {
    return `${name.padEnd(LABEL_WIDTH * 2)}${value === null ? words.unknown : `${shown(value)} ${unit}`.trimEnd()}`;
  });
}

/** Four digits are more than a sensor of a cell has; all digits of whole numbers are kept. */
function shown(value: number): number {
  if (Number.isInteger(value)) return value;
  return Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(4));
}

export function workMasterLine(master: WorkMasterView, locale: Locale): string {
  const words = WORDS[locale];
  const state = workMasterStateText(master.state, locale);
  const named = `${master.id} ${master.version}`.padEnd(LABEL_WIDTH * 2);
  return `${named}${state.padEnd(LABEL_WIDTH)}${master.steps} ${master.steps === 1 ? words.step : words.steps}  ${master.description}`.trimEnd();
}

/** All that is known of one besides its line: who, why, and what comes next. */
export function workMasterLines(master: WorkMasterView, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const next: Readonly<Record<string, (of: WorkMasterView) => string>> = words.next;
  const by = master.comment === '' ? master.changedBy : `${master.changedBy}: ${master.comment}`;
  const lines: readonly (readonly [label: string, text: string])[] = [
    [words.hash, master.hash],
    [words.keptHash, master.keptHash === master.hash ? '' : master.keptHash],
    [words.parameters, master.parameters.join(' ')],
    [words.author, master.author],
    [words.approvedBy, master.approvedBy],
    [words.changedBy, by],
    [words.etag, master.state === 'draft' ? master.etag : ''],
  ];
  const shown = lines.filter(([, text]) => text !== '');
  const told = next[master.state]?.(master);
  return [
    workMasterLine(master, locale),
    ...shown.map(([label, text]) => `  ${label.padEnd(LABEL_WIDTH + 2)}${text}`),
    ...(told === undefined ? [] : [`  ${told}`]),
  ];
}
