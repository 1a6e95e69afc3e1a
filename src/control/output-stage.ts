// The limit and write stages: motion within its limits, stop functions over everything, one command per board.
import { type JogLimits, stepJog } from '../core/jog-motion.ts';
import { isJogging, isStandstill, motionAt, stepMotion } from '../core/motion.ts';
import { REDUCED_SPEED_MAX_MM_PER_S } from '../core/operating-mode.ts';
import { mayMove } from '../core/unit-machine.ts';
import { encodeDrives } from '../devices/drives.ts';
import type { BoardCommand } from '../ports/board-port.ts';
import { drivenOutputs, drivenValue } from '../safety/driven-outputs.ts';
import { areArmed, axisTarget, disarmedBoards, presentLimits } from './axes.ts';
import type { CycleContext, CycleState } from './cycle.ts';
import { isBraking } from './homing-stage.ts';
import { jogDemand } from './jog-stage.ts';
import { forcedSafe } from './safety-stage.ts';
import type { Turn } from './turn.ts';

/** A late cycle never makes up for more than this many periods of motion: joints slow down rather than jump. */
const MOTION_PERIODS_MAX = 2;

/** A stop that is over, by its category or its time limit, leaves a joint where it is now. */
function stopsJoints({ context, next }: Turn): boolean {
  const stopped = next.safety.stops.filter(({ phase }) => phase === 'stopped');
  return context.table.joints.some(({ model }) => stopped.some(({ outputs }) => outputs.includes(model.name)));
}

export function limitStage(turn: Turn, elapsedMs: number): void {
  const { context, next } = turn;
  if (!isStandstill(next.motion) && stopsJoints(turn)) {
    next.motion = motionAt(next.motion.positionDeg);
    return;
  }
  const demand = jogDemand(turn);
  if (isJogging(next.motion) || demand.some((velocity) => velocity !== 0)) {
    next.motion = stepJog(next.motion, demand, stepWidthMs(turn, elapsedMs), jogLimits(turn));
    return;
  }
  const permitted = next.safety.stops.every((stop) => stop.phase === 'permitted');
  const mayRun = permitted && mayMove(next, context.profile) && !isBraking(next.homing);
  const mode = mayRun ? 'run' : 'ramp-down';
  if (mode === 'run' && !areArmed(next)) return;
  next.motion = stepMotion(next.motion, stepWidthMs(turn, elapsedMs), mode);
}

function stepWidthMs({ context }: Turn, elapsedMs: number): number {
  return Math.min(elapsedMs, MOTION_PERIODS_MAX * context.cell.cyclePeriodMs);
}

function jogLimits({ context, next }: Turn): JogLimits {
  const { modes } = context.cell.safety;
  return {
    joints: presentLimits(context, next),
    toolMmPerUnit: context.toolMmPerUnit,
    toolSpeedMaxMmPerS: modes?.toolSpeedMaxMmPerS ?? REDUCED_SPEED_MAX_MM_PER_S,
  };
}

/** Joints, and what feeds them, stay on while a stop ramps down, and while one of category 2 holds them. */
function keepsPowerInRamp(context: CycleContext, device: string): boolean {
  return (
    context.table.digitalOutputs.get(device)?.model.onWhileEnabled === true ||
    context.table.joints.some(({ model }) => model.name === device)
  );
}

function switchedOn(context: CycleContext, state: CycleState): Set<string> {
  const on = new Set(state.programOn);
  for (const gripper of state.grippersOn) addIfKnown(on, context.table.grippers.get(gripper)?.valve);
  if (state.unit === 'Execute') {
    for (const conveyor of state.conveyorsOn) addIfKnown(on, context.table.conveyors.get(conveyor)?.motor);
  }
  for (const { model } of context.table.digitalOutputs.values()) {
    if (model.onWhileEnabled && state.enabled) on.add(model.name);
  }
  return on;
}

function addIfKnown(set: Set<string>, name: string | undefined): void {
  if (name !== undefined) set.add(name);
}

function jointsOf(context: CycleContext, state: CycleState): readonly (number | undefined)[] {
  return context.table.joints.map(({ model }, joint) => {
    const position = state.motion.positionDeg[joint];
    const axis = state.axes[joint];
    if (!state.enabled || position === undefined) return undefined;
    return model.kind === 'stepper-axis' && axis !== undefined ? axisTarget(model, axis, position) : position;
  });
}

function stopped(context: CycleContext, state: CycleState): Set<string> {
  return forcedSafe(state.safety.stops, (device) => keepsPowerInRamp(context, device));
}

/** Outputs behind a block that this cycle wants on, on boards that drive something, once the stop functions had their say: what the block hears in the next one. */
export function wantedOutputs(context: CycleContext, state: CycleState): ReadonlySet<string> {
  const driven = drivenOutputs(context.cell.safety);
  if (driven.size === 0) return state.wantedOn;
  if (!state.enabled) return new Set();
  const safe = stopped(context, state);
  const on = switchedOn(context, state);
  const disarmed = disarmedBoards(context, state.safety.stops);
  const isArmed = (device: string): boolean => {
    const board = context.table.digitalOutputs.get(device)?.board;
    return board !== undefined && !disarmed.has(board);
  };
  return new Set([...driven.keys()].filter((device) => on.has(device) && !safe.has(device) && isArmed(device)));
}

/** What blocks drive is on only as far as they let it. */
function allowedOn(context: CycleContext, state: CycleState): ReadonlySet<string> {
  const { safety } = context.cell;
  const on = switchedOn(context, state);
  for (const device of drivenOutputs(safety).keys()) {
    if (drivenValue(safety, state.safety, device, on.has(device))) on.add(device);
    else on.delete(device);
  }
  return on;
}

/** Pure: the commands that follow from a state. Every command renews the board's leases, so only a finished cycle makes one. */
export function commandsOf(context: CycleContext, state: CycleState): BoardCommand[] {
  const safe = stopped(context, state);
  const images = encodeDrives(context.table, { joints: jointsOf(context, state), on: allowedOn(context, state) }, safe);
  const disarmed = disarmedBoards(context, state.safety.stops);
  return images.map((outputs, board) => ({ cycle: state.cycle, arm: state.enabled && !disarmed.has(board), outputs }));
}
