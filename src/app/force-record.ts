// What the audit trail says of outputs that a person forces while no cell runs.
import { canonicalJson } from '../core/canonical-json.ts';
import type { CommandRecord } from './command-record.ts';

/** Somebody may force outputs of this board from now on. */
export function forceBegun(board: string): CommandRecord {
  return { ...of(board), type: 'outputs.force-begin' };
}

/** Nobody does any more. @param outputs that were forced meanwhile */
export function forceEnded(board: string, outputs: ReadonlySet<string>): CommandRecord {
  return { ...of(board), type: 'outputs.force-end', after: canonicalJson({ outputs: [...outputs].sort() }) };
}

function of(board: string) {
  const object = { kind: 'board', id: board, revision: 0 };
  return { category: 'CONTROL_EVENT', object, result: 'SUCCESS' } as const;
}
