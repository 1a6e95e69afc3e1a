// Wires safety function blocks to stop functions as the cell's `safety:` section says, and runs them as one pure step.
import type { SafetyBlockStatus } from '../core/cell-event.ts';
import type { SafetyBlockModel, SafetyModel, StopCategory, StopFunctionModel } from '../core/cell-model.ts';
import type { Fault } from '../core/faults.ts';
import { fault } from '../core/faults.ts';
import { blockInterface, resetOf, signalsOf, timesOf } from '../core/safety-blocks.ts';
import type { MonotonicMs } from '../core/units.ts';
import { monotonicMs } from '../core/units.ts';
import { BLOCK_MACHINES, type BlockMachine } from './blocks.ts';
import { type BlockState, blockOutputs, idleBlock, isEnabled } from './function-block.ts';

/** What the safety step reads. */
export interface SafetyInputs {
  readonly now: MonotonicMs;
  /** True: the input is closed (safe TRUE). A missing or invalid input is false. */
  closed(input: string): boolean;
  /**
   * False: the input cannot be read now. Then a reset that is closed when it can be read again is no edge.
   * @defaultValue every input can be read
   */
  valid?(input: string): boolean;
  /** Motion is at standstill, and that is known: measured where a joint has feedback. */
  readonly standstill: boolean;
}

/**
 * `permitted`: outputs may be on. `stopping`: category 1 or 2 ramps down. `standstill`: category 2 holds the joints where they
 * stand, with power on and monitored. `stopped`: outputs are at their safe values.
 */
export type StopPhase = 'permitted' | 'stopping' | 'standstill' | 'stopped';

/** A stop function after a step of the safety program. */
export interface StopStatus {
  readonly name: string;
  readonly category: StopCategory;
  readonly phase: StopPhase;
  readonly outputs: readonly string[];
  /** 4001 or 4002 with the block and the diagnostic code of the moment it tripped (first-up). */
  readonly cause: Fault | undefined;
}

interface StopState extends StopStatus {
  /** When the stop was demanded: its time limit runs from here. */
  readonly demandedAt: MonotonicMs;
}

/** Memory of the safety program between steps. Plain data. */
export interface SafetyState {
  readonly blocks: Readonly<Record<string, BlockState>>;
  readonly stops: readonly StopState[];
  /** The cell's reset was closed, or could not be read, in the last step. */
  readonly resetBefore: boolean;
  /** The cell's reset rose in the last step. */
  readonly resetRose: boolean;
}

function initialStop({ name, category, outputs }: StopFunctionModel): StopState {
  return { name, category, phase: 'stopped', outputs, cause: undefined, demandedAt: monotonicMs(0) };
}

/** Everything stopped and no block active: a permission needs a reset edge (S_StartReset is FALSE). */
export function initialSafety(model: SafetyModel): SafetyState {
  return {
    blocks: Object.fromEntries(model.blocks.map(({ name }) => [name, idleBlock()])),
    stops: model.stopFunctions.map(initialStop),
    resetBefore: true,
    resetRose: false,
  };
}

function isOn(state: BlockState | undefined): boolean {
  return state !== undefined && isEnabled(state.code);
}

function readReset(inputs: SafetyInputs, name: string): boolean | undefined {
  return inputs.valid?.(name) === false ? undefined : inputs.closed(name);
}

/** What a block is wired to, taken apart once: the safety step also runs between cycles, when every microsecond counts. */
interface WiredBlock {
  readonly name: string;
  readonly machine: BlockMachine;
  /** `whenUnread` is undefined for the output of a block, which is always known. */
  readonly signals: readonly {
    readonly key: string;
    readonly name: string;
    readonly whenUnread: boolean | undefined;
  }[];
  readonly times: Readonly<Record<string, number>>;
  readonly reset: string | undefined;
}

const wirings = new WeakMap<SafetyModel, readonly WiredBlock[]>();

function wiringOf(model: SafetyModel): readonly WiredBlock[] {
  const known = wirings.get(model);
  if (known !== undefined) return known;
  const blocks = new Set(model.blocks.map(({ name }) => name));
  const wired = model.blocks.map((block) => wireBlock(block, blocks));
  wirings.set(model, wired);
  return wired;
}

function wireBlock(block: SafetyBlockModel, blocks: ReadonlySet<string>): WiredBlock {
  const { signals } = blockInterface(block.type);
  return {
    name: block.name,
    machine: BLOCK_MACHINES[block.type],
    signals: signalsOf(block).map(([key, name]) => ({
      key,
      name,
      whenUnread: blocks.has(name) ? undefined : signals[key]?.whenUnread,
    })),
    times: timesOf(block),
    reset: resetOf(block),
  };
}

/** Calls one block; `signal` gives the value of an input or of another block's output. */
function stepOne(
  { machine, signals, times, reset }: WiredBlock,
  before: BlockState | undefined,
  inputs: SafetyInputs,
  signal: (name: string) => boolean,
): BlockState {
  const values: Record<string, boolean | number> = { ...times };
  for (const { key, name, whenUnread } of signals) {
    const isUnread = whenUnread !== undefined && inputs.valid?.(name) === false;
    values[key] = isUnread ? whenUnread : signal(name);
  }
  return machine.step(before ?? idleBlock(), {
    now: inputs.now,
    activate: true,
    reset: reset === undefined ? false : readReset(inputs, reset),
    inputs: values,
  });
}

/** Calls every block once, sources before those they feed, so that a demand passes all of them in one step. */
function stepBlocks(
  model: SafetyModel,
  state: SafetyState,
  inputs: SafetyInputs,
): Readonly<Record<string, BlockState>> {
  const blocks = wiringOf(model);
  const stepped: Record<string, BlockState> = {};
  const underway: string[] = [];
  const signal = (name: string): boolean => {
    if (Object.hasOwn(stepped, name)) return isOn(stepped[name]);
    const block = blocks.find((candidate) => candidate.name === name);
    if (block === undefined) return inputs.closed(name);
    // Blocks that feed each other in a circle never become TRUE.
    return !underway.includes(name) && isOn(call(block));
  };
  const call = (block: WiredBlock): BlockState => {
    underway.push(block.name);
    const next = stepOne(block, state.blocks[block.name], inputs, signal);
    stepped[block.name] = next;
    return next;
  };
  for (const block of blocks) if (!Object.hasOwn(stepped, block.name)) call(block);
  return stepped;
}

function causeOf(model: StopFunctionModel, block: BlockState | undefined): Fault {
  return fault(model.role === 'emergency-stop' ? 4001 : 4002, {
    stopFunction: model.name,
    block: model.permission,
    diagCode: block?.code ?? '0000',
  });
}

function stepStop(
  model: StopFunctionModel,
  before: StopState,
  block: BlockState | undefined,
  inputs: SafetyInputs,
): StopState {
  const permitted = isOn(block);
  if (before.phase === 'stopped') return permitted ? { ...before, phase: 'permitted', cause: undefined } : before;
  if (before.phase === 'permitted' && permitted) return before;
  const now =
    before.phase === 'permitted' ? { ...before, demandedAt: inputs.now, cause: causeOf(model, block) } : before;
  return { ...now, phase: demandedPhase(model, now, permitted, inputs) };
}

function demandedPhase(
  { category, timeLimitMs }: StopFunctionModel,
  { phase, demandedAt }: StopState,
  permitted: boolean,
  { now, standstill }: SafetyInputs,
): StopPhase {
  if (category === 0) return 'stopped';
  // Standstill that is lost takes the power away, also in the step in which the block permits again.
  if (phase === 'standstill' && !standstill) return 'stopped';
  if (phase === 'standstill' && permitted) return 'permitted';
  if (standstill) return category === 1 ? 'stopped' : 'standstill';
  return now - demandedAt >= timeLimitMs ? 'stopped' : 'stopping';
}

/**
 * One safety step: blocks, then stop functions. Called once per cycle, and at once when a safety input changes.
 *
 * A demand takes its effect in this step: category 0 is `stopped`; category 1 is `stopping` until standstill or until its
 * time limit, whichever is first, and then `stopped`. Category 2 is `standstill` from standstill on, and `stopped` as soon as
 * that is lost or not found within the time limit. Only a stop that has ended its ramp becomes `permitted`, when its block
 * permits again, which needs a reset edge at the block.
 */
export function stepSafety(model: SafetyModel, state: SafetyState, inputs: SafetyInputs): SafetyState {
  const blocks = stepBlocks(model, state, inputs);
  const reset = readReset(inputs, model.reset);
  return {
    blocks,
    stops: model.stopFunctions.map((stop, index) =>
      stepStop(stop, state.stops[index] ?? initialStop(stop), blocks[stop.permission], inputs),
    ),
    resetBefore: reset !== false,
    resetRose: reset === true && !state.resetBefore,
  };
}

/** Status of every block, in the order of the model. */
export function blockStatuses(model: SafetyModel, state: SafetyState): readonly SafetyBlockStatus[] {
  return model.blocks.map(({ name, type }) => {
    const diagCode = state.blocks[name]?.code ?? '0000';
    const { output, error, resetRequest } = blockOutputs(diagCode);
    return { name, type, diagCode, output, error, resetRequest };
  });
}

/** True when the cell's reset (`safety.reset`) rose in the last step. Blocks watch their own reset inputs themselves. */
export function resetEdge(state: SafetyState): boolean {
  return state.resetRose;
}
