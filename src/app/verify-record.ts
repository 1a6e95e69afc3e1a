// What the audit trail says of a proof: for which configuration, and how it ended. The result beside the cell's file has the rest.
import { canonicalJson } from '../core/canonical-json.ts';
import { FAULTS } from '../core/faults.ts';
import type { Verification } from '../verify/result.ts';
import type { CommandRecord } from './command-record.ts';

/** `FAILED` for whatever would keep a cell that requires a proof from starting. */
export function verifyRecord({
  cell,
  configHash,
  verdict,
}: Pick<Verification, 'cell' | 'configHash' | 'verdict'>): CommandRecord {
  return {
    type: 'cell.verify',
    category: 'CONFIG_CHANGE',
    object: { kind: 'cell', id: cell, revision: 0 },
    after: canonicalJson({ configHash, verdict }),
    ...(verdict === 'proved'
      ? { result: 'SUCCESS' as const }
      : { result: 'FAILED' as const, resultCode: FAULTS[4501].reason }),
  };
}
