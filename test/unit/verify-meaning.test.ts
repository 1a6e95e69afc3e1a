// Goal: no claim gets lost on the way from an input to its stop function or its output: blocks that only pass a demand on, gates, and
// stop functions that a shorter proof does not look at.
import { describe, expect, it } from 'vitest';
import { claimedBy, outputsOf } from '../../src/verify/claims.ts';
import { demandsOf } from '../../src/verify/meaning.ts';
import type { Finding } from '../../src/verify/result.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { manualCell } from '../support/manual-cell.ts';
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

const MUTING: Changes = {
  ...CURTAIN,
  'devices.goods-a': { ...input, pin: 'D32' },
  'devices.goods-b': { ...input, pin: 'D33' },
  'devices.lamp': { ...input, pin: 'D34' },
  'safety.blocks.muting': {
    type: 'SF_MutingPar_2Sensor',
    aopdIn: 'light',
    switch11: 'goods-a',
    switch12: 'goods-b',
    mutingLamp: 'lamp',
    mutingEnable: 'second',
    discTimeEntryMs: 1000,
    maxMutingTimeMs: 4000,
    reset: 'reset',
  },
  'safety.blocks.curtain': { type: 'SF_ESPE', input: 'light', reset: 'reset' },
};

const WAYS = { muted: { ...STOP, permission: 'muting' }, plain: { ...STOP, permission: 'curtain' } } as const;
type Way = keyof typeof WAYS;

/** The outputs of the stop functions that read the curtain through the muting and without it, in the order of the file. */
function inOrder(order: readonly Way[], outputs: Readonly<Record<Way, readonly string[]>>): Changes {
  const stops = Object.fromEntries(
    order.map((way): [string, unknown] => [
      `safety.stopFunctions.${way}-stop`,
      { ...WAYS[way], outputs: outputs[way] },
    ]),
  );
  return { ...MUTING, ...stops };
}

describe.each([[['muted', 'plain']], [['plain', 'muted']]] as const)(
  'a light curtain that stop functions read as %j, in this order in the file',
  (order) => {
    const rest = ALL.filter((name) => name !== 'base');

    it('is proved where the one that knows no muting names all, and where each names its own', () => {
      expect(refuted(inOrder(order, { muted: ['base'], plain: ALL }))).toEqual([]);
      const own = inOrder(order, { muted: ['base'], plain: rest });
      expect(refuted(own)).toEqual([]);
      const { violation, permissions } = randomWalk(smallModel({ programs: undefined, ...own }), 20_000, 4711);
      expect(violation).toBeUndefined();
      expect(permissions).toBeGreaterThan(0);
    });

    it('is refuted of an output that neither of them names, with the curtain open and no goods', () => {
      const outputs = { muted: ['base', 'wrist'], plain: rest.filter((name) => !['motor', 'wrist'].includes(name)) };
      const found = refuted(inOrder(order, outputs));
      expect(found.map(({ rule, subject }) => [rule, subject['input'], subject['outputs']])).toEqual([
        ['output-safe', 'light', ['motor']],
      ]);
    });

    it('stops at once what the one that knows no muting names, whatever the goods do, although that one ramps down elsewhere', () => {
      const slow = { ...inOrder(order, { muted: ALL, plain: ALL }), 'safety.stopFunctions.plain-stop.category': 1 };
      const model = smallModel({
        programs: undefined,
        ...slow,
        'safety.stopFunctions.plain-stop.timeLimitMs': 400,
      });
      const { findings } = verifyCell(model, LIMITS, () => 0);
      const about = findings.filter(({ rule, subject }) => rule === 'output-safe' && subject['input'] === 'light');
      const times = about.map(({ verdict, subject }) => [verdict, subject['stops'], subject['timeMs']].join(' '));
      expect(new Set(times)).toEqual(new Set(['proved muted-stop 0', 'proved plain-stop 400']));
    });

    it('is refuted of an output that only stands still while there are no goods, for one of them asks with goods too', () => {
      const outputs = { muted: rest.filter((name) => name !== 'motor'), plain: ['base'] };
      const goods: Changes = {
        ...inOrder(order, outputs),
        'safety.blocks.goods': {
          type: 'SF_Guard',
          switch1: 'goods-a',
          switch2: 'goods-b',
          discrepancyTimeMs: 500,
          reset: 'reset',
        },
        'safety.stopFunctions.goods-stop': { ...STOP, permission: 'goods', outputs: ['motor'] },
        'safety.protects': { 'goods-a': ['motor'], 'goods-b': ['motor'] },
      };
      const found = refuted(goods);
      expect(found.map(({ rule, subject }) => [rule, subject['input'], subject['outputs']])).toEqual([
        ['output-safe', 'light', ['motor']],
      ]);
      expect(found.every(({ trace }) => trace?.isConfirmed)).toBe(true);
      expect(randomWalk(smallModel({ programs: undefined, ...goods }), 20_000, 4711).violation).toContain('motor on');
      expect(refuted({ ...goods, 'safety.stopFunctions.muted-stop.outputs': rest })).toEqual([]);
    });
  },
);

it('what reads an input without an excuse in one mode alone asks for no more in the others', () => {
  const modes = (way: Way): Changes => ({
    ...Object.fromEntries(Object.entries(MUTING).filter(([path]) => path !== 'boards.uno-1.kind')),
    'devices.light': { ...input, board: 'mega-2', pin: 'D30' },
    'devices.second': { ...input, board: 'mega-2', pin: 'D31' },
    'devices.goods-a': { ...input, board: 'mega-2', pin: 'D32' },
    'devices.goods-b': { ...input, board: 'mega-2', pin: 'D33' },
    'devices.lamp': { ...input, board: 'mega-2', pin: 'D34' },
    'boards.mega-2': { kind: 'mega', leaseMs: 100, validityMs: 50 },
    'safety.stopFunctions.muted-stop': { ...WAYS.muted, outputs: ALL },
    'safety.stopFunctions.plain-stop': { ...WAYS.plain, outputs: ALL },
    [`safety.stopFunctions.${way}-stop.modes`]: ['automatic'],
  });
  const claims = (way: Way): ReadonlySet<string> => {
    const cell = manualCell(modes(way));
    const demands = demandsOf(cell.safety).filter((demand) => demand.input === 'light');
    return new Set(demands.map(({ mode, stops }) => [mode, ...stops].join(' ')));
  };
  expect(claims('plain')).toEqual(
    new Set([
      'automatic muted-stop',
      'manualReducedSpeed muted-stop',
      'maintenance muted-stop',
      'automatic plain-stop',
    ]),
  );
});

it('nothing excuses an emergency stop, not even the test of a sensor that another stop function takes it for', () => {
  const tested: Changes = {
    ...CURTAIN,
    'devices.start': { ...input, pin: 'D32' },
    'safety.blocks.channels': undefined,
    'devices.estop-b': undefined,
    'simulation.operator.estop': ['estop-a'],
    'safety.blocks.estop.input': 'estop-a',
    'safety.blocks.tested': {
      type: 'SF_TestableSafetySensor',
      ossdIn: 'estop-a',
      startTest: 'start',
      testTimeMs: 100,
      reset: 'reset',
    },
    'safety.stopFunctions.tested-stop': { ...STOP, permission: 'tested', outputs: ALL },
  };
  const cell = smallModel({ programs: undefined, ...tested });
  const demands = demandsOf(cell.safety);
  const [estop] = demands.filter(({ purpose }) => purpose === 'emergency-stop');
  const without = cell.safety.stopFunctions.map((stop) => ({
    ...stop,
    outputs: stop.role === 'emergency-stop' ? ['base'] : stop.outputs,
  }));
  if (estop === undefined) throw new Error('no emergency stop');
  const claimed = claimedBy(
    estop,
    demands,
    { ...cell, safety: { ...cell.safety, stopFunctions: without } },
    outputsOf(cell),
  );
  expect(claimed.toSorted()).toEqual(ALL.toSorted());
});
