// Goal: what a cell file says of PackML is what the unit does, and what cannot work is refused with its place.
import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE, maskOf, nextInMode, packmlVersion } from '../../src/core/packml-profile.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';
import { MANUAL } from '../support/manual-cell.ts';
import { type Changes, problemsAfter, smallModel } from '../support/small-cell.ts';

const packml = (value: object): Changes => ({ unit: { packml: value } });
const AUTO = 'unit.packml.disabledStates.automatic';

const faulty: readonly (readonly [title: string, changes: Changes, code: string, path: string])[] = [
  ['an edition that there is not', packml({ edition: 2010 }), 'not-an-option', 'unit.packml.edition'],
  [
    'a state that there is not',
    packml({ holdFrom: ['Execute', 'Executing'] }),
    'not-an-option',
    'unit.packml.holdFrom[1]',
  ],
  [
    'an MES that may be away for no time',
    { unit: { mesLost: { afterMs: 999, reaction: 'hold' } } },
    'out-of-range',
    'unit.mesLost.afterMs',
  ],
  [
    'an MES whose loss does what it cannot',
    { unit: { mesLost: { afterMs: 1_000, reaction: 'abort' } } },
    'not-an-option',
    'unit.mesLost.reaction',
  ],
  ['a warning of minutes', packml({ startWarningMs: 60_001 }), 'out-of-range', 'unit.packml.startWarningMs'],
  [
    'Hold from a state that has none',
    packml({ holdFrom: ['Execute', 'Idle'] }),
    'state-accepts-no-command',
    'unit.packml.holdFrom[1]',
  ],
  ['no Hold from Execute', packml({ holdFrom: ['Suspended'] }), 'execute-accepts-no-command', 'unit.packml.holdFrom'],
  [
    'Complete from Held by the edition 2015',
    packml({ completeFrom: ['Execute', 'Held'] }),
    'state-accepts-no-command',
    'unit.packml.completeFrom[1]',
  ],
  [
    'no Complete from Execute',
    packml({ edition: 2022, completeFrom: ['Held'] }),
    'execute-accepts-no-command',
    'unit.packml.completeFrom',
  ],
  [
    'automatic without the state in which orders are held',
    packml({ disabledStates: { automatic: ['Completing', 'Held'] } }),
    'state-needed',
    `${AUTO}[1]`,
  ],
  ['a mode without Aborting', packml({ disabledStates: { automatic: ['Aborting'] } }), 'state-needed', `${AUTO}[0]`],
  [
    'Completing without Complete',
    packml({ disabledStates: { automatic: ['Complete'] } }),
    'state-needed-by-other',
    `${AUTO}[0]`,
  ],
  [
    'Suspending without Suspended',
    packml({ disabledStates: { automatic: ['Unsuspending', 'Suspended'] } }),
    'state-needed-by-other',
    `${AUTO}[1]`,
  ],
  [
    'states of a mode that the cell has not',
    packml({ disabledStates: { maintenance: ['Clearing'] } }),
    'mode-not-configured',
    'unit.packml.disabledStates.maintenance',
  ],
  [
    'a warning whose state is passed over',
    packml({ startWarningMs: 2000, disabledStates: { automatic: ['Starting'] } }),
    'warning-needs-state',
    `${AUTO}[0]`,
  ],
];

describe('the section unit', () => {
  it.each(faulty)('%s is refused', (_, changes, code, path) => {
    expect(problemsAfter(changes).map((problem) => `${problem.code} ${problem.path}`)).toEqual([`${code} ${path}`]);
  });

  it('may be missing: the edition 2015 with all its states', () => {
    expect(smallModel().packml).toEqual(DEFAULT_PROFILE);
    expect(smallModel(packml({})).packml).toEqual(DEFAULT_PROFILE);
  });

  it('is part of the hash of the cell', () => {
    expect(smallModel(packml({ edition: 2022 })).configHash).not.toBe(smallModel().configHash);
  });

  it('decides edition, masks and the states of each mode', () => {
    const suspend = ['Suspending', 'Suspended', 'Unsuspending'];
    const profile = smallModel({
      ...MANUAL,
      ...packml({
        edition: 2022,
        holdFrom: ['Execute'],
        completeFrom: ['Execute', 'Held'],
        disabledStates: { automatic: suspend, manualReducedSpeed: ['Clearing'], maintenance: ['Resetting'] },
      }),
    }).packml;
    expect(packmlVersion(profile)).toBe('TR88.00.02-2022');
    expect([profile.holdFrom, profile.completeFrom]).toEqual([maskOf('Execute'), maskOf('Execute', 'Held')]);
    expect(nextInMode(profile, 'Production', 'Execute', 'Suspend')).toBeUndefined();
    expect(nextInMode(profile, 'Manual', 'Aborted', 'Clear')).toBe('Stopped');
    expect(nextInMode(profile, 'Maintenance', 'Stopped', 'Reset')).toBe('Idle');
    expect(nextInMode(profile, 'Production', 'Stopped', 'Reset')).toBe('Resetting');
  });
});

describe('a cell that warns before it starts', () => {
  const WARNING_MS = 1000;

  /** Until the unit has left `state`; nothing moves and the warning shows. @returns how long that took, ms */
  function warningMs(rig: CycleRig, state: 'Starting'): number {
    const { positionDeg } = rig.state.motion;
    const since = rig.now;
    expect(rig.outputs?.snapshot).toMatchObject({ unit: state, lights: { green: 'on', horn: true } });
    while (rig.state.unit === state && rig.now - since < 2 * WARNING_MS) {
      expect(rig.state.motion.positionDeg).toEqual(positionDeg);
      rig.step();
    }
    return rig.now - since;
  }

  it('stands for the time of the warning, and moves then', () => {
    const cell = { ...exampleCell(), packml: { ...DEFAULT_PROFILE, startWarningMs: WARNING_MS } };
    const rig = new CycleRig(cell);
    rig.makeReady();
    const parkedDeg = rig.state.motion.positionDeg;
    rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('a') });
    expect(warningMs(rig, 'Starting')).toBe(WARNING_MS);
    expect(rig.state.unit).toBe('Execute');
    rig.run(20);
    expect(rig.state.motion.positionDeg).not.toEqual(parkedDeg);
  });
});

it('[G1] a cell file says what becomes of an order whose MES is gone; without it nothing does', () => {
  const mesLost = { afterMs: 60_000, reaction: 'hold' } as const;
  expect(smallModel({ unit: { mesLost } }).mesLost).toEqual(mesLost);
  expect(smallModel().mesLost).toBeUndefined();
});
