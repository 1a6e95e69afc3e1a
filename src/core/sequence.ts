// Runs the steps of a work master: a pure reducer from what the cell sees to what it shall do next.
import type { Fault } from './faults.ts';
import { fault } from './faults.ts';
import type { ActingStep, StepTurn } from './sequence-step.ts';
import { enterStep, leaveStep, numberOf, parameterDefect, pollStep } from './sequence-step.ts';
import type { MonotonicMs } from './units.ts';
import type { ParameterValue, RepeatStep, Step, StepPath, WorkMaster } from './work-master.ts';

/** What a sequence can see in one turn. `undefined` means that the value is missing, stale or implausible: fault 3005. */
export interface SequenceView {
  readonly now: MonotonicMs;
  /** The move commanded last has reached its target. Believed from the turn after the command. */
  readonly moveEnded: boolean;
  /** How far the homing commanded last is: undefined until the turn after the command, then `running`, `done` or why it failed. */
  readonly homing?: 'running' | 'done' | Fault | undefined;
  /** The step that runs may end, and none begins after it. @defaultValue false */
  readonly beginsNoStep?: boolean;
  input(device: string): boolean | undefined;
  analog(device: string): { readonly value: number; readonly unit: string } | undefined;
  /** `holds`: pressure and part-present sensor both say so. */
  gripper(name: string): { readonly holds: boolean; readonly partPresent: boolean } | undefined;
}

/** What a step asks of the unit; limits and interlocks come after it. Degrees or millimetres by joint, speed 1..100 %. */
export type SequenceCommand =
  | { readonly kind: 'move'; readonly targetDeg: Readonly<Record<string, number>>; readonly speedPercent: number }
  | { readonly kind: 'home'; readonly axes: readonly string[] }
  | { readonly kind: 'gripper'; readonly gripper: string; readonly on: boolean }
  | { readonly kind: 'conveyor'; readonly conveyor: string; readonly run: boolean };

/** What a step has to tell. `value` finite, in `unit`. */
export type SequenceEvent =
  | { readonly kind: 'step'; readonly path: StepPath; readonly label: string; readonly phase: 'started' | 'ended' }
  | { readonly kind: 'measured'; readonly id: string; readonly value: number; readonly unit: string }
  | { readonly kind: 'produced'; readonly quantity: number; readonly good: boolean };

/** One level of nesting: the steps of the work master, or of a repeat step inside them. */
export interface SequenceFrame {
  /** Index of the step in its list; equal to the length of the list when all are done. */
  readonly index: number;
  /** Rounds of this list still to run, this one included. */
  readonly rounds: number;
}

/** Progress inside the step that is running. */
interface StepProgress {
  readonly startedAt: MonotonicMs;
}

/** Where a sequence stands; plain JSON data. */
export interface SequenceState {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** From the outermost list to the innermost. */
  readonly frames: readonly SequenceFrame[];
  /** Undefined between steps: the step starts on the next turn. */
  readonly progress: StepProgress | undefined;
  /** Grippers that hold a part, from the end of `grip` to the start of `release`. */
  readonly holding: readonly string[];
  /** The step that runs or runs next; undefined when all are done. */
  readonly current: { readonly path: StepPath; readonly label: string } | undefined;
}

/** Result of one turn. After a fault the step can start again by `interruptSequence`; after `completed` nothing follows. */
export interface SequenceTurn {
  readonly state: SequenceState;
  /** In the order in which they are to be carried out. */
  readonly commands: readonly SequenceCommand[];
  readonly events: readonly SequenceEvent[];
  readonly outcome: 'running' | 'completed' | Fault;
}

/** Steps that may begin or end within one turn; what is left goes on in the next, so that no turn is long. */
export const STEPS_PER_TURN_MAX = 100;

interface Place {
  /** List of steps that the innermost frame counts in. */
  readonly steps: readonly Step[];
  /** Undefined at the end of the list. */
  readonly step: Step | undefined;
}

function placeOf(workMaster: WorkMaster, frames: readonly SequenceFrame[]): Place {
  let steps = workMaster.steps;
  for (const frame of frames.slice(0, -1)) {
    const outer = steps[frame.index];
    steps = outer?.kind === 'repeat' ? outer.steps : [];
  }
  return { steps, step: steps[frames.at(-1)?.index ?? 0] };
}

function withFrames(workMaster: WorkMaster, state: SequenceState, frames: readonly SequenceFrame[]): SequenceState {
  const { step } = placeOf(workMaster, frames);
  const current = step === undefined ? undefined : { path: step.path, label: step.label };
  return { ...state, frames, progress: undefined, current };
}

function innermost(frames: readonly SequenceFrame[]): SequenceFrame {
  return frames.at(-1) ?? { index: 0, rounds: 1 };
}

/** Steps past the end of lists: the next round, or out of the repeat step; undefined when the work master is done. */
function settle(workMaster: WorkMaster, state: SequenceState, events: SequenceEvent[]): SequenceState | undefined {
  const { frames } = state;
  const last = innermost(frames);
  if (last.rounds > 1) {
    return withFrames(workMaster, state, [...frames.slice(0, -1), { index: 0, rounds: last.rounds - 1 }]);
  }
  const outer = frames.slice(0, -1);
  const repeat = placeOf(workMaster, outer).step;
  if (outer.length === 0 || repeat === undefined) return undefined;
  events.push({ kind: 'step', path: repeat.path, label: repeat.label, phase: 'ended' });
  return advance(workMaster, { ...state, frames: outer });
}

function advance(workMaster: WorkMaster, state: SequenceState): SequenceState {
  const { index, rounds } = innermost(state.frames);
  return withFrames(workMaster, state, [...state.frames.slice(0, -1), { index: index + 1, rounds }]);
}

/** Where a job of this work master begins. `parameters` are complete and checked (`validateParameters`). */
export function startSequence(
  workMaster: WorkMaster,
  parameters: Readonly<Record<string, ParameterValue>>,
): SequenceState {
  return sequenceAt(workMaster, parameters, [{ index: 0, rounds: 1 }], []);
}

/** The lists of steps that frames count in, from the outermost to the innermost; undefined when they fit no place in the work master. */
export function listsOf(
  workMaster: WorkMaster,
  frames: readonly SequenceFrame[],
): readonly (readonly Step[])[] | undefined {
  const lists: (readonly Step[])[] = [];
  let steps: readonly Step[] | undefined = workMaster.steps;
  for (const { index, rounds } of frames) {
    const isPlace = Number.isInteger(index) && index >= 0 && Number.isInteger(rounds) && rounds >= 1;
    if (steps === undefined || !isPlace || index > steps.length) return undefined;
    lists.push(steps);
    const step: Step | undefined = steps[index];
    steps = step?.kind === 'repeat' ? step.steps : undefined;
  }
  return lists.length === 0 ? undefined : lists;
}

/** Where a job goes on that was at `frames`, which fit the work master (`listsOf`): the step there starts from its beginning. */
export function sequenceAt(
  workMaster: WorkMaster,
  parameters: Readonly<Record<string, ParameterValue>>,
  frames: readonly SequenceFrame[],
  holding: readonly string[],
): SequenceState {
  return withFrames(workMaster, { parameters, frames: [], progress: undefined, holding, current: undefined }, frames);
}

/**
 * Forgets how far the running step has come: it starts again, with its whole time limit, on the next turn. Completed
 * steps, rounds and parts held are kept: a part that fell during the interruption is fault 3002 at once.
 */
export function interruptSequence(state: SequenceState): SequenceState {
  return { ...state, progress: undefined };
}

/** A part that should be held and is not: fault 3002; a gripper that cannot be read: fault 3005. */
function heldPartFault(state: SequenceState, view: SequenceView): Fault | undefined {
  const step = state.current?.path ?? '';
  for (const gripper of state.holding) {
    const seen = view.gripper(gripper);
    if (seen === undefined) return fault(3005, { step, device: gripper });
    if (!seen.partPresent) return fault(3002, { step, gripper });
  }
  return undefined;
}

function holdingAfter(holding: readonly string[], step: ActingStep, moment: 'entered' | 'done'): readonly string[] {
  if (step.kind === 'release' && moment === 'entered') return holding.filter((gripper) => gripper !== step.gripper);
  if (step.kind === 'grip' && moment === 'done') {
    return [...holding.filter((gripper) => gripper !== step.gripper), step.gripper];
  }
  return holding;
}

/** One turn under construction. */
interface Draft {
  readonly workMaster: WorkMaster;
  readonly view: SequenceView;
  readonly commands: SequenceCommand[];
  readonly events: SequenceEvent[];
}

interface Stride {
  readonly state: SequenceState;
  readonly outcome: 'go-on' | SequenceTurn['outcome'];
}

function actOn(draft: Draft, state: SequenceState, step: ActingStep): Stride {
  const { workMaster, view, commands, events } = draft;
  let now = state;
  let result: StepTurn;
  if (state.progress === undefined) {
    events.push({ kind: 'step', path: step.path, label: step.label, phase: 'started' });
    result = enterStep(step, state.parameters, view);
    now = { ...state, progress: { startedAt: view.now }, holding: holdingAfter(state.holding, step, 'entered') };
  } else {
    result = pollStep(step, view.now - state.progress.startedAt, state.parameters, view);
  }
  commands.push(...result.commands);
  events.push(...result.events);
  if (result.outcome !== 'done') return { state: now, outcome: result.outcome };
  events.push({ kind: 'step', path: step.path, label: step.label, phase: 'ended' });
  const holding = holdingAfter(now.holding, step, 'done');
  return { state: advance(workMaster, { ...now, holding }), outcome: 'go-on' };
}

function enterRepeat(draft: Draft, state: SequenceState, step: RepeatStep): Stride {
  const times = numberOf(step.times, state.parameters);
  if (times === undefined) return { state, outcome: parameterDefect(step, step.times) };
  const { path, label } = step;
  draft.events.push({ kind: 'step', path, label, phase: 'started' });
  const rounds = Math.floor(times);
  if (rounds >= 1 && step.steps.length > 0) {
    return { state: withFrames(draft.workMaster, state, [...state.frames, { index: 0, rounds }]), outcome: 'go-on' };
  }
  draft.events.push({ kind: 'step', path, label, phase: 'ended' });
  return { state: advance(draft.workMaster, state), outcome: 'go-on' };
}

function stride(draft: Draft, state: SequenceState): Stride {
  const { step } = placeOf(draft.workMaster, state.frames);
  if (step === undefined) {
    const next = settle(draft.workMaster, state, draft.events);
    return next === undefined ? { state, outcome: 'completed' } : { state: next, outcome: 'go-on' };
  }
  return step.kind === 'repeat' ? enterRepeat(draft, state, step) : actOn(draft, state, step);
}

/** A fault leaves nothing running that only the step would have stopped. */
function leaveRunningStep(draft: Draft, state: SequenceState): void {
  const { step } = placeOf(draft.workMaster, state.frames);
  if (state.progress !== undefined && step !== undefined && step.kind !== 'repeat') {
    draft.commands.push(...leaveStep(step));
  }
}

/**
 * One turn of a sequence; called once per cycle while the job runs.
 *
 * Steps that end at once follow each other within the turn, at most `STEPS_PER_TURN_MAX` of them.
 * @returns `running`, `completed`, or the fault that interrupts the job: 2002 move not ended in time, 2005 or 2006 not homed, 3001 not gripped
 * (the valve stays on), 3002 part lost, 3003 waited too long (the belt is stopped), 3004 measurement out of range,
 * 3005 a value cannot be read, 3006 not released, 9001 a parameter is missing that the job's check had to ensure.
 */
export function stepSequence(workMaster: WorkMaster, state: SequenceState, view: SequenceView): SequenceTurn {
  const draft: Draft = { workMaster, view, commands: [], events: [] };
  const { commands, events } = draft;
  const lost = heldPartFault(state, view);
  if (lost !== undefined) {
    leaveRunningStep(draft, state);
    return { state, commands, events, outcome: lost };
  }
  let now: Stride = { state, outcome: 'go-on' };
  for (let count = 0; count < STEPS_PER_TURN_MAX && now.outcome === 'go-on'; count += 1) {
    if (view.beginsNoStep === true && now.state.progress === undefined) break;
    now = stride(draft, now.state);
  }
  return { state: now.state, commands, events, outcome: now.outcome === 'go-on' ? 'running' : now.outcome };
}
