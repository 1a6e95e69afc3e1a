// Goal: a sequence never hangs, never throws and never leaves a belt running, whatever its steps and whatever the cell shows.
// Method: random work masters against random views; then against a cell in which nothing ever changes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SequenceCommand, SequenceView } from '../../src/core/sequence.ts';
import { interruptSequence, STEPS_PER_TURN_MAX, startSequence, stepSequence } from '../../src/core/sequence.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Step, WorkMaster } from '../../src/core/work-master.ts';

const timeoutMs = fc.integer({ min: 1, max: 300 });
const named = { path: fc.constant('steps'), label: fc.constant('step') };
const until = fc.record({ input: fc.constantFrom('x', 'y'), is: fc.boolean() });
const gripper = fc.constantFrom('left', 'right');

const { steps: stepsArb } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 4 }),
  step: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    fc.record({
      ...named,
      kind: fc.constant('move' as const),
      targetDeg: fc.constant({ base: 1 }),
      speedPercent: fc.constant(50),
      timeoutMs,
    }),
    fc.record({ ...named, kind: fc.constantFrom('grip' as const, 'release' as const), gripper, timeoutMs }),
    fc.record({ ...named, kind: fc.constant('convey' as const), conveyor: fc.constant('belt'), until, timeoutMs }),
    fc.record({ ...named, kind: fc.constant('wait' as const), for: until, timeoutMs }),
    fc.record({
      ...named,
      kind: fc.constant('wait' as const),
      for: fc.record({ durationMs: fc.integer({ min: 0, max: 200 }) }),
      timeoutMs: fc.constant(0),
    }),
    fc.record({
      ...named,
      kind: fc.constant('measure' as const),
      device: fc.constant('p'),
      as: fc.constant('p'),
      max: fc.constant(0),
    }),
    fc.record({ ...named, kind: fc.constant('produce' as const), quantity: fc.constant(1), good: fc.boolean() }),
    fc.record({
      ...named,
      kind: fc.constant('repeat' as const),
      times: fc.integer({ min: 0, max: 2 }),
      steps: tie('steps'),
    }),
  ),
}));

function masterOf(steps: readonly Step[]): WorkMaster {
  return { id: 'random', version: '1', description: '', parameters: [], steps };
}

const sightArb = fc.record({
  moveEnded: fc.boolean(),
  x: fc.constantFrom(true, false, true, false, undefined),
  y: fc.boolean(),
  pressure: fc.constantFrom(-50, -50, 5, Number.NaN, undefined),
  grip: fc.constantFrom(
    { holds: true, partPresent: true },
    { holds: false, partPresent: false },
    { holds: false, partPresent: true },
    undefined,
  ),
  interrupted: fc.constantFrom(false, false, false, true),
});
type Sight = typeof sightArb extends fc.Arbitrary<infer T> ? T : never;

function viewOf(sight: Sight, nowMs: number): SequenceView {
  return {
    now: monotonicMs(nowMs),
    moveEnded: sight.moveEnded,
    input: (device) => (device === 'x' ? sight.x : sight.y),
    analog: () => (sight.pressure === undefined ? undefined : { value: sight.pressure, unit: 'kPa' }),
    gripper: () => sight.grip,
  };
}

function beltRuns(before: boolean, commands: readonly SequenceCommand[]): boolean {
  return commands.reduce((runs, command) => (command.kind === 'conveyor' ? command.run : runs), before);
}

test('a belt runs only while its own step runs, whatever happens, and turns stay short', () => {
  fc.assert(
    fc.property(stepsArb, fc.array(sightArb, { minLength: 30, maxLength: 120 }), (steps, sights) => {
      const master = masterOf(steps);
      let state = startSequence(master, {});
      let runs = false;
      for (const [index, sight] of sights.entries()) {
        if (sight.interrupted) {
          // The cell's stop takes the belt off; the sequence only forgets.
          state = interruptSequence(state);
          runs = false;
        }
        const turn = stepSequence(master, state, viewOf(sight, index * 20));
        const frozen = JSON.stringify(turn.state);
        runs = beltRuns(runs, turn.commands);
        if (turn.outcome !== 'running') expect(runs).toBe(false);
        if (runs) expect(turn.state.progress).toBeDefined();
        expect(turn.events.length).toBeLessThanOrEqual(3 * STEPS_PER_TURN_MAX);
        if (turn.outcome === 'completed') return;
        state = typeof turn.outcome === 'object' ? interruptSequence(turn.state) : turn.state;
        expect(JSON.stringify(turn.state)).toBe(frozen);
      }
    }),
    { numRuns: 500 },
  );
});

test('in a cell where nothing ever changes every sequence ends or faults in bounded time', () => {
  fc.assert(
    fc.property(stepsArb, sightArb, (steps, sight) => {
      const master = masterOf(steps);
      let state = startSequence(master, {});
      let idleTurns = 0;
      for (let turns = 0; turns < 200_000; turns += 1) {
        const turn = stepSequence(master, state, viewOf(sight, turns * 20));
        if (turn.outcome !== 'running') return;
        idleTurns = turn.events.length === 0 ? idleTurns + 1 : 0;
        // The longest time limit is 300 ms: 15 turns of 20 ms, and one to notice.
        expect(idleTurns).toBeLessThanOrEqual(16);
        state = turn.state;
      }
      expect.unreachable('the sequence does not end');
    }),
    { numRuns: 300 },
  );
});
