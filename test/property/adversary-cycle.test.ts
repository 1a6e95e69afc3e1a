// Goal: what the pure cycle must withstand from clients, stops and restored records. Method: one attack per test.
import { describe, expect, it } from 'vitest';
import type { CellModel } from '../../src/core/cell-model.ts';
import { fault } from '../../src/core/faults.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { epochMs } from '../../src/core/units.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

const SERVOS = ['base', 'shoulder', 'elbow', 'wrist'];

function ready(cell?: CellModel): CycleRig {
  const rig = new CycleRig(cell);
  rig.makeReady();
  expect([rig.state.unit, rig.state.enabled]).toEqual(['Idle', true]);
  return rig;
}

function withDevice(cell: CellModel, name: string, changes: object): CellModel {
  const devices = cell.devices.map((device) => (device.name === name ? { ...device, ...changes } : device));
  return { ...cell, devices };
}

function store(rig: CycleRig, id: string, workMasterId = 'park'): void {
  expect(rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder(id, { workMasterId }) })?.ok).toBe(
    true,
  );
}

function record(id: string, changes: Partial<JobRecord> = {}): JobRecord {
  return {
    order: jobOrder(id, { workMasterId: 'park', parameters: { speed: 50 } }),
    workMasterVersion: '1.0.0',
    state: 'AllowedToStart',
    substate: 'Ready',
    storedAt: epochMs(0),
    startTime: undefined,
    endTime: undefined,
    producedQuantity: 0,
    goodQuantity: 0,
    measurements: [],
    result: 'Unknown',
    reason: undefined,
    comment: '',
    runs: { started: 0, completed: 0 },
    times: { since: epochMs(0), runningMs: 0, interruptedMs: 0 },
    revision: 1,
    ...changes,
  };
}

function jobState(rig: CycleRig, id: string): JobRecord | undefined {
  return rig.state.jobs.records.find(({ order }) => order.jobOrderId === id);
}

describe('an order', () => {
  it('can be aborted while the unit still ramps down to hold for it', () => {
    const rig = ready();
    store(rig, 'a', 'pick-and-place');
    rig.run(10);
    expect(rig.state.motion.path).toBeDefined();
    rig.state = { ...rig.state, sequences: lost(rig, 'a') };
    rig.step();
    expect(rig.state.unit).toBe('Holding');
    rig.request({ kind: 'abort', requestId: 'r', jobOrderId: 'a', comment: '' });
    rig.run(100);
    expect([rig.state.unit, rig.state.alarms]).toEqual(['Idle', []]);
  });

  it('that is aborted moves nothing more once its ramp has ended, however long that takes', () => {
    const slow = { accelerationMaxDegPerS2: 5 };
    const rig = ready(SERVOS.reduce((cell, name) => withDevice(cell, name, slow), exampleCell()));
    store(rig, 'a', 'pick-and-place');
    while ((rig.state.motion.path?.remaining ?? 1) > 0.55) rig.step();
    rig.request({ kind: 'abort', requestId: 'r', jobOrderId: 'a', comment: '' });
    while (rig.state.unit !== 'Idle') rig.step();
    const at = rig.state.motion.positionDeg;
    rig.run(50);
    expect([rig.state.unit, rig.state.motion.positionDeg]).toEqual(['Idle', at]);
  });

  it('that waits can be aborted without ending the hold of another', () => {
    const rig = ready();
    store(rig, 'a', 'pick-and-place');
    rig.run(10);
    rig.state = { ...rig.state, sequences: lost(rig, 'a') };
    rig.run(50);
    expect(rig.state.unit).toBe('Held');
    store(rig, 'b');
    rig.request({ kind: 'abort', requestId: 'r', jobOrderId: 'b', comment: '' });
    rig.run(50);
    expect([rig.state.unit, rig.state.alarms.length]).toEqual(['Held', 1]);
  });

  it.each(['constructor', '__proto__', 'toString'])('with the id %s is an order like others', (id) => {
    const rig = ready();
    rig.request({
      kind: 'restore',
      requestId: 'r',
      records: [record(id, { state: 'Interrupted', substate: 'Held', reason: fault(4005) })],
    });
    expect(rig.request({ kind: 'resume', requestId: 'r', jobOrderId: id })).toMatchObject({ fault: { code: 6029 } });
    rig.run(10);
    expect(rig.state.unit).toBe('Idle');
  });

  it('that was accepted for another version of its work master is not run', () => {
    const rig = ready();
    rig.request({ kind: 'restore', requestId: 'r', records: [record('old', { workMasterVersion: '0.9.0' })] });
    store(rig, 'new');
    rig.run(500);
    expect(jobState(rig, 'old')).toMatchObject({
      state: 'AllowedToStart',
      substate: 'Waiting',
      reason: { code: 6001 },
    });
    expect(jobState(rig, 'new')?.state).toBe('Ended');
  });

  it('that was restored with parameters that do not fit is not run', () => {
    const rig = ready();
    const order = jobOrder('bad', { workMasterId: 'park', parameters: { speed: 1e9 } });
    rig.request({ kind: 'restore', requestId: 'r', records: [record('bad', { order })] });
    store(rig, 'new');
    rig.run(500);
    expect(jobState(rig, 'bad')).toMatchObject({
      state: 'AllowedToStart',
      substate: 'Waiting',
      reason: { code: 6002 },
    });
    expect([jobState(rig, 'new')?.state, rig.state.alarms]).toEqual(['Ended', []]);
  });
});

/** The sequence believes that it holds a part, which is not there. */
function lost(rig: CycleRig, id: string) {
  const sequence = rig.state.sequences.get(id);
  if (sequence === undefined) throw new Error(`order ${id} does not run`);
  return new Map(rig.state.sequences).set(id, { ...sequence, holding: ['gripper'] });
}

describe('a servo that holds its position when stopped', () => {
  it('stands when the time limit of the stop is over', () => {
    const rig = ready(
      SERVOS.reduce(
        (cell, name) => withDevice(cell, name, { safe: 'hold', accelerationMaxDegPerS2: 60 }),
        exampleCell(),
      ),
    );
    store(rig, 'a', 'pick-and-place');
    rig.run(40);
    rig.closed.delete('guard-door');
    rig.run(27);
    const at = rig.outputs?.commands[0]?.outputs;
    rig.step();
    expect(rig.outputs?.commands[0]?.outputs).toEqual(at);
    expect(rig.state.enabled).toBe(false);
  });
});

describe('a reset', () => {
  it('turns no valve on that the stop has turned off', () => {
    const rig = ready(withDevice(exampleCell(), 'vacuum-valve', { safe: 'off' }));
    rig.state = { ...rig.state, grippersOn: new Set(['gripper']) };
    rig.run(2);
    const slot = rig.context.table.digitalOutputs.get('vacuum-valve')?.slot ?? -1;
    expect(rig.outputs?.commands[0]?.outputs[slot]).toBe(1);
    rig.closed.delete('guard-door');
    rig.run(50);
    rig.makeReady();
    expect([rig.state.unit, rig.outputs?.commands[0]?.outputs[slot]]).toEqual(['Idle', 0]);
  });
});
