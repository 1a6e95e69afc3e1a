// How long a stop may take in a commissioning.
import type { CellModel, StopFunctionModel } from '../../core/cell-model.ts';

/** How long a stop may take, from the input to the last output, ms: what the file says, and two cycles to see it. */
export function limitMs(cell: CellModel, { category, timeLimitMs }: StopFunctionModel): number {
  const reaction = cell.stopTimeBudgetMs ?? Math.max(...cell.boards.map(({ leaseMs }) => leaseMs));
  return (category === 0 ? 0 : timeLimitMs) + reaction + 2 * cell.cyclePeriodMs;
}
