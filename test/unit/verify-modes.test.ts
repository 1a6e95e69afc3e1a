// Operating modes, guard locks, muting, releases that a file declares, and the unit: proved as they are, refuted with a fault.
import { describe, expect, it } from 'vitest';
import type { CellModel, SafetyBlockModel, StopFunctionModel } from '../../src/core/cell-model.ts';
import { DEFAULT_PROFILE } from '../../src/core/packml-profile.ts';
import { stepUnit } from '../../src/core/unit-machine.ts';
import { exploreUnit } from '../../src/verify/unit.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { manualCell } from '../support/manual-cell.ts';
import { cellWith } from '../support/planted-cells.ts';
import { smallModel } from '../support/small-cell.ts';

const LIMITS = { statesMax: 100_000, memoryMib: 256 };

function verify(cell: CellModel) {
  return verifyCell(cell, LIMITS, () => 0);
}

function unproved(cell: CellModel): readonly string[] {
  return verify(cell).findings.flatMap(({ rule, verdict }) => (verdict === 'proved' ? [] : [`${rule} ${verdict}`]));
}

/** Changes a stop function after the checks of the file, which would not let it pass. */
function withStop(cell: CellModel, name: string, change: (stop: StopFunctionModel) => StopFunctionModel): CellModel {
  const stopFunctions = cell.safety.stopFunctions.map((stop) => (stop.name === name ? change(stop) : stop));
  return { ...cell, safety: { ...cell.safety, stopFunctions } };
}

describe('a cell with operating modes', () => {
  it('is proved: each stop in its modes, an enabling device where the guard does not count', () => {
    expect(unproved(manualCell())).toEqual([]);
    const covers = verify(manualCell()).findings.filter(({ rule }) => rule === 'enabling-covers');
    expect(new Set(covers.map(({ subject }) => subject['mode']))).toEqual(
      new Set(['manualReducedSpeed', 'maintenance']),
    );
  });

  it('is refuted when the enabling device of one mode leaves an output out', () => {
    const cell = withStop(manualCell(), 'service-enabling', (stop) => ({
      ...stop,
      outputs: stop.outputs.filter((output) => output !== 'motor'),
    }));
    const refuted = verify(cell).findings.filter(({ verdict }) => verdict === 'refuted');
    expect(refuted.map(({ rule, subject }) => [rule, subject['mode'], subject['outputs']])).toEqual([
      ['enabling-covers', 'maintenance', ['motor']],
    ]);
  });

  it('is refuted when the enabling device of a mode looks at another mode: it never permits', () => {
    const cell = withStop(manualCell(), 'service-enabling', (stop) => ({ ...stop, permission: 'manual-enable' }));
    expect(unproved(cell)).toContain('can-be-reset refuted');
  });
});

it('a property that no work master violates is refuted where a person may jog', () => {
  const verdictOf = (cell: CellModel): unknown =>
    verify({ ...cell, programs: [], workMasters: [] }).findings.find(({ rule }) => rule === 'never')?.verdict;
  const never = { 'safety.properties': [{ never: 'wrist.moving while valve.off', withinMs: 0 }] };
  expect([verdictOf(smallModel(never)), verdictOf(manualCell(never))]).toEqual(['proved', 'refuted']);
});

describe('a light curtain that nobody can stand behind', () => {
  const door: readonly [string, string] = [
    `      type: SF_Guard
      switch1: guard-door
      switch2: guard-door
      discrepancyTimeMs: 500`,
    `      type: SF_ESPE
      input: guard-door
      autoReset: true
      fullBodyAccess: false`,
  ];

  it('may release by itself; the unit still waits for the reset at the cell', () => {
    const result = verify(cellWith([door]));
    expect(result.verdict).toBe('proved');
    const found = result.findings.find(({ rule }) => rule === 'restart-at-unit');
    expect(found?.subject).toEqual({ stop: 'guard-stop', inputs: ['guard-door'], reset: 'reset-button' });
    // The emergency stop never does.
    expect(result.findings.flatMap(({ rule, subject }) => (rule === 'no-restart' ? [subject['stop']] : []))).toEqual([
      'emergency-stop',
    ]);
  });
});

/** The example cell with another block behind its guard stop. */
function withDoor(door: SafetyBlockModel): CellModel {
  const cell = cellWith([]);
  const blocks = cell.safety.blocks.map((block) => (block.name === 'door' ? { ...door, name: 'door' } : block));
  return { ...cell, workMasters: [], safety: { ...cell.safety, blocks } };
}

describe('a light curtain that is muted', () => {
  const muted = (switch12: string): CellModel =>
    withDoor({
      name: 'door',
      type: 'SF_MutingPar_2Sensor',
      aopdIn: 'guard-door',
      switch11: 'muting-1',
      switch12,
      mutingLamp: 'muting-lamp',
      mutingEnable: 'muting-enable',
      discTimeEntryMs: 1000,
      maxMutingTimeMs: 2000,
      reset: 'reset-button',
    });

  it('is proved with two sensors: it stops everything unless both see the goods', () => {
    // The cell has no work masters here: nothing reads the light barrier of its belt.
    expect(unproved(muted('muting-2'))).toEqual(['input-read refuted']);
  });

  it('is refuted with one sensor for both: a hand in front of it opens the way', () => {
    const refuted = verify(muted('muting-1')).findings.filter(({ verdict }) => verdict === 'refuted');
    const unsafe = refuted.find(({ rule }) => rule === 'output-safe');
    expect(unsafe?.subject['input']).toBe('guard-door');
    expect(unsafe?.trace?.isConfirmed).toBe(true);
    // The curtain is open at the end, and the one sensor mutes it.
    const last = (input: string): string | undefined =>
      unsafe?.trace?.changes.filter((change) => change.input === input).at(-1)?.value;
    expect([last('guard-door'), last('muting-1')]).toEqual(['open', 'closed']);
    expect(unsafe?.trace?.reactions.filter(({ name }) => name === 'door').map(({ value }) => value)).toContain('8012');
  });
});

describe('the unit, with everything that it is told free', () => {
  it('starts nothing after power-up, a stop, a lost board, a change of mode or a reset', () => {
    const { violations, starts, states } = exploreUnit(DEFAULT_PROFILE);
    expect([...violations.keys()]).toEqual([]);
    expect(starts).toBeGreaterThan(5);
    expect(states).toBeGreaterThan(100);
  });

  it('is refuted when orders survive a stop', () => {
    const { violations } = exploreUnit(DEFAULT_PROFILE, (profile, unit, event) => {
      const next = stepUnit(profile, unit, event);
      return {
        ...next,
        unit: { ...next.unit, productionEnabled: next.unit.productionEnabled || unit.productionEnabled },
      };
    });
    expect([...violations.keys()]).toContain('reset');
  });

  it('is refuted when the end of a stop gives the power back', () => {
    const { violations } = exploreUnit(DEFAULT_PROFILE, (profile, unit, event) => {
      const next = stepUnit(profile, unit, event);
      const isOver = event.kind === 'cycle' && event.inputs.demand === undefined && next.unit.unit === 'Stopped';
      return { ...next, unit: { ...next.unit, enabled: next.unit.enabled || isOver } };
    });
    expect([...violations.keys()].toSorted()).toEqual(expect.arrayContaining(['power-up', 'stop']));
  });

  it('is refuted when a board that comes back goes on with what it did: its loss was not heard', () => {
    const { violations } = exploreUnit(DEFAULT_PROFILE, (profile, unit, event) => {
      if (event.kind === 'power-lost') return { unit, effects: [] };
      const isAlarm = event.kind === 'cycle' && event.inputs.demand?.category === 0;
      return isAlarm ? { unit, effects: [] } : stepUnit(profile, unit, event);
    });
    const way = violations.get('board-lost')?.map(([name]) => name);
    expect(way).toContain('board lost stop 0 aborts');
  });

  it('is refuted when a board that comes back gives the power back', () => {
    const { violations } = exploreUnit(DEFAULT_PROFILE, (profile, unit, event) => {
      const next = stepUnit(profile, unit, event);
      const isBack = event.kind === 'cycle' && event.inputs.demand === undefined && next.unit.unit === 'Aborted';
      return { ...next, unit: { ...next.unit, enabled: next.unit.enabled || isBack } };
    });
    expect([...violations.keys()]).toContain('board-lost');
  });

  it('is refuted when a change of mode keeps an order', () => {
    const { violations } = exploreUnit(DEFAULT_PROFILE, (profile, unit, event) => {
      const next = stepUnit(profile, unit, event);
      if (event.kind !== 'mode') return next;
      return { ...next, unit: { ...next.unit, unit: unit.unit, productionEnabled: unit.productionEnabled } };
    });
    expect([...violations.keys()]).toContain('mode-change');
  });
});

it('a guard that permits by itself some cycles after it closed, when it was open at power-up, is refuted with a run that the cell confirms', () => {
  const cell = smallModel({
    programs: undefined,
    'safety.blocks.guard.autoReset': true,
    'safety.blocks.guard.fullBodyAccess': false,
  });
  const found = verify(cell).findings.filter(({ rule, verdict }) => rule === 'no-restart' && verdict === 'refuted');
  expect(found.map(({ subject, trace }) => [subject['stop'], trace?.isConfirmed, trace?.endMs])).toEqual([
    ['guard-stop', true, 30],
  ]);
});
