// Goal: whatever the operator presses and whatever fails, no stop function permits while its condition is not met, and none
// permits again without a reset at the cell. Method: random histories of all inputs, judged by rules that know no states.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StopPhase } from '../../src/safety/program.ts';
import { blockStatuses } from '../../src/safety/program.ts';
import { at } from '../support/at.ts';
import { SafetyRig } from '../support/safety-rig.ts';

const INPUTS = ['estop-a', 'estop-b', 'door', 'reset'] as const;

const change = fc.record({
  input: fc.constantFrom(...INPUTS),
  to: fc.constantFrom('open', 'closed', 'closed', 'closed', 'unreadable'),
  standstill: fc.boolean(),
  steps: fc.integer({ min: 1, max: 6 }),
  periodMs: fc.constantFrom(1, 10, 10, 10, 100, 600),
});

/** Conditions of the two stop functions of the rig. */
const CONDITIONS = [['estop-a', 'estop-b'], ['door']] as const;

function apply(rig: SafetyRig, input: string, to: string): void {
  rig.unreadable.delete(input);
  if (to === 'unreadable') rig.unreadable.add(input);
  else if (to === 'closed') rig.close(input);
  else rig.open(input);
}

function reads(rig: SafetyRig, input: string): boolean {
  return rig.closed.has(input) && !rig.unreadable.has(input);
}

test('[O2] a stop function permits only while its inputs are closed, and only after a reset edge that came later than they closed', () => {
  let permissions = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 20, maxLength: 60 }), (changes) => {
      const rig = new SafetyRig();
      // Per stop function: its inputs are closed without a break since before the reset edge.
      const armed = CONDITIONS.map(() => false);
      const closedBefore = CONDITIONS.map(() => false);
      let resetBefore: boolean | undefined;
      for (const { input, to, standstill, steps, periodMs } of changes) {
        apply(rig, input, to);
        rig.standstill = standstill;
        for (let step = 0; step < steps; step += 1) {
          rig.step(1, periodMs);
          const reset = reads(rig, 'reset');
          const edge = reset && resetBefore === false;
          for (const [index, inputs] of CONDITIONS.entries()) {
            const closed = inputs.every((name) => reads(rig, name));
            armed[index] = closed && (armed[index] === true || (edge && closedBefore[index] === true));
            closedBefore[index] = closed;
            const { phase } = at(rig.state.stops, index);
            if (phase === 'permitted') {
              permissions += 1;
              expect(armed[index]).toBe(true);
            }
          }
          resetBefore = rig.unreadable.has('reset') ? undefined : reset;
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(permissions).toBeGreaterThan(100);
});

test('phases follow each other only as permitted, stopping, stopped, and each stop keeps its first cause', () => {
  const legal: readonly `${StopPhase} ${StopPhase}`[] = [
    'permitted stopping',
    'permitted stopped',
    'stopping stopped',
    'stopped permitted',
  ];
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(change, { minLength: 20, maxLength: 60 }), (changes) => {
      const rig = new SafetyRig();
      for (const { input, to, standstill, steps, periodMs } of changes) {
        apply(rig, input, to);
        rig.standstill = standstill;
        for (let step = 0; step < steps; step += 1) {
          const before = rig.state.stops;
          rig.step(1, periodMs);
          for (const [index, stop] of rig.state.stops.entries()) {
            const was = at(before, index);
            if (stop.phase !== was.phase) {
              expect(legal).toContain(`${was.phase} ${stop.phase}`);
              seen.add(`${was.phase} ${stop.phase}`);
            }
            if (was.phase === 'permitted' && stop.phase !== 'permitted') {
              const block = blockStatuses(rig.model, rig.state)[index];
              expect(stop.cause?.detail).toMatchObject({ block: block?.name, diagCode: block?.diagCode });
            } else if (stop.phase !== 'permitted') expect(stop.cause).toEqual(was.cause);
            if (stop.phase === 'stopping') {
              expect(stop.category).toBe(1);
              expect(standstill).toBe(false);
            }
          }
        }
      }
    }),
    { numRuns: 500 },
  );
  expect([...seen].sort()).toEqual([...legal].sort());
});
