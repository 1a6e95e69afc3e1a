import { expect, test } from 'vitest';
import type { SafetyModel, StopFunctionModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { blockCall, blockStatuses, initialSafety, isPermitted, resetEdge } from '../../src/safety/program.ts';
import { at } from '../support/at.ts';
import { RIG_MODEL, SafetyRig } from '../support/safety-rig.ts';

/** A cell whose reset was pressed: everything is permitted, and it moves. */
function permitted(): SafetyRig {
  const rig = new SafetyRig().step(4).reset();
  rig.standstill = false;
  expect(rig.phases).toBe('permitted permitted');
  return rig;
}

test('[O11] a cell that starts is stopped, whatever its inputs say', () => {
  expect(initialSafety(RIG_MODEL).stops).toMatchObject([
    { name: 'stop-all', category: 1, phase: 'stopped', outputs: ['base', 'belt-motor'], cause: undefined },
    { name: 'stop-belt', category: 0, phase: 'stopped', outputs: ['belt-motor'], cause: undefined },
  ]);
  expect(new SafetyRig().step(1000).phases).toBe('stopped stopped');
});

test('[O3] a reset that is pressed before the cell starts and held gives no permission, and is told as an error', () => {
  const rig = new SafetyRig().close('reset').step(100);
  expect(rig.phases).toBe('stopped stopped');
  expect(blockStatuses(rig.model, rig.state)).toMatchObject([
    { name: 'estop', type: 'SF_EmergencyStop', diagCode: 'C001', output: false, error: true },
    { name: 'guard', type: 'SF_Guard', diagCode: 'C001', output: false, error: true },
    { name: 'estop-pair', type: 'SF_Equivalent', diagCode: '8000', output: true, error: false },
  ]);
  rig.open('reset').step(2).reset();
  expect(rig.phases).toBe('permitted permitted');
});

test('before the reset each block asks for it', () => {
  const rig = new SafetyRig().step(4);
  expect(blockStatuses(rig.model, rig.state)).toMatchObject([
    { diagCode: '8402', resetRequest: true },
    { diagCode: '8402', resetRequest: true },
    { diagCode: '8000', resetRequest: false },
  ]);
});

test.each(['estop-a', 'estop-b'])('channel %s of the emergency stop demands the stop in the same step', (channel) => {
  const rig = permitted().open(channel).step();
  expect(rig.stop(0)).toMatchObject({
    phase: 'stopping',
    cause: { code: 4001, detail: { stopFunction: 'stop-all', block: 'estop', diagCode: '8804' } },
  });
  expect(rig.stop(1).phase).toBe('permitted');
});

test('inputs that cannot be read for one step stop, and a reset is enough to go on: no contact is to blame', () => {
  const rig = permitted();
  for (const input of ['estop-a', 'estop-b', 'door']) rig.unreadable.add(input);
  expect(rig.step().phases).toBe('stopping stopped');
  rig.unreadable.clear();
  rig.standstill = true;
  rig.step(100);
  expect(blockStatuses(rig.model, rig.state).map(({ diagCode }) => diagCode)).toEqual(['8404', '8402', '8000']);
  expect(rig.phases).toBe('stopped stopped');
  expect(rig.reset().phases).toBe('permitted permitted');
});

test('a category 1 stop ends at standstill', () => {
  const rig = permitted().open('estop-a', 'estop-b').step(10);
  expect(rig.stop(0).phase).toBe('stopping');
  rig.standstill = true;
  expect(rig.step().stop(0).phase).toBe('stopped');
});

test('a category 1 stop that finds no standstill ends at its time limit', () => {
  const rig = permitted().open('estop-a', 'estop-b').step();
  expect(rig.step(39).stop(0).phase).toBe('stopping');
  expect(rig.step().stop(0).phase).toBe('stopped');
});

test('a category 1 stop at standstill is over in the same step', () => {
  const rig = permitted();
  rig.standstill = true;
  expect(rig.open('estop-a').step().stop(0).phase).toBe('stopped');
});

/** As the rig, with the guard's stop holding with power on; permitted and moving. */
function holding(): SafetyRig {
  const [stopAll, stopBelt] = RIG_MODEL.stopFunctions;
  const stops = [stopAll, stopBelt && { ...stopBelt, category: 2 as const }].filter((stop) => stop !== undefined);
  const rig = new SafetyRig({ ...RIG_MODEL, stopFunctions: stops }).step(4).reset();
  rig.standstill = false;
  return rig;
}

test('a category 2 stop ramps down, holds at standstill, and permits again only after a reset', () => {
  const rig = holding().open('door').step();
  expect(rig.stop(1).phase).toBe('stopping');
  rig.standstill = true;
  expect(rig.step(1000).stop(1).phase).toBe('standstill');
  expect(rig.close('door').step(1000).stop(1).phase).toBe('standstill');
  expect(rig.reset().stop(1).phase).toBe('permitted');
});

test('a category 2 stop is over in the step in which its standstill is lost, and stays so', () => {
  const rig = holding().open('door').step();
  rig.standstill = true;
  rig.step();
  rig.standstill = false;
  expect(rig.step().stop(1).phase).toBe('stopped');
  rig.standstill = true;
  expect(rig.step(100).stop(1).phase).toBe('stopped');
});

test('standstill that is lost while the reset is pressed takes the power away', () => {
  const rig = holding().open('door').step();
  rig.standstill = true;
  rig.step().close('door').step(2).close('reset');
  rig.standstill = false;
  expect(rig.step().stop(1).phase).toBe('stopped');
});

test('a category 2 stop that finds no standstill takes the power away at its time limit', () => {
  const rig = holding().open('door').step();
  expect(rig.step(39).stop(1).phase).toBe('stopping');
  expect(rig.step().stop(1).phase).toBe('stopped');
});

test('an opened guard stops its outputs in the same step', () => {
  const rig = permitted().open('door').step();
  expect(rig.stop(1)).toMatchObject({
    phase: 'stopped',
    cause: { code: 4002, detail: { stopFunction: 'stop-belt', block: 'guard', diagCode: '8804' } },
  });
  expect(rig.stop(0).phase).toBe('permitted');
});

test('releasing the emergency stop does not restart anything; the reset after it does', () => {
  const rig = permitted().open('estop-a', 'estop-b').step(50);
  rig.close('estop-a', 'estop-b').step(100);
  expect(rig.stop(0)).toMatchObject({ phase: 'stopped', cause: { code: 4001 } });
  rig.reset();
  expect(rig.stop(0)).toMatchObject({ phase: 'permitted', cause: undefined });
});

test('[O6] a reset while the emergency stop is pressed is not remembered', () => {
  const rig = permitted().open('estop-a', 'estop-b').step(50).reset();
  rig.close('estop-a', 'estop-b').step(100);
  expect(rig.stop(0).phase).toBe('stopped');
});

test('[O3] a reset that is held while the emergency stop is released gives no permission', () => {
  const rig = permitted().open('estop-a', 'estop-b').step(50).close('reset').step(5);
  rig.close('estop-a', 'estop-b').step(100);
  expect(rig.stop(0).phase).toBe('stopped');
  expect(at(blockStatuses(rig.model, rig.state), 0).diagCode).toBe('C011');
});

test('the cause is the first one, also when the block changes its state later', () => {
  const rig = permitted().open('estop-a').step(100);
  expect(at(blockStatuses(rig.model, rig.state), 2).diagCode).toBe('C030');
  rig.close('estop-a').step(10);
  expect(rig.stop(0).cause?.detail).toMatchObject({ diagCode: '8804' });
});

test('one stuck channel of the emergency stop prevents the permission', () => {
  const rig = permitted().open('estop-a').step(100).close('estop-a').step(10).reset();
  expect(rig.stop(0).phase).toBe('stopped');
  rig.open('estop-a', 'estop-b').step(5).close('estop-a', 'estop-b').step(5).reset();
  expect(rig.stop(0).phase).toBe('permitted');
});

test('a permission that comes back while the motion still ramps down does not end the ramp-down', () => {
  const rig = permitted().open('estop-a', 'estop-b').step(3).close('estop-a', 'estop-b').step(3).reset();
  expect(at(blockStatuses(rig.model, rig.state), 0).output).toBe(true);
  expect(rig.stop(0).phase).toBe('stopping');
  rig.standstill = true;
  expect(rig.step().stop(0).phase).toBe('stopped');
  expect(rig.step().stop(0).phase).toBe('permitted');
});

test('an input that cannot be read stops like one that is open', () => {
  const rig = permitted();
  rig.unreadable.add('door').add('estop-b');
  expect(rig.step().phases).toBe('stopping stopped');
});

test('the reset edge of the cell is seen in one step', () => {
  const rig = new SafetyRig().step();
  expect(resetEdge(rig.state)).toBe(false);
  rig.close('reset').step();
  expect(resetEdge(rig.state)).toBe(true);
  rig.step();
  expect(resetEdge(rig.state)).toBe(false);
  rig.open('reset').step();
  expect(resetEdge(rig.state)).toBe(false);
});

test('a reset button that is stuck when the link comes back is no edge', () => {
  const rig = permitted().close('reset').step();
  for (const input of ['reset', 'door', 'estop-a', 'estop-b']) rig.unreadable.add(input);
  rig.step(50);
  rig.unreadable.clear();
  for (let step = 0; step < 20; step += 1) {
    rig.step();
    expect(resetEdge(rig.state)).toBe(false);
    expect(rig.stop(0).phase).not.toBe('permitted');
    expect(rig.stop(1).phase).toBe('stopped');
  }
});

test('a reset that is pressed when the program starts is no edge', () => {
  const rig = new SafetyRig().close('reset').step();
  expect(resetEdge(rig.state)).toBe(false);
});

test('blocks that feed each other in a circle, or do not exist, never permit', () => {
  const model: SafetyModel = {
    reset: 'reset',
    blocks: [
      { type: 'SF_EmergencyStop', name: 'one', input: 'two', reset: 'reset' },
      { type: 'SF_EmergencyStop', name: 'two', input: 'one', reset: 'reset' },
    ],
    stopFunctions: ['one', 'nobody'].map((permission) => ({
      name: permission,
      permission,
      category: 0,
      timeLimitMs: 0,
      role: 'protective-stop',
      outputs: [],
    })),
  };
  const rig = new SafetyRig(model).step(5).reset().reset().step(5);
  expect(rig.phases).toBe('stopped stopped');
});

test('the state is plain data that a recording can keep', () => {
  const rig = permitted().open('estop-a').step();
  const copy = new SafetyRig();
  copy.state = JSON.parse(JSON.stringify(rig.state)) as typeof rig.state;
  copy.nowMs = rig.nowMs;
  copy.open('estop-a');
  copy.standstill = false;
  expect(copy.step(60).phases).toBe(rig.step(60).phases);
});

test('before the first step no block is active, and no reset was seen to rise', () => {
  const { blocks, stops, ...rest } = initialSafety(RIG_MODEL);
  expect(Object.entries(blocks).map(([name, { code }]) => [name, code])).toEqual([
    ['estop', '0000'],
    ['guard', '0000'],
    ['estop-pair', '0000'],
  ]);
  expect(stops.map(({ demandedAt }) => demandedAt)).toEqual([0, 0]);
  expect(rest).toEqual({ mode: undefined, resetBefore: true, resetRose: false });
});

test('a block is called with what stands for inputs that cannot be read, and is told which they are', () => {
  const { state } = permitted();
  const inputs = { now: monotonicMs(7), closed: () => true, standstill: true };
  const signals = [
    { key: 'lost', whenUnread: false, read: () => undefined },
    { key: 'lostDemand', whenUnread: true, read: () => undefined },
    { key: 'seen', whenUnread: false, read: () => true },
  ];
  const call = blockCall(
    { name: 'block', signals, constants: { limitMs: 3 }, reset: () => false },
    inputs,
    state.blocks,
  );
  expect(call).toEqual({
    now: 7,
    activate: true,
    reset: false,
    inputs: { limitMs: 3, lost: false, lostDemand: true, seen: true },
    unread: ['lost', 'lostDemand'],
  });
});

const STOP = {
  name: 'stop',
  category: 0,
  timeLimitMs: 0,
  role: 'protective-stop',
  outputs: [],
  permission: 'guard',
} as const;

test.each([
  ['always', undefined, undefined, true],
  ['always', undefined, 'automatic', true],
  ['in its mode', ['automatic'], 'automatic', true],
  ['not in another mode', ['automatic'], 'maintenance', false],
] as const)('a stop function counts %s: modes %j, selected %j', (_when, modes, mode, isAsked) => {
  const model = modes === undefined ? STOP : { ...STOP, modes };
  expect(isPermitted(model, mode, () => true)).toBe(true);
  expect(isPermitted(model, mode, () => false)).toBe(!isAsked);
});

/** Its guard's stop counts in automatic only, or in all modes; reset in automatic, with the door closed. */
function withModes(counting: Pick<StopFunctionModel, 'modes'> = { modes: ['automatic'] }): SafetyRig {
  const stopFunctions = RIG_MODEL.stopFunctions.map((stop, index) => (index === 1 ? { ...stop, ...counting } : stop));
  const selection = { automatic: 'auto', manualReducedSpeed: 'manual', maintenance: 'service' };
  const modes = { selection, toolSpeedMaxMmPerS: 250 };
  return new SafetyRig({ ...RIG_MODEL, modes, stopFunctions }).close('auto').step(4).reset();
}

test('the mode is the one that is selected, and none while it is not exactly one', () => {
  const rig = withModes();
  expect(rig.state.mode).toBe('automatic');
  expect(rig.open('auto').close('manual').step().state.mode).toBe('manualReducedSpeed');
  expect(rig.open('manual').close('service').step().state.mode).toBe('maintenance');
  expect(rig.close('auto').step().state.mode).toBeUndefined();
  expect(rig.open('auto', 'service').step().state.mode).toBeUndefined();
});

test('no mode stops what counts in some modes, and the cause is that no mode is selected, not the closed guard', () => {
  const rig = withModes().open('auto').step();
  expect(rig.phases).toBe('permitted stopped');
  expect(rig.stop(1).cause).toMatchObject({ code: 4301, detail: {} });
  const opened = withModes().open('auto', 'door').step();
  expect(opened.stop(1).cause).toMatchObject({ code: 4002, detail: { block: 'guard' } });
});

test('an open guard stops what counts in all modes, whichever is selected', () => {
  for (const mode of ['auto', 'manual', 'service']) {
    const rig = withModes({}).open('auto').close(mode).step();
    expect(rig.phases).toBe('permitted permitted');
    expect(rig.open('door').step().phases).toBe('permitted stopped');
  }
});

test('a bypass permits in maintenance, for its own stop function, and while it stands', () => {
  const rig = withModes({}).open('auto').close('service').step();
  rig.bypassed = ['stop-all'];
  expect(rig.open('door').step().phases).toBe('permitted stopped');
  rig.bypassed = ['stop-belt'];
  expect(rig.step().phases).toBe('permitted permitted');
  rig.bypassed = [];
  expect(rig.step().phases).toBe('permitted stopped');
});

test.each(['auto', 'manual', undefined])('a bypass permits nothing outside maintenance: %s', (mode) => {
  const rig = withModes({}).open('auto', 'door');
  if (mode !== undefined) rig.close(mode);
  rig.bypassed = ['stop-belt'];
  expect(rig.step().phases).toBe('permitted stopped');
});

test('the status of a block has all its outputs by name', () => {
  const rig = permitted();
  const [estop] = blockStatuses(rig.model, rig.state);
  expect([estop?.output, estop?.outputs]).toEqual([true, { eStopOut: true }]);
  expect(at(blockStatuses(rig.model, rig.open('estop-a', 'estop-b').step().state), 0).outputs).toEqual({
    eStopOut: false,
  });
});

test('a stop that is demanded through one output of a block names the block and its code', () => {
  const [stopAll] = RIG_MODEL.stopFunctions;
  const stops = stopAll ? [{ ...stopAll, permission: 'estop.eStopOut' }] : [];
  const rig = new SafetyRig({ ...RIG_MODEL, stopFunctions: stops }).step(4).reset().open('estop-a').step();
  expect(rig.stop(0).cause?.detail).toEqual({ stopFunction: 'stop-all', block: 'estop', diagCode: '8804' });
});

test('a stop function that counts in some modes permits nothing while none is selected', () => {
  expect(isPermitted({ ...STOP, modes: ['automatic'] }, undefined, () => true)).toBe(false);
});
