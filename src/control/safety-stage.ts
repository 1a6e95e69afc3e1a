// The safety stage of a cycle: function blocks, board links and lateness; latches what stops the unit.
import { openPermits, planBoards } from '../core/board-plan.ts';
import { activeBypasses } from '../core/bypass.ts';
import type { LinkState } from '../core/cell-event.ts';
import type { SafetyBlockModel } from '../core/cell-model.ts';
import { type Fault, fault } from '../core/faults.ts';
import { blockInterface, signalsOf } from '../core/safety-blocks.ts';
import type { MonotonicMs } from '../core/units.ts';
import type { Readings } from '../devices/readings.ts';
import { blockStatuses, type SafetyState, type StopStatus, stepSafety } from '../safety/program.ts';
import type { SafetyInputs } from '../safety/safety-inputs.ts';
import { watchActuators } from './actuator-watch.ts';
import { disarmedBoards } from './axes.ts';
import { bypassStage } from './bypass-stage.ts';
import type { BoardInput, CycleContext, CycleState } from './cycle.ts';
import { restAfter, withRest } from './enabling-rest.ts';
import { isStandstillKnown } from './feedback-stage.ts';
import { isModeInForce, modeCause, modeStage } from './mode-stage.ts';
import { watchSensors } from './plausibility-stage.ts';
import { watchStandstill } from './stop-hold.ts';
import { clearAlarms, raise, type Turn } from './turn.ts';
import { applyUnit } from './unit-effects.ts';
import { areInputsRead, isUnread } from './unread-inputs.ts';

/** A cycle that starts later than this many periods is a protective stop. */
const LATE_PERIODS_MAX = 3;

export function isUsable(link: LinkState): boolean {
  return link === 'stopped' || link === 'armed';
}

interface SafetyCall {
  readonly context: CycleContext;
  readonly state: CycleState;
  readonly readings: Readings;
  readonly now: MonotonicMs;
}

/** Safety inputs that cannot be read stop as if they were open; the alarm must not send people to a button nobody pressed. */
function watchSamples(turn: Turn): void {
  const { context, inputs, next } = turn;
  if (!next.enabled) return;
  inputs.boards.forEach(({ link, image }, index) => {
    const plan = context.table.plans[index];
    if (!isUsable(link) || image === undefined || plan === undefined) return;
    const unread = plan.inputs.some(({ device }) => context.safetyInputs.has(device) && isUnread(turn, device));
    if (!unread) return;
    // One alarm for as long as it lasts, with the age at its beginning.
    const standing = next.alarms.find(({ code, detail }) => code === 1007 && detail['board'] === plan.board.name);
    raise(turn, standing ?? fault(1007, { board: plan.board.name, ageMs: Math.round(inputs.now - image.receivedAt) }));
  });
}

/** What a safety step reads, in a cycle and between two. */
export function safetyInputsOf({ context, state, readings, now }: SafetyCall): SafetyInputs {
  return {
    now,
    closed: (input) => readings.input(input) === true,
    valid: (input) => readings.input(input) !== undefined,
    standstill: isStandstillKnown(context, state),
    enabled: state.enabled,
    running: state.unit === 'Execute',
    bypassed: activeBypasses(state.bypasses),
    wanted: (output) => state.wantedOn.has(output),
  };
}

/** A stop that began between the cycles and is permitted again already is still a stop: this cycle is the one that tells of it. */
function withBegun(safety: SafetyState, before: SafetyState, begun: ReadonlySet<string>): SafetyState {
  if (begun.size === 0) return safety;
  const stops = safety.stops.map((stop, index) =>
    stop.phase === 'permitted' && begun.has(stop.name) ? (before.stops[index] ?? stop) : stop,
  );
  return { ...safety, stops };
}

function stepBlocks(turn: Turn): void {
  const { context, inputs, readings, next } = turn;
  const before = next.safety;
  const called = safetyInputsOf({ context, state: next, readings, now: inputs.now });
  const stepped = withBegun(stepSafety(context.cell.safety, before, called), before, next.begunStops);
  next.enablingRestUntil = restAfter(context, stepped, inputs.now, next.enablingRestUntil);
  next.safety = withRest(context, stepped, inputs.now, next.enablingRestUntil);
  if (next.begunStops.size > 0) next.begunStops = new Set();
  announceStops(turn);
  tellDiscrepancies(turn, (cause) => raise(turn, cause));
}

/**
 * A stop may have begun on the fast path between two cycles: it is told here, once, with its cause.
 *
 * Inputs that cannot be read stop as if they were open, and have an alarm of their own. Whether a button is pressed shows
 * when they can be read again: until then nobody is sent to it.
 */
function announceStops(turn: Turn): void {
  const { next } = turn;
  const active = next.safety.stops.filter(
    ({ role, phase, cause }) => role !== 'enabling' && phase !== 'permitted' && cause !== undefined,
  );
  if (active.length === 0 && next.announcedStops.size === 0 && next.unreadStops.size === 0) return;
  const areRead = areInputsRead(turn);
  const announced = new Set<string>();
  const unread = new Set<string>();
  for (const { name, category, cause } of active) {
    if (next.announcedStops.has(name)) announced.add(name);
    else if (!areRead || isModeAwaited(turn, name)) unread.add(name);
    else {
      announced.add(name);
      if (cause === undefined || (next.unreadStops.has(name) && !isDemanded(turn, name))) continue;
      const isOfMode = isModeAlone(turn, name);
      if (isOfMode && cause.code !== 4301 && !isEnabling(turn)) continue;
      const told = isOfMode || cause.code === 4301 ? modeCause(turn) : withBlockType(turn, cause);
      turn.events.push({ kind: 'stop', stopFunction: name, category, cause: told });
      raise(turn, told);
    }
  }
  next.announcedStops = announced;
  next.unreadStops = unread;
}

/** A stop that counts from now on, since the mode has changed or none is selected: nothing asks for it but a reset that is still due. */
function isModeAlone(turn: Turn, stopFunction: string): boolean {
  const { safety } = turn.context.cell;
  const counts = safety.stopFunctions.find(({ name }) => name === stopFunction)?.modes;
  return counts !== undefined && !isModeInForce(turn) && !isDemanded(turn, stopFunction);
}

/**
 * Whether an open guard counts in the mode to come is not known while none is selected, e.g. between two positions of the selector: it is
 * told when its mode is there. A cell that is enabled has stopped because of the mode, or of the guard, and says so at once.
 */
function isModeAwaited(turn: Turn, stopFunction: string): boolean {
  const { context, next } = turn;
  const { mode } = next.safety;
  const counts = context.cell.safety.stopFunctions.find(({ name }) => name === stopFunction)?.modes;
  if (counts === undefined || isEnabling(turn)) return false;
  // Its ramp may still last when the mode is there in which it does not count.
  return mode === undefined || !counts.includes(mode);
}

function isEnabling({ next }: Turn): boolean {
  return next.enabled || next.resetting;
}

/** SF_Guard: switch 1 or 2 closed and the other did not. Its inputs may be one switch twice, so it is no redundant pair. */
const GUARD_DISCREPANCIES: readonly string[] = ['C010', 'C020'];

/** @param diagCode of an error */
function isDiscrepancy(type: SafetyBlockModel['type'], diagCode: string): boolean {
  return blockInterface(type).isRedundant || (type === 'SF_Guard' && GUARD_DISCREPANCIES.includes(diagCode));
}

/** Names the type of the block too: what its code means hangs on it. */
function withBlockType({ context }: Turn, { code, detail }: Fault): Fault {
  const blockType = context.cell.safety.blocks.find(({ name }) => name === detail['block'])?.type;
  return blockType === undefined ? fault(code, detail) : fault(code, { ...detail, blockType });
}

/**
 * A pair whose channels disagree stays an error until both have switched to their demand, which no reset at the cell can make good: people are
 * told what does. A board that was lost for longer than the discrepancy time leaves its pair so too.
 */
function tellDiscrepancies({ context, next, readings }: Turn, tell: (cause: Fault) => void): void {
  if (next.safety.stops.every(({ phase }) => phase === 'permitted')) return;
  for (const { name, type, diagCode, error } of blockStatuses(context.cell.safety, next.safety)) {
    const model = context.cell.safety.blocks.find((block) => block.name === name);
    if (!error || model === undefined || !isDiscrepancy(model.type, diagCode)) continue;
    const channels = signalsOf(model).map(([, input]) => input);
    // A channel that is the output of a block is always known.
    const isUnread = channels.some((input) => context.safetyInputs.has(input) && readings.input(input) === undefined);
    if (!isUnread) tell(fault(4007, { block: name, blockType: type, diagCode, channels: channels.join(', ') }));
  }
}

/** An input really asks for the stop. */
function isDemanded(turn: Turn, stopFunction: string): boolean {
  const demands = turn.context.stopDemands.get(stopFunction) ?? [];
  return demands.some((input) => turn.readings.input(input) === false);
}

function isPermitTrip({ code, detail }: Fault): boolean {
  return code === 1002 && detail['cause'] === 'permit';
}

/**
 * A board that went safe because an input opened has seen what the stop function of that input has seen: the stop is the
 * alarm. The trip is one too where no stop has been told that would explain it.
 */
function raisePermitTrips(turn: Turn): void {
  const { context, inputs, next } = turn;
  for (const { link, cause } of inputs.boards) {
    if (cause === undefined || isUsable(link) || !isPermitTrip(cause)) continue;
    const input = String(cause.detail['input']);
    const isTold = [...next.announcedStops].some((stop) => context.stopInputs.get(stop)?.includes(input) === true);
    if (!isTold) raise(turn, cause);
  }
}

/** Nothing hangs on a board with stock Firmata but what is read from it: its loss is told, first cause first, and stops nothing. */
function watchUnsupervised(turn: Turn, name: string, { link, cause }: BoardInput): void {
  const isItsLoss = ({ code, detail }: Fault): boolean => code === 1008 && detail['board'] === name;
  if (isUsable(link)) clearAlarms(turn, isItsLoss);
  else if (cause !== undefined && !turn.next.alarms.some(isItsLoss)) raise(turn, cause);
}

/** What keeps a board unproven, by what it was told to watch last: people are told where to go. */
function openOf({ context, inputs, next }: Turn, index: number): { readonly openInputs?: readonly string[] } {
  const { link, image } = inputs.boards[index] ?? {};
  if (link !== 'unproven' || image === undefined) return {};
  const plan = planBoards(context.cell, next.watched)[index];
  return plan === undefined ? {} : { openInputs: openPermits(plan, image.inputs) };
}

function watchLinks(turn: Turn): void {
  const { context, inputs, next } = turn;
  const disarmed = disarmedBoards(context, next.safety.stops);
  inputs.boards.forEach((board, index) => {
    const before = next.links[index];
    const model = context.cell.boards[index];
    const name = model?.name ?? '';
    if (board.link !== before) {
      turn.events.push({ kind: 'link', board: name, state: board.link, cause: board.cause, ...openOf(turn, index) });
    }
    if (model?.firmware === 'firmata') {
      watchUnsupervised(turn, name, board);
      return;
    }
    if (board.link === 'tripped' && before !== 'tripped') turn.reopen.push(index);
    if (board.cause !== undefined && !isUsable(board.link) && !isPermitTrip(board.cause)) raise(turn, board.cause);
    // A session that was replaced within one cycle shows as usable before and after; the board's own state tells.
    const isReplaced = before === 'armed' && board.link === 'stopped' && !disarmed.has(index);
    const isLost = isUsable(board.link) ? next.enabled && isReplaced : next.enabled || next.resetting;
    if (isLost && board.cause === undefined) raise(turn, fault(1002, { board: name, state: board.link }));
    if (isLost) applyUnit(turn, { kind: 'power-lost' });
  });
  if (inputs.boards.some((board, index) => board.link !== next.links[index])) {
    next.links = inputs.boards.map((board) => board.link);
  }
}

function watchLateness(turn: Turn): void {
  const { context, inputs, next } = turn;
  const periodMs = context.cell.cyclePeriodMs;
  if (inputs.lateMs < periodMs) return;
  next.overruns += 1;
  turn.events.push({ kind: 'overrun', cycle: next.cycle, lateMs: inputs.lateMs, stage: inputs.lateStage });
  if (inputs.lateMs > LATE_PERIODS_MAX * periodMs && next.enabled) {
    raise(turn, fault(4003, { lateMs: Math.round(inputs.lateMs), stage: inputs.lateStage, cyclePeriodMs: periodMs }));
  }
}

/** Commands timed in the last ten seconds before a board's stop time counts as known. */
const STOP_SAMPLES_MIN = 50;

/** Boards whose stop time is not known well enough to run, by index; none in a cell without a budget. */
function boardsUntimed({ context, inputs }: Turn): readonly number[] {
  if (context.cell.stopTimeBudgetMs === undefined) return [];
  return inputs.boards.flatMap(({ stopTime }, index) => {
    // Nothing hazardous is on a board with stock Firmata, and no stop goes there.
    if (context.cell.boards[index]?.firmware === 'firmata') return [];
    return (stopTime?.recentSamples ?? 0) < STOP_SAMPLES_MIN ? [index] : [];
  });
}

/** Index and stop time of the boards that a stop reaches too late. */
function boardsOverBudget({ context, inputs }: Turn): readonly { readonly index: number; readonly stopMs: number }[] {
  const { stopTimeBudgetMs } = context.cell;
  if (stopTimeBudgetMs === undefined) return [];
  return inputs.boards.flatMap(({ stopTime }, index) => {
    if (context.cell.boards[index]?.firmware === 'firmata') return [];
    const stopMs = stopTime?.recentMaxMs ?? 0;
    return stopMs > stopTimeBudgetMs ? [{ index, stopMs }] : [];
  });
}

/** A stop reaches every board in time, as far as the last ten seconds tell. */
export function isStopTimeGood(turn: Turn): boolean {
  return boardsUntimed(turn).length === 0 && boardsOverBudget(turn).length === 0;
}

/** The longest time of ten seconds counts, not a percentile: the one stop that matters may be the slowest. */
function watchStopTime(turn: Turn): void {
  const { context, next } = turn;
  for (const { index, stopMs } of boardsOverBudget(turn)) {
    const board = context.cell.boards[index]?.name ?? '';
    if (next.alarms.some(({ code, detail }) => code === 4011 && detail['board'] === board)) continue;
    const budgetMs = context.cell.stopTimeBudgetMs ?? 0;
    raise(turn, fault(4011, { board, stopMs: Math.round(stopMs * 10) / 10, budgetMs }));
  }
  if (boardsUntimed(turn).length === 0) clearAlarms(turn, ({ code }) => code === 4012);
}

/** Says why a reset was pressed in vain. */
export function tellUntimed(turn: Turn): void {
  for (const index of boardsUntimed(turn)) {
    raise(turn, fault(4012, { board: turn.context.cell.boards[index]?.name ?? '' }));
  }
}

export function safetyStage(turn: Turn): void {
  watchSamples(turn);
  // Before the blocks: inputs of a lost board read as open, and the lost board has to come first among the causes.
  watchLinks(turn);
  watchSensors(turn);
  stepBlocks(turn);
  watchActuators(turn);
  modeStage(turn);
  bypassStage(turn);
  watchStandstill(turn);
  raisePermitTrips(turn);
  watchLateness(turn);
  watchStopTime(turn);
  if (turn.inputs.shutdown) raise(turn, fault(4004));
  for (const found of turn.inputs.faults) raise(turn, found);
}

/** Devices that get their safe value now because of stop functions. */
export function forcedSafe(stops: readonly StopStatus[], keepsPowerInRamp: (device: string) => boolean): Set<string> {
  const devices = new Set<string>();
  for (const stop of stops) {
    if (stop.phase === 'permitted') continue;
    for (const output of stop.outputs) {
      if (stop.phase === 'stopped' || !keepsPowerInRamp(output)) devices.add(output);
    }
  }
  return devices;
}
