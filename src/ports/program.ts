// What a cell program is: typed streams in, intents out. Programs pass the same limits and interlocks as everything else.
import type { Observable, SchedulerLike } from 'rxjs';
import type { CellEvent, CellSnapshot } from '../core/cell-event.ts';
import type { ParameterValue } from '../core/work-master.ts';

/** Read-only view of the cell for a program. Streams are hot, never error, and end when the cell stops. */
export interface CellView {
  /** One snapshot per control cycle. */
  readonly snapshot$: Observable<CellSnapshot>;
  readonly event$: Observable<CellEvent>;
  /** Value of one device, on change only; invalid values are left out. */
  readonly device$: (name: string) => Observable<number>;
  /** The only scheduler a program may use: virtual in simulation, the cell's clock in production. */
  readonly scheduler: SchedulerLike;
}

/** What a program may ask for. A refused intent is alarm 7003 with the reason; it is never half applied. */
export type Intent =
  /** Switches a non-hazardous digital output. */
  | { readonly kind: 'set-output'; readonly device: string; readonly on: boolean }
  /** Moves joints while no job runs and the unit is in Execute or Idle with production enabled. */
  | { readonly kind: 'move'; readonly targetDeg: Readonly<Record<string, number>>; readonly speedPercent: number }
  /** Queues a job order of this work master, under the program's own name. */
  | {
      readonly kind: 'start-work-master';
      readonly workMasterId: string;
      readonly parameters: Readonly<Record<string, ParameterValue>>;
    }
  | { readonly kind: 'raise-alarm'; readonly text: string }
  | { readonly kind: 'clear-alarm'; readonly text: string };

/**
 * Called once, when the control process starts; what it throws or errors with is alarm 7001 and ends this program only.
 */
export type CellProgram = (cell: CellView) => Observable<Intent>;

export type { CellEvent, CellSnapshot };
