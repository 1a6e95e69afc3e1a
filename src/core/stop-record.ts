// What is kept of a stop of the unit: why it stopped, and what the cell saw in that cycle and in the second before it.
import type { Fault } from './faults.ts';
import type { UnitMode, UnitState } from './packml.ts';
import type { EpochMs, MonotonicMs } from './units.ts';

/** An input in the cycle of a stop, or after a change. Undefined: it could not be read. */
export type StopValue = number | undefined;

/** An input of the cell at the moment of a stop. */
export interface StopInput {
  readonly device: string;
  readonly kind: 'digital-input' | 'analog-input';
  /** 1: closed, 0: open; of an analog input in its unit. */
  readonly value: StopValue;
  readonly unit: string;
  /** A safety function or a reset reads it. */
  readonly isSafety: boolean;
}

/** A change of an input before a stop. */
export interface StopChange {
  /** How long before the cycle of the stop the controller saw it, ms, 0 to 1000. */
  readonly beforeMs: number;
  readonly device: string;
  readonly from: StopValue;
  readonly to: StopValue;
}

/** A function block in the cycle of a stop. */
export interface StopBlock {
  readonly name: string;
  readonly type: string;
  /** Hex digits of the PLCopen diagnostic code. */
  readonly diagCode: string;
  readonly output: boolean;
  /** Every output by the name in its interface. */
  readonly outputs: Readonly<Record<string, boolean>>;
}

/** One stop of the unit. */
export interface StopRecord {
  /** From 1, unique within one run of the control process. */
  readonly id: number;
  readonly epoch: string;
  readonly cycle: number;
  readonly at: MonotonicMs;
  readonly time: EpochMs;
  /** The alarm that came first; of a stop function with its block and diagnostic code. */
  readonly cause: Fault;
  /** Stop category (IEC 60204-1): that of the stop function, and the strictest where several causes stand. */
  readonly category: 0 | 1 | 2;
  /** What else stood in that cycle, in the order of its coming. */
  readonly others: readonly Fault[];
  /** What the unit was doing. */
  readonly unit: UnitState;
  readonly mode: UnitMode;
  readonly jobOrderId: string | undefined;
  readonly step: string | undefined;
  readonly blocks: readonly StopBlock[];
  readonly inputs: readonly StopInput[];
  /** How far back `changes` is complete, ms: less than 1000 just after power-up, or when inputs changed too often. */
  readonly traceMs: number;
  /** The oldest first. */
  readonly changes: readonly StopChange[];
}
