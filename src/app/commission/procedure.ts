// What the procedures of all points have in common.
import type { Measured } from '../../commissioning/report.ts';
import type { Language } from '../../commissioning/words.ts';
import type { CellModel } from '../../core/cell-model.ts';
import type { Bench } from './bench.ts';
import type { CellRun } from './cell-run.ts';
import type { Conversation } from './conversation.ts';

export interface Surroundings {
  readonly cell: CellModel;
  readonly say: Conversation;
  readonly language: Language;
  /** All boards live and the cell not running; opens them when they are not. */
  readonly openBench: () => Promise<Bench>;
  /** The cell running, stopped as after every start; starts it when it does not run. */
  readonly startCell: () => Promise<CellRun>;
}

/** Goes through one point. @returns what was measured. @throws PointEnd when it does not pass */
export type Procedure<Point> = (around: Surroundings, point: Point) => Promise<readonly Measured[]>;

export function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
