// Wires safety function blocks to stop functions as the cell's `safety:` section says, and runs them as one pure step.
import type { Fault } from '../core/faults.ts';
import type { MonotonicMs } from '../core/units.ts';

/** What the safety step reads. */
export interface SafetyInputs {
  readonly now: MonotonicMs;
  /** True: the input is closed (safe TRUE). A missing or invalid input is false. */
  closed(input: string): boolean;
  /** Motion is at standstill. */
  readonly standstill: boolean;
}

/** `permitted`: outputs may be on. `stopping`: category 1 ramps down. `stopped`: outputs are at their safe values. */
export type StopPhase = 'permitted' | 'stopping' | 'stopped';

export interface StopStatus {
  readonly name: string;
  readonly category: 0 | 1;
  readonly phase: StopPhase;
  readonly outputs: readonly string[];
  /** 4001 or 4002 with the block and the diagnostic code of the moment it tripped (first-up). */
  readonly cause: Fault | undefined;
}
