// Where the mode selector of a cell stands, by the pins of one board. Pure.
import type { CellModel } from '../core/cell-model.ts';
import { OPERATING_MODES, type OperatingMode } from '../core/operating-mode.ts';
import { signalsOf } from '../core/safety-blocks.ts';
import { parseReference } from '../core/safety-reference.ts';
import type { PinView } from './pin-view.ts';

/** The switch, not the mode: whether the position counts is for the running cell, which sees the lock of the selector too. */
export interface SelectorView {
  /** Undefined: none of its contacts is closed, or more than one. */
  readonly position: OperatingMode | undefined;
}

/** @returns undefined for a cell without operating modes, and where a contact of the selector is not on this board or says nothing */
export function viewSelector(cell: CellModel, pins: readonly PinView[]): SelectorView | undefined {
  const { modes } = cell.safety;
  if (modes === undefined) return undefined;
  const closed: OperatingMode[] = [];
  for (const mode of OPERATING_MODES) {
    const reference = modes.selection[mode];
    if (reference === undefined) continue;
    const contact = contactOf(cell, reference);
    const pin = pins.find(({ device }) => device !== undefined && device === contact);
    if (pin?.role !== 'digital-input' || pin.isClosed === undefined) return undefined;
    if (pin.isClosed) closed.push(mode);
  }
  return { position: closed.length === 1 ? closed[0] : undefined };
}

/** @param reference output of a mode selector, `mode.mode1Sel`: its contact is its input `mode1` */
function contactOf({ safety }: CellModel, reference: string): string | undefined {
  const parsed = parseReference(reference, (name) => safety.blocks.some((block) => block.name === name));
  if (parsed.kind !== 'block') return undefined;
  const block = safety.blocks.find(({ name, type }) => name === parsed.name && type === 'SF_ModeSelector');
  const input = parsed.output?.replace(/Sel$/, '');
  return block === undefined ? undefined : signalsOf(block).find(([name]) => name === input)?.[1];
}
