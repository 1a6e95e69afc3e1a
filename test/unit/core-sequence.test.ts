// Goal: every step does what its description says, and no step waits for ever. Method: a cell of plain values that the
// test changes between turns.
import { expect, test } from 'vitest';
import type { SequenceState, SequenceTurn, SequenceView } from '../../src/core/sequence.ts';
import { interruptSequence, STEPS_PER_TURN_MAX, startSequence, stepSequence } from '../../src/core/sequence.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { ParameterValue, Step, WorkMaster } from '../../src/core/work-master.ts';

type Draft = Step extends infer S ? (S extends Step ? Omit<S, 'path' | 'label'> : never) : never;

/** Gives steps their paths, as the configuration does. */
function placed(drafts: readonly Draft[], base = ''): Step[] {
  return drafts.map((draft, index) => {
    const path = `${base}steps[${index}]`;
    const steps = draft.kind === 'repeat' ? { steps: placed(draft.steps, `${path}.repeat.`) } : {};
    return { ...draft, ...steps, path, label: draft.kind };
  });
}

function workMaster(...drafts: Draft[]): WorkMaster {
  return { id: 'test', version: '1', description: '', parameters: [], steps: placed(drafts) };
}

interface Cell {
  moveEnded: boolean;
  inputs: Record<string, boolean | undefined>;
  analogs: Record<string, { value: number; unit: string } | undefined>;
  gripper: { holds: boolean; partPresent: boolean } | undefined;
}

/** Runs turns against a cell and keeps the time. */
class Run {
  state: SequenceState;
  nowMs = 1000;
  readonly master: WorkMaster;
  readonly cell: Cell = {
    moveEnded: false,
    inputs: {},
    analogs: {},
    gripper: { holds: false, partPresent: false },
  };

  constructor(master: WorkMaster, parameters: Record<string, ParameterValue> = {}) {
    this.master = master;
    this.state = startSequence(master, parameters);
  }

  turn(afterMs = 10): SequenceTurn {
    this.nowMs += afterMs;
    const { cell } = this;
    const view: SequenceView = {
      now: monotonicMs(this.nowMs),
      moveEnded: cell.moveEnded,
      input: (device) => cell.inputs[device],
      analog: (device) => cell.analogs[device],
      gripper: () => cell.gripper,
    };
    const turn = stepSequence(this.master, this.state, view);
    this.state = turn.state;
    expect(JSON.parse(JSON.stringify(this.state))).toMatchObject({ frames: this.state.frames });
    return turn;
  }
}

const MOVE: Draft = { kind: 'move', targetDeg: { base: 30 }, speedPercent: 50, timeoutMs: 500 };
const GRIP: Draft = { kind: 'grip', gripper: 'cup', timeoutMs: 500 };
const RELEASE: Draft = { kind: 'release', gripper: 'cup', timeoutMs: 500 };
const CONVEY: Draft = { kind: 'convey', conveyor: 'belt', until: { input: 'at-pick', is: true }, timeoutMs: 500 };
const PRODUCE: Draft = { kind: 'produce', quantity: 1, good: true };
const REST: Draft = { kind: 'wait', for: { durationMs: 100 }, timeoutMs: 0 };

/** A sequence that has gripped a part and is in its next step. */
function holding(...after: Draft[]): Run {
  const run = new Run(workMaster(GRIP, ...after));
  run.turn();
  run.cell.gripper = { holds: true, partPresent: true };
  run.turn();
  return run;
}

test('a sequence without steps is completed at once', () => {
  expect(new Run(workMaster()).turn()).toMatchObject({ outcome: 'completed', commands: [], events: [] });
});

test('a move is commanded once and ends when the motion says so', () => {
  const run = new Run(workMaster(MOVE));
  expect(run.state.current).toEqual({ path: 'steps[0]', label: 'move' });
  const first = run.turn();
  expect(first.commands).toEqual([{ kind: 'move', targetDeg: { base: 30 }, speedPercent: 50 }]);
  expect(first.events).toEqual([{ kind: 'step', path: 'steps[0]', label: 'move', phase: 'started' }]);
  expect(run.turn()).toMatchObject({ outcome: 'running', commands: [], events: [] });
  run.cell.moveEnded = true;
  const last = run.turn();
  expect(last.outcome).toBe('completed');
  expect(last.events).toEqual([{ kind: 'step', path: 'steps[0]', label: 'move', phase: 'ended' }]);
  expect(run.state.current).toBeUndefined();
});

test('the end of the previous move does not end the next one', () => {
  const run = new Run(workMaster(MOVE, MOVE));
  run.cell.moveEnded = true;
  expect(run.turn()).toMatchObject({ outcome: 'running', commands: [{ kind: 'move' }] });
  expect(run.turn()).toMatchObject({ outcome: 'running', commands: [{ kind: 'move' }] });
  expect(run.state.current?.path).toBe('steps[1]');
});

test('a move that does not end within its time limit is fault 2002', () => {
  const run = new Run(workMaster(MOVE));
  run.turn();
  expect(run.turn(499).outcome).toBe('running');
  expect(run.turn(1).outcome).toEqual({ code: 2002, detail: { step: 'steps[0]', timeoutMs: 500 } });
});

test('a speed may be a parameter of the job', () => {
  const run = new Run(workMaster({ ...MOVE, speedPercent: { parameter: 'speed' } }), { speed: 20 });
  expect(run.turn().commands).toMatchObject([{ kind: 'move', speedPercent: 20 }]);
});

test.each([{}, { speed: 'fast' }, { speed: Number.NaN }])(
  'a number that the job does not give is a defect: %o',
  (given) => {
    const run = new Run(workMaster({ ...MOVE, speedPercent: { parameter: 'speed' } }), given);
    const turn = run.turn();
    expect(turn.outcome).toMatchObject({ code: 9001, detail: { parameter: 'speed' } });
    expect(turn.commands).toEqual([]);
  },
);

test('gripping switches the vacuum on and waits until the part is held', () => {
  const run = new Run(workMaster(GRIP));
  expect(run.turn().commands).toEqual([{ kind: 'gripper', gripper: 'cup', on: true }]);
  run.cell.gripper = { holds: false, partPresent: true };
  expect(run.turn().outcome).toBe('running');
  run.cell.gripper = { holds: true, partPresent: true };
  expect(run.turn()).toMatchObject({ outcome: 'completed', commands: [] });
  expect(run.state.holding).toEqual(['cup']);
});

test('a part that is not gripped in time is fault 3001 and the valve stays on', () => {
  const run = new Run(workMaster(GRIP));
  run.turn();
  const turn = run.turn(500);
  expect(turn.outcome).toMatchObject({ code: 3001, detail: { gripper: 'cup', step: 'steps[0]' } });
  expect(turn.commands).toEqual([]);
});

test('a gripper that cannot be read is fault 3005', () => {
  const run = new Run(workMaster(GRIP));
  run.turn();
  run.cell.gripper = undefined;
  expect(run.turn().outcome).toEqual({ code: 3005, detail: { step: 'steps[0]', device: 'cup' } });
});

test('releasing switches the vacuum off and waits until the part is gone', () => {
  const run = holding(RELEASE);
  expect(run.state.holding).toEqual([]);
  expect(run.turn().outcome).toBe('running');
  run.cell.gripper = { holds: true, partPresent: false };
  expect(run.turn().outcome).toBe('running');
  run.cell.gripper = { holds: false, partPresent: false };
  expect(run.turn().outcome).toBe('completed');
});

test('the vacuum goes off in the turn in which release starts', () => {
  const run = new Run(workMaster(GRIP, RELEASE));
  run.turn();
  run.cell.gripper = { holds: true, partPresent: true };
  expect(run.turn().commands).toEqual([{ kind: 'gripper', gripper: 'cup', on: false }]);
});

test('a part that sticks to the gripper is fault 3006', () => {
  const run = holding(RELEASE);
  expect(run.turn(500).outcome).toMatchObject({ code: 3006, detail: { gripper: 'cup', step: 'steps[1]' } });
});

test.each([MOVE, REST, CONVEY])('a part lost during %o is fault 3002', (step) => {
  const run = holding(step);
  run.cell.inputs['at-pick'] = false;
  run.cell.gripper = { holds: false, partPresent: false };
  expect(run.turn().outcome).toMatchObject({ code: 3002, detail: { gripper: 'cup', step: 'steps[1]' } });
});

test('a part lost at the boundary of two steps is fault 3002, before the next step commands anything', () => {
  const run = new Run(workMaster(GRIP, RELEASE));
  run.state = { ...holding(MOVE).state, frames: [{ index: 1, rounds: 1 }], progress: undefined };
  run.cell.gripper = { holds: false, partPresent: false };
  const turn = run.turn();
  expect(turn.outcome).toMatchObject({ code: 3002 });
  expect(turn.commands).toEqual([]);
});

test('a gripper that becomes unreadable while a part is held is fault 3005', () => {
  const run = holding(MOVE);
  run.cell.gripper = undefined;
  expect(run.turn().outcome).toMatchObject({ code: 3005, detail: { device: 'cup' } });
});

test('a belt that runs when the held part is lost is stopped', () => {
  const run = new Run(workMaster(GRIP, CONVEY));
  run.cell.inputs['at-pick'] = false;
  run.turn();
  run.cell.gripper = { holds: true, partPresent: true };
  expect(run.turn().commands).toEqual([{ kind: 'conveyor', conveyor: 'belt', run: true }]);
  run.cell.gripper = { holds: false, partPresent: false };
  const turn = run.turn();
  expect(turn.outcome).toMatchObject({ code: 3002 });
  expect(turn.commands).toEqual([{ kind: 'conveyor', conveyor: 'belt', run: false }]);
});

test('a belt runs until the part is at the pick position and then stops in the same turn', () => {
  const run = new Run(workMaster(CONVEY));
  run.cell.inputs['at-pick'] = false;
  expect(run.turn().commands).toEqual([{ kind: 'conveyor', conveyor: 'belt', run: true }]);
  expect(run.turn().commands).toEqual([]);
  run.cell.inputs['at-pick'] = true;
  expect(run.turn()).toMatchObject({
    outcome: 'completed',
    commands: [{ kind: 'conveyor', conveyor: 'belt', run: false }],
  });
});

test('a belt does not start when the part is there already', () => {
  const run = new Run(workMaster(CONVEY));
  run.cell.inputs['at-pick'] = true;
  const turn = run.turn();
  expect(turn.outcome).toBe('completed');
  expect(turn.commands).toEqual([{ kind: 'conveyor', conveyor: 'belt', run: false }]);
});

test('a belt that brings nothing in time is stopped: fault 3003', () => {
  const run = new Run(workMaster(CONVEY));
  run.cell.inputs['at-pick'] = false;
  run.turn();
  const turn = run.turn(500);
  expect(turn.outcome).toMatchObject({ code: 3003, detail: { device: 'at-pick', timeoutMs: 500, step: 'steps[0]' } });
  expect(turn.commands).toEqual([{ kind: 'conveyor', conveyor: 'belt', run: false }]);
});

test('a belt whose sensor becomes unreadable is stopped: fault 3005', () => {
  const run = new Run(workMaster(CONVEY));
  run.cell.inputs['at-pick'] = false;
  run.turn();
  run.cell.inputs['at-pick'] = undefined;
  const turn = run.turn();
  expect(turn.outcome).toMatchObject({ code: 3005, detail: { device: 'at-pick' } });
  expect(turn.commands).toEqual([{ kind: 'conveyor', conveyor: 'belt', run: false }]);
});

test('a belt never starts while its sensor cannot be read', () => {
  const run = new Run(workMaster(CONVEY));
  const turn = run.turn();
  expect(turn.outcome).toMatchObject({ code: 3005 });
  expect(turn.commands).not.toContainEqual({ kind: 'conveyor', conveyor: 'belt', run: true });
});

test('a wait lasts its time, which may be a parameter', () => {
  const run = new Run(workMaster({ kind: 'wait', for: { durationMs: { parameter: 'rest' } }, timeoutMs: 0 }), {
    rest: 80,
  });
  run.turn();
  expect(run.turn(79.9).outcome).toBe('running');
  expect(run.turn(0.1).outcome).toBe('completed');
});

test('a wait for an input ends with it, and is fault 3003 without it', () => {
  const wait: Draft = { kind: 'wait', for: { input: 'door', is: false }, timeoutMs: 200 };
  const run = new Run(workMaster(wait, wait));
  run.cell.inputs['door'] = true;
  expect(run.turn().outcome).toBe('running');
  run.cell.inputs['door'] = false;
  expect(run.turn().outcome).toBe('completed');
  const late = new Run(workMaster(wait));
  late.cell.inputs['door'] = true;
  late.turn();
  expect(late.turn(200).outcome).toMatchObject({ code: 3003, detail: { device: 'door', awaited: false } });
});

test('a measurement is reported with its unit', () => {
  const run = new Run(workMaster({ kind: 'measure', device: 'vacuum', as: 'grip-pressure', min: -90, max: -40 }));
  run.cell.analogs['vacuum'] = { value: -55, unit: 'kPa' };
  const turn = run.turn();
  expect(turn.outcome).toBe('completed');
  expect(turn.events).toContainEqual({ kind: 'measured', id: 'grip-pressure', value: -55, unit: 'kPa' });
});

test.each([-90.1, -39.9])('a measurement of %s outside -90..-40 is reported and is fault 3004', (value) => {
  const run = new Run(workMaster({ kind: 'measure', device: 'vacuum', as: 'grip-pressure', min: -90, max: -40 }));
  run.cell.analogs['vacuum'] = { value, unit: 'kPa' };
  const turn = run.turn();
  expect(turn.outcome).toMatchObject({ code: 3004, detail: { id: 'grip-pressure', value, min: -90, max: -40 } });
  expect(turn.events).toContainEqual({ kind: 'measured', id: 'grip-pressure', value, unit: 'kPa' });
});

test.each([undefined, { value: Number.NaN, unit: 'kPa' }])(
  'a measurement that cannot be read is fault 3005: %o',
  (reading) => {
    const run = new Run(workMaster({ kind: 'measure', device: 'vacuum', as: 'grip-pressure' }));
    run.cell.analogs['vacuum'] = reading;
    expect(run.turn().outcome).toMatchObject({ code: 3005, detail: { device: 'vacuum' } });
  },
);

test('steps are repeated as often as the parameter says, rounds inside rounds', () => {
  const steps = [{ kind: 'repeat', times: 3, steps: [PRODUCE] } as unknown as Step, PRODUCE as Step];
  const run = new Run(workMaster({ kind: 'repeat', times: { parameter: 'rounds' }, steps }), { rounds: 2 });
  const turn = run.turn();
  expect(turn.outcome).toBe('completed');
  const produced = turn.events.filter((event) => event.kind === 'produced');
  expect(produced).toHaveLength(8);
  const repeats = turn.events.flatMap((event) => (event.kind === 'step' && event.label === 'repeat' ? [event] : []));
  expect(repeats.map(({ path, phase }) => `${path} ${phase}`)).toEqual([
    'steps[0] started',
    'steps[0].repeat.steps[0] started',
    'steps[0].repeat.steps[0] ended',
    'steps[0].repeat.steps[0] started',
    'steps[0].repeat.steps[0] ended',
    'steps[0] ended',
  ]);
});

test.each([0, -1])('steps repeated %s times do not run', (rounds) => {
  const steps = [PRODUCE as Step];
  const run = new Run(workMaster({ kind: 'repeat', times: { parameter: 'rounds' }, steps }), { rounds });
  const turn = run.turn();
  expect(turn.outcome).toBe('completed');
  expect(turn.events.filter((event) => event.kind === 'produced')).toEqual([]);
});

test('a repeat of nothing ends, however often', () => {
  expect(new Run(workMaster({ kind: 'repeat', times: 1e9, steps: [] })).turn().outcome).toBe('completed');
});

test('a thousand instant steps take several turns and are all done', () => {
  const run = new Run(workMaster({ kind: 'repeat', times: 1000, steps: [PRODUCE as Step] }));
  let produced = 0;
  let turns = 0;
  let outcome: SequenceTurn['outcome'] = 'running';
  while (outcome === 'running') {
    const turn = run.turn();
    const now = turn.events.filter((event) => event.kind === 'produced').length;
    expect(now).toBeLessThanOrEqual(STEPS_PER_TURN_MAX);
    produced += now;
    turns += 1;
    outcome = turn.outcome;
  }
  expect(outcome).toBe('completed');
  expect(produced).toBe(1000);
  expect(turns).toBeGreaterThanOrEqual(10);
});

test('an interrupted move is commanded anew and has its whole time limit again', () => {
  const run = new Run(workMaster(MOVE));
  run.turn();
  run.turn(400);
  run.state = interruptSequence(run.state);
  expect(run.state.current).toEqual({ path: 'steps[0]', label: 'move' });
  run.cell.moveEnded = true;
  expect(run.turn(60_000)).toMatchObject({ outcome: 'running', commands: [{ kind: 'move' }] });
  run.cell.moveEnded = false;
  expect(run.turn(499).outcome).toBe('running');
  expect(run.turn(1).outcome).toMatchObject({ code: 2002 });
});

test('an interruption keeps the rounds that are done', () => {
  const steps = [PRODUCE as Step, MOVE as Step];
  const run = new Run(workMaster({ kind: 'repeat', times: 2, steps }));
  run.turn();
  run.state = interruptSequence(run.state);
  run.turn();
  run.cell.moveEnded = true;
  const second = run.turn();
  expect(second.events.filter((event) => event.kind === 'produced')).toHaveLength(1);
  run.turn();
  expect(run.turn().outcome).toBe('completed');
});

test('a part that fell during an interruption is fault 3002 when the sequence goes on', () => {
  const run = holding(MOVE);
  run.state = interruptSequence(run.state);
  run.cell.gripper = { holds: false, partPresent: false };
  const turn = run.turn();
  expect(turn.outcome).toMatchObject({ code: 3002 });
  expect(turn.commands).toEqual([]);
});

test('a step that ended in a fault can start again', () => {
  const run = new Run(workMaster(GRIP));
  run.turn();
  expect(run.turn(500).outcome).toMatchObject({ code: 3001 });
  run.state = interruptSequence(run.state);
  expect(run.turn()).toMatchObject({ outcome: 'running', commands: [{ kind: 'gripper', on: true }] });
  run.cell.gripper = { holds: true, partPresent: true };
  expect(run.turn().outcome).toBe('completed');
});

test('a state of another work master does not throw', () => {
  const run = new Run(workMaster(PRODUCE));
  run.state = {
    ...run.state,
    frames: [
      { index: 0, rounds: 1 },
      { index: 7, rounds: 1 },
    ],
  };
  expect(run.turn().outcome).toBe('completed');
});
