// What the files beside a cell's file say of it, for whoever asks over the network.
import type { CellModel } from '../core/cell-model.ts';
import type { CellStanding } from '../ports/cell-standing.ts';
import { type Commissioned, commissioned } from './commission/commissioned.ts';
import { SOFTWARE_VERSION } from './software-version.ts';
import { type VerifiedState, verifiedState } from './verified.ts';

const VERIFICATION = {
  proved: 'proved',
  refuted: 'refuted',
  incomplete: 'incomplete',
  other: 'outdated',
  older: 'outdated',
  edited: 'outdated',
  none: 'none',
} as const satisfies Record<VerifiedState, CellStanding['verification']>;

const COMMISSIONING = {
  complete: 'complete',
  incomplete: 'incomplete',
  none: 'none',
  damaged: 'damaged',
  edited: 'damaged',
} as const satisfies Record<Commissioned['state'], CellStanding['commissioning']>;

/** Reads the files anew: they may have been written since the cell started. */
export function cellStanding(cell: CellModel, cellPath: string): CellStanding {
  return {
    softwareVersion: SOFTWARE_VERSION,
    verification: VERIFICATION[verifiedState(cell, cellPath)],
    commissioning: COMMISSIONING[commissioned(cell, cellPath, 'en').state],
  };
}
