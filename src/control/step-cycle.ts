// One cycle of the cell: read -> safety -> update -> limit -> write -> publish. Pure: no clock, no chance, no I/O.
import type { CycleStage } from '../core/cell-event.ts';
import { withDateSet } from '../core/job-list.ts';
import { isStopped } from '../core/unit-machine.ts';
import { monotonicMs } from '../core/units.ts';
import { readDevices } from '../devices/readings.ts';
import { hasClosedGate } from '../safety/driven-outputs.ts';
import { type SafetyState, stepSafety } from '../safety/program.ts';
import { alarmStage, tellFlood } from './alarm-stage.ts';
import { axisStage, isLetGo } from './axes.ts';
import type { CycleContext, CycleInputs, CycleOutputs, CycleState } from './cycle.ts';
import { withRest } from './enabling-rest.ts';
import { feedbackStage } from './feedback-stage.ts';
import { numberEvents } from './job-events.ts';
import { jobStage } from './job-stage.ts';
import { jogStage } from './jog-stage.ts';
import { mesStage } from './mes-stage.ts';
import { commandsOf, limitStage, wantedOutputs } from './output-stage.ts';
import { lookAtSensors, suspectsOf } from './plausibility-stage.ts';
import { lightsOf, snapshotOf, soundsOf } from './publish-stage.ts';
import { requestStage } from './request-stage.ts';
import { safetyInputsOf, safetyStage } from './safety-stage.ts';
import { traceInputs } from './stop-records.ts';
import { storageStage } from './storage-stage.ts';
import type { Turn } from './turn.ts';
import { placeDevices } from './unit-effects.ts';
import { unitStage } from './unit-stage.ts';
import { watchStage } from './watch-stage.ts';

/** A clock that is adjusted little by little is followed in such steps, ms; what is less is no matter of a record. */
const DATE_STEP_MS = 200;

/** How long orders run is told by the monotonic clock, whatever becomes of the date. */
function withDate(
  { dateOffsetMs, jobs }: CycleState,
  { now, wall }: CycleInputs,
): Pick<CycleState, 'dateOffsetMs' | 'jobs'> {
  const offsetMs = Math.round(wall - now);
  const stepMs = offsetMs - (dateOffsetMs ?? offsetMs);
  if (dateOffsetMs !== undefined && Math.abs(stepMs) < DATE_STEP_MS) return { dateOffsetMs, jobs };
  return { dateOffsetMs: offsetMs, jobs: stepMs === 0 ? jobs : withDateSet(jobs, stepMs) };
}

function beginTurn(context: CycleContext, state: CycleState, inputs: CycleInputs): Turn {
  const images = inputs.boards.map((board) => board.image);
  const sensors = lookAtSensors(context, state, readDevices(context.table, images, inputs.now), inputs.boards);
  const suspects = suspectsOf(context, sensors);
  const readings = readDevices(context.table, images, inputs.now, suspects);
  const drivenDeg = state.drivenDeg.map((lastDeg, joint) => readings.servoDeg(joint) ?? lastDeg);
  const turn: Turn = {
    context,
    inputs,
    readings,
    next: {
      ...state,
      ...withDate(state, inputs),
      cycle: state.cycle + 1,
      lastAt: inputs.now,
      drivenDeg,
      sensors,
      suspects,
      trace: traceInputs(context, state.trace, inputs),
    },
    events: [...inputs.notices],
    replies: [],
    reopen: [],
    raised: new Set(),
    watch: undefined,
    resetSpent: false,
  };
  axisStage(turn);
  feedbackStage(turn);
  return turn;
}

/**
 * Positions shown while nothing is driven are what the boards have reported. While an enabling device is let go, power can come back
 * in any cycle: everything starts from where it is by then.
 */
function followReadBack(turn: Turn): void {
  const { next } = turn;
  if (!next.enabled) next.motion = { ...next.motion, positionDeg: next.drivenDeg };
  else if (isLetGo(next.safety.stops)) placeDevices(turn);
}

/** Nothing is driven any more, and every board that can be heard says so: a command that is still under way may be lost. */
function hasStopped({ inputs, next }: Turn): boolean {
  return isStopped(next) && !next.enabled && inputs.boards.every(({ link }) => link !== 'armed');
}

/**
 * Computes one cycle.
 * @param mark told the name of each stage that has just ended, so that the caller can time it; has no influence
 */
export function stepCycle(
  context: CycleContext,
  state: CycleState,
  inputs: CycleInputs,
  mark: (stage: CycleStage) => void = () => undefined,
): { readonly state: CycleState; readonly outputs: CycleOutputs } {
  const turn = beginTurn(context, state, inputs);
  mark('read');
  safetyStage(turn);
  storageStage(turn);
  mesStage(turn);
  unitStage(turn);
  watchStage(turn);
  alarmStage(turn);
  mark('safety');
  requestStage(turn);
  jogStage(turn);
  jobStage(turn);
  tellFlood(turn, state.alarmList);
  followReadBack(turn);
  mark('update');
  limitStage(turn, state.lastAt === undefined ? 0 : inputs.now - state.lastAt);
  mark('limit');
  turn.next.wantedOn = wantedOutputs(context, turn.next);
  const commands = commandsOf(context, turn.next);
  mark('write');
  const snapshot = inputs.wantSnapshot ? snapshotOf(turn) : undefined;
  const ended = inputs.shutdown && hasStopped(turn);
  numberEvents(turn);
  const { reopen, watch, replies, events } = turn;
  const lights = lightsOf(turn, state.unit);
  const sounds = soundsOf(turn, state.unit);
  mark('publish');
  return { state: turn.next, outputs: { commands, reopen, watch, lights, sounds, replies, events, snapshot, ended } };
}

/**
 * A press of the cell's reset is for the cycle to see: a safety step that nobody follows with the unit must not spend it, or a person
 * has pressed in vain and is not told why.
 */
function withoutResetEdge(safety: SafetyState): SafetyState {
  return safety.resetRose ? { ...safety, resetBefore: false, resetRose: false } : safety;
}

/**
 * The fast path: runs the safety step alone when a board has reported, between cycles.
 *
 * What a gate lets through cannot come back before a cycle has wanted it anew, so this does not go on renewing leases without one.
 * @returns the commands to send at once, or none when no stop function began and no block switched off what it gates; job and unit
 * follow in the next cycle, and so do outputs that follow a block
 */
export function stepEdge(
  context: CycleContext,
  state: CycleState,
  inputs: Pick<CycleInputs, 'now' | 'boards'>,
): { readonly state: CycleState; readonly commands: CycleOutputs['commands'] } {
  if (!state.safety.stops.some(({ phase }) => phase === 'permitted')) return { state, commands: [] };
  const images = inputs.boards.map((board) => board.image);
  // Age is for the cycle to judge: after a stall the images of the other boards may only not have been read yet.
  const oldestMs = Math.min(inputs.now, ...images.map((image) => image?.receivedAt ?? inputs.now));
  const readings = readDevices(context.table, images, monotonicMs(oldestMs), state.suspects);
  const { safety: model } = context.cell;
  const stepped = stepSafety(model, state.safety, safetyInputsOf({ context, state, readings, now: inputs.now }));
  const safety = withoutResetEdge(withRest(context, stepped, inputs.now, state.enablingRestUntil));
  const begun = safety.stops.filter(
    (stop, index) => stop.phase !== 'permitted' && state.safety.stops[index]?.phase === 'permitted',
  );
  const hasClosed = hasClosedGate(model, state.wantedOn, { before: state.safety, after: safety });
  if (begun.length === 0 && !hasClosed) return { state, commands: [] };
  const next: CycleState = {
    ...state,
    safety,
    begunStops: new Set([...state.begunStops, ...begun.map(({ name }) => name)]),
    cycle: state.cycle + 1,
    trace: traceInputs(context, state.trace, inputs),
  };
  return { state: next, commands: commandsOf(context, next) };
}
