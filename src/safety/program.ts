// Wires safety function blocks to stop functions as the cell's `safety:` section says, and runs them as one pure step.
import type { SafetyBlockStatus } from '../core/cell-event.ts';
import type { SafetyModel, StopCategory, StopFunctionModel, StopRole } from '../core/cell-model.ts';
import type { Fault } from '../core/faults.ts';
import { fault } from '../core/faults.ts';
import { type OperatingMode, selectedMode } from '../core/operating-mode.ts';
import type { MonotonicMs } from '../core/units.ts';
import { monotonicMs } from '../core/units.ts';
import { BLOCK_MACHINES, type BlockInputs } from './blocks.ts';
import { type BlockCall, type BlockState, blockFlags, idleBlock } from './function-block.ts';
import type { SafetyInputs } from './safety-inputs.ts';
import { type BlockStates, type WiredBlock, wiringOf } from './wiring.ts';

/**
 * `permitted`: outputs may be on. `stopping`: category 1 or 2 ramps down. `standstill`: category 2 holds the joints where they
 * stand, with power on and monitored. `stopped`: outputs are at their safe values.
 */
export type StopPhase = 'permitted' | 'stopping' | 'standstill' | 'stopped';

/** A stop function after a step of the safety program. */
export interface StopStatus {
  readonly name: string;
  readonly category: StopCategory;
  readonly role: StopRole;
  readonly phase: StopPhase;
  readonly outputs: readonly string[];
  /** 4001 or 4002 with the block and the diagnostic code of the moment it tripped (first-up); 4301 when all that was missing was a mode. */
  readonly cause: Fault | undefined;
}

export interface StopState extends StopStatus {
  /** When the stop was demanded: its time limit runs from here. */
  readonly demandedAt: MonotonicMs;
}

/** Memory of the safety program between steps. Plain data. */
export interface SafetyState {
  readonly blocks: BlockStates;
  readonly stops: readonly StopState[];
  /** The operating mode that is selected; undefined while none is, or more than one. */
  readonly mode: OperatingMode | undefined;
  /** The cell's reset was closed, or could not be read, in the last step. */
  readonly resetBefore: boolean;
  /** The cell's reset rose in the last step. */
  readonly resetRose: boolean;
}

export function initialStop({ name, category, role, outputs }: StopFunctionModel): StopState {
  return { name, category, role, phase: 'stopped', outputs, cause: undefined, demandedAt: monotonicMs(0) };
}

/** Everything stopped and no block active: a permission needs a reset edge (S_StartReset is FALSE). */
export function initialSafety(model: SafetyModel): SafetyState {
  return {
    blocks: Object.fromEntries(model.blocks.map(({ name }) => [name, idleBlock()])),
    stops: model.stopFunctions.map(initialStop),
    mode: undefined,
    resetBefore: true,
    resetRose: false,
  };
}

/** What a block is called with in this step; `blocks` are those that have been called in it. */
export function blockCall(
  { signals, constants, reset }: Omit<WiredBlock, 'machine'>,
  inputs: SafetyInputs,
  blocks: BlockStates,
): BlockCall<BlockInputs> {
  const values: Record<string, boolean | number> = { ...constants };
  const unread: string[] = [];
  for (const { key, whenUnread, read } of signals) {
    const value = read(inputs, blocks);
    values[key] = value ?? whenUnread;
    if (value === undefined) unread.push(key);
  }
  return { now: inputs.now, activate: true, reset: reset(inputs, blocks), inputs: values, unread };
}

function stepBlocks(blocks: readonly WiredBlock[], state: SafetyState, inputs: SafetyInputs): BlockStates {
  const stepped: Record<string, BlockState> = {};
  for (const block of blocks) {
    const before: BlockState = state.blocks[block.name] ?? idleBlock();
    stepped[block.name] = block.machine.step(before, blockCall(block, inputs, stepped));
  }
  return stepped;
}

/** A reference names the block, or one output of it behind a dot. */
function causeOf(model: StopFunctionModel, blocks: BlockStates): Fault {
  const block = model.permission.split('.', 1)[0] ?? model.permission;
  return fault(model.role === 'emergency-stop' ? 4001 : 4002, {
    stopFunction: model.name,
    block,
    diagCode: blocks[block]?.code ?? '0000',
  });
}

/** What decides about one stop function in one step. */
export interface StopCall {
  readonly permitted: boolean;
  /** Why not, should it stop now. */
  readonly cause: () => Fault | undefined;
  readonly inputs: SafetyInputs;
}

/** One stop function for one step, after its block. */
export function stepStop(model: StopFunctionModel, before: StopState, call: StopCall): StopState {
  const { permitted, cause, inputs } = call;
  if (before.phase === 'stopped') return permitted ? { ...before, phase: 'permitted', cause: undefined } : before;
  if (before.phase === 'permitted' && permitted) return before;
  const now = before.phase === 'permitted' ? { ...before, demandedAt: inputs.now, cause: cause() } : before;
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
 * @param permits its own reference, asked only where it counts
 * @returns whether a stop function permits. While no mode is selected, one that counts in some modes withdraws its permission.
 */
export function isPermitted(
  { modes }: StopFunctionModel,
  mode: OperatingMode | undefined,
  permits: () => boolean,
): boolean {
  if (modes === undefined) return permits();
  if (mode === undefined) return false;
  return !modes.includes(mode) || permits();
}

/**
 * One safety step: blocks, then stop functions. Called once per cycle, and at once when a safety input changes.
 *
 * A demand takes its effect in this step: category 0 is `stopped`; category 1 is `stopping` until standstill or until its
 * time limit, whichever is first, and then `stopped`. Category 2 is `standstill` from standstill on, and `stopped` as soon as
 * that is lost or not found within the time limit. Only a stop that has ended its ramp becomes `permitted`, when its block
 * permits again, which needs a reset edge at the block. A stop function that is bypassed permits in maintenance, and there alone.
 */
export function stepSafety(model: SafetyModel, state: SafetyState, inputs: SafetyInputs): SafetyState {
  const wiring = wiringOf(model);
  const blocks = stepBlocks(wiring.blocks, state, inputs);
  const reset = wiring.reset(inputs, blocks);
  const mode = selectedMode(model.modes, (reference) => wiring.modes.get(reference)?.(inputs, blocks) === true);
  return {
    blocks,
    stops: model.stopFunctions.map((stop, index) => {
      const isBypassed = mode === 'maintenance' && inputs.bypassed?.includes(stop.name) === true;
      const permits = (): boolean => wiring.permissions[index]?.(inputs, blocks) === true;
      const permitted = isBypassed || isPermitted(stop, mode, permits);
      const cause = (): Fault => (permits() ? fault(4301) : causeOf(stop, blocks));
      return stepStop(stop, state.stops[index] ?? initialStop(stop), { permitted, cause, inputs });
    }),
    mode,
    resetBefore: reset !== false,
    resetRose: reset === true && !state.resetBefore,
  };
}

/** Status of every block, in the order of the model. */
export function blockStatuses(model: SafetyModel, state: SafetyState): readonly SafetyBlockStatus[] {
  return model.blocks.map(({ name, type }) => {
    const block = state.blocks[name] ?? idleBlock();
    const { error, resetRequest } = blockFlags(block.code);
    const machine = BLOCK_MACHINES[type];
    const [output, outputs] = [machine.isOn(block), machine.outputs(block)];
    return { name, type, diagCode: block.code, output, outputs, error, resetRequest };
  });
}

/** True when the cell's reset (`safety.reset`) rose in the last step. Blocks watch their own reset inputs themselves. */
export function resetEdge(state: SafetyState): boolean {
  return state.resetRose;
}
