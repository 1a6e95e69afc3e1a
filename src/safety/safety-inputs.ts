// What the safety step reads. Types only.
import type { MonotonicMs } from '../core/units.ts';

export interface SafetyInputs {
  readonly now: MonotonicMs;
  /** True: the input is closed (safe TRUE). A missing or invalid input is false. */
  closed(input: string): boolean;
  /**
   * False: the input cannot be read now. Then a reset that is closed when it can be read again is no edge.
   * @defaultValue every input can be read
   */
  valid?(input: string): boolean;
  /** Motion is at standstill, and that is known: measured where a joint has feedback. `cell.standstill`. */
  readonly standstill: boolean;
  /** `cell.enabled`. @defaultValue false */
  readonly enabled?: boolean;
  /** `cell.running`: an order executes. @defaultValue false */
  readonly running?: boolean;
  /** Stop functions that are bypassed: they permit in maintenance, whatever their blocks say. @defaultValue none */
  readonly bypassed?: readonly string[];
  /**
   * True: the last cycle wanted this digital output on, once its stop functions had their say. Asked for outputs that a block gates.
   * @defaultValue nothing is wanted
   */
  wanted?(output: string): boolean;
}
