// How the control cycle takes a board that went safe because one of its inputs opened.
import { describe, expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import { CycleRig } from '../support/cycle-rig.ts';

const TRIP = fault(1002, { board: 'uno-1', cause: 'permit', input: 'estop-a' });

function enabled(): CycleRig {
  const rig = new CycleRig();
  rig.makeReady();
  expect(rig.state.enabled).toBe(true);
  rig.link = 'armed';
  rig.step();
  return rig;
}

function trip(rig: CycleRig): void {
  rig.link = 'tripped';
  rig.cause = TRIP;
  rig.step();
}

describe('a board that went safe by a permit', () => {
  it('raises the emergency stop alone when that has seen the same input open', () => {
    const rig = enabled();
    rig.closed.delete('estop-a');
    trip(rig);
    rig.run(3);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([4001]);
    expect(rig.state).toMatchObject({ enabled: false, unit: 'Aborted' });
  });

  it('raises its trip, with the input, when no stop function has seen that input open', () => {
    const rig = enabled();
    trip(rig);
    expect(rig.state.alarms).toEqual([TRIP]);
    expect(rig.state.enabled).toBe(false);
  });

  it('raises its trip after the stop that began by another input', () => {
    const rig = enabled();
    rig.closed.delete('guard-door');
    trip(rig);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([4002, 1002]);
  });

  it('is opened anew at once', () => {
    const rig = enabled();
    rig.closed.delete('estop-a');
    trip(rig);
    expect(rig.outputs?.reopen).toEqual([0]);
  });
});
