// How the safety section names a signal: `name` is a digital input or the main output of a block, `block.output` another output
// of a block, `cell.x` a status of the cell.
import type { CellStatusName } from './block-interface.ts';

/** Statuses of the cell that a `cell.x` may name. */
export const CELL_STATUSES = ['standstill', 'enabled', 'running'] as const satisfies readonly CellStatusName[];

/** No block may have this name: it stands for the cell in references. */
export const CELL_SOURCE = 'cell';

/** What a reference means. */
export type SafetyReference =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'block'; readonly name: string; readonly output: string | undefined }
  | { readonly kind: 'cell'; readonly status: string };

/** @returns what is before and after the first dot; the latter is undefined where there is none */
function splitReference(reference: string): readonly [source: string, output: string | undefined] {
  const dot = reference.indexOf('.');
  return dot < 0 ? [reference, undefined] : [reference.slice(0, dot), reference.slice(dot + 1)];
}

/** @param isBlock whether a block has this name. Whether block, output or status exist is a check of the configuration. */
export function parseReference(reference: string, isBlock: (name: string) => boolean): SafetyReference {
  const [name, output] = splitReference(reference);
  if (output !== undefined && name === CELL_SOURCE) return { kind: 'cell', status: output };
  return output !== undefined || isBlock(name) ? { kind: 'block', name, output } : { kind: 'input', name };
}
