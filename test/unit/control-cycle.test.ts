// Goal: the rules of the cycle that an operator can see, one by one, on the example cell and without any I/O.
import { describe, expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';

function running(rig: CycleRig): CycleRig {
  rig.makeReady();
  rig.closed.add('part-at-pick');
  rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('a') });
  rig.run(40);
  expect(rig.state.unit).toBe('Execute');
  expect(rig.state.motion.path).toBeDefined();
  return rig;
}

function isArmed(rig: CycleRig): boolean {
  return rig.outputs?.commands.some(({ arm }) => arm) === true;
}

describe('power-up', () => {
  it('ends in Stopped with nothing armed, for as long as nobody resets', () => {
    const rig = new CycleRig();
    for (const input of ['estop-a', 'estop-b', 'guard-door']) rig.closed.add(input);
    rig.run(100);
    expect(rig.state.unit).toBe('Stopped');
    expect(isArmed(rig)).toBe(false);
    expect(rig.state.alarms).toEqual([]);
  });

  it('with a reset button that is stuck pressed stays in Stopped', () => {
    const rig = new CycleRig();
    for (const input of ['estop-a', 'estop-b', 'guard-door', 'reset-button']) rig.closed.add(input);
    rig.run(100);
    expect(rig.state.unit).toBe('Stopped');
  });

  it('followed by a reset at the cell passes Resetting to Idle and arms, but moves nothing', () => {
    const rig = new CycleRig();
    rig.makeReady();
    const states = rig.events.flatMap((event) => (event.kind === 'unit' ? [event.to] : []));
    expect(states).toEqual(['Resetting', 'Idle']);
    expect(isArmed(rig)).toBe(true);
    expect(rig.state.motion.path).toBeUndefined();
  });

  it('takes the servos where the board says they were driven last, not to their park position', () => {
    const rig = running(new CycleRig());
    const where = rig.state.motion.positionDeg;
    rig.state = { ...new CycleRig().state };
    rig.link = 'stopped';
    rig.closed.delete('part-at-pick');
    rig.makeReady();
    for (const [joint, positionDeg] of rig.state.motion.positionDeg.entries()) {
      expect(positionDeg).toBeCloseTo(where[joint] ?? NaN, 0);
    }
  });
});

describe('an emergency stop while the arm moves', () => {
  it('cuts what has no ramp at once, ramps the arm down, then disarms', () => {
    const rig = running(new CycleRig());
    rig.closed.delete('estop-a');
    expect(rig.edge()).toBe(1);
    rig.step();
    expect(rig.state.unit).toBe('Aborting');
    expect(isArmed(rig)).toBe(true);
    rig.run(60);
    expect(rig.state.unit).toBe('Aborted');
    expect(isArmed(rig)).toBe(false);
    expect(rig.state.motion.path).toBeUndefined();
  });

  it('interrupts the order with its cause, and names the cause first-up', () => {
    const rig = running(new CycleRig());
    rig.closed.delete('estop-b');
    rig.run(10);
    rig.closed.delete('guard-door');
    rig.run(60);
    const record = rig.state.jobs.records[0];
    expect([record?.state, record?.substate, record?.reason?.code]).toEqual(['Interrupted', 'Held', 4001]);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([4001, 4002, 4007]);
  });

  it('stays stopped when it is released, and after the reset until the order is resumed', () => {
    const rig = running(new CycleRig());
    rig.closed.delete('estop-a');
    rig.closed.delete('estop-b');
    rig.run(60);
    rig.closed.add('estop-a').add('estop-b');
    rig.run(100);
    expect(rig.state.unit).toBe('Aborted');
    rig.makeReady();
    expect(rig.state.unit).toBe('Idle');
    const where = rig.state.motion.positionDeg;
    rig.run(100);
    expect(rig.state.motion.positionDeg).toEqual(where);
    expect(rig.request({ kind: 'resume', requestId: '2', jobOrderId: 'a' })?.ok).toBe(true);
    rig.run(20);
    expect(rig.state.unit).toBe('Execute');
    expect(rig.state.motion.positionDeg).not.toEqual(where);
  });

  it('aborts the order instead where the cell says so', () => {
    const rig = new CycleRig();
    const aborting = new CycleRig({ ...rig.context.cell, onSafetyStop: 'abort' });
    running(aborting);
    aborting.closed.delete('estop-a');
    aborting.run(60);
    expect(aborting.state.jobs.records[0]?.state).toBe('Aborted');
  });
});

describe('a guard that opens while a reset is under way', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])(
    '%i cycles after the button stops the unit again, and the next reset works',
    (cycles) => {
      const rig = running(new CycleRig());
      rig.closed.delete('estop-a');
      rig.closed.delete('estop-b');
      rig.run(60);
      rig.closed.add('estop-a').add('estop-b');
      rig.run(3);
      rig.closed.add('reset-button');
      rig.run(cycles);
      rig.closed.delete('guard-door');
      rig.run(10);
      expect([rig.state.enabled, isArmed(rig)]).toEqual([false, false]);
      rig.closed.delete('reset-button');
      rig.makeReady();
      expect([rig.state.unit, rig.state.alarms]).toEqual(['Idle', []]);
    },
  );
});

describe('an internal defect', () => {
  it('removes power in the same cycle, without a ramp', () => {
    const rig = running(new CycleRig());
    rig.step({ faults: [fault(9001, { problem: 'test' })] });
    expect([isArmed(rig), rig.state.motion.path]).toEqual([false, undefined]);
    rig.run(3);
    expect([rig.state.unit, rig.state.jobs.records[0]?.reason?.code]).toEqual(['Aborted', 9001]);
  });
});

describe('a lost link', () => {
  it('stops at once, latches its cause, and needs a reset at the cell', () => {
    const rig = running(new CycleRig());
    rig.link = 'down';
    rig.cause = fault(1001, { board: 'main' });
    rig.step();
    expect([rig.state.enabled, isArmed(rig)]).toEqual([false, false]);
    rig.run(3);
    expect(rig.state.unit).toBe('Aborted');
    rig.link = 'stopped';
    rig.cause = undefined;
    rig.run(100);
    expect(rig.state.unit).toBe('Aborted');
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([1001]);
    rig.makeReady();
    expect([rig.state.unit, rig.state.alarms]).toEqual(['Idle', []]);
  });

  it('that was opened anew between two cycles is noticed all the same', () => {
    const rig = running(new CycleRig());
    rig.link = 'stopped';
    rig.step();
    expect(rig.state.enabled).toBe(false);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([1002]);
  });

  it('by a trip has the session opened anew', () => {
    const rig = running(new CycleRig());
    rig.link = 'tripped';
    rig.cause = fault(1002, { board: 'main', cause: 'lease' });
    expect(rig.step().reopen).toEqual([0]);
    expect(rig.step().reopen).toEqual([]);
  });
});

describe('inputs that are not fresh', () => {
  it('stop the cell under their own name, not as a button that nobody pressed', () => {
    const rig = running(new CycleRig());
    rig.imageAgeMs = 51;
    rig.step();
    expect(rig.state.unit).toBe('Stopping');
    rig.run(20);
    rig.imageAgeMs = 0;
    rig.run(20);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([1007]);
    expect(rig.state.jobs.records[0]?.reason?.code).toBe(1007);
    expect(rig.events.filter(({ kind }) => kind === 'stop')).toEqual([]);
    rig.makeReady();
    expect(rig.state.unit).toBe('Idle');
  });

  it('do not hide a button that is found pressed when they can be read again', () => {
    const rig = running(new CycleRig());
    rig.imageAgeMs = 51;
    rig.step();
    rig.closed.delete('estop-a');
    rig.closed.delete('estop-b');
    rig.run(20);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([1007]);
    rig.imageAgeMs = 0;
    rig.run(5);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([1007, 4001]);
  });
});

describe('a late cycle', () => {
  it('is counted with its stage', () => {
    const rig = running(new CycleRig());
    rig.step({ lateMs: rig.context.cell.cyclePeriodMs * 2, lateStage: 'programs' });
    expect(rig.state.overruns).toBe(1);
    expect(rig.events).toContainEqual(expect.objectContaining({ kind: 'overrun', stage: 'programs' }));
    expect(rig.state.unit).toBe('Execute');
  });

  it('[P2] [T3] that is more than three periods late is a protective stop', () => {
    const rig = running(new CycleRig());
    rig.step({ lateMs: rig.context.cell.cyclePeriodMs * 3.1, lateStage: 'timer' });
    expect(rig.state.unit).toBe('Stopping');
    expect(rig.state.alarms[0]?.code).toBe(4003);
  });

  it('never makes a joint jump to catch up', () => {
    const rig = running(new CycleRig());
    const before = rig.state.motion.positionDeg;
    rig.step({}, 5000);
    const stepDegMax = 120 * 0.001 * 2 * rig.context.cell.cyclePeriodMs;
    rig.state.motion.positionDeg.forEach((deg, joint) => {
      expect(Math.abs(deg - (before[joint] ?? NaN))).toBeLessThanOrEqual(stepDegMax);
    });
  });
});

describe('an order', () => {
  it('is refused while the unit is stopped: nothing may wait for the reset to start moving', () => {
    const rig = new CycleRig();
    const reply = rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('a') });
    expect(reply).toMatchObject({ ok: false, fault: { code: 6008 } });
    expect(rig.state.jobs.records).toEqual([]);
  });

  it.each([
    [6001, jobOrder('a', { workMasterId: 'no-such' })],
    [6002, jobOrder('a', { parameters: { count: 0 } })],
    [6002, jobOrder('a', { parameters: { count: Number.NaN } })],
    [6002, jobOrder('a', { parameters: { nonsense: 1 } })],
  ])('is refused with %i and changes nothing', (code, order) => {
    const rig = new CycleRig();
    rig.makeReady();
    expect(rig.request({ kind: 'store-and-start', requestId: '1', order })).toMatchObject({
      ok: false,
      fault: { code },
    });
    expect(rig.state.jobs.records).toEqual([]);
    expect(rig.state.productionEnabled).toBe(false);
  });

  it('that is aborted while it runs stops under control and leaves the unit Idle, starting nothing that waits', () => {
    const rig = running(new CycleRig());
    rig.request({ kind: 'store-and-start', requestId: '2', order: jobOrder('b') });
    expect(rig.request({ kind: 'abort', requestId: '3', jobOrderId: 'a', comment: '' })?.ok).toBe(true);
    rig.run(100);
    expect(rig.state.jobs.records.map(({ state }) => state)).toEqual(['Aborted', 'AllowedToStart']);
    expect(rig.state.unit).toBe('Idle');
  });

  it('whose wait ends without its sensor holds the unit; it goes on when it is resumed', () => {
    const rig = new CycleRig();
    rig.makeReady();
    rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('a') });
    rig.run(3000);
    expect(rig.state.unit).toBe('Held');
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted', substate: 'Held', reason: { code: 3003 } });
    rig.closed.add('part-at-pick');
    rig.request({ kind: 'resume', requestId: '2', jobOrderId: 'a' });
    rig.run(20);
    expect([rig.state.unit, rig.state.jobs.records[0]?.state]).toEqual(['Execute', 'Running']);
    expect(rig.state.alarms).toEqual([]);
  });

  it('that holds the unit can be aborted: the unit is Idle again and its alarm is over', () => {
    const rig = new CycleRig();
    rig.makeReady();
    rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('a') });
    rig.run(3000);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([3003]);
    rig.request({ kind: 'abort', requestId: '2', jobOrderId: 'a', comment: '' });
    rig.run(20);
    expect([rig.state.unit, rig.state.alarms]).toEqual(['Idle', []]);
  });
});

describe('a gripper that holds a part at the reset, though no order had switched it on', () => {
  function stoppedWithPart(): CycleRig {
    const rig = running(new CycleRig());
    rig.closed.delete('estop-a');
    rig.closed.delete('estop-b');
    rig.closed.add('part-present');
    rig.counts.set('vacuum-pressure', 640);
    rig.run(60);
    rig.makeReady();
    expect([...rig.state.grippersOn]).toEqual(['gripper']);
    return rig;
  }

  it('keeps it until the order is resumed, which lets go of it', () => {
    const rig = stoppedWithPart();
    rig.request({ kind: 'resume', requestId: '2', jobOrderId: 'a' });
    expect([...rig.state.grippersOn]).toEqual([]);
  });

  it('keeps it through a second stop and its reset', () => {
    const rig = stoppedWithPart();
    rig.closed.delete('guard-door');
    rig.run(10);
    rig.makeReady();
    expect([...rig.state.grippersOn]).toEqual(['gripper']);
    rig.request({ kind: 'resume', requestId: '2', jobOrderId: 'a' });
    expect([...rig.state.grippersOn]).toEqual([]);
  });

  it('keeps it for good when another order has moved the arm meanwhile', () => {
    const rig = stoppedWithPart();
    rig.request({ kind: 'store-and-start', requestId: '2', order: jobOrder('b', { workMasterId: 'park' }) });
    rig.run(300);
    expect(rig.state.jobs.records.map(({ state }) => state)).toEqual(['Interrupted', 'Ended']);
    rig.request({ kind: 'resume', requestId: '3', jobOrderId: 'a' });
    expect([...rig.state.grippersOn]).toEqual(['gripper']);
  });
});

describe('orders that are given back after a restart', () => {
  it('are told once each; those of this run are not told again', () => {
    const rig = new CycleRig();
    rig.makeReady();
    rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('own', { workMasterId: 'park' }) });
    rig.run(10);
    const [own] = rig.state.jobs.records;
    if (own === undefined) throw new Error('the order was stored');
    const earlier = { ...own, order: jobOrder('earlier'), state: 'Running' as const };
    const { events } = rig.step({ requests: [{ kind: 'restore', requestId: '2', records: [earlier, own] }] });
    const told = events.flatMap((event) => (event.kind === 'job' ? [event.record] : []));
    expect(told.map(({ order, state }) => [order.jobOrderId, state])).toEqual([['earlier', 'Interrupted']]);
  });
});

describe('a shutdown', () => {
  it('ramps down, disarms, and only then has ended', () => {
    const rig = running(new CycleRig());
    expect(rig.step({ shutdown: true }).ended).toBe(false);
    let cycles = 1;
    while (!rig.step({ shutdown: true }).ended && cycles < 500) cycles += 1;
    expect(cycles).toBeGreaterThan(3);
    expect([rig.state.unit, isArmed(rig)]).toEqual(['Stopped', false]);
  });

  it('has not ended while a board still says that it is armed', () => {
    const rig = running(new CycleRig());
    for (let cycle = 0; cycle < 300; cycle += 1) {
      rig.link = 'armed';
      expect(rig.step({ shutdown: true }).ended).toBe(false);
    }
    expect([rig.state.unit, isArmed(rig)]).toEqual(['Stopped', false]);
    rig.link = 'stopped';
    expect(rig.step({ shutdown: true }).ended).toBe(true);
  });
});
