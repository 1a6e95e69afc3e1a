// Goal: no claim gets lost on the way from an input to its stop function or its output: blocks that only pass a demand on, gates, and
// stop functions that a shorter proof does not look at.
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/verify/result.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { type Changes, smallModel } from '../support/small-cell.ts';
import { randomWalk } from '../support/verify-campaign.ts';

const LIMITS = { statesMax: 1_000_000, memoryMib: 256, transitionsMax: 10_000_000 };

function refuted(changes: Changes): readonly Finding[] {
  const { findings } = verifyCell(smallModel({ programs: undefined, ...changes }), LIMITS, () => 0);
  expect(findings.filter(({ verdict }) => verdict === 'incomplete')).toEqual([]);
  return findings.filter(({ verdict }) => verdict === 'refuted');
}

const input = { kind: 'digital-input', board: 'uno-1', closedWhen: 'low' };
const ALL = ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'];
const STOP = { permission: 'curtain', category: 0, role: 'protective-stop' };
const CURTAIN: Changes = {
  'boards.uno-1.kind': 'mega',
  'devices.light': { ...input, pin: 'D30' },
  'devices.second': { ...input, pin: 'D31' },
};
const OVERRIDE: Changes = {
  ...CURTAIN,
  'devices.held-a': { ...input, pin: 'D32' },
  'devices.held-b': { ...input, pin: 'D33' },
  'safety.blocks.hold': { type: 'SF_Equivalent', channelA: 'held-a', channelB: 'held-b', discrepancyTimeMs: 500 },
  'safety.blocks.moved-out': {
    type: 'SF_Override',
    safetyIn: 'light',
    overrideEnable: 'second',
    hold: 'hold',
    maxOverrideTimeMs: 5000,
    reset: 'reset',
  },
  'safety.blocks.curtain': { type: 'SF_ESPE', input: 'moved-out', reset: 'reset' },
};
const REQUEST: Changes = {
  ...CURTAIN,
  'safety.blocks.request': {
    type: 'SF_SafetyRequest',
    opMode: 'light',
    acknowledge: 'second',
    monitoringTimeMs: 500,
    reset: 'reset',
  },
  'safety.blocks.curtain': { type: 'SF_ESPE', input: 'request.safetyRequest', reset: 'reset' },
};

describe.each([
  ['an override', OVERRIDE],
  ['a safety request', REQUEST],
] as const)('a light curtain behind %s', (_title, changes) => {
  const stops = (outputs: readonly string[]): Changes => ({
    ...changes,
    'safety.stopFunctions.curtain-stop': { ...STOP, outputs },
  });

  it('protects every hazardous output: a stop function that names one of them is refuted', () => {
    const found = refuted(stops(['base']));
    expect(new Set(found.map(({ rule, subject }) => [rule, subject['input']].join(' ')))).toEqual(
      new Set(['output-safe light']),
    );
    expect(found.flatMap(({ subject }) => subject['outputs']).toSorted()).toEqual(
      ALL.filter((name) => name !== 'base').toSorted(),
    );
    expect(found.every(({ trace }) => trace?.isConfirmed)).toBe(true);
  });

  it('is proved with all of them, which random inputs do not gainsay', () => {
    expect(refuted(stops(ALL))).toEqual([]);
    const { violation, permissions } = randomWalk(smallModel({ programs: undefined, ...stops(ALL) }), 20_000, 4711, [
      'held-a',
      'held-b',
    ]);
    expect(violation).toBeUndefined();
    expect(permissions).toBeGreaterThan(0);
  });
});

/** A cover whose stop lets go of the part, and a door whose stop lets the arm ramp down. */
const TWO_GUARDS: Changes = {
  'boards.uno-1.kind': 'mega',
  'devices.valve.safe': 'off',
  'devices.cover': { ...input, pin: 'D30' },
  'workMasters.work.parameters': undefined,
  'workMasters.work.steps': [
    { convey: { conveyor: 'belt', until: { input: 'at-pick', is: true }, timeoutMs: 8000 } },
    { grip: { gripper: 'gripper', timeoutMs: 1500 } },
    { move: { to: 'home', timeoutMs: 9000 } },
    { release: { gripper: 'gripper', timeoutMs: 1500 } },
  ],
  'safety.blocks.cover-guard': {
    type: 'SF_Guard',
    switch1: 'cover',
    switch2: 'cover',
    discrepancyTimeMs: 500,
    reset: 'reset',
  },
  'safety.stopFunctions.cover-stop': {
    permission: 'cover-guard',
    category: 0,
    role: 'protective-stop',
    outputs: ['valve', 'motor', 'power'],
  },
  'safety.stopFunctions.guard-stop.outputs': ['base', 'shoulder', 'elbow', 'wrist', 'power'],
  'safety.protects': { door: ['base'], cover: ['valve', 'motor'] },
};

describe('a property that must never be', () => {
  const about = (never: string, withinMs: number): Changes => ({ 'safety.properties': [{ never, withinMs }] });
  const NEVER = 'gripper.open while arm.moving and door.open';

  it('is refuted where a stop that reads none of its inputs brings it about: the cover lets go of the part while the arm ramps down', () => {
    const found = refuted({ ...TWO_GUARDS, ...about(NEVER, 0) });
    expect(found.map(({ rule, trace }) => [rule, trace?.isConfirmed])).toEqual([['never', true]]);
  });

  it('is proved where a stop that reads its inputs ends it whatever the others do', () => {
    expect(refuted({ ...TWO_GUARDS, ...about(NEVER, 500) })).toEqual([]);
  });

  it('knows that an output is off while its gate keeps it off, whatever its safe value is', () => {
    const hands: Changes = {
      'boards.uno-1.kind': 'mega',
      'devices.left': { ...input, pin: 'D30' },
      'devices.right': { ...input, pin: 'D31' },
      'safety.blocks.hands': { type: 'SF_TwoHandControlTypeIII', button1: 'left', button2: 'right' },
      'safety.blocks.control': {
        type: 'SF_OutControl',
        safeControl: 'hands',
        processControl: 'valve',
        autoReset: true,
        reset: 'reset',
      },
      'safety.stopFunctions.guard-stop.outputs': ['base'],
      'safety.protects': { door: ['base'] },
      'safety.blocks.estop.input': 'estop-a',
      'safety.blocks.channels': undefined,
      'devices.estop-b': undefined,
      'simulation.operator.estop': ['estop-a'],
    };
    const rules = (never: string): readonly string[] =>
      refuted({ ...hands, ...about(never, 0) }).map(({ rule }) => rule);
    expect(rules('valve.off while left.open')).toEqual(['never']);
  });
});
