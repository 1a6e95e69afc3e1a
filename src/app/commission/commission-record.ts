// What the audit trail says of a commissioning: who went through which points, and how they ended. The report has the rest.
import { type CommissionReport, isComplete } from '../../commissioning/report.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { CellModel } from '../../core/cell-model.ts';
import { FAULTS } from '../../core/faults.ts';
import type { CommandRecord } from '../command-record.ts';

/** Of more there is only the number. */
const IDS_MAX = 20;

/**
 * @param before the report that there was
 * @param after the report as it was kept last
 * @returns undefined when nobody changed it; `FAILED` when a point that was gone through now failed
 */
export function commissionRecord(
  cell: CellModel,
  before: CommissionReport,
  after: CommissionReport,
): CommandRecord | undefined {
  if (after === before) return undefined;
  const seen = after.points.filter((point) => !before.points.includes(point));
  const failed = seen.filter(({ result }) => result === 'failed').map(({ id }) => id);
  const by = seen.at(-1)?.by ?? after.confirmedBy;
  return {
    type: 'cell.commission',
    category: 'CONFIG_CHANGE',
    object: { kind: 'cell', id: cell.name, revision: 0 },
    after: canonicalJson({
      by,
      configHash: cell.configHash,
      isComplete: isComplete(cell, after),
      points: seen.length,
      ...(failed.length === 0 ? {} : { failed: failed.slice(0, IDS_MAX), failedCount: failed.length }),
    }),
    ...(failed.length === 0
      ? { result: 'SUCCESS' as const }
      : { result: 'FAILED' as const, resultCode: FAULTS[4511].reason }),
  };
}
