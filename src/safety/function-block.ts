// What all safety function blocks have in common: a state table, edges of reset and of inputs, a timer, and a memory of plain data.
// Modelled on PLCopen Safety Software Part 1 V2.01; no safety-rated component.
import type { MonotonicMs } from '../core/units.ts';
import { monotonicMs } from '../core/units.ts';

/** Diagnostic code of a block that is not activated. */
export const IDLE = '0000';

/** Values of the last call, by key of the input. */
type Before = Readonly<Record<string, boolean>>;

const NOTHING_BEFORE: Before = Object.freeze({});

/** Memory of a block between calls. Plain data. */
export interface BlockState<Code extends string = string> {
  /** Diagnostic code, four hex digits; it is the state. */
  readonly code: Code;
  /** When this state was entered: the time in the state runs from here. */
  readonly enteredAt: MonotonicMs;
  /** Reset was TRUE, or could not be read, in the last call: TRUE in the next is no edge. */
  readonly resetBefore: boolean;
  /** Since when the timer runs that may go on across states; undefined while it does not run. */
  readonly timerStartedAt: MonotonicMs | undefined;
  /** Last values of the inputs whose edges count; one that could not be read is missing, and has no edge next. */
  readonly before: Before;
  /** What the block has chosen: the number of a mode. */
  readonly choice: number | undefined;
}

/** What a block is called with, at least once per cycle. */
export interface BlockCall<Inputs> {
  readonly now: MonotonicMs;
  /** FALSE puts the block into IDLE from any state, before everything else. */
  readonly activate: boolean;
  /** Level of the reset input; undefined while it cannot be read, which counts as FALSE and prepares no edge. */
  readonly reset: boolean | undefined;
  /** Inputs and parameters; an input that cannot be read has the value that its interface gives it. */
  readonly inputs: Inputs;
  /** Keys of inputs that cannot be read; only those matter whose edges count. */
  readonly unread?: readonly string[];
}

/** What a row of a table may depend on besides the inputs. */
export interface Moment {
  /** Reset rose in this call. */
  readonly resetEdge: boolean;
  /** Reset is TRUE and was TRUE before: a stuck or held button. */
  readonly resetHeld: boolean;
  readonly isResetUnread: boolean;
  /** Time in the present state, milliseconds. */
  readonly elapsedMs: number;
  /** Time that the timer of the block has run, milliseconds; 0 while it does not run. */
  readonly timerMs: number;
  readonly before: Before;
  readonly choice: number | undefined;
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

/** What a block keeps besides its state, where it keeps anything. */
export interface BlockMemory<Code extends string, Inputs> {
  /** The timer runs while this is true of the new state and the inputs, and starts anew whenever it becomes so. */
  readonly timer?: (code: Code, inputs: Inputs) => boolean;
  /** Inputs whose edges count. */
  readonly edges?: readonly (keyof Inputs & string)[];
  /** What is chosen on entering one of the states that keep the choice; elsewhere nothing is. */
  readonly choice?: { readonly keptIn: readonly Code[]; readonly of: (inputs: Inputs) => number | undefined };
}

/** @returns the input has risen in this call; not in the first one, nor after one in which it could not be read */
export function rose<Inputs>(inputs: Inputs, { before }: Moment, key: keyof Inputs & string): boolean {
  return inputs[key] === true && before[key] === false;
}

/** @returns the input has fallen in this call */
export function fell<Inputs>(inputs: Inputs, { before }: Moment, key: keyof Inputs & string): boolean {
  return inputs[key] === false && before[key] === true;
}

/** A condition of a row on the reset alone. */
type ResetCondition = (inputs: unknown, moment: Moment) => boolean;

export const isResetHeld: ResetCondition = (_, { resetHeld }) => resetHeld;
export const isResetPressed: ResetCondition = (_, { resetEdge }) => resetEdge;
export const isResetReleased: ResetCondition = (_, { resetHeld }) => !resetHeld;
export const always = (): boolean => true;

/** A block before its first call: IDLE. A reset that is TRUE from the start is no edge. */
export function idleBlock<Code extends string>(): BlockState<Code | typeof IDLE> {
  return {
    code: IDLE,
    enteredAt: monotonicMs(0),
    resetBefore: true,
    timerStartedAt: undefined,
    before: NOTHING_BEFORE,
    choice: undefined,
  };
}

function momentOf<Inputs>(state: BlockState, call: BlockCall<Inputs>): Moment {
  const reset = call.reset === true;
  return {
    resetEdge: reset && !state.resetBefore,
    resetHeld: reset && state.resetBefore,
    isResetUnread: call.reset === undefined,
    elapsedMs: call.now - state.enteredAt,
    timerMs: state.timerStartedAt === undefined ? 0 : call.now - state.timerStartedAt,
    before: state.before,
    choice: state.choice,
  };
}

function valuesBefore<Inputs>(
  { activate, inputs, unread }: BlockCall<Inputs>,
  edges: readonly (keyof Inputs & string)[] | undefined,
): Before {
  if (edges === undefined || !activate) return NOTHING_BEFORE;
  const before: Record<string, boolean> = {};
  for (const key of edges) if (unread?.includes(key) !== true) before[key] = inputs[key] === true;
  return before;
}

/** Calls a block once: at most one transition. */
export function stepBlock<Code extends string, Inputs>(
  table: StateTable<Code | typeof IDLE, Inputs>,
  state: BlockState<Code | typeof IDLE>,
  call: BlockCall<Inputs>,
  memory: BlockMemory<Code | typeof IDLE, Inputs> = {},
): BlockState<Code | typeof IDLE> {
  const moment = momentOf(state, call);
  const row = table[state.code].find(({ when }) => when(call.inputs, moment));
  const code = call.activate ? (row?.to ?? state.code) : IDLE;
  const isTimed = memory.timer?.(code, call.inputs) === true;
  const { choice } = memory;
  return {
    code,
    enteredAt: code === state.code ? state.enteredAt : call.now,
    resetBefore: call.reset !== false,
    timerStartedAt: isTimed ? (state.timerStartedAt ?? call.now) : undefined,
    before: valuesBefore(call, memory.edges),
    choice: choice?.keptIn.includes(code) === true ? (state.choice ?? choice.of(call.inputs)) : undefined,
  };
}

/** What the diagnostic code alone says. */
export interface BlockFlags {
  /** Active, and the outputs are valid. */
  readonly ready: boolean;
  readonly error: boolean;
  /** The safety function is demanded now. */
  readonly safetyDemand: boolean;
  /** Pressing reset now is possible and needed. */
  readonly resetRequest: boolean;
}

const ERROR_BITS = 0xc000;
const SAFETY_DEMAND_BIT = 0x0800;
const RESET_REQUEST_BIT = 0x0400;

/** @param code diagnostic code, four hex digits; its bits are those of V2.01 */
export function blockFlags(code: string): BlockFlags {
  const bits = Number.parseInt(code, 16);
  return {
    ready: code !== IDLE,
    error: (bits & ERROR_BITS) === ERROR_BITS,
    safetyDemand: (bits & SAFETY_DEMAND_BIT) !== 0,
    resetRequest: (bits & RESET_REQUEST_BIT) !== 0,
  };
}
