// Property 5: every wait in a work master has an end, and every step can be reached and left. Explores the reducer of sequences with
// everything that it can see free, but for inputs that would stop the cell.
import type { AnalogInputModel, CellModel } from '../core/cell-model.ts';
import { fault } from '../core/faults.ts';
import { type SequenceState, type SequenceView, startSequence, stepSequence } from '../core/sequence.ts';
import { monotonicMs } from '../core/units.ts';
import type { ParameterSpec, ParameterValue, Step, WorkMaster } from '../core/work-master.ts';
import { type Choose, everyChoice } from './choices.ts';
import { mapMoments, NOW_MS } from './model-time.ts';
import { CLOSED, OPEN } from './part.ts';
import { type Finding, finding } from './result.ts';

/** A wait that may last longer has no end, ms: a day. */
const WAIT_MAX_MS = 86_400_000;

/** What the outputs of a cell may be while a work master runs or has ended. */
export interface OutputPicture {
  /** digital-outputs by name; one that is not here may be on or off. */
  readonly on: Readonly<Record<string, boolean>>;
  /** Joints that may be moving. */
  readonly moving: readonly string[];
}

/** Where a work master stands, and what it has commanded. */
interface Place {
  readonly sequence: SequenceState;
  readonly on: Readonly<Record<string, boolean>>;
  readonly moving: readonly string[];
}

interface Walk {
  readonly started: ReadonlySet<string>;
  readonly ended: ReadonlySet<string>;
  /** Paths of steps that were still waiting after a day. */
  readonly endless: ReadonlySet<string>;
  readonly pictures: readonly OutputPicture[];
  readonly states: number;
  readonly transitions: number;
}

/** Extremes of a parameter, its default, and the small numbers that a repetition begins with. */
function valuesOf({ type, min = 0, max = 1e6, options, defaultValue }: ParameterSpec): readonly ParameterValue[] {
  if (type === 'boolean') return [false, true];
  if (type === 'string') return options ?? ['', ...(defaultValue === undefined ? [] : [defaultValue])];
  const small = [min + 1, min + 2].filter((value) => value <= max);
  return [...new Set([min, ...small, max])];
}

/** Every parameter has each of its values at least once; not all combinations, which no step depends on. */
function parameterSets(specs: readonly ParameterSpec[]): readonly Readonly<Record<string, ParameterValue>>[] {
  const most = Math.max(1, ...specs.map((spec) => valuesOf(spec).length));
  return Array.from({ length: most }, (_, index) =>
    Object.fromEntries(
      specs.map((spec) => {
        const values = valuesOf(spec);
        return [spec.id, values[Math.min(index, values.length - 1)] ?? 0];
      }),
    ),
  );
}

function stepsOf(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.kind === 'repeat' ? [step, ...stepsOf(step.steps)] : [step]));
}

/** Values of an analog input that tell its steps apart: the ends of what is plausible and of what steps ask for. */
function readingsOf(device: AnalogInputModel, steps: readonly Step[]): readonly number[] {
  const asked = steps.flatMap((step) =>
    step.kind === 'measure' && step.device === device.name ? [step.min, step.max] : [],
  );
  const inside = asked.filter(
    (value) => value !== undefined && value >= device.plausibleMin && value <= device.plausibleMax,
  );
  return [device.plausibleMin, device.plausibleMax, ...(inside as number[])];
}

/** What the sequence sees in one turn: each question is answered in every way, and the same way within the turn. */
function viewOf(cell: CellModel, steps: readonly Step[], allowed: Allowed, choose: Choose): SequenceView {
  const inputs = new Map<string, boolean | undefined>();
  const grippers = new Map<string, ReturnType<SequenceView['gripper']>>();
  return {
    now: monotonicMs(NOW_MS),
    get moveEnded() {
      return choose(2) === 1;
    },
    get homing() {
      return (['running', 'done', fault(2006, { axis: '-' })] as const)[choose(3)];
    },
    input: (name) => {
      if (!inputs.has(name)) {
        const values = [false, true].filter((value) => allowed(name, value ? CLOSED : OPEN));
        const answer = choose(values.length + 1);
        inputs.set(name, values[answer]);
      }
      return inputs.get(name);
    },
    analog: (name) => {
      const device = cell.devices.find((each) => each.name === name);
      if (device?.kind !== 'analog-input') return undefined;
      const values = readingsOf(device, steps);
      const value = values[choose(values.length + 1)];
      return value === undefined ? undefined : { value, unit: device.unit };
    },
    gripper: (name) => {
      if (!grippers.has(name)) {
        const answers = [
          { holds: false, partPresent: false },
          { holds: false, partPresent: true },
          { holds: true, partPresent: true },
        ];
        grippers.set(name, answers[choose(answers.length + 1)]);
      }
      return grippers.get(name);
    },
  };
}

/** Whether an input can have a value while every stop function permits. */
export type Allowed = (input: string, value: number) => boolean;

/** More rounds than two are like two. */
function settle({ sequence, on, moving }: Place): Place {
  const frames = sequence.frames.map(({ index, rounds }) => ({ index, rounds: Math.min(rounds, 2) }));
  return { sequence: { ...sequence, frames }, on, moving };
}

function valveOf(cell: CellModel, gripper: string): string {
  const device = cell.devices.find(({ name }) => name === gripper);
  return device?.kind === 'vacuum-gripper' ? device.valve : gripper;
}

function motorOf(cell: CellModel, conveyor: string): string {
  const device = cell.devices.find(({ name }) => name === conveyor);
  return device?.kind === 'conveyor' ? device.motor : conveyor;
}

/** Belts stand still between orders; a gripper may be as the last order left it. */
export function conveyorsOff(cell: CellModel): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    cell.devices.flatMap((device) => (device.kind === 'conveyor' ? [[device.motor, false]] : [])),
  );
}

/** Explores one work master with one set of parameters. */
function walk(
  cell: CellModel,
  master: WorkMaster,
  parameters: Readonly<Record<string, ParameterValue>>,
  allowed: Allowed,
): Walk {
  const steps = stepsOf(master.steps);
  const started = new Set<string>();
  const ended = new Set<string>();
  const endless = new Set<string>();
  const first: Place = { sequence: startSequence(master, parameters), on: conveyorsOff(cell), moving: [] };
  const known = new Map([[JSON.stringify(first), first]]);
  let transitions = 0;
  for (const place of known.values()) {
    const turns = everyChoice((choose) => {
      const isLong = choose(2) === 1;
      const aged = isLong ? mapMoments(place.sequence, () => NOW_MS - WAIT_MAX_MS) : place.sequence;
      return { isLong, turn: stepSequence(master, aged, viewOf(cell, steps, allowed, choose)) };
    });
    for (const { isLong, turn } of turns) {
      transitions += 1;
      for (const event of turn.events) {
        if (event.kind === 'step') (event.phase === 'started' ? started : ended).add(event.path);
      }
      const waited = place.sequence.progress !== undefined && isLong && turn.outcome === 'running';
      const isSame = turn.state.current?.path === place.sequence.current?.path && turn.events.length === 0;
      if (waited && isSame) endless.add(place.sequence.current?.path ?? '');
      if (turn.outcome !== 'running') continue;
      const after = settle(commanded(cell, place, turn));
      known.set(JSON.stringify(after), after);
    }
  }
  const pictures = [...known.values()].map(({ on, moving }) => ({ on, moving }));
  return { started, ended, endless, pictures, states: known.size, transitions };
}

/** The place after a turn, its moments at now: a wait is either not begun, or over. */
function commanded(cell: CellModel, place: Place, turn: ReturnType<typeof stepSequence>): Place {
  const on = { ...place.on };
  let { moving } = place;
  if (turn.events.some((event) => event.kind === 'step' && event.phase === 'ended')) moving = [];
  for (const command of turn.commands) {
    if (command.kind === 'gripper') on[valveOf(cell, command.gripper)] = command.on;
    else if (command.kind === 'conveyor') on[motorOf(cell, command.conveyor)] = command.run;
    else moving = command.kind === 'move' ? Object.keys(command.targetDeg) : command.axes;
  }
  return { sequence: mapMoments(turn.state, () => NOW_MS), on, moving };
}

function merge(walks: readonly Walk[]): Walk {
  const union = (pick: (walked: Walk) => ReadonlySet<string>): ReadonlySet<string> =>
    new Set(walks.flatMap((walked) => [...pick(walked)]));
  return {
    started: union(({ started }) => started),
    ended: union(({ ended }) => ended),
    endless: union(({ endless }) => endless),
    pictures: walks.flatMap(({ pictures }) => pictures),
    states: walks.reduce((sum, { states }) => sum + states, 0),
    transitions: walks.reduce((sum, each) => sum + each.transitions, 0),
  };
}

export interface Sequences {
  readonly findings: readonly Finding[];
  readonly pictures: readonly OutputPicture[];
  readonly states: number;
  readonly transitions: number;
}

function findingsOf(master: WorkMaster, walked: Walk): readonly Finding[] {
  const { states, transitions } = walked;
  const explored = { states, transitions, depth: 0 };
  return stepsOf(master.steps).flatMap((step) => {
    const subject = { workMaster: master.id, step: step.path, label: step.label };
    const isReached = walked.started.has(step.path);
    const of = (rule: 'wait-ends' | 'step-reached' | 'step-left', holds: boolean, more = {}): Finding =>
      finding(rule, { ...subject, ...more }, { verdict: holds ? 'proved' : 'refuted', explored });
    if (!isReached) return [of('step-reached', false)];
    const waits = step.kind === 'repeat' ? [] : [of('wait-ends', !walked.endless.has(step.path), { reason: '> 24 h' })];
    return [of('step-reached', true), ...waits, of('step-left', walked.ended.has(step.path))];
  });
}

/** @param allowed what inputs can be while the cell runs */
export function checkSequences(cell: CellModel, allowed: Allowed): Sequences {
  const all = cell.workMasters.map((master) => {
    const walked = merge(parameterSets(master.parameters).map((set) => walk(cell, master, set, allowed)));
    return { walked, findings: findingsOf(master, walked) };
  });
  return {
    findings: all.flatMap(({ findings }) => findings),
    pictures: all.flatMap(({ walked }) => walked.pictures),
    states: all.reduce((sum, { walked }) => sum + walked.states, 0),
    transitions: all.reduce((sum, { walked }) => sum + walked.transitions, 0),
  };
}
