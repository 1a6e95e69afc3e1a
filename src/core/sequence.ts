// Runs the steps of a work master: a pure reducer from what the cell sees to what it shall do next.
import type { Fault } from './faults.ts';
import type { MonotonicMs } from './units.ts';
import type { ParameterValue, StepPath } from './work-master.ts';

/** What a sequence can see in one turn. `undefined` means that the value is missing, stale or implausible: fault 3005. */
export interface SequenceView {
  readonly now: MonotonicMs;
  /** The move commanded last has reached its target. Believed from the turn after the command. */
  readonly moveEnded: boolean;
  input(device: string): boolean | undefined;
  analog(device: string): { readonly value: number; readonly unit: string } | undefined;
  /** `holds`: pressure and part-present sensor both say so. */
  gripper(name: string): { readonly holds: boolean; readonly partPresent: boolean } | undefined;
}

export type SequenceCommand =
  | { readonly kind: 'move'; readonly targetDeg: Readonly<Record<string, number>>; readonly speedPercent: number }
  | { readonly kind: 'gripper'; readonly gripper: string; readonly on: boolean }
  | { readonly kind: 'conveyor'; readonly conveyor: string; readonly run: boolean };

export type SequenceEvent =
  | { readonly kind: 'step'; readonly path: StepPath; readonly label: string; readonly phase: 'started' | 'ended' }
  | { readonly kind: 'measured'; readonly id: string; readonly value: number; readonly unit: string }
  | { readonly kind: 'produced'; readonly quantity: number; readonly good: boolean };

/** One level of nesting: the steps of the work master, or of a repeat step inside them. */
export interface SequenceFrame {
  /** Index of the step in its list; equal to the length of the list when all are done. */
  readonly index: number;
  /** Rounds of this list still to run, this one included. */
  readonly rounds: number;
}

/** Progress inside the step that is running. */
export interface StepProgress {
  readonly startedAt: MonotonicMs;
}

/** Where a sequence stands; plain JSON data. */
export interface SequenceState {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** From the outermost list to the innermost. */
  readonly frames: readonly SequenceFrame[];
  /** Undefined between steps: the step starts on the next turn. */
  readonly progress: StepProgress | undefined;
  /** Grippers that hold a part, from the end of `grip` to the start of `release`. */
  readonly holding: readonly string[];
  /** The step that runs or runs next; undefined when all are done. */
  readonly current: { readonly path: StepPath; readonly label: string } | undefined;
}

/** Result of one turn. After an outcome other than `running` the sequence is over. */
export interface SequenceTurn {
  readonly state: SequenceState;
  readonly commands: readonly SequenceCommand[];
  readonly events: readonly SequenceEvent[];
  readonly outcome: 'running' | 'completed' | Fault;
}
