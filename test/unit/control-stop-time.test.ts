// A cell with a stop-time budget: runs while a stop reaches its boards in time, and says why when it does not.
import { describe, expect, it } from 'vitest';
import type { StopTimeFigures } from '../../src/core/cell-event.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';

const BUDGET_MS = 25;

function measured(recentMaxMs: number, recentSamples = 500): StopTimeFigures {
  const stops = { stops: 0, stopP50Ms: 0, stopP99Ms: 0, stopMaxMs: 0, lastStopMs: 0 };
  return { samples: 900, p50Ms: 8, p99Ms: 12, maxMs: 80, recentSamples, recentMaxMs, ...stops };
}

function rigWith(stopTime: StopTimeFigures | undefined): CycleRig {
  const rig = new CycleRig({ ...exampleCell(), stopTimeBudgetMs: BUDGET_MS });
  rig.stopTime = stopTime;
  rig.makeReady();
  return rig;
}

const codes = (rig: CycleRig): number[] => rig.state.alarms.map(({ code }) => code);

describe('a cell with a stop-time budget', () => {
  it('runs when the recent maximum is within it, whatever was once', () => {
    expect(rigWith(measured(BUDGET_MS)).state.unit).toBe('Idle');
  });

  it('is not reset while a stop takes longer, and says so', () => {
    const rig = rigWith(measured(BUDGET_MS + 1));
    expect([rig.state.unit, rig.outputs?.snapshot?.resetPossible, codes(rig)]).toEqual(['Stopped', false, [4011]]);
    expect(rig.state.alarms[0]?.detail).toMatchObject({ budgetMs: BUDGET_MS, stopMs: BUDGET_MS + 1 });
  });

  it('stops when a stop begins to take longer, raises one alarm, and stays stopped until a reset', () => {
    const rig = rigWith(measured(10));
    rig.stopTime = measured(30);
    rig.run(3);
    rig.stopTime = measured(40);
    rig.run(200);
    expect([rig.state.unit, rig.state.enabled, codes(rig)]).toEqual(['Stopped', false, [4011]]);
    rig.stopTime = measured(10);
    rig.run(10);
    expect(rig.state.unit).toBe('Stopped');
    rig.makeReady();
    expect([rig.state.unit, codes(rig)]).toEqual(['Idle', []]);
  });

  it('is not reset before enough has been measured, and tells whoever presses the button', () => {
    const rig = rigWith(measured(10, 49));
    expect([rig.state.unit, codes(rig)]).toEqual(['Stopped', [4012]]);
    rig.stopTime = measured(10, 50);
    rig.run(1);
    expect(codes(rig)).toEqual([]);
    rig.makeReady();
    expect(rig.state.unit).toBe('Idle');
  });

  it('is not reset with nothing measured at all', () => {
    expect(rigWith(undefined).state.unit).toBe('Stopped');
  });
});

it('a cell without a budget runs whatever is measured', () => {
  const rig = new CycleRig(exampleCell());
  rig.stopTime = measured(900);
  rig.makeReady();
  expect([rig.state.unit, codes(rig)]).toEqual(['Idle', []]);
});
