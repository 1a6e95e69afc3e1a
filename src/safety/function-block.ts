// What all safety function blocks have in common: a state table, reset edges, one timer, and outputs that follow from the
// diagnostic code. Modelled on PLCopen Safety Software Part 1 V2.01; no safety-rated component.
import type { MonotonicMs } from '../core/units.ts';
import { monotonicMs } from '../core/units.ts';

/** Diagnostic code of a block that is not activated. */
export const IDLE = '0000';
/** Diagnostic code of the one state of a block in which its safe output is TRUE. */
const ENABLED = '8000';

/** Memory of a block between calls. Plain data. */
export interface BlockState<Code extends string = string> {
  /** Diagnostic code, four hex digits; it is the state. */
  readonly code: Code;
  /** When this state was entered: the block's timer runs from here. */
  readonly enteredAt: MonotonicMs;
  /** Reset was TRUE, or could not be read, in the last call: TRUE in the next is no edge. */
  readonly resetBefore: boolean;
}

/** What a block is called with, at least once per cycle. */
export interface BlockCall<Inputs> {
  readonly now: MonotonicMs;
  /** FALSE puts the block into IDLE from any state, before everything else. */
  readonly activate: boolean;
  /** Level of the reset input; undefined while it cannot be read, which counts as FALSE and prepares no edge. */
  readonly reset: boolean | undefined;
  /** Safe inputs and parameters; a safe input that cannot be read is FALSE. */
  readonly inputs: Inputs;
}

/** What a row of a table may depend on besides the inputs. */
interface Moment {
  /** Reset rose in this call. */
  readonly resetEdge: boolean;
  /** Reset is TRUE and was TRUE before: a stuck or held button. */
  readonly resetHeld: boolean;
  /** Time in the present state, milliseconds. */
  readonly elapsedMs: number;
}

/** One way out of a state. */
interface Row<Code extends string, Inputs> {
  readonly when: (inputs: Inputs, moment: Moment) => boolean;
  readonly to: Code;
}

/**
 * All states with their ways out; of several rows that apply the first one counts. Rows stand in the order safety reaction,
 * error detection, reset. IDLE is left when the block is activated.
 */
export type StateTable<Code extends string, Inputs> = Readonly<Record<Code, readonly Row<Code, Inputs>[]>>;

/** A block before its first call: IDLE. A reset that is TRUE from the start is no edge. */
export function idleBlock<Code extends string>(): BlockState<Code | typeof IDLE> {
  return { code: IDLE, enteredAt: monotonicMs(0), resetBefore: true };
}

/** Calls a block once: at most one transition. */
export function stepBlock<Code extends string, Inputs>(
  table: StateTable<Code | typeof IDLE, Inputs>,
  state: BlockState<Code | typeof IDLE>,
  call: BlockCall<Inputs>,
): BlockState<Code | typeof IDLE> {
  const reset = call.reset === true;
  const moment: Moment = {
    resetEdge: reset && !state.resetBefore,
    resetHeld: reset && state.resetBefore,
    elapsedMs: call.now - state.enteredAt,
  };
  const row = table[state.code].find(({ when }) => when(call.inputs, moment));
  const code = call.activate ? (row?.to ?? state.code) : IDLE;
  const enteredAt = code === state.code ? state.enteredAt : call.now;
  return { code, enteredAt, resetBefore: call.reset !== false };
}

/** Outputs of a block; they depend on its diagnostic code alone. */
export interface BlockOutputs {
  /** Active, and the other outputs are valid. */
  readonly ready: boolean;
  /** The safe output. FALSE is the safe state. */
  readonly output: boolean;
  readonly error: boolean;
  /** The safety function is demanded now. */
  readonly safetyDemand: boolean;
  /** Pressing reset now is possible and needed. */
  readonly resetRequest: boolean;
}

const ERROR_BITS = 0xc000;
const SAFETY_DEMAND_BIT = 0x0800;
const RESET_REQUEST_BIT = 0x0400;

/** The safe output alone. @param code diagnostic code */
export function isEnabled(code: string): boolean {
  return code === ENABLED;
}

/** @param code diagnostic code, four hex digits; its bits are those of V2.01 */
export function blockOutputs(code: string): BlockOutputs {
  const bits = Number.parseInt(code, 16);
  return {
    ready: code !== IDLE,
    output: isEnabled(code),
    error: (bits & ERROR_BITS) === ERROR_BITS,
    safetyDemand: (bits & SAFETY_DEMAND_BIT) !== 0,
    resetRequest: (bits & RESET_REQUEST_BIT) !== 0,
  };
}
