// The unit against tables written down from the standard a second time: every state, mode and trigger; then what it may
// drive, over all states of the reducer that can be reached with every input free.
import { describe, expect, it, test } from 'vitest';
import {
  UNIT_COMMANDS,
  UNIT_MODES,
  UNIT_STATES,
  type UnitCommand,
  type UnitMode,
  type UnitState,
  type UnitTrigger,
} from '../../src/core/packml.ts';
import {
  COMPLETE_MASK_2022,
  DEFAULT_PROFILE,
  HOLD_MASK_2022,
  MODE_CHANGE_MASK,
  maskOf,
  maskProblems,
  nextInMode,
  type PackmlProfile,
  packmlVersion,
  profileOf,
} from '../../src/core/packml-profile.ts';
import {
  INITIAL_UNIT,
  type JobCommand,
  mayMove,
  mayStart,
  stepUnit,
  takesOrders,
  type UnitEffect,
  type UnitEvent,
  type UnitInputs,
  type UnitMachine,
} from '../../src/core/unit-machine.ts';
import { monotonicMs } from '../../src/core/units.ts';

const STATES = Object.keys(UNIT_STATES) as UnitState[];
const MODES = Object.keys(UNIT_MODES) as UnitMode[];
const TRIGGERS: readonly UnitTrigger[] = [...(Object.keys(UNIT_COMMANDS) as UnitCommand[]), 'StateComplete'];

/** One line per state: number, then trigger>target. Stop and Abort are rules of their own. */
const BASE = `
1 Clearing SC>Stopped
2 Stopped Reset>Resetting
3 Starting SC>Execute
4 Idle Start>Starting
5 Suspended Unsuspend>Unsuspending
6 Execute SC>Completing Suspend>Suspending
7 Stopping SC>Stopped
8 Aborting SC>Aborted
9 Aborted Clear>Clearing
10 Holding SC>Held
11 Held Unhold>Unholding
12 Unholding SC>Execute
13 Suspending SC>Suspended
14 Unsuspending SC>Execute
15 Resetting SC>Idle
16 Completing SC>Complete
17 Complete Reset>Resetting`;

interface Row {
  readonly number: number;
  readonly leads: ReadonlyMap<string, string>;
}
const rows = new Map(
  BASE.trim()
    .split('\n')
    .map((line): [string, Row] => {
      const [number = '', state = '', ...leads] = line.split(' ');
      return [
        state,
        { number: Number(number), leads: new Map(leads.map((lead) => lead.split('>') as [string, string])) },
      ];
    }),
);

const HOLD_FROM = {
  '2015': ['Execute', 'Starting', 'Suspending', 'Suspended', 'Unsuspending', 'Unholding'],
  '2022': ['Execute', 'Suspended'],
};
const COMPLETE_FROM = { '2015': ['Execute'], '2022': ['Execute', 'Held', 'Suspended'] };

function byStandard(edition: '2015' | '2022', state: UnitState, trigger: UnitTrigger): string | undefined {
  switch (trigger) {
    case 'Stop':
      return ['Stopped', 'Stopping', 'Clearing', 'Aborting', 'Aborted'].includes(state) ? undefined : 'Stopping';
    case 'Abort':
      return ['Aborting', 'Aborted'].includes(state) ? undefined : 'Aborting';
    case 'Hold':
      return HOLD_FROM[edition].includes(state) ? 'Holding' : undefined;
    case 'Complete':
      return COMPLETE_FROM[edition].includes(state) ? 'Completing' : undefined;
    default:
      return rows.get(state)?.leads.get(trigger === 'StateComplete' ? 'SC' : trigger);
  }
}

describe('the transitions of the standard', () => {
  it('are those of both editions for every state, mode and trigger', () => {
    let seen = 0;
    for (const edition of ['2015', '2022'] as const) {
      for (const mode of MODES) {
        for (const state of STATES) {
          for (const trigger of TRIGGERS) {
            const where = `${edition} ${mode} ${state} ${trigger}`;
            const to = nextInMode(profileOf(edition), mode, state, trigger);
            expect([where, to]).toEqual([where, byStandard(edition, state, trigger)]);
            seen += 1;
          }
        }
      }
    }
    expect(seen).toBe(2 * 3 * 17 * 11);
  });

  it('have the numbers and masks of the standard', () => {
    expect(STATES.map((state) => UNIT_STATES[state])).toEqual(STATES.map((state) => rows.get(state)?.number));
    expect([HOLD_MASK_2022, COMPLETE_MASK_2022, MODE_CHANGE_MASK]).toEqual([0x60, 0x860, 0x214]);
    expect([packmlVersion(DEFAULT_PROFILE), packmlVersion(profileOf('2022'))]).toEqual([
      'TR88.00.02-2015',
      'TR88.00.02-2022',
    ]);
    expect(UNIT_MODES).toEqual({ Production: 1, Maintenance: 2, Manual: 3 });
  });
});

function disabling(mode: UnitMode, ...states: UnitState[]): PackmlProfile {
  const modes = { ...DEFAULT_PROFILE.modes, [mode]: { disabled: maskOf(...states), changeIn: MODE_CHANGE_MASK } };
  return { ...DEFAULT_PROFILE, modes };
}

describe('a mode that does without states', () => {
  it('passes through acting ones and skips Complete, and leaves the other modes alone', () => {
    const profile = disabling('Manual', 'Starting', 'Completing', 'Complete', 'Resetting', 'Clearing');
    expect(nextInMode(profile, 'Manual', 'Idle', 'Start')).toBe('Execute');
    expect(nextInMode(profile, 'Manual', 'Execute', 'Complete')).toBe('Idle');
    expect(nextInMode(profile, 'Manual', 'Stopped', 'Reset')).toBe('Idle');
    expect(nextInMode(profile, 'Manual', 'Aborted', 'Clear')).toBe('Stopped');
    expect(nextInMode(profile, 'Production', 'Idle', 'Start')).toBe('Starting');
  });

  it('neither holds without Held nor suspends without Suspended', () => {
    const profile = disabling('Manual', 'Holding', 'Held', 'Unholding', 'Suspending', 'Suspended', 'Unsuspending');
    expect(nextInMode(profile, 'Manual', 'Execute', 'Hold')).toBeUndefined();
    expect(nextInMode(profile, 'Manual', 'Execute', 'Suspend')).toBeUndefined();
  });

  it('comes from a reset through what is left to Idle, enabled once', () => {
    const profile = disabling('Production', 'Completing', 'Complete', 'Resetting', 'Clearing');
    let unit: UnitMachine = { ...INITIAL_UNIT, unit: 'Aborted' };
    const enabled: boolean[] = [];
    for (const resetRose of [true, false, false, false]) {
      const stepped = stepUnit(profile, unit, cycle({ resetRose, resetAllowed: true }));
      enabled.push(...stepped.effects.filter(({ kind }) => kind === 'enabled').map(() => true));
      unit = stepped.unit;
    }
    expect([unit.unit, unit.enabled, unit.resetting, enabled]).toEqual(['Idle', true, false, [true]]);
  });

  it('is refused without the minimum of the standard, without a stop, or without what a used state needs', () => {
    expect(maskProblems('Manual', maskOf('Idle', 'Stopping')).missing).toEqual(['Idle', 'Stopping']);
    expect(maskProblems('Production', maskOf('Held')).missing).toEqual(['Held']);
    expect(maskProblems('Manual', maskOf('Held')).unmet).toEqual([
      ['Holding', 'Held'],
      ['Unholding', 'Held'],
    ]);
    expect(maskProblems('Maintenance', maskOf('Suspending', 'Suspended', 'Unsuspending'))).toEqual({
      missing: [],
      unmet: [],
    });
  });
});

const at = monotonicMs(10_000);

function cycle(changes: Partial<UnitInputs> = {}): UnitEvent {
  const quiet = {
    demand: undefined,
    atRest: true,
    stopsEnded: true,
    resetRose: false,
    resetAllowed: false,
    holdsPower: false,
  };
  return { kind: 'cycle', inputs: { now: at, ...quiet, ...changes } };
}

const BOOLEANS = [false, true] as const;
const COMMANDS: readonly JobCommand[] = ['Start', 'Complete', 'Hold', 'Unhold', 'Suspend', 'Unsuspend'];
const DEMANDS = [
  undefined,
  { category: 0, aborts: true },
  { category: 1, aborts: true },
  { category: 1, aborts: false },
] as const;

const CYCLES = DEMANDS.flatMap((demand) =>
  BOOLEANS.flatMap((atRest) =>
    BOOLEANS.flatMap((stopsEnded) =>
      BOOLEANS.flatMap((resetRose) =>
        BOOLEANS.flatMap((resetAllowed) => [
          cycle({ demand, atRest, stopsEnded, resetRose, resetAllowed }),
          // Held with power on: a stop of category 2 under which everything stands.
          ...(demand?.aborts === false && atRest && stopsEnded
            ? [cycle({ demand, atRest, stopsEnded, resetRose, resetAllowed, holdsPower: true })]
            : []),
        ]),
      ),
    ),
  ),
);
const EVENTS: readonly UnitEvent[] = [
  ...CYCLES,
  // Long after any stop began: its time is over.
  ...CYCLES.map((event) => (event.kind === 'cycle' ? cycle({ ...event.inputs, now: monotonicMs(20_000) }) : event)),
  ...COMMANDS.map((command): UnitEvent => ({ kind: 'command', command, now: at })),
  ...MODES.map((mode): UnitEvent => ({ kind: 'mode', mode, now: at })),
  { kind: 'production' },
  { kind: 'stop-by-request', now: at },
  { kind: 'power-lost' },
];

interface Seen {
  readonly before: UnitMachine;
  readonly event: UnitEvent;
  readonly after: UnitMachine;
  readonly effects: readonly UnitEffect[];
}

function has(effects: readonly UnitEffect[], kind: UnitEffect['kind']): boolean {
  return effects.some((done) => done.kind === kind);
}

/** Every step from every state that can be reached; time is abstracted to two instants. */
function explore(profile: PackmlProfile): { readonly states: number; readonly steps: readonly Seen[] } {
  const known = new Set<string>([JSON.stringify(INITIAL_UNIT)]);
  const queue: UnitMachine[] = [INITIAL_UNIT];
  const steps: Seen[] = [];
  for (const before of queue) {
    for (const event of EVENTS) {
      const { unit: after, effects } = stepUnit(profile, before, event);
      steps.push({ before, event, after, effects });
      const key = JSON.stringify(after);
      if (known.has(key)) continue;
      known.add(key);
      queue.push(after);
    }
  }
  return { states: known.size, steps };
}

describe.each([
  ['2015', profileOf('2015')],
  ['2022 with a warning before each start', { ...profileOf('2022'), startWarningMs: 2000 }],
])('the unit by the edition %s, in every state that it can reach', (_name, profile) => {
  const { states, steps } = explore(profile);
  const violations = (isBad: (seen: Seen) => boolean): readonly Seen[] => steps.filter(isBad).slice(0, 1);

  it('is explored as a whole', () => {
    expect(states).toBeGreaterThan(100);
    expect(new Set(steps.map(({ after }) => after.unit)).size).toBe(STATES.length);
  });

  it('is enabled only by a cycle that ends a reset in Idle', () => {
    const bad = ({ before, event, after }: Seen): boolean =>
      !before.enabled && after.enabled && !(event.kind === 'cycle' && after.unit === 'Idle' && before.resetting);
    expect(violations(bad)).toEqual([]);
  });

  it('begins a reset only by an edge at the cell while everything allows it, or after a stop that needs none', () => {
    const bad = ({ before, event, after, effects }: Seen): boolean => {
      if (before.resetting || !after.resetting) return false;
      if (event.kind !== 'cycle') return true;
      if (has(effects, 'reset')) return !(event.inputs.resetRose && event.inputs.resetAllowed);
      return !(before.stoppingForAbort || ['Completing', 'Complete'].includes(before.unit));
    };
    expect(violations(bad)).toEqual([]);
  });

  it('starts nothing by a change of mode, and needs a reset after it', () => {
    const bad = ({ event, after, effects }: Seen): boolean =>
      event.kind === 'mode' &&
      has(effects, 'mode') &&
      (after.resetting || after.productionEnabled || mayMove(after, profile) || mayStart(after));
    expect(violations(bad)).toEqual([]);
    expect(steps.some(({ effects }) => has(effects, 'mode'))).toBe(true);
  });

  it('changes its mode only in Stopped, Idle and Aborted; else the request stays visible', () => {
    const bad = ({ before, event, after }: Seen): boolean => {
      if (event.kind !== 'mode') return before.mode !== after.mode || before.modeRequested !== after.modeRequested;
      const isAllowed = ['Stopped', 'Idle', 'Aborted'].includes(before.unit);
      return (
        after.modeRequested !== event.mode || (after.mode === event.mode) !== (isAllowed || before.mode === event.mode)
      );
    };
    expect(violations(bad)).toEqual([]);
  });

  it('moves nothing and starts no order while it is not enabled, outside Production, or before an order was taken', () => {
    const bad = ({ before, event, after }: Seen): boolean =>
      (mayMove(after, profile) && !after.enabled) ||
      (takesOrders(after) && after.mode !== 'Production') ||
      (event.kind === 'command' &&
      ['Start', 'Unhold', 'Unsuspend'].includes(event.command) &&
      before.unit !== after.unit
        ? !(before.enabled && before.productionEnabled && before.mode === 'Production')
        : false);
    expect(violations(bad)).toEqual([]);
  });

  it('takes the power away in the cycle of a stop of category 0, and forgets production with every stop', () => {
    const cut = ({ event, after }: Seen): boolean =>
      event.kind === 'cycle' && event.inputs.demand?.category === 0 && !event.inputs.resetRose && after.enabled;
    expect(violations(cut)).toEqual([]);
    expect(violations(({ after, effects }) => has(effects, 'stopped') && after.productionEnabled)).toEqual([]);
  });

  it('ends a stop at rest and when the stop functions have ended; after its time only one that takes the power away', () => {
    const bad = ({ before, event, after }: Seen): boolean => {
      if (event.kind !== 'cycle' || !before.enabled || event.inputs.demand !== undefined) return false;
      if (!['Stopping', 'Aborting'].includes(before.unit) || after.unit === before.unit) return false;
      const { now, atRest, stopsEnded } = event.inputs;
      const timedOut = now - (before.stopSince ?? now) >= 2000 && !before.stoppingForAbort;
      return !(stopsEnded && (atRest || timedOut));
    };
    expect(violations(bad)).toEqual([]);
  });

  it('ends a stop without power, but for one by request and one of category 2', () => {
    const bad = ({ before, event, after }: Seen): boolean =>
      ['Stopping', 'Aborting'].includes(before.unit) &&
      ['Stopped', 'Aborted'].includes(after.unit) &&
      after.enabled &&
      !before.stoppingForAbort &&
      !(after.unit === 'Stopped' && event.kind === 'cycle' && event.inputs.holdsPower);
    expect(violations(bad)).toEqual([]);
  });

  it('keeps power in Stopped only while it is held, and in Aborted never', () => {
    const bad = ({ event, after }: Seen): boolean =>
      event.kind === 'cycle' &&
      after.enabled &&
      !after.resetting &&
      (after.unit === 'Aborted' || (after.unit === 'Stopped' && !event.inputs.holdsPower));
    expect(violations(bad)).toEqual([]);
    expect(steps.some(({ after }) => after.unit === 'Stopped' && after.enabled && !after.resetting)).toBe(true);
  });

  it('goes from one state to the next only as the table says', () => {
    const edition = profile.edition;
    const legal = (from: UnitState, to: UnitState): boolean =>
      TRIGGERS.some((trigger) => byStandard(edition, from, trigger) === to);
    const taken = new Map(
      steps.flatMap(({ effects }) =>
        effects.flatMap((done) => (done.kind === 'state' ? [[`${done.from} ${done.to}`, done] as const] : [])),
      ),
    );
    expect([...taken.values()].filter(({ from, to }) => !legal(from, to))).toEqual([]);
    expect(taken.size).toBeGreaterThan(40);
  });
});

test('a warning before a start lasts its time, and nothing moves in it', () => {
  const profile = { ...DEFAULT_PROFILE, startWarningMs: 2000 };
  const idle: UnitMachine = { ...INITIAL_UNIT, unit: 'Idle', enabled: true, productionEnabled: true };
  let { unit } = stepUnit(profile, idle, { kind: 'command', command: 'Start', now: at });
  ({ unit } = stepUnit(profile, unit, cycle({ now: monotonicMs(at + 1999) })));
  expect([unit.unit, mayMove(unit, profile)]).toEqual(['Starting', false]);
  ({ unit } = stepUnit(profile, unit, cycle({ now: monotonicMs(at + 2000) })));
  expect([unit.unit, mayMove(unit, profile)]).toEqual(['Execute', true]);
});

test('a mode that is refused is told once, however often it is asked for, and taken when the unit allows it', () => {
  const running: UnitMachine = { ...INITIAL_UNIT, unit: 'Execute', enabled: true, productionEnabled: true };
  const ask: UnitEvent = { kind: 'mode', mode: 'Manual', now: at };
  const first = stepUnit(DEFAULT_PROFILE, running, ask);
  expect(first.effects).toEqual([{ kind: 'mode-refused', mode: 'Manual', unit: 'Execute' }]);
  expect(stepUnit(DEFAULT_PROFILE, first.unit, ask).effects).toEqual([]);
  const later = stepUnit(DEFAULT_PROFILE, { ...first.unit, unit: 'Idle' }, ask);
  expect([later.unit.mode, later.unit.unit, later.unit.productionEnabled]).toEqual(['Manual', 'Stopping', false]);
});
