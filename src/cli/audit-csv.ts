// The audit trail as a table for spreadsheets (RFC 4180, UTF-8). For reading: JSON has each record exactly as it is kept.
import type { AuditRecord } from '../app/journal-care.ts';
import { plainText } from '../app/plain-text.ts';

const COLUMNS: readonly (readonly [name: string, value: (record: AuditRecord) => string | number])[] = [
  ['seq', ({ seq }) => seq],
  ['time', ({ time }) => new Date(time).toISOString()],
  ['clockQuality', ({ clockQuality }) => clockQuality],
  ['source', ({ source }) => source],
  ['category', ({ category }) => category],
  ['type', ({ type }) => type],
  ['identity', ({ actor }) => actor.identity],
  ['role', ({ actor }) => actor.role],
  ['certFingerprint', ({ actor }) => actor.certFingerprint],
  ['peer', ({ actor }) => actor.peer],
  ['objectKind', ({ object }) => object.kind],
  ['objectId', ({ object }) => object.id],
  ['objectRevision', ({ object }) => object.revision],
  ['before', ({ before }) => before],
  ['after', ({ after }) => after],
  ['reason', ({ reason }) => reason],
  ['result', ({ result }) => result],
  ['resultCode', ({ resultCode }) => resultCode],
  ['requestId', ({ correlation }) => correlation.requestId],
  ['jobOrderId', ({ correlation }) => correlation.jobOrderId],
  ['traceId', ({ correlation }) => correlation.traceId],
  ['hash', ({ hash }) => hash],
];

export const AUDIT_CSV_HEADER = COLUMNS.map(([name]) => name).join(',');

/** One line, without its end. */
export function auditCsvLine(record: AuditRecord): string {
  return COLUMNS.map(([, value]) => cell(value(record))).join(',');
}

/** What somebody sent may neither end a line nor be a formula: a spreadsheet computes what begins so. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const plain = plainText(value);
  const text = /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
