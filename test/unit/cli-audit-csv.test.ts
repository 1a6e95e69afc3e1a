// The audit trail as a table: one line for each record, whatever somebody has sent.
import { expect, it } from 'vitest';
import { AUDIT_CSV_HEADER, auditCsvLine } from '../../src/cli/audit-csv.ts';
import type { AuditRecord } from '../../src/core/audit.ts';
import { auditDraft, TIME } from '../support/journal-samples.ts';

const HASH = 'ab'.repeat(32);

function record(changes: Partial<AuditRecord>): AuditRecord {
  const chained = { seq: 7, sinceBootMs: 5, bootId: 'boot', prevHash: HASH, hash: HASH };
  return { ...auditDraft('order-1'), ...chained, ...changes };
}

/** By column, of a line without quotes. */
function columns(line: string): Readonly<Record<string, string>> {
  const cells = line.split(',');
  return Object.fromEntries(AUDIT_CSV_HEADER.split(',').map((name, index) => [name, cells[index] ?? '']));
}

it('a record is one line with a cell for each name of the header', () => {
  const line = auditCsvLine(record({ reason: 'shift' }));
  expect(line.split(',')).toHaveLength(AUDIT_CSV_HEADER.split(',').length);
  expect(columns(line)).toMatchObject({
    ...{ seq: '7', time: new Date(TIME).toISOString(), identity: 'mes', role: 'operator', peer: '127.0.0.1:40000' },
    ...{ type: 'job.store-and-start', objectId: 'order-1', reason: 'shift', hash: HASH },
  });
});

it('commas, quotes and ends of lines stay in their cell', () => {
  expect(auditCsvLine(record({ reason: 'a "b", c' }))).toContain(',"a ""b"", c",');
  expect(auditCsvLine(record({ reason: 'a\r\nb\u001b[2J' }))).toContain(',a??b?[2J,');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://a","b")'])(
  'what a spreadsheet would compute is text (%s)',
  (reason) => {
    expect(auditCsvLine(record({ reason }))).not.toMatch(/(^|,)"?[=+@-]/);
    expect(auditCsvLine(record({ reason })).split('\n')).toHaveLength(1);
  },
);
