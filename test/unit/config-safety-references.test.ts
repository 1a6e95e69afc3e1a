// References of the safety section to outputs of blocks and statuses of the cell: one row for each thing that can be wrong.
import { describe, expect, it, test } from 'vitest';
import type { ProblemCode } from '../../src/config/problem.ts';
import { cycleContext } from '../../src/control/cycle.ts';
import { inputsBehind } from '../../src/core/permits.ts';
import { MANUAL } from '../support/manual-cell.ts';
import { type Changes, problemsAfter, smallModel } from '../support/small-cell.ts';

const MUTING = {
  type: 'SF_MutingPar_2Sensor',
  aopdIn: 'door',
  switch11: 'door',
  switch12: 'door',
  mutingLamp: 'door',
  mutingEnable: 'door',
  discTimeEntryMs: 4000,
  maxMutingTimeMs: 600_000,
  reset: 'reset',
};
const LOCK = {
  type: 'SF_GuardLocking',
  guard: 'guard',
  safetyActive: 'cell.standstill',
  guardLock: 'door',
  unlockRequest: 'reset',
  reset: 'reset',
};
const BUTTON = { type: 'SF_ResetButton', resetIn: 'reset', trailingMinimumMs: 100, trailingMaximumMs: 3000 };
const SENSOR = {
  type: 'SF_TestableSafetySensor',
  ossdIn: 'door',
  startTest: 'cell.enabled',
  testTimeMs: 150,
  reset: 'reset',
};
const EDM = { type: 'SF_EDM', outControl: 'motor', edm1: 'door', edm2: 'door', monitoringTimeMs: 200, reset: 'reset' };
const OUT = { type: 'SF_OutControl', safeControl: 'guard', processControl: 'motor', reset: 'reset' };
const PERMISSION = 'safety.stopFunctions.guard-stop.permission';

const good: readonly (readonly [string, Changes])[] = [
  [
    'a lock that opens by losing its power with its own stop',
    {
      'boards.uno-1.kind': 'mega',
      'devices.bolt': { kind: 'digital-output', board: 'uno-1', pin: 'D40', hazardous: false, safe: 'on' },
      'safety.blocks.lock': { ...LOCK, unlockOutput: 'bolt' },
      [PERMISSION]: 'lock',
    },
  ],
  ['a lock as the permission', { 'safety.blocks.lock': LOCK, [PERMISSION]: 'lock' }],
  ['a lock by the name of its output', { 'safety.blocks.lock': LOCK, [PERMISSION]: 'lock.guardLocked' }],
  [
    'a reset button for all blocks',
    { 'safety.blocks.button': BUTTON, 'safety.blocks.guard.reset': 'button', 'safety.reset': 'button' },
  ],
  ['a tested sensor', { 'safety.blocks.sensor': SENSOR, 'safety.blocks.guard.switch2': 'sensor.ossdOut' }],
  ['a watched contactor', { 'safety.blocks.edm': EDM }],
  ['an output that safety allows', { 'safety.blocks.out': { ...OUT, staticControl: true } }],
  ['a muting', { 'safety.blocks.muting': MUTING, [PERMISSION]: 'muting.aopdOut', 'safety.blocks.guard': undefined }],
  [
    'a guard that nobody can stand behind',
    { 'safety.blocks.guard.autoReset': true, 'safety.blocks.guard.fullBodyAccess': false },
  ],
];

test('a lock may lose its power with its own stop where that stop leaves a mode to unlock in', () => {
  const bolt = { kind: 'digital-output', board: 'uno-1', pin: 'D40', hazardous: false };
  const lock = { 'devices.bolt': bolt, 'safety.blocks.lock': { ...LOCK, unlockOutput: 'bolt' }, [PERMISSION]: 'lock' };
  const problemsIn = (modes: unknown) =>
    problemsAfter({ ...MANUAL, ...lock, 'safety.stopFunctions.guard-stop.modes': modes }).map(({ code }) => code);
  expect(problemsIn(['automatic'])).toEqual([]);
  expect(problemsIn(undefined)).toEqual(['unlocks-never']);
});

test.each(good)('%s is a valid cell', (_title, changes) => {
  expect(problemsAfter(changes)).toEqual([]);
});

const bad: readonly (readonly [title: string, changes: Changes, code: ProblemCode, path: string])[] = [
  [
    'an emergency stop that closing a door would reset',
    { 'safety.blocks.estop.reset': 'door' },
    'reset-not-separate',
    'safety.blocks.estop.reset',
  ],
  [
    'a button behind a pulse that is a contact of an emergency stop',
    { 'safety.blocks.button': { ...BUTTON, resetIn: 'estop-a' }, 'safety.blocks.guard.reset': 'button' },
    'reset-not-separate',
    'safety.blocks.button.resetIn',
  ],
  [
    'a cell that a part at the end of the belt would reset',
    { 'safety.reset': 'at-pick', 'devices.at-pick.closedWhen': 'low' },
    'reset-not-separate',
    'safety.reset',
  ],
  [
    'a guard that a part in the gripper would reset',
    { 'safety.blocks.guard.reset': 'held', 'devices.held.closedWhen': 'low' },
    'reset-not-separate',
    'safety.blocks.guard.reset',
  ],
  [
    'an output that a block does not have',
    { 'safety.blocks.lock': LOCK, [PERMISSION]: 'lock.guardLock' },
    'unknown-output',
    PERMISSION,
  ],
  [
    'an input that names a missing output',
    { 'safety.blocks.lock': { ...LOCK, guard: 'guard.out' }, [PERMISSION]: 'lock' },
    'unknown-output',
    'safety.blocks.lock.guard',
  ],
  [
    'an output of a block that is not there',
    { 'safety.blocks.guard.switch2': 'dor.guardOut' },
    'unknown-signal',
    'safety.blocks.guard.switch2',
  ],
  [
    'a status that the cell does not have',
    { 'safety.blocks.lock': { ...LOCK, safetyActive: 'cell.standstil' }, [PERMISSION]: 'lock' },
    'unknown-cell-status',
    'safety.blocks.lock.safetyActive',
  ],
  [
    'a status of the cell for a door',
    { 'safety.blocks.guard.switch2': 'cell.standstill' },
    'cell-status-not-here',
    'safety.blocks.guard.switch2',
  ],
  [
    'an output that permits nothing for a door',
    { 'safety.blocks.sensor': SENSOR, 'safety.blocks.guard.switch2': 'sensor.testExecuted' },
    'signal-not-safe',
    'safety.blocks.guard.switch2',
  ],
  [
    'an output with two masters',
    { 'safety.blocks.edm': EDM, 'safety.blocks.out': OUT },
    'output-driven-twice',
    'safety.blocks.out.processControl',
  ],
  [
    'a lock that its own stop leaves without power',
    {
      'boards.uno-1.kind': 'mega',
      'devices.bolt': { kind: 'digital-output', board: 'uno-1', pin: 'D40', hazardous: false },
      'safety.blocks.lock': { ...LOCK, unlockOutput: 'bolt' },
      [PERMISSION]: 'lock',
    },
    'unlocks-never',
    'safety.stopFunctions.guard-stop.category',
  ],
  [
    'a belt on the output of a lock',
    {
      'safety.blocks.lock': { ...LOCK, unlockOutput: 'motor' },
      [PERMISSION]: 'lock',
      'safety.stopFunctions.guard-stop.category': 2,
    },
    'output-follows-block',
    'devices.belt.motor',
  ],
  [
    'a gripper on the output of a test',
    {
      'safety.blocks.sensor': { ...SENSOR, testOutput: 'valve' },
      'safety.blocks.guard.switch2': 'sensor.ossdOut',
    },
    'output-follows-block',
    'devices.gripper.valve',
  ],
  [
    'the power on the output of a lock',
    {
      'safety.blocks.lock': { ...LOCK, unlockOutput: 'power' },
      [PERMISSION]: 'lock',
      'safety.stopFunctions.guard-stop.category': 2,
    },
    'output-follows-block',
    'devices.power.onWhileEnabled',
  ],
  [
    'a contactor that is an input',
    { 'safety.blocks.edm': { ...EDM, outControl: 'door' } },
    'wrong-kind',
    'safety.blocks.edm.outControl',
  ],
  [
    'an automatic reset where a person may stand',
    { 'safety.blocks.guard.autoReset': true },
    'auto-reset-behind-guard',
    'safety.blocks.guard.autoReset',
  ],
  [
    'an output that comes back by itself',
    { 'safety.blocks.out': { ...OUT, staticControl: true, autoReset: true } },
    'restart-by-itself',
    'safety.blocks.out.autoReset',
  ],
  [
    'a press that can be neither short nor long',
    { 'safety.blocks.button': { ...BUTTON, trailingMaximumMs: 100, trailingMinimumMs: 101 }, 'safety.reset': 'button' },
    'min-above-max',
    'safety.blocks.button.trailingMinimumMs',
  ],
  [
    'a reset button that reads a block',
    { 'safety.blocks.button': { ...BUTTON, resetIn: 'guard' }, 'safety.reset': 'button' },
    'unknown-device',
    'safety.blocks.button.resetIn',
  ],
  [
    'a permission that comes back by itself',
    { 'safety.blocks.lock': LOCK, [PERMISSION]: 'lock.unlockGuard' },
    'permission-does-not-latch',
    PERMISSION,
  ],
  ['a permission that is a status', { [PERMISSION]: 'cell.standstill' }, 'permission-not-a-block', PERMISSION],
  [
    'a muted channel of the emergency stop',
    {
      'safety.blocks.muting': { ...MUTING, aopdIn: 'estop-a' },
      [PERMISSION]: 'muting',
      'safety.blocks.guard': undefined,
    },
    'emergency-stop-overridden',
    'safety.blocks.muting.aopdIn',
  ],
  [
    'a muted emergency stop',
    {
      'safety.blocks.muting': { ...MUTING, aopdIn: 'estop' },
      [PERMISSION]: 'muting',
      'safety.blocks.guard': undefined,
    },
    'emergency-stop-overridden',
    'safety.blocks.muting.aopdIn',
  ],
  [
    'an emergency stop behind a muting',
    { 'safety.blocks.muting': MUTING, 'safety.blocks.channels.channelB': 'muting' },
    'emergency-stop-overridden',
    'safety.blocks.muting.aopdIn',
  ],
  [
    'blocks that feed each other by outputs',
    {
      'safety.blocks.lock': { ...LOCK, guard: 'guard' },
      'safety.blocks.guard.switch2': 'lock.unlockGuard',
      [PERMISSION]: 'lock',
    },
    'block-cycle',
    'safety.blocks.guard',
  ],
  [
    'a muting that lasts too long',
    {
      'safety.blocks.muting': { ...MUTING, maxMutingTimeMs: 600_001 },
      [PERMISSION]: 'muting',
      'safety.blocks.guard': undefined,
    },
    'out-of-range',
    'safety.blocks.muting.maxMutingTimeMs',
  ],
];

describe('a cell is refused for', () => {
  it.each(bad)('%s', (_title, changes, code, path) => {
    expect(problemsAfter(changes).map((problem) => [problem.code, problem.path])).toEqual([[code, path]]);
  });
});

test('an emergency stop has no automatic reset', () => {
  const problems = problemsAfter({ 'safety.blocks.estop.autoReset': true });
  expect(problems.map(({ code, path }) => [code, path])).toContainEqual([
    'unknown-key',
    'safety.blocks.estop.autoReset',
  ]);
});

test('a block named cell is refused, since cell.x names a status', () => {
  const problems = problemsAfter({ 'safety.blocks.cell': EDM });
  expect(problems.map(({ code }) => code)).toEqual(['name-reserved']);
});

test('a board watches what is behind an output of a block, and not what a muting lets pass', () => {
  const lock = smallModel({ 'safety.blocks.lock': LOCK, [PERMISSION]: 'lock' }).safety;
  expect(inputsBehind(lock, 'lock.guardLocked')).toEqual(['door']);
  expect(inputsBehind(lock, 'lock.unlockGuard')).toEqual(['reset']);
  expect(inputsBehind(lock, 'cell.standstill')).toEqual([]);
  const muting = { ...MUTING, mutingLamp: 'estop-a' };
  const muted = smallModel({
    'safety.blocks.muting': muting,
    [PERMISSION]: 'muting',
    'safety.blocks.guard': undefined,
  });
  expect(inputsBehind(muted.safety, 'muting')).toEqual(['estop-a']);
});

describe('an output that a block switches by itself', () => {
  const lamp = { kind: 'digital-output', board: 'uno-1', pin: 'D40', hazardous: false };
  const cell = (more: Changes) =>
    smallModel({ 'boards.uno-1.kind': 'mega', 'devices.bolt': lamp, [PERMISSION]: 'lock', ...more });

  it('is none that a program may switch, while a free one is', () => {
    const free = cell({ 'safety.blocks.lock': LOCK });
    const taken = cell({
      'safety.blocks.lock': { ...LOCK, unlockOutput: 'bolt' },
      'safety.stopFunctions.guard-stop.category': 2,
    });
    expect(cycleContext(free, 'test').programOutputs.has('bolt')).toBe(true);
    expect(cycleContext(taken, 'test').programOutputs.has('bolt')).toBe(false);
  });
});
