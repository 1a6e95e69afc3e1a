// Goal: what the cell does when its events do not reach the disk. Method: the pure cycle, told how many wait.
import { describe, expect, it } from 'vitest';
import { EVENTS_KEPT_LIMITS, type EventStorage } from '../../src/core/event-storage.ts';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';

const NEAR: EventStorage = { through: Number.POSITIVE_INFINITY, waiting: EVENTS_KEPT_LIMITS.holdAt, reachable: true };

function running(): CycleRig {
  const rig = new CycleRig();
  rig.makeReady();
  rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('a') });
  rig.run(10);
  expect(rig.state.sequences.get('a')?.progress).toBeDefined();
  return rig;
}

function runNear(rig: CycleRig, cycles: number): void {
  for (let count = 0; count < cycles; count += 1) rig.step({ storage: NEAR });
}

describe('a cell with too many events that are not on disk', () => {
  it('ends the step of the running order, then holds, and begins no other step', () => {
    const rig = running();
    const { current } = rig.state.sequences.get('a') ?? {};
    runNear(rig, 1);
    expect([rig.state.unit, rig.state.sequences.get('a')?.current]).toEqual(['Execute', current]);
    runNear(rig, 400);
    expect(rig.state.unit).toBe('Held');
    const steps = rig.events.filter((event) => event.kind === 'step' && event.phase === 'started');
    expect(steps.map((event) => event.kind === 'step' && event.path)).toEqual([current?.path]);
    const ended = rig.events.filter((event) => event.kind === 'step' && event.phase === 'ended');
    expect(ended).toHaveLength(1);
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted', reason: { code: 6512 } });
    expect(rig.state.alarms).toMatchObject([{ code: 6512 }]);
  });

  it('takes no order, and resumes none', () => {
    const rig = running();
    runNear(rig, 400);
    const order = jobOrder('b');
    const stored = rig.step({ storage: NEAR, requests: [{ kind: 'store-and-start', requestId: 'r', order }] });
    expect(stored.replies).toMatchObject([{ ok: false, fault: { code: 6512 } }]);
    const resumed = rig.step({ storage: NEAR, requests: [{ kind: 'resume', requestId: 'r', jobOrderId: 'a' }] });
    expect(resumed.replies).toMatchObject([{ ok: false, fault: { code: 6512 } }]);
  });

  it('begins no order that waits', () => {
    const rig = new CycleRig();
    rig.makeReady();
    rig.step({
      requests: [{ kind: 'store-and-start', requestId: 'r', order: jobOrder('a') }],
      storage: { ...NEAR, waiting: 0, reachable: false },
    });
    runNear(rig, 20);
    expect(rig.state.jobs.records[0]?.state).toBe('AllowedToStart');
  });

  it('does not go on by itself when they are stored, but when a person resumes the order', () => {
    const rig = running();
    runNear(rig, 400);
    rig.run(100);
    expect(rig.state.unit).toBe('Held');
    expect(rig.request({ kind: 'resume', requestId: 'r', jobOrderId: 'a' })?.ok).toBe(true);
    rig.run(20);
    expect([rig.state.unit, rig.state.alarms]).toEqual(['Execute', []]);
  });
});
