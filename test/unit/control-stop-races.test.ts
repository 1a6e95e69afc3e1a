// Goal: no stop is lost, and nothing comes on by itself, however unluckily edges, resets, modes and boards fall together.
// Method: one unlucky moment per test, in whole cycles and on the fast path between them.
import { describe, expect, it } from 'vitest';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';
import { SELECTOR } from '../support/manual-cell.ts';
import { ModeRig } from '../support/mode-rig.ts';
import { smallModel } from '../support/small-cell.ts';

const OUTPUTS = ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'];
const CURTAIN = { type: 'SF_ESPE', input: 'door', reset: 'reset', autoReset: true, fullBodyAccess: false };

/** What the first board drives on this output: a level, or a pulse width in microseconds. */
function driven(rig: CycleRig, device: string): number {
  const slot = rig.context.table.plans[0]?.outputs.findIndex((output) => output.device === device) ?? -1;
  return rig.boards()[0]?.image?.outputs[slot] ?? Number.NaN;
}

function press(rig: CycleRig): void {
  rig.run(3);
  rig.closed.add('reset');
  rig.run(2);
  rig.closed.delete('reset');
  rig.run(6);
}

/** A cell whose light curtain needs no reset of its own, with an order under way. */
function withCurtain(stop: object): CycleRig {
  const rig = new CycleRig(
    smallModel({
      'safety.blocks.guard': CURTAIN,
      'safety.stopFunctions.guard-stop': { permission: 'guard', role: 'protective-stop', outputs: OUTPUTS, ...stop },
    }),
  );
  for (const input of ['estop-a', 'estop-b', 'door']) rig.closed.add(input);
  press(rig);
  return rig;
}

describe('a light curtain that is broken and free again between two cycles', () => {
  it.each([
    ['of category 0', { category: 0 }],
    ['of category 1', { category: 1, timeLimitMs: 500 }],
    ['of category 2', { category: 2, timeLimitMs: 500 }],
  ])('stops the cell by a stop %s until a reset, and never lets the move go on', (_what, stop) => {
    for (const cycles of [3, 4, 40, 200]) {
      const rig = withCurtain(stop);
      rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('o', { workMasterId: 'work' }) });
      rig.run(cycles);
      rig.closed.delete('door');
      expect(rig.edge()).toBe(1);
      rig.closed.add('door');
      rig.step();
      expect(rig.state.alarms.map(({ code }) => code)).toEqual([4002]);
      rig.run(150);
      expect(rig.state.unit).toBe('Stopped');
      expect(rig.state.jobs.records[0]?.state).toBe('Interrupted');
    }
  });

  it('takes the power away for good by a stop of category 0', () => {
    const rig = withCurtain({ category: 0 });
    rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('o', { workMasterId: 'work' }) });
    while (rig.state.motion.path === undefined) rig.step();
    rig.run(5);
    rig.closed.delete('door');
    rig.edge();
    const at = rig.state.motion.positionDeg;
    rig.closed.add('door');
    rig.step();
    rig.run(3);
    expect(rig.state.motion.positionDeg[2]).toBeCloseTo(at[2] ?? Number.NaN, 1);
    expect([driven(rig, 'power'), rig.link, rig.state.enabled]).toEqual([0, 'stopped', false]);
  });
});

describe('a selector that is turned while a reset is on its way to Idle', () => {
  it.each([0, 1, 2, 3, 4])('ends the reset before power comes (%i cycles after the edge)', (cycles) => {
    const rig = new ModeRig();
    rig.select('automatic');
    rig.closed.add('door');
    rig.run(5);
    rig.closed.add('reset');
    rig.run(cycles);
    rig.select('manualReducedSpeed');
    for (let count = 0; count < 20; count += 1) {
      rig.step();
      if (rig.state.enabled && rig.state.unit === 'Idle') expect(rig.state.safety.mode).toBe('automatic');
    }
    expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
  });
});

it('a reset is not taken in the cycle in which the boards are told to watch another mode', () => {
  const rig = new ModeRig();
  rig.select('none');
  rig.run(5);
  rig.select('manualReducedSpeed');
  let before = rig.state;
  while (rig.outputs?.watch === undefined) {
    before = rig.state;
    rig.step();
  }
  // That cycle once more, with the button pressed in it.
  rig.state = before;
  rig.closed.add('reset');
  rig.step();
  expect([rig.outputs.watch.mode, rig.state.unit, rig.state.resetting]).toEqual([
    'manualReducedSpeed',
    'Stopped',
    false,
  ]);
});

it('a board that is lost while a reset is on its way to Idle ends the reset before power comes', () => {
  for (const cycles of [1, 2, 3]) {
    const rig = new ModeRig();
    rig.closed.add('door');
    rig.run(5);
    rig.closed.add('reset');
    rig.run(cycles);
    if (rig.state.enabled) break;
    rig.link = 'connecting';
    for (let count = 0; count < 10; count += 1) {
      rig.step();
      expect(rig.state.enabled).toBe(false);
    }
  }
});

describe('power that is held in a stop of category 2', () => {
  function held(): CycleRig {
    const rig = withCurtain({ category: 2, timeLimitMs: 500 });
    rig.closed.delete('door');
    rig.run(30);
    expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', true]);
    rig.closed.add('door');
    rig.run(3);
    expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', true]);
    return rig;
  }

  it('is not given back by a reset in the very cycle in which another stop is found', () => {
    const rig = held();
    rig.closed.add('reset');
    rig.step({ lateMs: 500 });
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([4002, 4003]);
    rig.run(10);
    expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
  });

  it('is not given back by a reset in the very cycle in which its board has begun a new session', () => {
    const rig = held();
    rig.run(2);
    expect(rig.link).toBe('armed');
    rig.link = 'stopped';
    rig.closed.add('reset');
    rig.step();
    rig.run(10);
    expect([rig.state.enabled, rig.state.alarms.some(({ code }) => code === 1002)]).toEqual([false, true]);
  });
});

describe('an enabling device that is pressed again', () => {
  it('moves no joint that has been pushed away meanwhile', () => {
    const pot = [
      { counts: 0, value: -90 },
      { counts: 1000, value: 90 },
    ];
    const rig = new ModeRig({
      'devices.base.feedback': { input: 'angle', followingErrorMaxDeg: 10, standstillWindowDeg: 2 },
      'devices.angle': {
        kind: 'analog-input',
        board: 'uno-1',
        pin: 'A6',
        unit: 'deg',
        scale: pot,
        plausibleMin: -95,
        plausibleMax: 95,
      },
    });
    rig.counts.set('angle', 500);
    rig.ready('manualReducedSpeed');
    rig.hold();
    rig.run(5);
    expect(driven(rig, 'base')).toBe(1500);
    rig.letGo();
    rig.run(30);
    expect(rig.link).toBe('stopped');
    rig.counts.set('angle', 750);
    rig.run(60);
    expect(rig.state.alarms).toEqual([]);
    rig.hold();
    rig.run(3);
    expect(driven(rig, 'base')).toBe(1950);
  });

  it('lets go of no part that the gripper has taken meanwhile', () => {
    const rig = new ModeRig();
    rig.ready('manualReducedSpeed');
    rig.hold();
    rig.run(3);
    expect(driven(rig, 'valve')).toBe(0);
    rig.letGo();
    rig.run(60);
    expect(driven(rig, 'valve')).toBe(1);
    rig.closed.add('held');
    rig.run(5);
    rig.hold();
    rig.run(5);
    expect(driven(rig, 'valve')).toBe(1);
  });

  it('between two cycles moves nothing before the jog was let go too', () => {
    const rig = new ModeRig();
    rig.ready('manualReducedSpeed');
    rig.hold();
    rig.jogFor(2, {});
    // Held against its limit the joint stands, and the jog is still asked for.
    while ((rig.state.motion.positionDeg[0] ?? 0) < 90) rig.jog({ base: 100 });
    rig.jogFor(5, { base: 100 });
    rig.letGo();
    rig.edge();
    rig.closed.add('enable-1');
    rig.jogFor(20, { base: -100 });
    expect(rig.state.motion.positionDeg[0]).toBe(90);
  });
});

describe('a contactor that is watched by its feedback contact', () => {
  const EDM = { type: 'SF_EDM', outControl: 'power', edm1: 'off', edm2: 'off', monitoringTimeMs: 100, reset: 'reset' };

  /** The contactor follows what its board drives. */
  function follow(rig: CycleRig, cycles: number): void {
    for (let count = 0; count < cycles; count += 1) {
      if (driven(rig, 'power') === 1) rig.closed.delete('off');
      else rig.closed.add('off');
      rig.step();
    }
  }

  it('is no error while its board is disarmed by another stop', () => {
    const rig = new ModeRig({
      'devices.off': { kind: 'digital-input', board: 'uno-1', closedWhen: 'low', pin: 'D40' },
      'devices.power.hazardous': false,
      'safety.blocks.watched': EDM,
      'safety.stopFunctions.manual-enabling.outputs': ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor'],
    });
    rig.select('manualReducedSpeed');
    follow(rig, 5);
    rig.closed.add('reset');
    follow(rig, 3);
    rig.closed.delete('reset');
    follow(rig, 40);
    expect([rig.state.unit, rig.state.enabled, rig.state.alarms]).toEqual(['Idle', true, []]);
    rig.closed.add('enable-1');
    follow(rig, 30);
    expect([driven(rig, 'power'), rig.state.alarms]).toEqual([1, []]);
    rig.closed.delete('enable-1');
    follow(rig, 100);
    expect([driven(rig, 'power'), rig.state.alarms]).toEqual([0, []]);
  });

  it('that is welded at power-up never comes on', () => {
    const rig = new ModeRig({
      'devices.off': { kind: 'digital-input', board: 'uno-1', closedWhen: 'low', pin: 'D40' },
      'safety.blocks.watched': EDM,
    });
    rig.closed.add('door');
    for (let round = 0; round < 4; round += 1) {
      rig.closed.add('reset');
      for (let count = 0; count < 30; count += 1) {
        rig.step();
        expect(driven(rig, 'power')).toBe(0);
      }
      rig.closed.delete('reset');
      rig.run(5);
    }
    expect(rig.state.alarms.some(({ code }) => code === 4201)).toBe(true);
  });
});

it('a selector that leaves its position for less than a cycle stops an order', () => {
  const rig = new ModeRig();
  rig.ready('automatic');
  rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('o', { workMasterId: 'work' }) });
  rig.run(10);
  expect(rig.state.unit).toBe('Execute');
  rig.closed.delete(SELECTOR.automatic);
  rig.edge();
  rig.closed.add(SELECTOR.automatic);
  rig.run(150);
  expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
});
