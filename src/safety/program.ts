// Wires safety function blocks to stop functions as the cell's `safety:` section says, and runs them as one pure step.
import type { SafetyBlockStatus } from '../core/cell-event.ts';
import type { SafetyBlockModel, SafetyModel, StopFunctionModel } from '../core/cell-model.ts';
import type { Fault } from '../core/faults.ts';
import { fault } from '../core/faults.ts';
import type { MonotonicMs } from '../core/units.ts';
import { monotonicMs } from '../core/units.ts';
import type { BlockCall, BlockState } from './function-block.ts';
import { blockOutputs, idleBlock, isEnabled } from './function-block.ts';
import type { EmergencyStopCode } from './sf-emergency-stop.ts';
import { stepEmergencyStop } from './sf-emergency-stop.ts';
import type { EquivalentCode } from './sf-equivalent.ts';
import { stepEquivalent } from './sf-equivalent.ts';
import type { GuardCode } from './sf-guard.ts';
import { stepGuard } from './sf-guard.ts';

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
  /** Motion is at standstill. */
  readonly standstill: boolean;
}

/** `permitted`: outputs may be on. `stopping`: category 1 ramps down. `stopped`: outputs are at their safe values. */
export type StopPhase = 'permitted' | 'stopping' | 'stopped';

/** A stop function after a step of the safety program. */
export interface StopStatus {
  readonly name: string;
  readonly category: 0 | 1;
  readonly phase: StopPhase;
  readonly outputs: readonly string[];
  /** 4001 or 4002 with the block and the diagnostic code of the moment it tripped (first-up). */
  readonly cause: Fault | undefined;
}

interface StopState extends StopStatus {
  /** When a category 1 stop was demanded: its time limit runs from here. */
  readonly demandedAt: MonotonicMs;
}

/** A block with its memory, by the type of the block. */
type BlockMemory =
  | { readonly type: 'SF_Equivalent'; readonly state: BlockState<EquivalentCode> }
  | { readonly type: 'SF_EmergencyStop'; readonly state: BlockState<EmergencyStopCode> }
  | { readonly type: 'SF_Guard'; readonly state: BlockState<GuardCode> };

/** Memory of the safety program between steps. Plain data. */
export interface SafetyState {
  readonly blocks: Readonly<Record<string, BlockMemory>>;
  readonly stops: readonly StopState[];
  /** The cell's reset was closed, or could not be read, in the last step. */
  readonly resetBefore: boolean;
  /** The cell's reset rose in the last step. */
  readonly resetRose: boolean;
}

function idleMemory(type: SafetyBlockModel['type']): BlockMemory {
  switch (type) {
    case 'SF_Equivalent':
      return { type, state: idleBlock() };
    case 'SF_EmergencyStop':
      return { type, state: idleBlock() };
    case 'SF_Guard':
      return { type, state: idleBlock() };
    default:
      return type satisfies never;
  }
}

function initialStop({ name, category, outputs }: StopFunctionModel): StopState {
  return { name, category, phase: 'stopped', outputs, cause: undefined, demandedAt: monotonicMs(0) };
}

/** Everything stopped and no block active: a permission needs a reset edge (S_StartReset is FALSE). */
export function initialSafety(model: SafetyModel): SafetyState {
  return {
    blocks: Object.fromEntries(model.blocks.map(({ name, type }) => [name, idleMemory(type)])),
    stops: model.stopFunctions.map(initialStop),
    resetBefore: true,
    resetRose: false,
  };
}

function isOn(memory: BlockMemory | undefined): boolean {
  return memory !== undefined && isEnabled(memory.state.code);
}

function readReset(inputs: SafetyInputs, name: string): boolean | undefined {
  return inputs.valid?.(name) === false ? undefined : inputs.closed(name);
}

function callOf<Inputs>(now: MonotonicMs, reset: boolean | undefined, inputs: Inputs): BlockCall<Inputs> {
  return { now, activate: true, reset, inputs };
}

/**
 * Calls one block; `signal` gives the value of an input or of another block's output.
 *
 * A block of two channels that has just found one open is called once more: when both have opened it sees both. They may be
 * closed again in the next step, as when a single sample is missing, and that is neither a discrepancy nor half an opening.
 */
function stepMemory(
  model: SafetyBlockModel,
  before: BlockMemory | undefined,
  inputs: SafetyInputs,
  signal: (name: string) => boolean,
): BlockMemory {
  const { now } = inputs;
  const memory = before?.type === model.type ? before : idleMemory(model.type);
  if (model.type === 'SF_Equivalent' && memory.type === model.type) {
    const { channelA, channelB, discrepancyTimeMs } = model;
    const safe = { channelA: signal(channelA), channelB: signal(channelB), discrepancyTimeMs };
    const call = callOf(now, false, safe);
    const state = stepEquivalent(memory.state, call);
    return { type: memory.type, state: state.code === '8806' ? stepEquivalent(state, call) : state };
  }
  if (model.type === 'SF_EmergencyStop' && memory.type === model.type) {
    const call = callOf(now, readReset(inputs, model.reset), { estopIn: signal(model.input) });
    return { type: memory.type, state: stepEmergencyStop(memory.state, call) };
  }
  if (model.type === 'SF_Guard' && memory.type === model.type) {
    const { switch1, switch2, discrepancyTimeMs } = model;
    const safe = { switch1: signal(switch1), switch2: signal(switch2), discrepancyTimeMs };
    const call = callOf(now, readReset(inputs, model.reset), safe);
    const state = stepGuard(memory.state, call);
    return { type: memory.type, state: state.code === '8802' ? stepGuard(state, call) : state };
  }
  return idleMemory(model.type);
}

/** Calls every block once, sources before those they feed, so that a demand passes all of them in one step. */
function stepBlocks(
  model: SafetyModel,
  state: SafetyState,
  inputs: SafetyInputs,
): Readonly<Record<string, BlockMemory>> {
  const stepped: Record<string, BlockMemory> = {};
  const underway: string[] = [];
  const signal = (name: string): boolean => {
    if (Object.hasOwn(stepped, name)) return isOn(stepped[name]);
    const block = model.blocks.find((candidate) => candidate.name === name);
    if (block === undefined) return inputs.closed(name);
    // Blocks that feed each other in a circle never become TRUE.
    return !underway.includes(name) && isOn(call(block));
  };
  const call = (block: SafetyBlockModel): BlockMemory => {
    underway.push(block.name);
    const memory = stepMemory(block, state.blocks[block.name], inputs, signal);
    stepped[block.name] = memory;
    return memory;
  };
  for (const block of model.blocks) if (!Object.hasOwn(stepped, block.name)) call(block);
  return stepped;
}

function causeOf(model: StopFunctionModel, memory: BlockMemory | undefined): Fault {
  return fault(model.role === 'emergency-stop' ? 4001 : 4002, {
    stopFunction: model.name,
    block: model.permission,
    diagCode: memory?.state.code ?? '0000',
  });
}

function stepStop(
  model: StopFunctionModel,
  before: StopState,
  memory: BlockMemory | undefined,
  inputs: SafetyInputs,
): StopState {
  const permitted = isOn(memory);
  if (before.phase === 'stopped') return permitted ? { ...before, phase: 'permitted', cause: undefined } : before;
  if (before.phase === 'permitted' && permitted) return before;
  const now =
    before.phase === 'permitted' ? { ...before, demandedAt: inputs.now, cause: causeOf(model, memory) } : before;
  const rampEnded = inputs.standstill || inputs.now - now.demandedAt >= model.timeLimitMs;
  return { ...now, phase: model.category === 0 || rampEnded ? 'stopped' : 'stopping' };
}

/**
 * One safety step: blocks, then stop functions. Called once per cycle, and at once when a safety input changes.
 *
 * A demand takes its effect in this step: category 0 is `stopped`; category 1 is `stopping` until standstill or until its
 * time limit, whichever is first, and then `stopped`. Only a stop that is `stopped` becomes `permitted`, when its block
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
    const diagCode = state.blocks[name]?.state.code ?? '0000';
    const { output, error, resetRequest } = blockOutputs(diagCode);
    return { name, type, diagCode, output, error, resetRequest };
  });
}

/** True when the cell's reset (`safety.reset`) rose in the last step. Blocks watch their own reset inputs themselves. */
export function resetEdge(_model: SafetyModel, state: SafetyState): boolean {
  return state.resetRose;
}
